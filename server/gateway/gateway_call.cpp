// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_call.h"

#include "server/gateway/call_failure.h"
#include "server/providers/input_estimate.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using providers::CallError;
using providers::ModelAnswer;

GatewayCall::GatewayCall(const GatewayRequest &request, const gateway::Format &format, gateway::Incoming incoming,
                         CallPlan plan)
    : m_request(request),
      m_format(format),
      m_incoming(std::move(incoming)),
      m_plan(std::move(plan)),
      m_id(newId()),
      m_promptTokens(providers::estimateInput(m_incoming.request))
{
    m_hedge.setSingleShot(true);
}

void GatewayCall::start()
{
    m_writer = m_format.writer(
        m_incoming,
        {m_id.toString(QUuid::Id128), QDateTime::currentDateTimeUtc(), m_incoming.request.model, m_promptTokens});
    m_self = shared_from_this();
    const std::weak_ptr<GatewayCall> weak = weak_from_this();
    if (m_plan.hedgeAfter)
        QObject::connect(&m_hedge, &QTimer::timeout, &m_hedge, [this] {
            if (!m_speaker)
                askNext();
        });
    m_request.exchange->onCancel([weak] {
        if (const auto self = weak.lock())
            self->leave();
    });
    m_request.exchange->onDrain([weak] {
        if (const auto self = weak.lock(); self && self->m_speaker && std::exchange(self->m_isPaused, false))
            self->m_speaker->resume();
    });
    askNext();
}

CallBegin GatewayCall::beginOf(const QUuid &id, const PlannedTarget &target) const
{
    const GatewayCaller &caller = *m_request.caller;
    return {.attemptId = id,
            .tenantId = caller.caller.tenantId,
            .keyId = caller.keyId,
            .keyName = caller.keyName,
            .userId = caller.caller.userId,
            .userName = caller.caller.displayName,
            .model = target.model,
            .calledAt = QDateTime::currentDateTimeUtc(),
            .promptTokens = m_promptTokens};
}

bool GatewayCall::askNext()
{
    const auto target = m_plan.next(m_request.desk.breaker, m_request.tenantId());
    if (!target)
        return false;
    providers::ModelRequest asked = m_incoming.request;
    // A name for the provider's watch over abuse is no reason to refuse the call where there is no such watch.
    if (!asked.endUser.isEmpty() && !target->target.provider->takesEndUser()) {
        asked.endUser.clear();
        if (!m_incoming.unheard.contains(m_format.endUserPointer()))
            m_incoming.unheard.append(m_format.endUserPointer());
    }
    auto raw = std::make_shared<GatewayAttempt *>(nullptr);
    const auto attempt = std::make_shared<GatewayAttempt>(
        m_request.desk, m_request.exchange, beginOf(m_attempts.isEmpty() ? m_id : newId(), *target), *target,
        std::move(asked),
        GatewayAttempt::Events{.text =
                                   [this, raw](const QString &delta) {
                                       if (isOver(*raw))
                                           return;
                                       heard(*raw);
                                       if (m_isStreaming)
                                           write(m_writer->text(delta));
                                   },
                               .toolCall =
                                   [this, raw](const providers::ToolCallDelta &delta) {
                                       if (isOver(*raw))
                                           return;
                                       heard(*raw);
                                       if (m_isStreaming)
                                           write(m_writer->toolCall(delta));
                                   },
                               .done = [this, raw](const ModelAnswer &answer) { finish(*raw, answer); },
                               .failed = [this, raw](const CallError &error) { fail(*raw, error); },
                               .declined = [this, raw](const Declined &declined) { decline(*raw, declined); }});
    *raw = attempt.get();
    m_attempts.append(attempt);
    if (m_plan.hedgeAfter)
        m_hedge.start(*m_plan.hedgeAfter);
    attempt->start();
    return true;
}

bool GatewayCall::isOver(const GatewayAttempt *attempt) const
{
    return !m_self || (m_speaker && m_speaker.get() != attempt);
}

