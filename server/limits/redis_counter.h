// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/limits/counter.h"
#include "server/limits/redis_connection.h"

#include <QThread>

#include <map>
#include <memory>
#include <mutex>

namespace limits {

// Counts in Redis, for all processes together. What is checked and taken is one script, so there is no moment between
// the two; the time is that of Redis. Each thread that asks has a connection of its own, made when it asks first.
//
// A concurrent call has its place for the time of a lease, which its process renews: a process that was killed frees
// its places. While Redis is away, calls that fall under a limit are refused; so they are for a minute after it came
// back without its data, because nobody knows then what was used.
//
// acquire() and settle() are called on threads with an event loop, which end before this does; a call is settled on the
// thread that asked for it.
class RedisCounter final : public Counter
{
public:
    struct Options
    {
        RedisConnection::Options connection;
        std::chrono::milliseconds lease{60'000};
        std::chrono::milliseconds renewal{20'000}; // between two renewals of a lease
        std::chrono::milliseconds doubt{60'100}; // how long nobody knows what was used before the data were lost
        std::size_t unsettled = 10'000; // settlements that wait for Redis on a thread; the oldest are given up
    };

    explicit RedisCounter(RedisAddress address) : RedisCounter(std::move(address), Options()) { }
    RedisCounter(RedisAddress address, Options options);
    ~RedisCounter() override;

    void acquire(const Call &call, Then then) override;
    void settle(const QUuid &callId, qint64 tokens) override;
    QList<std::optional<qint64>> used(const QUuid &tenantId, const QList<CounterKey> &counters) override;

private:
    class Lane;
    // What the lanes know together of the data in Redis.
    class Epoch
    {
    public:
        explicit Epoch(std::chrono::milliseconds doubt) : m_doubt(doubt) { }
        void is(const QByteArray &name);
        std::optional<std::chrono::milliseconds> doubtful(); // for how long yet

    private:
        const std::chrono::milliseconds m_doubt;
        std::mutex m_mutex;
        QByteArray m_name;
        std::optional<std::chrono::steady_clock::time_point> m_doubtUntil;
    };

    Lane &here();

    const RedisAddress m_address;
    const Options m_options;
    Epoch m_epoch;
    std::mutex m_mutex;
    std::map<QThread *, std::unique_ptr<Lane>> m_lanes;
    QThread m_questions; // where used() asks, started by the first one
    QObject m_onQuestions;
};

} // namespace limits
