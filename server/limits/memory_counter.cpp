// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/memory_counter.h"

using namespace Qt::StringLiterals;

namespace limits {
namespace {

Window::Time machineTime()
{
    return std::chrono::duration_cast<Window::Time>(std::chrono::steady_clock::now().time_since_epoch());
}

MemoryCounter::Options withClock(MemoryCounter::Options options)
{
    if (!options.clock)
        options.clock = machineTime;
    return options;
}

} // namespace

// Some tenants' counters, the one that was taken from last first.
struct MemoryCounter::Shard
{
    std::mutex mutex;
    std::list<Counted> counters;
    std::unordered_map<CounterKey, Place, HashKey> index;
    std::unordered_map<QUuid, std::size_t, HashId> ofTenant;

    Place find(const CounterKey &key)
    {
        const auto found = index.find(key);
        return found == index.end() ? counters.end() : found->second;
    }
    Place make(const CounterKey &key, const QUuid &tenantId)
    {
        counters.push_front({key, tenantId, {}, 0, 0});
        index.emplace(key, counters.begin());
        ++ofTenant[tenantId];
        return counters.begin();
    }
    void remove(Place place)
    {
        const auto tenant = ofTenant.find(place->tenantId);
        if (--tenant->second == 0)
            ofTenant.erase(tenant);
        index.erase(place->key);
        counters.erase(place);
    }
    // Looks at those that nobody took from longest, some at a time, so that each call pays for its own.
    void forgetIdle(Window::Time now, int looks)
    {
        for (; looks > 0 && !counters.empty(); --looks) {
            const Place last = std::prev(counters.end());
            if (last->isIdle(now))
                remove(last);
            else if (last->holders > 0)
                counters.splice(counters.begin(), counters, last); // a long call: the next one may be idle
            else
                return;
        }
    }
    bool hasRoom(const QUuid &tenantId, std::size_t more, const Options &options) const
    {
        const auto tenant = ofTenant.find(tenantId);
        return (tenant == ofTenant.end() ? 0 : tenant->second) + more <= options.countersOfTenant
            && index.size() + more <= options.counters / shards;
    }
};

qint64 MemoryCounter::Counted::used(Window::Time now)
{
    return key.kind == LimitKind::ConcurrentRequests ? running : window.used(now);
}

MemoryCounter::MemoryCounter(Options options)
    : m_options(withClock(std::move(options))),
      m_shards(std::make_unique<std::array<Shard, shards>>())
{
}

MemoryCounter::~MemoryCounter() = default;

MemoryCounter::Shard &MemoryCounter::shardOf(const QUuid &tenantId) { return (*m_shards)[::qHash(tenantId) % shards]; }

MemoryCounter::Calls &MemoryCounter::callsOf(const QUuid &callId) { return m_calls[::qHash(callId) % shards]; }

Outcome MemoryCounter::take(const Call &call)
{
    const Matches matches = call.rules->matching(call);
    if (matches.isEmpty())
        return {};
    Shard &shard = shardOf(call.tenantId);
    std::vector<Held> held;
    Outcome outcome;
    {
        const std::lock_guard lock(shard.mutex);
        const Window::Time now = m_options.clock();
        QVarLengthArray<Place, 8> places;
        QVarLengthArray<Reading, 8> readings;
        std::size_t missing = 0;
        for (const Match &match : matches) {
            const Place place = shard.find(match.counter);
            Reading reading;
            if (place == shard.counters.end()) {
                ++missing;
            } else {
                reading.used = place->used(now);
                reading.resets = place->window.untilEmpty(now);
                if (const qint64 over = reading.used + match.needOf(call) - match.amount; over > 0)
                    reading.fits = place->window.untilFree(now, over);
            }
            places.append(place);
            readings.append(reading);
        }
        outcome = decide(call, matches, readings.constData());
        if (!outcome.isAdmitted())
            return outcome;
        for (const Place &place : places) {
            if (place == shard.counters.end())
                continue;
            ++place->holders; // not to be forgotten below
            shard.counters.splice(shard.counters.begin(), shard.counters, place);
        }
        if (missing > 0)
            shard.forgetIdle(now, shard.hasRoom(call.tenantId, missing, m_options) ? 2 : 32);
        const bool hasRoom = missing == 0 || shard.hasRoom(call.tenantId, missing, m_options);
        for (const Place &place : places)
            if (place != shard.counters.end())
                --place->holders;
        if (!hasRoom)
            return unavailable(u"So many keys, people and models are being counted that there is no room for "
                               "another one. Try again in a minute."_s,
                               Window::span);
        for (qsizetype i = 0; i < matches.size(); ++i) {
            const Match &match = matches[i];
            if (places[i] == shard.counters.end())
                places[i] = shard.make(match.counter, call.tenantId);
            Counted &counter = *places[i];
            const qint64 need = match.needOf(call);
            if (match.counter.kind == LimitKind::ConcurrentRequests) {
                ++counter.running;
                ++counter.holders;
                held.push_back({places[i], 0, 0});
                continue;
            }
            const quint64 place = counter.window.add(now, need);
            if (match.counter.kind == LimitKind::TokensPerMinute) {
                ++counter.holders;
                held.push_back({places[i], place, need});
            }
        }
    }
    if (!held.empty()) {
        Calls &calls = callsOf(call.callId);
        const std::lock_guard lock(calls.mutex);
        calls.running.emplace(call.callId, Running{&shard, std::move(held)});
    }
    return outcome;
}

void MemoryCounter::settle(const QUuid &callId, qint64 tokens)
{
    Calls &calls = callsOf(callId);
    std::unique_lock lock(calls.mutex);
    const auto node = calls.running.extract(callId);
    lock.unlock();
    if (node.empty())
        return;
    const Running &running = node.mapped();
    const std::lock_guard shardLock(running.shard->mutex);
    for (const Held &held : running.held) {
        Counted &counter = *held.counter;
        --counter.holders;
        if (counter.key.kind == LimitKind::TokensPerMinute) {
            counter.window.change(held.place, std::max<qint64>(0, tokens) - held.reserved);
        } else if (--counter.running == 0 && counter.holders == 0) {
            running.shard->remove(held.counter); // nothing that it could say any more
        }
    }
}

QList<std::optional<qint64>> MemoryCounter::used(const QUuid &tenantId, const QList<CounterKey> &counters)
{
    Shard &shard = shardOf(tenantId);
    const std::lock_guard lock(shard.mutex);
    const Window::Time now = m_options.clock();
    QList<std::optional<qint64>> list;
    for (const CounterKey &key : counters) {
        const Place place = shard.find(key);
        list.append(place == shard.counters.end() ? 0 : place->used(now));
    }
    return list;
}

std::size_t MemoryCounter::size()
{
    std::size_t size = 0;
    for (Shard &shard : *m_shards) {
        const std::lock_guard lock(shard.mutex);
        size += shard.index.size();
    }
    return size;
}

} // namespace limits
