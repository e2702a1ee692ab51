// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/answer_cache.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace {

// What an answer takes in memory, about: its texts, and what holds an entry together.
qint64 bytesOf(const providers::ModelAnswer &answer)
{
    constexpr qint64 perEntry = 512, perCall = 128;
    qint64 characters =
        answer.text.size() + answer.finishReason.size() + answer.model.size() + answer.providerRequestId.size();
    for (const providers::ToolCall &call : answer.toolCalls)
        characters += call.id.size() + call.name.size() + call.arguments.size();
    return perEntry + perCall * answer.toolCalls.size() + characters * qint64(sizeof(QChar));
}

} // namespace

AnswerCache::AnswerCache(qint64 bytes, std::function<Clock::time_point()> now)
    : m_capacity(bytes),
      m_now(std::move(now))
{
}

std::size_t AnswerCache::HashKey::operator()(const QByteArray &key) const
{
    std::size_t hash = 0; // the key is one already
    std::memcpy(&hash, key.constData(), std::min<std::size_t>(sizeof hash, std::size_t(key.size())));
    return hash;
}

bool AnswerCache::isWhole(const providers::ModelAnswer &answer)
{
    return answer.finishReason == "stop"_L1 || answer.finishReason == "tool_calls"_L1;
}

void AnswerCache::take(Entries::iterator entry, Entries &gone)
{
    m_figures.bytes -= entry->bytes;
    --m_figures.entries;
    m_index.erase(entry->key);
    gone.splice(gone.end(), m_entries, entry);
}

AnswerCache::Answer AnswerCache::find(const QByteArray &key, std::chrono::seconds oldest)
{
    if (!isOn())
        return nullptr;
    const Clock::time_point now = m_now();
    Entries gone; // destroyed after the lock
    const std::lock_guard lock(m_mutex);
    const auto found = m_index.find(key);
    if (found != m_index.end() && found->second->until <= now)
        take(found->second, gone);
    else if (found != m_index.end() && now - found->second->keptAt < oldest) {
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        ++m_figures.hits;
        return found->second->answer;
    }
    ++m_figures.misses;
    return nullptr;
}

void AnswerCache::put(const QByteArray &key, const providers::ModelAnswer &answer, std::chrono::seconds kept)
{
    constexpr int share = 8; // of the whole; one answer may not drive out most of the others
    const qint64 bytes = bytesOf(answer);
    if (!isWhole(answer) || bytes > m_capacity / share || kept.count() <= 0)
        return;
    const Clock::time_point now = m_now();
    Entries fresh, gone;
    fresh.push_back({key, std::make_shared<const providers::ModelAnswer>(answer), bytes, now, now + kept});
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_index.find(key); found != m_index.end())
        take(found->second, gone);
    while (m_figures.bytes + bytes > m_capacity) {
        take(std::prev(m_entries.end()), gone);
        ++m_figures.dropped;
    }
    m_entries.splice(m_entries.begin(), fresh);
    m_index.emplace(key, m_entries.begin());
    m_figures.bytes += bytes;
    ++m_figures.entries;
}

AnswerCache::Figures AnswerCache::figures() const
{
    const std::lock_guard lock(m_mutex);
    return m_figures;
}
