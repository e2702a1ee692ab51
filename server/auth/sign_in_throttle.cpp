// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/sign_in_throttle.h"

#include "server/security/random.h"
#include "server/users/user_store.h"
#include "shared/error.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostCounts = 20'000; // of each kind
constexpr auto forgottenAfter = 15min;

QByteArray accountKey(const QString &tenant, const QString &email)
{
    return security::hash((UserStore::folded(tenant) + u'\n' + UserStore::folded(email)).toUtf8()).left(16);
}

// Whoever has one IPv6 address has its whole /64 (RFC 6177).
QByteArray addressKey(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4)
        return QByteArray::number(ipv4);
    const Q_IPV6ADDR ipv6 = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(&ipv6), 8);
}

} // namespace

SignInThrottle::SignInThrottle(std::function<Clock::time_point()> now)
    : m_now(std::move(now)),
      m_pairs(mostCounts),
      m_accounts(mostCounts),
      m_addresses(mostCounts)
{
}

SignInThrottle::Count &SignInThrottle::current(Counts &counts, const QByteArray &key, Clock::time_point now)
{
    Count *known = counts.find(key);
    if (!known)
        return counts.put(key, Count{0, false, now, now});
    if (now - known->latest > forgottenAfter)
        known->failures = 0;
    return *known;
}

void SignInThrottle::count(Count &count, const Policy &policy, Clock::time_point now)
{
    count.latest = now;
    const int beyond = ++count.failures - policy.free;
    if (beyond >= 0)
        count.nextAllowed = now + std::min<Clock::duration>(1s * (1 << std::min(beyond, 20)), policy.longest);
}

QByteArray SignInThrottle::begin(const QString &tenant, const QString &email, const QHostAddress &address,
                                 const std::function<bool()> &isKnown)
{
    const QByteArray account = accountKey(tenant, email);
    const QByteArray place = addressKey(address);
    const Attempt made = attempt(account, place);
    if (made.wait == 0)
        return made.trusted ? account + place : account;
    if (made.byOthers && isKnown && isKnown()) {
        trust(account + place);
        return begin(tenant, email, address);
    }
    throw ApiError::tooMany(
        u"There were too many failed attempts to sign in. Wait %1 seconds and try again."_s.arg(made.wait), made.wait);
}

// Counts an attempt, or says how long it has to wait.
SignInThrottle::Attempt SignInThrottle::attempt(const QByteArray &account, const QByteArray &place)
{
    const std::lock_guard lock(m_mutex);
    const Clock::time_point now = m_now();
    Count &pairCount = current(m_pairs, account + place, now);
    Count &accountCount = current(m_accounts, account, now);
    Count &addressCount = current(m_addresses, place, now);

    const bool trusted = pairCount.trusted;
    const Clock::time_point own = std::max(pairCount.nextAllowed, addressCount.nextAllowed);
    const Clock::time_point allowed = trusted ? own : std::max(own, accountCount.nextAllowed);
    if (allowed > now)
        return {int(std::chrono::ceil<std::chrono::seconds>(allowed - now).count()), own <= now, trusted};
    count(pairCount, Policy{trusted ? 50 : 10, 300s}, now);
    count(accountCount, Policy{20, 60s}, now);
    count(addressCount, Policy{200, 60s}, now);
    return {.trusted = trusted};
}

void SignInThrottle::trust(const QByteArray &pair)
{
    const std::lock_guard lock(m_mutex);
    current(m_pairs, pair, m_now()).trusted = true;
}

// One sign-in makes up for one attempt, not for those of somebody else.
void SignInThrottle::forgive(Count *count)
{
    if (count)
        count->failures = std::max(0, count->failures - 1);
}

void SignInThrottle::succeeded(const QString &tenant, const QString &email, const QHostAddress &address)
{
    const QByteArray account = accountKey(tenant, email);
    const QByteArray place = addressKey(address);
    const std::lock_guard lock(m_mutex);
    const Clock::time_point now = m_now();
    m_pairs.put(account + place, Count{0, true, now, now});
    forgive(m_accounts.find(account));
    forgive(m_addresses.find(place));
}

void SignInThrottle::takeBack(const QString &tenant, const QString &email, const QHostAddress &address)
{
    const QByteArray account = accountKey(tenant, email);
    const QByteArray place = addressKey(address);
    const std::lock_guard lock(m_mutex);
    forgive(m_pairs.find(account + place));
    forgive(m_accounts.find(account));
    forgive(m_addresses.find(place));
}
