// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/security/lru_cache.h"
#include "shared/gateway/route.h"

#include <array>
#include <chrono>
#include <mutex>

// Remembers how the targets of tenants fare in this process, and lets one rest that fails: after five failures within
// a minute that are half of its calls or more, for ten seconds; then one call tries it. Where that fails too it rests
// twice as long, five minutes at most. (Nygard, Release It!, the circuit breaker.) Any thread.
class CircuitBreaker
{
public:
    using Clock = std::chrono::steady_clock;
    using Now = std::function<Clock::time_point()>;

    explicit CircuitBreaker(Now now = &Clock::now) : m_now(std::move(now)) { }

    // Whether a call may be made now. After a rest true for one of those who ask; the others wait for its outcome.
    bool admits(const QUuid &tenantId, const QString &model);
    void succeeded(const QUuid &tenantId, const QString &model);
    // `restFor`: how long the provider asked to be left alone.
    void failed(const QUuid &tenantId, const QString &model, std::optional<std::chrono::milliseconds> restFor = {});
    // Nobody learns how the call ended that was admitted: whoever asked has left.
    void abandoned(const QUuid &tenantId, const QString &model);

    RouteTargetHealth health(const QUuid &tenantId, const QString &model);

private:
    static constexpr std::size_t slots = 6; // of a minute
    struct Slot
    {
        qint64 number = -1; // of ten seconds since the clock began
        int calls = 0;
        int failures = 0;
    };
    struct Circuit
    {
        std::array<Slot, slots> recent;
        Clock::time_point restsUntil; // in the past: it may be called
        std::chrono::milliseconds rest{0}; // the last; 0: none since it succeeded
        bool isTried = false; // one call is under way after a rest
        Clock::time_point triedAt;
    };
    using Key = std::pair<QUuid, QString>;
    struct HashKey
    {
        std::size_t operator()(const Key &key) const { return qHashMulti(0, key.first, key.second); }
    };
    Circuit &circuit(const QUuid &tenantId, const QString &model);
    Slot &slotOf(Circuit &circuit, Clock::time_point now) const;
    static Slot lastMinute(const Circuit &circuit, Clock::time_point now);

    const Now m_now;
    std::mutex m_mutex;
    LruCache<Key, Circuit, HashKey> m_circuits{10'000};
};
