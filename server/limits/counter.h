// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/limits/limit_rules.h"
#include "shared/error.h"

#include <chrono>
#include <functional>

namespace limits {

// How a limit of a minute stands after a call, for the headers of its answer.
struct Standing
{
    qint64 limit = 0;
    qint64 remaining = 0;
    std::chrono::milliseconds resets{0}; // until nothing of it is used any more
};

// Why a call may not be made.
struct Refusal
{
    enum class Reason {
        Limit, // one is used up
        Unavailable, // nobody can say: what counts is away, or cannot count any more
    };
    Reason reason = Reason::Limit;
    QUuid limitId;
    QString name; // "Web shop: 60 requests a minute"
    LimitKind kind = LimitKind::RequestsPerMinute;
    qint64 amount = 0;
    qint64 used = 0;
    qint64 needed = 0; // tokens, or 1
    std::optional<std::chrono::milliseconds> retryAfter; // absent: the call asks for more than the limit ever allows

    ApiError error() const; // 429 rate_limit_exceeded or 503 limits_unavailable, each saying what and when
};

struct Outcome
{
    std::optional<Standing> requests; // of the limit of requests that has the least left, if any holds
    std::optional<Standing> tokens; // the same of tokens
    std::optional<Refusal> refusal; // absent: admitted

    bool isAdmitted() const { return !refusal; }
};

// Counts calls under the limits that they fall under. In any 60 seconds, and at any moment for concurrent ones, no more
// is let through than a limit says, however many ask at once; a call takes from all of its limits or from none. Never
// blocks a thread, unless said otherwise.
class Counter
{
public:
    using Then = std::function<void(Outcome)>;

    virtual ~Counter() = default;

    // Asks for a call. `then` runs on the asking thread, maybe before this returns, and not at all when the thread or
    // the counter ends first.
    virtual void acquire(const Call &call, Then then) = 0;

    // The call has ended, on the thread that asked for it: what it used replaces the tokens that were reserved, and
    // its place among the concurrent ones is free. Only the first time; does nothing for a call that is not known.
    virtual void settle(const QUuid &callId, qint64 tokens) = 0;

    // What is used now of each; nothing where that cannot be known. Any thread; may block for a second.
    virtual QList<std::optional<qint64>> used(const QUuid &tenantId, const QList<CounterKey> &counters) = 0;
};

// How one limit stands before a call.
struct Reading
{
    qint64 used = 0;
    std::chrono::milliseconds resets{0}; // until nothing is used
    std::chrono::milliseconds fits{0}; // where the call does not fit now: until it does
};
// What follows for a call that falls under these limits: one reading for each match.
Outcome decide(const Call &call, const Matches &matches, const Reading *readings);

// Nobody can say now: ask again.
Outcome unavailable(const QString &why, std::chrono::milliseconds retryAfter);

} // namespace limits
