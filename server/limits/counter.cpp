// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/counter.h"

#include "server/limits/window.h"

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace limits {
namespace {

int wholeSeconds(milliseconds time) { return std::max(1, int((time.count() + 999) / 1000)); }

void keepTightest(std::optional<Standing> &kept, const Standing &other)
{
    if (!kept || other.remaining < kept->remaining
        || (other.remaining == kept->remaining && other.resets > kept->resets))
        kept = other;
}

} // namespace

ApiError Refusal::error() const
{
    if (reason == Reason::Unavailable) {
        ApiError error = ApiError::make(503, "limits_unavailable", name);
        error.retryAfter = wholeSeconds(retryAfter.value_or(milliseconds(1000)));
        return error;
    }
    QString detail = u"The limit “%1” does not let this call through: "_s.arg(name);
    if (kind == LimitKind::TokensPerMinute)
        detail += u"it may use %1 tokens, and %2 of %3 are used or reserved."_s.arg(needed).arg(used).arg(amount);
    else
        detail += u"%1 of %2 are %3."_s.arg(used).arg(amount).arg(kind == LimitKind::ConcurrentRequests ? u"running"_s
                                                                                                        : u"used"_s);
    ApiError error = ApiError::make(429, "rate_limit_exceeded", {});
    if (retryAfter) {
        error.retryAfter = wholeSeconds(*retryAfter);
        detail += u" Try again in %1 s."_s.arg(*error.retryAfter);
    } else {
        detail += u" That is more than it ever allows."_s;
    }
    error.detail = detail;
    return error;
}

Outcome decide(const Call &call, const Matches &matches, const Reading *readings)
{
    Outcome outcome;
    const Match *refusing = nullptr;
    const Reading *why = nullptr;
    bool isForGood = false;
    for (qsizetype i = 0; i < matches.size(); ++i) {
        const Match &match = matches[i];
        const Reading &reading = readings[i];
        const qint64 need = match.needOf(call);
        if (need <= match.amount - reading.used || isForGood)
            continue;
        // Of several that refuse, the one that refuses longest is told.
        isForGood = need > match.amount;
        if (!why || isForGood || reading.fits > why->fits) {
            refusing = &match;
            why = &reading;
        }
    }
    for (qsizetype i = 0; i < matches.size(); ++i) {
        const Match &match = matches[i];
        if (match.counter.kind == LimitKind::ConcurrentRequests)
            continue;
        const qint64 taken = refusing ? 0 : match.needOf(call);
        keepTightest(match.counter.kind == LimitKind::RequestsPerMinute ? outcome.requests : outcome.tokens,
                     {match.amount, std::max<qint64>(0, match.amount - readings[i].used - taken),
                      taken > 0 ? Window::span + Window::width : readings[i].resets});
    }
    if (refusing) {
        outcome.refusal = Refusal{.reason = Refusal::Reason::Limit,
                                  .limitId = refusing->counter.limit,
                                  .name = nameOf(*refusing, call),
                                  .kind = refusing->counter.kind,
                                  .amount = refusing->amount,
                                  .used = why->used,
                                  .needed = refusing->needOf(call),
                                  .retryAfter = isForGood ? std::nullopt : std::optional(why->fits)};
    }
    return outcome;
}

Outcome unavailable(const QString &why, milliseconds retryAfter)
{
    Outcome outcome;
    outcome.refusal.emplace();
    outcome.refusal->reason = Refusal::Reason::Unavailable;
    outcome.refusal->name = why;
    outcome.refusal->retryAfter = retryAfter;
    return outcome;
}

} // namespace limits
