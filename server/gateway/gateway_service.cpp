// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_service.h"

#include "server/gateway/call_plan.h"
#include "server/gateway/gateway_call.h"
#include "server/gateway/gateway_embedding.h"
#include "server/providers/input_estimate.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcService, "server.gateway.service")

namespace {

// Runs a step of a call, and answers in its dialect with what goes wrong.
template<class Step> void guarded(const GatewayRequest &request, Step step)
{
    try {
        step();
    } catch (const ApiError &error) {
        if (error.status == 403 && request.caller)
            request.router.noteRefusal(request.call, error.detail);
        request.refuse(error);
    } catch (const json::SyntaxError &error) {
        request.refuse(ApiError::malformed(
            u"The body is not JSON: %1 (at byte %2)."_s.arg(QString::fromUtf8(error.what())).arg(error.offset)));
    } catch (const std::exception &error) {
        qCCritical(lcService).noquote() << request.call.route->path << "failed:" << error.what();
        request.refuse(ApiError::internal());
    }
}

guardrails::MaskCounts check(const GatewayRequest &request, providers::ModelRequest &said)
try {
    return request.rules->guardrails.check(said);
} catch (const ApiError &error) {
    request.note(RefusedBy::Guardrail, said.model, error.detail);
    throw;
}

guardrails::MaskCounts check(const GatewayRequest &request, providers::EmbeddingRequest &said)
try {
    return request.rules->guardrails.check(said);
} catch (const ApiError &error) {
    request.note(RefusedBy::Guardrail, said.access.model, error.detail);
    throw;
}

// Looks through what was said, here or, where that takes long, on a worker, and then goes on here.
template<class Said, class Next>
void checked(const GatewayRequest &request, const GatewayDesk &desk, bool isQuick, Said said, Next next)
{
    if (isQuick)
        return next(request, check(request, said()));
    const bool isTaken = desk.work([request, said, next] {
        guarded(request, [&] {
            const guardrails::MaskCounts masked = check(request, said());
            request.exchange->post(
                [request, next, masked](http::Exchange &) { guarded(request, [&] { next(request, masked); }); });
        });
    });
    if (!isTaken)
        throw ApiError::busy(1);
}

} // namespace

void GatewayService::serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange,
                           const http::Call &call, gateway::Dialect dialect, Operation operation)
{
    GatewayRequest request{.desk = m_desk,
                           .router = router,
                           .exchange = exchange,
                           .call = call,
                           .dialect = dialect,
                           .caller = {},
                           .access = {},
                           .routes = {},
                           .limits = {},
                           .rules = {},
                           .takenAt = GatewayRequest::Clock::now(),
                           .knownAt = {}};
    guarded(request, [&] {
        const QByteArray secret = gateway::secretOf(call.request);
        if ((request.caller = m_desk.keys.remembered(secret))) {
            request.access = m_desk.credentials.remembered(request.tenantId());
            request.routes = m_desk.routes.remembered(request.tenantId());
            request.limits = m_desk.limits.remembered(request.tenantId());
            request.rules = m_desk.settings.remembered(request.tenantId());
            if (request.access && request.routes && request.limits && request.rules)
                return proceed(request, operation);
        }
        const bool isTaken = m_desk.work([this, request, secret, operation]() mutable {
            guarded(request, [&] {
                request.caller = m_desk.keys.authenticate(secret);
                request.access = m_desk.credentials.of(request.tenantId());
                request.routes = m_desk.routes.of(request.tenantId());
                request.limits = m_desk.limits.of(request.tenantId());
                request.rules = m_desk.settings.of(request.tenantId());
                request.exchange->post([this, request, operation](http::Exchange &) { proceed(request, operation); });
            });
        });
        if (!isTaken)
            throw ApiError::busy(1);
    });
}

void GatewayService::proceed(GatewayRequest request, Operation operation)
{
    request.call.caller = request.caller->asking(request.call.caller);
    request.knownAt = GatewayRequest::Clock::now();
    guarded(request, [&] {
        request.caller->requireCalls();
        (this->*operation)(request);
    });
}

CallPlan GatewayService::plan(const GatewayRequest &request, const QString &model, QLatin1StringView home,
                              const QString &endUser) const
try {
    return gateway::plan(m_desk, *request.caller, *request.routes, *request.access, model, home, endUser);
} catch (const ApiError &error) {
    if (error.status == 403)
        request.note(RefusedBy::Model, model, error.detail);
    throw;
}

void GatewayService::answer(const GatewayRequest &request, const gateway::Format &format, const QJsonObject &body)
{
    gateway::Incoming incoming = format.read(body);
    const guardrails::Guardrails &guardrails = request.rules->guardrails;
    if (!guardrails.guardsRequests())
        return ask(request, format, std::move(incoming), {});
    const bool isQuick = guardrails.isQuick(incoming.request);
    const auto said = std::make_shared<gateway::Incoming>(std::move(incoming));
    checked(
        request, m_desk, isQuick, [said]() -> auto & { return said->request; },
        [this, &format, said](const GatewayRequest &asked, const guardrails::MaskCounts &masked) {
            ask(asked, format, std::move(*said), masked);
        });
}

void GatewayService::ask(const GatewayRequest &request, const gateway::Format &format, gateway::Incoming incoming,
                         const guardrails::MaskCounts &masked)
{
    CallPlan targets = plan(request, incoming.request.model, format.home(), incoming.request.endUser);
    std::make_shared<GatewayCall>(request, format, std::move(incoming), masked, std::move(targets))->start();
}

void GatewayService::embed(const GatewayRequest &request, const gateway::EmbeddingFormat &format,
                           const QJsonObject &body)
{
    gateway::EmbeddingQuestion question = format.read(body);
    const guardrails::Guardrails &guardrails = request.rules->guardrails;
    if (!guardrails.guardsRequests())
        return ask(request, format, std::move(question), {});
    const bool isQuick = guardrails.isQuick(question.request);
    const auto said = std::make_shared<gateway::EmbeddingQuestion>(std::move(question));
    checked(
        request, m_desk, isQuick, [said]() -> auto & { return said->request; },
        [this, &format, said](const GatewayRequest &asked, const guardrails::MaskCounts &masked) {
            ask(asked, format, std::move(*said), masked);
        });
}

void GatewayService::ask(const GatewayRequest &request, const gateway::EmbeddingFormat &format,
                         gateway::EmbeddingQuestion question, const guardrails::MaskCounts &masked)
{
    const providers::ModelRequest &access = question.request.access;
    CallPlan targets = plan(request, access.model, format.home(), access.endUser);
    std::make_shared<GatewayEmbedding>(request, format, std::move(question), masked, std::move(targets))->start();
}

void GatewayService::countTokens(const GatewayRequest &request)
{
    QJsonObject body = bodyOf(request);
    body.insert(u"max_tokens"_s, 1); // which this operation does not ask for
    count(request, gateway::anthropicMessages(), body, u"input_tokens"_s);
}

// Answers with the number alone.
void GatewayService::count(const GatewayRequest &request, const gateway::Format &format, const QJsonObject &body,
                           const QString &member)
{
    const gateway::Incoming incoming = format.read(body);
    (void)plan(request, incoming.request.model, format.home(), incoming.request.endUser);
    const QJsonObject answer{{member, providers::estimateInput(incoming.request)}};
    request.router.finish(request.exchange, request.call,
                          {.status = 200,
                           .contentType = "application/json",
                           .body = json::print(answer),
                           .headers = {{"request-id", request.call.requestId}}});
}
