// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/limits/counter.h"
#include "server/limits/window.h"

#include <array>
#include <list>
#include <mutex>
#include <unordered_map>

namespace limits {

// Counts for one process. Everything of a tenant is under one lock, so that a call takes from all of its limits or from
// none; tenants are spread over several. What is idle is forgotten; what is not never is: where a tenant has too many
// counters at once, calls that would need another one are refused. Any thread.
class MemoryCounter final : public Counter
{
public:
    using Clock = std::function<Window::Time()>; // never goes back
    struct Options
    {
        Clock clock; // absent: the machine's
        std::size_t countersOfTenant = 20'000;
        std::size_t counters = 400'000; // of all tenants, evenly spread
    };

    MemoryCounter() : MemoryCounter(Options()) { }
    explicit MemoryCounter(Options options);
    ~MemoryCounter() override;

    void acquire(const Call &call, Then then) override { then(take(call)); } // at once
    void settle(const QUuid &callId, qint64 tokens) override;
    QList<std::optional<qint64>> used(const QUuid &tenantId, const QList<CounterKey> &counters) override;

    Outcome take(const Call &call);
    std::size_t size(); // counters that are held

private:
    struct Counted
    {
        CounterKey key;
        QUuid tenantId;
        Window window;
        qint64 running = 0;
        int holders = 0; // calls that will come back to it

        qint64 used(Window::Time now);
        bool isIdle(Window::Time now) { return holders == 0 && window.isEmpty(now); }
    };
    using Place = std::list<Counted>::iterator;
    struct Shard;
    struct Held
    {
        Place counter;
        quint64 place; // in its window
        qint64 reserved; // tokens
    };
    struct Running
    {
        Shard *shard;
        std::vector<Held> held;
    };
    struct HashKey
    {
        std::size_t operator()(const CounterKey &key) const { return qHash(key); }
    };
    struct HashId
    {
        std::size_t operator()(const QUuid &id) const { return ::qHash(id); }
    };
    struct Calls
    {
        std::mutex mutex;
        std::unordered_map<QUuid, Running, HashId> running;
    };
    static constexpr std::size_t shards = 16;

    Shard &shardOf(const QUuid &tenantId);
    Calls &callsOf(const QUuid &callId);

    const Options m_options;
    std::unique_ptr<std::array<Shard, shards>> m_shards;
    std::array<Calls, shards> m_calls;
};

} // namespace limits
