// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

// A map that holds at most `capacity` entries and forgets the one that was not asked for longest. Not thread-safe.
template<class Key, class Value, class Hash = std::hash<Key>> class LruCache
{
public:
    explicit LruCache(std::size_t capacity) : m_capacity(capacity) { }

    // The value, now the most recently used, or nullptr. Valid until the next call.
    Value *find(const Key &key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return &found->second->second;
    }

    Value &put(const Key &key, Value value)
    {
        if (Value *known = find(key))
            return *known = std::move(value);
        if (m_index.size() >= m_capacity) {
            m_index.erase(m_entries.back().first);
            m_entries.pop_back();
        }
        m_entries.emplace_front(key, std::move(value));
        m_index.emplace(key, m_entries.begin());
        return m_entries.front().second;
    }

    void remove(const Key &key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return;
        m_entries.erase(found->second);
        m_index.erase(found);
    }

    template<class Condition> void removeIf(Condition condition)
    {
        for (auto at = m_entries.begin(); at != m_entries.end();) {
            if (condition(at->first, at->second)) {
                m_index.erase(at->first);
                at = m_entries.erase(at);
            } else {
                ++at;
            }
        }
    }

    void clear()
    {
        m_index.clear();
        m_entries.clear();
    }

    std::size_t size() const { return m_index.size(); }

private:
    using Entries = std::list<std::pair<Key, Value>>; // most recently used first

    std::size_t m_capacity;
    Entries m_entries;
    std::unordered_map<Key, typename Entries::iterator, Hash> m_index;
};