http::HeaderList GatewayCall::headers() const
{
    http::HeaderList headers{{"request-id", m_request.call.requestId}};
    const GatewayAttempt *const shown = m_speaker ? m_speaker.get()
        : m_attempts.isEmpty()                    ? nullptr
                                                  : m_attempts.last().get();
    if (shown && shown->calledAt()) {
        headers.emplaceBack("x-patio-call", shown->id().toByteArray(QUuid::WithoutBraces));
        headers.emplaceBack("x-patio-model", shown->target().model.toUtf8().toPercentEncoding("/:."));
    }
    if (m_attempts.size() > 1) {
        QByteArray tried;
        for (const Attempt &attempt : m_attempts)
            tried += (tried.isEmpty() ? "" : ", ") + attempt->target().model.toUtf8().toPercentEncoding("/:.");
        headers.emplaceBack("x-patio-tried", tried);
    }
    if (!m_incoming.unheard.isEmpty()) // told, because the target cannot honour them
        headers.emplaceBack("x-patio-unheard", gateway::printUnheard(m_incoming.unheard));
    return headers;
}

// A stream begins with its first piece: what fails before is told by its status, or served by somebody else.
void GatewayCall::heard(GatewayAttempt *attempt)
{
    if (m_speaker)
        return;
    m_speaker = attempt->shared_from_this();
    m_hedge.stop();
    cancelOthers(attempt);
    if (!m_incoming.request.stream)
        return;
    m_isStreaming = true;
    http::HeaderList all = m_request.router.commonHeaders(m_request.call);
    all.append(headers());
    all.append(m_request.timing(attempt->calledAt(), GatewayRequest::Clock::now(), false));
    all.append(std::pair("Content-Type"_ba, "text/event-stream; charset=utf-8"_ba));
    m_request.exchange->beginStream(200, all);
    m_request.router.observe(m_request.call, 200);
    write(m_writer->begin());
}

void GatewayCall::write(const QByteArray &bytes)
{
    if (bytes.isEmpty() || m_request.exchange->write(bytes) || !m_speaker)
        return;
    m_isPaused = true;
    m_speaker->pause();
}

void GatewayCall::finish(GatewayAttempt *attempt, const ModelAnswer &answer)
{
    if (isOver(attempt))
        return;
    const auto self = m_self;
    const auto heardAt = *attempt->calledAt() + std::chrono::milliseconds(answer.firstTokenMs);
    heard(attempt);
    if (m_isStreaming) {
        write(m_writer->done(answer));
        m_request.exchange->finish();
    } else {
        http::HeaderList all = headers();
        all.append(m_request.timing(attempt->calledAt(), heardAt, true));
        m_request.router.finish(
            m_request.exchange, m_request.call,
            {.status = 200, .contentType = "application/json", .body = m_writer->whole(answer), .headers = all});
    }
    m_self.reset();
}

void GatewayCall::fail(GatewayAttempt *attempt, const CallError &error)
{
    if (isOver(attempt))
        return;
    const auto self = m_self;
    if (m_isStreaming) {
        write(m_writer->failed(gateway::refusalOf(error)));
        m_request.exchange->finish();
        m_self.reset();
        return;
    }
    m_speaker.reset(); // a whole answer that broke was not passed on
    m_problem = gateway::refusalOf(error);
    m_problemHeaders = gateway::retryHeaders(error);
    if (gateway::isOfTarget(error))
        return fallBack();
    cancelOthers(attempt);
    m_plan.targets.clear();
    fallBack();
}

void GatewayCall::decline(GatewayAttempt *attempt, const Declined &declined)
{
    if (isOver(attempt))
        return;
    const auto self = m_self;
    m_request.note(declined, attempt->target().model);
    m_problem = declined.error;
    m_problemHeaders = declined.headers;
    fallBack();
}

void GatewayCall::fallBack()
{
    const bool someoneRuns =
        std::any_of(m_attempts.begin(), m_attempts.end(), [](const Attempt &one) { return one->isRunning(); });
    if (someoneRuns || askNext())
        return;
    http::HeaderList all = headers() + m_problemHeaders;
    const GatewayAttempt &last = *m_attempts.last();
    all.append(m_request.timing(last.calledAt(), {}, true));
    m_request.refuse(*m_problem, all);
    m_self.reset();
}

void GatewayCall::cancelOthers(const GatewayAttempt *except)
{
    for (const Attempt &attempt : std::as_const(m_attempts))
        if (attempt.get() != except)
            attempt->cancel();
}

void GatewayCall::leave()
{
    if (!m_self)
        return;
    const auto self = m_self;
    cancelOthers(nullptr);
    if (!m_isStreaming)
        m_request.router.observe(m_request.call, 499);
    m_self.reset();
}
