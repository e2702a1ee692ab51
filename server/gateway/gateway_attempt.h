// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/booking.h"
#include "server/gateway/call_plan.h"

// One question to one provider on behalf of a program, from its admission to its place in the books. On the I/O thread
// of an exchange. Whoever holds it is told either of `declined`, perhaps inside start(), or of pieces and then one of
// `done` and `failed`, which the books know by then. Of nothing after cancel().
class GatewayAttempt : public std::enable_shared_from_this<GatewayAttempt>
{
public:
    struct Events
    {
        std::function<void(const QString &delta)> text;
        std::function<void(const providers::ToolCallDelta &delta)> toolCall;
        std::function<void(const providers::ModelAnswer &)> done;
        std::function<void(const providers::CallError &)> failed;
        std::function<void(const Declined &)> declined;
    };
    GatewayAttempt(const GatewayDesk &desk, std::shared_ptr<http::Exchange> exchange, CallBegin begin,
                   LimitBook::Rules limits, PlannedTarget target, providers::ModelRequest request, Events events);

    void start();
    void cancel(); // what was consumed until then was paid for
    void pause();
    void resume();

    bool isRunning() const { return m_state == State::Admitting || m_state == State::Calling; }
    const PlannedTarget &target() const { return m_target; }
    const QUuid &id() const { return m_booking->id(); }
    const limits::Outcome &standing() const { return m_booking->standing(); }
    std::optional<std::chrono::steady_clock::time_point> calledAt() const { return m_calledAt; }

private:
    void call();
    void decline(const Declined &declined);
    void end(const CallEnd &end);

    const GatewayDesk &m_desk;
    const std::shared_ptr<http::Exchange> m_exchange;
    const PlannedTarget m_target;
    const QUuid m_tenantId;
    providers::ModelRequest m_request;
    Events m_events;
    std::shared_ptr<Booking> m_booking;
    std::unique_ptr<providers::Call> m_call;
    std::optional<std::chrono::steady_clock::time_point> m_calledAt;
    enum class State { New, Admitting, Calling, Ended } m_state = State::New;
    bool m_isPaused = false;
};
