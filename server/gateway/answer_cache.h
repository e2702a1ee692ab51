// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

// Answers that this process has seen, by their answerKey(), as their providers gave them: guardrails look at them each
// time one is given, so that it follows the settings of that time. Holds so many bytes and forgets what was asked for
// least recently. Any thread; never waits for anything but its lock, under which nothing is copied.
class AnswerCache
{
public:
    using Clock = std::chrono::steady_clock;
    using Answer = std::shared_ptr<const providers::ModelAnswer>;

    explicit AnswerCache(qint64 bytes, std::function<Clock::time_point()> now = &Clock::now);

    bool isOn() const { return m_capacity > 0; }
    // Null: there is none that is at most so old.
    Answer find(const QByteArray &key, std::chrono::seconds oldest);
    // Keeps an answer that is worth it for so long at most. One beside it with the same key is replaced.
    void put(const QByteArray &key, const providers::ModelAnswer &answer, std::chrono::seconds kept);

    // Whether an answer came to its own end. One that was cut at its length or filtered is not given again: whoever
    // repeats such a call hopes for another one.
    static bool isWhole(const providers::ModelAnswer &answer);

    struct Figures
    {
        qint64 hits = 0;
        qint64 misses = 0;
        qint64 dropped = 0; // for want of room
        qint64 entries = 0;
        qint64 bytes = 0;
    };
    Figures figures() const;

private:
    struct Entry
    {
        QByteArray key;
        Answer answer;
        qint64 bytes = 0;
        Clock::time_point keptAt;
        Clock::time_point until;
    };
    using Entries = std::list<Entry>; // the most recently used first
    struct HashKey
    {
        std::size_t operator()(const QByteArray &key) const;
    };
    void take(Entries::iterator entry, Entries &gone); // under the lock

    const qint64 m_capacity;
    const std::function<Clock::time_point()> m_now;
    mutable std::mutex m_mutex;
    Entries m_entries;
    std::unordered_map<QByteArray, Entries::iterator, HashKey> m_index;
    Figures m_figures;
};
