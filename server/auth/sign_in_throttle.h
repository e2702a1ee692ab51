// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/security/lru_cache.h"

#include <QHostAddress>
#include <QString>

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

// Slows guessing of passwords down, and never locks anybody out for good: after some failures each further attempt has
// to wait, longer each time up to a bound, and failures are forgotten after a quarter of an hour without one.
//
// Three counts: of the account from this address, of the account from everywhere, of the address for all accounts. An
// address from which the account has signed in lately is not held up by what others do to the account: it is remembered
// here, or known to whoever asks. An attempt
// counts as failed from its start, so that many at once gain nothing. Memory is bounded. Any thread.
class SignInThrottle
{
public:
    using Clock = std::chrono::steady_clock;
    explicit SignInThrottle(std::function<Clock::time_point()> now = Clock::now);

    // Throws ApiError::tooMany with the seconds to wait. Every attempt that began is to be counted as failed unless
    // succeeded() says otherwise.
    // `isKnown`: whether the account has signed in from there before; asked only where it decides.
    // Answers with the lane in which the attempt is to wait: one for the account, and another where it has signed in
    // from this address before, so that guesses from elsewhere do not hold it up.
    QByteArray begin(const QString &tenant, const QString &email, const QHostAddress &address,
                     const std::function<bool()> &isKnown = {});
    void succeeded(const QString &tenant, const QString &email, const QHostAddress &address);
    // An attempt that was none: the password was right, and the code is yet to come.
    void takeBack(const QString &tenant, const QString &email, const QHostAddress &address);

private:
    struct Count
    {
        int failures = 0;
        bool trusted = false; // has signed in from here
        Clock::time_point latest;
        Clock::time_point nextAllowed;
    };
    struct HashBytes
    {
        std::size_t operator()(const QByteArray &bytes) const { return qHash(bytes); }
    };
    using Counts = LruCache<QByteArray, Count, HashBytes>;
    struct Policy
    {
        int free; // failures without delay
        std::chrono::seconds longest;
    };

    struct Attempt
    {
        int wait = 0; // seconds; 0: it may begin
        bool byOthers = false; // waits only for what was tried from elsewhere
        bool trusted = false;
    };
    Attempt attempt(const QByteArray &account, const QByteArray &place);
    void trust(const QByteArray &pair);
    static Count &current(Counts &counts, const QByteArray &key, Clock::time_point now);
    static void forgive(Count *count);
    static void count(Count &count, const Policy &policy, Clock::time_point now);

    const std::function<Clock::time_point()> m_now;
    std::mutex m_mutex;
    Counts m_pairs;
    Counts m_accounts;
    Counts m_addresses;
};
