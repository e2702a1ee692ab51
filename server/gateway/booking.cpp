// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/booking.h"

using namespace Qt::StringLiterals;

Booking::~Booking()
{
    if (m_state == State::Open)
        m_desk.reservations.release(m_begin.attemptId);
    else if (m_state == State::Begun) // whoever made the call is gone without a word
        m_desk.ledger.end(m_begin.attemptId, {.status = UsageStore::CallStatus::Lost, .isEstimated = true});
}

void Booking::open(const std::shared_ptr<http::Exchange> &exchange, const Most &most,
                   std::function<void(const std::optional<Declined> &)> then)
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
    const auto ask = [&reservations = m_desk.reservations, weak, exchange, then = std::move(then), spender, nanos,
                      id = id(), at = m_begin.calledAt] {
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
        throw ApiError::busy(1);
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
}
