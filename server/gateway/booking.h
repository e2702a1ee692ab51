// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/gateway_desk.h"
#include "server/http/exchange.h"

// Why the gateway did not make a call that it could have made.
struct Declined
{
    RefusedBy by = RefusedBy::Budget;
    std::optional<QUuid> decidedById;
    QString decidedByName;
    ApiError error;
    http::HeaderList headers = {};
};

// One call of a provider in the books: what it may cost is reserved, it is written down before the provider is asked,
// and settled once after it. One that was opened and not begun leaves nothing behind. On the I/O thread of an exchange.
class Booking : public std::enable_shared_from_this<Booking>
{
public:
    // `most`: what it can cost at most, asked only where there is a budget; nothing where its model has no price.
    using Most = std::function<std::optional<qint64>()>;
    // `limits`: of the tenant. `tokens`: what it will use, as far as can be said, for limits of tokens.
    Booking(const GatewayDesk &desk, CallBegin begin, LimitBook::Rules limits, qint64 tokens)
        : m_desk(desk),
          m_begin(std::move(begin)),
          m_limits(std::move(limits)),
          m_tokens(tokens)
    {
    }
    ~Booking();
    Booking(const Booking &) = delete;
    Booking &operator=(const Booking &) = delete;

    const QUuid &id() const { return m_begin.attemptId; }
    const QString &model() const { return m_begin.model; }

    // Tells on this thread whether the call may be made: at once, or after the database was asked. Not told any more
    // once the booking is gone.
    void open(const std::shared_ptr<http::Exchange> &exchange, const Most &most,
              const std::function<void(const std::optional<Declined> &)> &then);
    void begin(); // throws ApiError where it cannot be written down; then it must not be made
    void end(const CallEnd &end);

    const limits::Outcome &standing() const { return m_standing; } // how its limits stand, once it is open

private:
    using Then = std::function<void(const std::optional<Declined> &)>;
    void reserve(const std::shared_ptr<http::Exchange> &exchange, const Most &most, const Then &then);
    static Declined declined(const limits::Refusal &refusal);
    std::optional<Declined> declined(const budgets::Reservations::Outcome &outcome) const;

    const GatewayDesk &m_desk;
    const CallBegin m_begin;
    const LimitBook::Rules m_limits;
    const qint64 m_tokens;
    limits::Outcome m_standing;
    bool m_isCounted = false; // under limits
    enum class State { New, Open, Begun, Ended } m_state = State::New;
};
