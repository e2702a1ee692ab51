// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/routing/circuit_breaker.h"

using namespace std::chrono_literals;

namespace {

constexpr auto slotTime = 10s;
constexpr int fewestFailures = 5;
constexpr std::chrono::milliseconds firstRest = 10s;
constexpr std::chrono::milliseconds longestRest = 5min;
constexpr auto longestTrial = 1min; // then another call may try: the first may take its time, or be lost

qint64 slotNumber(CircuitBreaker::Clock::time_point at) { return at.time_since_epoch() / slotTime; }

} // namespace

CircuitBreaker::Circuit &CircuitBreaker::circuit(const QUuid &tenantId, const QString &model)
{
    const Key key{tenantId, model};
    Circuit *const known = m_circuits.find(key);
    return known ? *known : m_circuits.put(key, {});
}

CircuitBreaker::Slot &CircuitBreaker::slotOf(Circuit &circuit, Clock::time_point now) const
{
    const qint64 number = slotNumber(now);
    Slot &slot = circuit.recent[std::size_t(number) % slots];
    if (slot.number != number)
        slot = {number};
    return slot;
}

CircuitBreaker::Slot CircuitBreaker::lastMinute(const Circuit &circuit, Clock::time_point now)
{
    Slot sum;
    for (const Slot &slot : circuit.recent) {
        if (slot.number <= slotNumber(now) - qint64(slots))
            continue;
        sum.calls += slot.calls;
        sum.failures += slot.failures;
    }
    return sum;
}

bool CircuitBreaker::admits(const QUuid &tenantId, const QString &model)
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_now();
    Circuit &one = circuit(tenantId, model);
    if (now < one.restsUntil)
        return false;
    if (one.rest == 0ms)
        return true;
    if (one.isTried && now - one.triedAt < longestTrial)
        return false;
    one.isTried = true;
    one.triedAt = now;
    return true;
}

void CircuitBreaker::succeeded(const QUuid &tenantId, const QString &model)
{
    const std::lock_guard lock(m_mutex);
    Circuit &one = circuit(tenantId, model);
    ++slotOf(one, m_now()).calls;
    if (one.rest == 0ms)
        return;
    one = {}; // what failed before the rest does not count any more
    ++slotOf(one, m_now()).calls;
}

void CircuitBreaker::failed(const QUuid &tenantId, const QString &model,
                            std::optional<std::chrono::milliseconds> restFor)
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_now();
    Circuit &one = circuit(tenantId, model);
    Slot &slot = slotOf(one, now);
    ++slot.calls;
    ++slot.failures;
    const Slot sum = lastMinute(one, now);
    const bool isWorn = sum.failures >= fewestFailures && sum.failures * 2 >= sum.calls;
    if (one.isTried || (isWorn && now >= one.restsUntil)) {
        one.rest = one.rest == 0ms ? firstRest : std::min(one.rest * 2, longestRest);
        one.restsUntil = now + one.rest;
        one.isTried = false;
    }
    if (restFor) {
        one.rest = std::max(one.rest, std::min(*restFor, longestRest));
        one.restsUntil = std::max(one.restsUntil, now + std::min(*restFor, longestRest));
    }
}

void CircuitBreaker::abandoned(const QUuid &tenantId, const QString &model)
{
    const std::lock_guard lock(m_mutex);
    circuit(tenantId, model).isTried = false;
}

RouteTargetHealth CircuitBreaker::health(const QUuid &tenantId, const QString &model)
{
    const std::lock_guard lock(m_mutex);
    const auto now = m_now();
    const Circuit &one = circuit(tenantId, model);
    const Slot sum = lastMinute(one, now);
    RouteTargetHealth health{.model = model, .isResting = now < one.restsUntil};
    if (health.isResting)
        health.triedAgainAt = QDateTime::currentDateTimeUtc().addMSecs(
            std::chrono::duration_cast<std::chrono::milliseconds>(one.restsUntil - now).count());
    health.calls = sum.calls;
    health.failures = sum.failures;
    return health;
}
