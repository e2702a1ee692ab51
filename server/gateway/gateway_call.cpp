// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_call.h"

#include "server/gateway/call_failure.h"
#include "server/providers/input_estimate.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using providers::CallError;
using providers::ModelAnswer;
using Status = UsageStore::CallStatus;

namespace {

constexpr auto beyondProvider = std::chrono::seconds(10); // for the answer, after the provider's own time is over

qint64 millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

GatewayCall::GatewayCall(Parts parts) : m_parts(std::move(parts)), m_id(newId()) { }

void GatewayCall::refuse(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange,
                         const http::Call &call, gateway::Dialect dialect, const ApiError &error,
                         const http::HeaderList &headers)
{
    http::Response response{.status = error.status,
                            .contentType = "application/json",
                            .body = gateway::printError(dialect, error, call.requestId),
                            .headers = headers};
    response.headers.emplaceBack("request-id", call.requestId);
    if (error.retryAfter)
        response.headers.emplaceBack("Retry-After", QByteArray::number(*error.retryAfter));
    router.finish(exchange, call, std::move(response));
}

void GatewayCall::start()
{
    providers::ModelRequest &request = m_parts.incoming.request;
    request.callId = m_id.toByteArray(QUuid::WithoutBraces);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const GatewayCaller &caller = *m_parts.caller;
    const qint64 promptTokens = providers::estimateInput(request);
    m_writer = m_parts.format.writer(m_parts.incoming,
                                     {m_id.toString(QUuid::Id128), now, m_parts.incoming.request.model, promptTokens});
    m_parts.ledger.begin({.attemptId = m_id,
                          .tenantId = caller.caller.tenantId,
                          .keyId = caller.keyId,
                          .keyName = caller.keyName,
                          .userId = caller.caller.userId,
                          .userName = caller.caller.displayName,
                          .model = m_parts.model,
                          .calledAt = now,
                          .promptTokens = promptTokens});
    m_self = shared_from_this();
    m_calledAt = std::chrono::steady_clock::now();
    request.model = m_parts.target.model;
    m_parts.exchange->setAnswerTime(request.totalTimeout + beyondProvider);
    m_call = m_parts.target.provider->start(request,
                                            {.text =
                                                 [this](const QString &delta) {
                                                     begin();
                                                     if (m_isStreaming)
                                                         write(m_writer->text(delta));
                                                 },
                                             .toolCall =
                                                 [this](const providers::ToolCallDelta &delta) {
                                                     begin();
                                                     if (m_isStreaming)
                                                         write(m_writer->toolCall(delta));
                                                 },
                                             .done = [this](const ModelAnswer &answer) { finish(answer); },
                                             .failed = [this](const CallError &error) { fail(error); }});
    const std::weak_ptr<GatewayCall> weak = weak_from_this();
    m_parts.exchange->onCancel([weak] {
        if (const auto self = weak.lock())
            self->leave();
    });
    m_parts.exchange->onDrain([weak] {
        if (const auto self = weak.lock(); self && self->m_call && std::exchange(self->m_isPaused, false))
            self->m_call->resume();
    });
}

http::HeaderList GatewayCall::headers() const
{
    http::HeaderList headers{{"request-id", m_parts.call.requestId},
                             {"x-patio-call", m_id.toByteArray(QUuid::WithoutBraces)},
                             {"x-patio-model", m_parts.model.toUtf8().toPercentEncoding("/:.")}};
    if (!m_parts.incoming.unheard.isEmpty()) // told, because the target cannot honour them
        headers.emplaceBack("x-patio-unheard", gateway::printUnheard(m_parts.incoming.unheard));
    return headers;
}

// A stream begins with its first piece: what fails before is told by its status.
void GatewayCall::begin()
{
    if (m_isStreaming || !m_parts.incoming.request.stream)
        return;
    m_isStreaming = true;
    http::HeaderList all = m_parts.router.commonHeaders(m_parts.call);
    all.append(headers());
    all.append(std::pair("Content-Type"_ba, "text/event-stream; charset=utf-8"_ba));
    m_parts.exchange->beginStream(200, all);
    m_parts.router.observe(m_parts.call, 200);
    write(m_writer->begin());
}

void GatewayCall::write(const QByteArray &bytes)
{
    if (bytes.isEmpty() || m_parts.exchange->write(bytes) || !m_call)
        return;
    m_isPaused = true;
    m_call->pause();
}

void GatewayCall::finish(const ModelAnswer &answer)
{
    settle({.status = Status::Succeeded,
            .wasCalled = true,
            .usage = answer.usage,
            .isEstimated = answer.usageEstimated,
            .firstTokenMs = answer.firstTokenMs,
            .totalMs = answer.totalMs});
    begin();
    if (m_isStreaming) {
        write(m_writer->done(answer));
        m_parts.exchange->finish();
    } else {
        m_parts.router.finish(
            m_parts.exchange, m_parts.call,
            {.status = 200, .contentType = "application/json", .body = m_writer->whole(answer), .headers = headers()});
    }
    m_self.reset();
}

void GatewayCall::fail(const CallError &error)
{
    settle({.status = Status::Failed,
            .wasCalled = error.reachedProvider,
            .usage = error.usage.value_or(TokenUsage()),
            .isEstimated = error.usageEstimated,
            .firstTokenMs = error.firstTokenMs,
            .totalMs = error.totalMs});
    if (m_isStreaming) {
        write(m_writer->failed(gateway::refusalOf(error)));
        m_parts.exchange->finish();
    } else {
        refuse(m_parts.router, m_parts.exchange, m_parts.call, m_parts.format.dialect(), gateway::refusalOf(error),
               headers() + gateway::retryHeaders(error));
    }
    m_self.reset();
}

// What was consumed until then was paid for.
void GatewayCall::leave()
{
    if (!m_self)
        return;
    const providers::Call::Progress progress = m_call->progress();
    settle({.status = Status::Canceled,
            .wasCalled = progress.reachedProvider,
            .usage = progress.usage.value_or(TokenUsage()),
            .isEstimated = true,
            .firstTokenMs = {},
            .totalMs = millisecondsSince(m_calledAt)});
    m_call->cancel();
    if (!m_isStreaming)
        m_parts.router.observe(m_parts.call, 499);
    m_self.reset();
}

void GatewayCall::settle(const CallEnd &end) { m_parts.ledger.end(m_id, end); }
