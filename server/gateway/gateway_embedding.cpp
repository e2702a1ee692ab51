// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_embedding.h"

#include "server/gateway/call_failure.h"
#include "server/gateway/dialect.h"
#include "server/gateway/gateway_call.h"
#include "shared/id.h"
#include "shared/usage/token_estimate.h"

using namespace Qt::StringLiterals;
using Status = UsageStore::CallStatus;

GatewayEmbedding::GatewayEmbedding(Parts parts) : m_parts(std::move(parts)), m_id(newId()) { }

void GatewayEmbedding::start()
{
    providers::EmbeddingRequest &request = m_parts.question.request;
    for (const QString &text : std::as_const(request.texts))
        m_promptTokens += estimateTokens(text);
    const GatewayCaller &caller = *m_parts.caller;
    m_parts.ledger.begin({.attemptId = m_id,
                          .tenantId = caller.caller.tenantId,
                          .keyId = caller.keyId,
                          .keyName = caller.keyName,
                          .userId = caller.caller.userId,
                          .userName = caller.caller.displayName,
                          .model = m_parts.model,
                          .calledAt = QDateTime::currentDateTimeUtc(),
                          .promptTokens = m_promptTokens});
    m_self = shared_from_this();
    m_named = std::exchange(request.access.model, m_parts.target.model);
    request.access.callId = m_id.toByteArray(QUuid::WithoutBraces);
    const std::weak_ptr<GatewayEmbedding> weak = weak_from_this();
    m_handle = m_parts.target.provider->embed(request, [weak](const providers::EmbeddingAnswer &answer) {
        if (const auto self = weak.lock())
            self->finish(answer);
    });
    m_parts.exchange->onCancel([weak] {
        if (const auto self = weak.lock())
            self->leave();
    });
}

void GatewayEmbedding::finish(const providers::EmbeddingAnswer &answer)
{
    if (!m_self)
        return;
    const bool isGood = !answer.error;
    m_parts.ledger.end(m_id,
                       {.status = isGood ? Status::Succeeded : Status::Failed,
                        .wasCalled = isGood || answer.error->reachedProvider,
                        .usage = isGood ? answer.usage : answer.error->usage.value_or(TokenUsage()),
                        .isEstimated = isGood ? answer.usageEstimated : answer.error->usageEstimated,
                        .firstTokenMs = {},
                        .totalMs = answer.totalMs});
    http::HeaderList headers{{"request-id", m_parts.call.requestId},
                             {"x-patio-call", m_id.toByteArray(QUuid::WithoutBraces)}};
    if (!m_parts.question.unheard.isEmpty())
        headers.emplaceBack("x-patio-unheard", gateway::printUnheard(m_parts.question.unheard));
    if (isGood)
        m_parts.router.finish(m_parts.exchange, m_parts.call,
                              {.status = 200,
                               .contentType = "application/json",
                               .body = gateway::printEmbeddings(m_parts.question, m_named, answer),
                               .headers = headers});
    else
        GatewayCall::refuse(m_parts.router, m_parts.exchange, m_parts.call, gateway::Dialect::OpenAi,
                            gateway::refusalOf(*answer.error), headers + gateway::retryHeaders(*answer.error));
    m_self.reset();
}

// Whether the provider had it by then is not known: it counts as asked.
void GatewayEmbedding::leave()
{
    if (!m_self)
        return;
    CallEnd end{.status = Status::Canceled, .isEstimated = true};
    end.usage.input = m_promptTokens;
    m_parts.ledger.end(m_id, end);
    m_handle.reset();
    m_parts.router.observe(m_parts.call, 499);
    m_self.reset();
}
