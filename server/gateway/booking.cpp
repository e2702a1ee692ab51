// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/booking.h"

using namespace Qt::StringLiterals;

Booking::~Booking()
{
    if (m_isCounted && m_state != State::Ended)
        m_desk.counter.settle(id(), m_state == State::Begun ? m_tokens : 0);
    if (m_state == State::Open)
        m_desk.reservations.release(m_begin.attemptId);
    else if (m_state == State::Begun) // whoever made the call is gone without a word
        m_desk.ledger.end(m_begin.attemptId, {.status = UsageStore::CallStatus::Lost, .isEstimated = true});
}

void Booking::open(const std::shared_ptr<http::Exchange> &exchange, const Most &most, const Then &then)
{
    const std::weak_ptr<Booking> weak = weak_from_this();
    m_desk.counter.acquire(
        {.rules = m_limits,
         .callId = id(),
         .tenantId = m_begin.tenantId,
         .keyId = m_begin.keyId,
         .keyName = m_begin.keyName,
         .userId = m_begin.userId,
         .userName = m_begin.userName,
         .model = m_begin.model,
         .tokens = m_tokens},
        [weak, &counter = m_desk.counter, id = id(), exchange, most, then](const limits::Outcome &outcome) {
            const auto self = weak.lock();
            if (!self) {
                if (outcome.isAdmitted())
                    counter.settle(id, 0);
                return;
            }
            self->m_standing = outcome;
            self->m_isCounted = outcome.isAdmitted();
            if (outcome.isAdmitted())
                self->reserve(exchange, most, then);
            else
                then(self->declined(*outcome.refusal));
        });
}

void Booking::reserve(const std::shared_ptr<http::Exchange> &exchange, const Most &most, const Then &then)
{
    if (m_desk.reservations.isFree(m_begin.tenantId))
        return then(std::nullopt);
    const budgets::Spender spender{
        .tenantId = m_begin.tenantId, .userId = m_begin.userId, .keyId = m_begin.keyId, .templateId = {}};
    const std::optional<qint64> nanos = most();
    if (const auto outcome = m_desk.reservations.reserveHere(id(), spender, nanos, m_begin.calledAt)) {
        m_state = outcome->refusal ? State::New : State::Open;
        return then(declined(*outcome));
    }
    const std::weak_ptr<Booking> weak = weak_from_this();
    const auto ask = [&reservations = m_desk.reservations, weak, exchange, then, spender, nanos, id = id(),
                      at = m_begin.calledAt] {
        std::variant<budgets::Reservations::Outcome, ApiError> outcome;
        try {
            outcome = reservations.reserve(id, spender, nanos, at);
        } catch (const ApiError &error) {
            outcome = error;
        } catch (const std::exception &) {
            outcome = ApiError::busy(1);
        }
        exchange->post([&reservations, weak, then, id, outcome](http::Exchange &) {
            const auto self = weak.lock();
            const auto *const found = std::get_if<budgets::Reservations::Outcome>(&outcome);
            if (!self) {
                if (found && !found->refusal)
                    reservations.release(id);
                return;
            }
            if (!found)
                return then(Declined{.decidedById = {}, .decidedByName = {}, .error = std::get<ApiError>(outcome)});
            self->m_state = found->refusal ? State::New : State::Open;
            then(self->declined(*found));
        });
    };
    if (!m_desk.work(ask))
        then(Declined{.decidedById = {}, .decidedByName = {}, .error = ApiError::busy(1)});
}

std::optional<Declined> Booking::declined(const budgets::Reservations::Outcome &outcome) const
{
    if (!outcome.refusal)
        return std::nullopt;
    const budgets::Refusal &refusal = *outcome.refusal;
    Declined declined{
        .by = RefusedBy::Budget,
        .decidedById = refusal.budgetId,
        .decidedByName = refusal.budgetName,
        .error = ApiError::make(429, "budget_exceeded", refusal.detail),
        .headers = {{"x-should-retry", "false"},
                    {"x-patio-refused-by", "budget " + refusal.budgetId.toByteArray(QUuid::WithoutBraces)}}};
    if (refusal.resetsAt) {
        const qint64 seconds = std::max<qint64>(QDateTime::currentDateTimeUtc().secsTo(*refusal.resetsAt), 1);
        declined.error.retryAfter = int(std::min<qint64>(seconds, std::numeric_limits<int>::max()));
    }
    return declined;
}

Declined Booking::declined(const limits::Refusal &refusal)
{
    Declined declined{.by = RefusedBy::Limit,
                      .decidedById = {},
                      .decidedByName = refusal.name,
                      .error = refusal.error(),
                      .headers = {{"x-should-retry", refusal.retryAfter ? "true" : "false"}}};
    if (refusal.retryAfter)
        declined.headers.emplaceBack("retry-after-ms", QByteArray::number(refusal.retryAfter->count()));
    if (refusal.reason == limits::Refusal::Reason::Limit) {
        declined.decidedById = refusal.limitId;
        declined.headers.emplaceBack("x-patio-refused-by",
                                     "limit " + refusal.limitId.toByteArray(QUuid::WithoutBraces));
    }
    return declined;
}

void Booking::begin()
{
    m_desk.ledger.begin(m_begin);
    m_state = State::Begun;
}

void Booking::end(const CallEnd &end)
{
    if (m_state != State::Begun)
        return;
    m_state = State::Ended;
    m_desk.ledger.end(m_begin.attemptId, end);
    if (m_isCounted)
        m_desk.counter.settle(id(), end.wasCalled ? end.usage.input + end.usage.output : 0);
}
