// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_embedding.h"

#include "server/gateway/call_failure.h"
#include "server/limits/limit_headers.h"
#include "server/providers/input_estimate.h"
#include "shared/id.h"
#include "shared/usage/token_estimate.h"

using namespace Qt::StringLiterals;
using Status = UsageStore::CallStatus;

GatewayEmbedding::GatewayEmbedding(const GatewayRequest &request, const gateway::EmbeddingFormat &format,
                                   gateway::EmbeddingQuestion question, const guardrails::MaskCounts &masked,
                                   CallPlan plan)
    : m_request(request),
      m_format(format),
      m_question(std::move(question)),
      m_masked(masked),
      m_plan(std::move(plan))
{
    for (const QString &text : std::as_const(m_question.request.texts)) {
        m_promptTokens += estimateTokens(text);
        m_mostTokens += providers::bytesOf(text) + 2; // its beginning and its end
    }
}

void GatewayEmbedding::start()
{
    m_self = shared_from_this();
    const std::weak_ptr<GatewayEmbedding> weak = weak_from_this();
    m_request.exchange->onCancel([weak] {
        if (const auto self = weak.lock())
            self->leave();
    });
    askNext();
}

void GatewayEmbedding::askNext()
{
    const auto self = m_self;
    m_target = m_plan.next(m_request.desk.breaker, m_request.tenantId());
    if (!m_target) {
        http::HeaderList all = headers() + m_problemHeaders;
        all.append(m_request.timing(m_calledAt, {}, true));
        m_request.refuse(*m_problem, all);
        m_self.reset();
        return;
    }
    const GatewayCaller &caller = *m_request.caller;
    m_booking = std::make_shared<Booking>(m_request.desk,
                                          CallBegin{.attemptId = newId(),
                                                    .tenantId = caller.caller.tenantId,
                                                    .keyId = caller.keyId,
                                                    .keyName = caller.keyName,
                                                    .userId = caller.caller.userId,
                                                    .userName = caller.caller.displayName,
                                                    .model = m_target->model,
                                                    .calledAt = QDateTime::currentDateTimeUtc(),
                                                    .promptTokens = m_promptTokens},
                                          m_request.limits, m_promptTokens);
    const std::weak_ptr<GatewayEmbedding> weak = weak_from_this();
    m_booking->open(
        m_request.exchange,
        [this] { return gateway::mostNanos(m_request.desk.prices, m_target->model, m_mostTokens, 0); },
        [weak](const std::optional<Declined> &declined) {
            const auto self = weak.lock();
            if (!self || !self->m_self)
                return;
            if (declined)
                self->decline(*declined);
            else
                self->call(*self->m_target);
        });
}

void GatewayEmbedding::call(const PlannedTarget &target)
{
    try {
        m_booking->begin();
    } catch (const ApiError &error) {
        return decline({.decidedById = {}, .decidedByName = {}, .error = error});
    }
    m_calledAt = GatewayRequest::Clock::now();
    providers::EmbeddingRequest asked = m_question.request;
    const GatewayOptions &options = m_request.desk.options;
    asked.access.model = target.target.model;
    asked.access.apiKey = target.target.apiKey;
    asked.access.baseUrl = target.target.baseUrl;
    asked.access.addresses = target.target.addresses;
    asked.access.callId = m_booking->id().toByteArray(QUuid::WithoutBraces);
    asked.access.idleTimeout = options.idleTimeout;
    asked.access.totalTimeout = options.totalTimeout;
    asked.access.firstByteTimeout = target.firstByteTimeout.value_or(options.totalTimeout);
    asked.access.answerLimit = options.answerLimit;
    // A name for the provider's watch over abuse is no reason to refuse the call where there is no such watch.
    if (!asked.access.endUser.isEmpty() && !target.target.provider->takesEndUser()) {
        asked.access.endUser.clear();
        if (!m_question.unheard.contains(u"/user"_s))
            m_question.unheard.append(u"/user"_s);
    }
    const std::weak_ptr<GatewayEmbedding> weak = weak_from_this();
    m_handle = target.target.provider->embed(asked, [weak](const providers::EmbeddingAnswer &answer) {
        if (const auto self = weak.lock())
            self->finish(answer);
    });
}

http::HeaderList GatewayEmbedding::headers() const
{
    http::HeaderList headers{{"request-id", m_request.call.requestId}};
    if (m_calledAt && m_booking)
        headers.emplaceBack("x-patio-call", m_booking->id().toByteArray(QUuid::WithoutBraces));
    if (m_target)
        headers.emplaceBack("x-patio-model", m_target->model.toUtf8().toPercentEncoding("/:."));
    if (m_booking)
        headers += limits::headersOf(m_booking->standing(), m_request.dialect, QDateTime::currentDateTimeUtc());
    if (m_masked.all() > 0)
        headers.emplaceBack("x-patio-masked", gateway::printMasked(m_masked));
    if (!m_question.unheard.isEmpty())
        headers.emplaceBack("x-patio-unheard", gateway::printUnheard(m_question.unheard));
    return headers;
}

void GatewayEmbedding::finish(const providers::EmbeddingAnswer &answer)
{
    if (!m_self)
        return;
    const auto self = m_self;
    const bool isGood = !answer.error;
    m_booking->end({.status = isGood ? Status::Succeeded : Status::Failed,
                    .wasCalled = isGood || answer.error->reachedProvider,
                    .usage = isGood ? answer.usage : answer.error->usage.value_or(TokenUsage()),
                    .isEstimated = isGood ? answer.usageEstimated : answer.error->usageEstimated,
                    .firstTokenMs = {},
                    .totalMs = answer.totalMs});
    CircuitBreaker &breaker = m_request.desk.breaker;
    if (isGood) {
        if (m_target->isOfRoute)
            breaker.succeeded(m_request.tenantId(), m_target->model);
        http::HeaderList all = headers();
        all.append(m_request.timing(m_calledAt, GatewayRequest::Clock::now(), true));
        const QByteArray body = m_format.print(m_question, m_question.request.access.model, answer);
        m_request.keepBodies(m_booking->id(), QDateTime::currentDateTimeUtc(), body);
        m_request.router.finish(m_request.exchange, m_request.call,
                                {.status = 200, .contentType = "application/json", .body = body, .headers = all});
        m_self.reset();
        return;
    }
    m_problem = gateway::refusalOf(*answer.error);
    m_problemHeaders = gateway::retryHeaders(*answer.error);
    const bool isOfTarget = gateway::isOfTarget(*answer.error);
    if (m_target->isOfRoute && isOfTarget)
        breaker.failed(m_request.tenantId(), m_target->model, answer.error->retryAfter);
    else if (m_target->isOfRoute)
        breaker.abandoned(m_request.tenantId(), m_target->model);
    if (!isOfTarget)
        m_plan.targets.clear();
    askNext();
}

void GatewayEmbedding::decline(const Declined &declined)
{
    m_request.note(declined, m_target->model);
    if (m_target->isOfRoute)
        m_request.desk.breaker.abandoned(m_request.tenantId(), m_target->model);
    m_problem = declined.error;
    m_problemHeaders = declined.headers;
    askNext();
}

// Whether the provider had it by then is not known: it counts as asked.
void GatewayEmbedding::leave()
{
    if (!m_self)
        return;
    const auto self = m_self;
    CallEnd end{.status = Status::Canceled, .isEstimated = true};
    end.usage.input = m_promptTokens;
    if (m_booking)
        m_booking->end(end);
    m_handle.reset();
    m_request.router.observe(m_request.call, 499);
    m_self.reset();
}
