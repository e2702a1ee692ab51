// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_attempt.h"

#include "server/gateway/call_failure.h"
#include "server/providers/input_estimate.h"
#include "shared/usage/cost_bound.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using providers::CallError;
using providers::ModelAnswer;
using Status = UsageStore::CallStatus;

namespace {

constexpr auto beyondProvider = 10s; // for the answer, after the provider's own time is over

qint64 millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

GatewayAttempt::GatewayAttempt(const GatewayDesk &desk, std::shared_ptr<http::Exchange> exchange, CallBegin begin,
                               LimitBook::Rules limits, PlannedTarget target, providers::ModelRequest request,
                               Events events)
    : m_desk(desk),
      m_exchange(std::move(exchange)),
      m_target(std::move(target)),
      m_tenantId(begin.tenantId),
      m_request(std::move(request)),
      m_events(std::move(events))
{
    constexpr int usualAnswer = 1000; // tokens, where the program does not say how long it may be
    const qint64 tokens = begin.promptTokens + m_request.maxTokens.value_or(usualAnswer);
    m_booking = std::make_shared<Booking>(desk, std::move(begin), std::move(limits), tokens);
    m_request.model = m_target.target.model;
    m_request.apiKey = m_target.target.apiKey;
    m_request.baseUrl = m_target.target.baseUrl;
    m_request.addresses = m_target.target.addresses;
    m_request.callId = id().toByteArray(QUuid::WithoutBraces);
    m_request.idleTimeout = desk.options.idleTimeout;
    m_request.totalTimeout = desk.options.totalTimeout;
    // An answer that is not streamed begins when it is whole.
    m_request.firstByteTimeout = m_target.firstByteTimeout.value_or(m_request.stream ? desk.options.firstByteTimeout
                                                                                     : desk.options.totalTimeout);
    m_request.answerLimit = desk.options.answerLimit;
}

void GatewayAttempt::start()
{
    m_state = State::Admitting;
    const auto most = [this] {
        return gateway::mostNanos(m_desk.prices, m_target.model, providers::boundInput(m_request),
                                  providers::boundOutput(m_request));
    };
    const std::weak_ptr<GatewayAttempt> weak = weak_from_this();
    m_booking->open(m_exchange, most, [weak](const std::optional<Declined> &declined) {
        const auto self = weak.lock();
        if (!self || self->m_state != State::Admitting)
            return;
        if (!declined)
            return self->call();
        self->decline(*declined);
    });
}

void GatewayAttempt::call()
{
    try {
        m_booking->begin();
    } catch (const ApiError &error) {
        return decline({.decidedById = {}, .decidedByName = {}, .error = error});
    }
    m_state = State::Calling;
    m_calledAt = std::chrono::steady_clock::now();
    m_exchange->setAnswerTime(m_request.totalTimeout + beyondProvider);
    m_call = m_target.target.provider->start(
        m_request,
        {.text = [this](const QString &delta) { m_events.text(delta); },
         .toolCall = [this](const providers::ToolCallDelta &delta) { m_events.toolCall(delta); },
         .done =
             [this](const ModelAnswer &answer) {
                 const auto self = shared_from_this();
                 end({.status = Status::Succeeded,
                      .wasCalled = true,
                      .usage = answer.usage,
                      .isEstimated = answer.usageEstimated,
                      .firstTokenMs = answer.firstTokenMs,
                      .totalMs = answer.totalMs});
                 if (m_target.isOfRoute)
                     m_desk.breaker.succeeded(m_tenantId, m_target.model);
                 m_events.done(answer);
             },
         .failed =
             [this](const CallError &error) {
                 const auto self = shared_from_this();
                 end({.status = Status::Failed,
                      .wasCalled = error.reachedProvider,
                      .usage = error.usage.value_or(TokenUsage()),
                      .isEstimated = error.usageEstimated,
                      .firstTokenMs = error.firstTokenMs,
                      .totalMs = error.totalMs});
                 if (m_target.isOfRoute && gateway::isOfTarget(error))
                     m_desk.breaker.failed(m_tenantId, m_target.model, error.retryAfter);
                 else if (m_target.isOfRoute)
                     m_desk.breaker.abandoned(m_tenantId, m_target.model);
                 m_events.failed(error);
             }});
    if (m_isPaused)
        m_call->pause();
}

void GatewayAttempt::decline(const Declined &declined)
{
    m_state = State::Ended;
    if (m_target.isOfRoute)
        m_desk.breaker.abandoned(m_tenantId, m_target.model);
    m_events.declined(declined);
}

void GatewayAttempt::end(const CallEnd &end)
{
    m_state = State::Ended;
    m_booking->end(end);
}

void GatewayAttempt::cancel()
{
    if (!isRunning())
        return;
    const bool wasCalling = m_state == State::Calling;
    m_state = State::Ended;
    if (m_target.isOfRoute)
        m_desk.breaker.abandoned(m_tenantId, m_target.model);
    if (!wasCalling)
        return;
    const providers::Call::Progress progress = m_call->progress();
    m_booking->end({.status = Status::Canceled,
                    .wasCalled = progress.reachedProvider,
                    .usage = progress.usage.value_or(TokenUsage()),
                    .isEstimated = true,
                    .firstTokenMs = {},
                    .totalMs = millisecondsSince(*m_calledAt)});
    m_call->cancel();
}

void GatewayAttempt::pause()
{
    m_isPaused = true;
    if (m_state == State::Calling && m_call)
        m_call->pause();
}

void GatewayAttempt::resume()
{
    m_isPaused = false;
    if (m_state == State::Calling && m_call)
        m_call->resume();
}
