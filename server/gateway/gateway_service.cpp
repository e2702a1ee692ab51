// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_service.h"

#include "server/gateway/call_plan.h"
#include "server/gateway/formats/openai_embeddings.h"
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
        request.refuse(error);
    } catch (const json::SyntaxError &error) {
        request.refuse(ApiError::malformed(
            u"The body is not JSON: %1 (at byte %2)."_s.arg(QString::fromUtf8(error.what())).arg(error.offset)));
    } catch (const std::exception &error) {
        qCCritical(lcService).noquote() << request.call.route->path << "failed:" << error.what();
        request.refuse(ApiError::internal());
    }
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
                           .takenAt = GatewayRequest::Clock::now(),
                           .knownAt = {}};
    guarded(request, [&] {
        const QByteArray secret = gateway::secretOf(call.request);
        if ((request.caller = m_desk.keys.remembered(secret))) {
            request.access = m_desk.credentials.remembered(request.tenantId());
            request.routes = m_desk.routes.remembered(request.tenantId());
            if (request.access && request.routes)
                return proceed(request, operation);
        }
        const bool isTaken = m_desk.work([this, request, secret, operation]() mutable {
            guarded(request, [&] {
                request.caller = m_desk.keys.authenticate(secret);
                request.access = m_desk.credentials.of(request.tenantId());
                request.routes = m_desk.routes.of(request.tenantId());
                request.exchange->post([this, request, operation](http::Exchange &) {
                    guarded(request, [&] { proceed(request, operation); });
                });
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
    try {
        request.caller->requireCalls();
        (this->*operation)(request);
    } catch (const ApiError &error) {
        if (error.status == 403)
            request.router.noteRefusal(request.call, error.detail);
        throw;
    }
}

void GatewayService::answer(const GatewayRequest &request, const gateway::Format &format)
{
    gateway::Incoming incoming = format.read(json::object(request.call.request.body));
    CallPlan plan = gateway::plan(m_desk, *request.caller, *request.routes, *request.access, incoming.request.model,
                                  format.home(), incoming.request.endUser);
    std::make_shared<GatewayCall>(request, format, std::move(incoming), std::move(plan))->start();
}

void GatewayService::embeddings(const GatewayRequest &request)
{
    gateway::EmbeddingQuestion question = gateway::readEmbeddings(json::object(request.call.request.body));
    CallPlan plan = gateway::plan(m_desk, *request.caller, *request.routes, *request.access,
                                  question.request.access.model, "openai"_L1, question.request.access.endUser);
    const auto print = [question, named = question.request.access.model](const providers::EmbeddingAnswer &answer) {
        return gateway::printEmbeddings(question, named, answer);
    };
    std::make_shared<GatewayEmbedding>(request, question.request, question.unheard, std::move(plan), print)->start();
}

void GatewayService::countTokens(const GatewayRequest &request)
{
    QJsonObject body = json::object(request.call.request.body);
    body.insert(u"max_tokens"_s, 1); // which this operation does not ask for
    const gateway::Incoming incoming = gateway::anthropicMessages().read(body);
    (void)gateway::plan(m_desk, *request.caller, *request.routes, *request.access, incoming.request.model,
                        "anthropic"_L1, incoming.request.endUser);
    const QJsonObject answer{{u"input_tokens"_s, providers::estimateInput(incoming.request)}};
    request.router.finish(request.exchange, request.call,
                          {.status = 200,
                           .contentType = "application/json",
                           .body = json::print(answer),
                           .headers = {{"request-id", request.call.requestId}}});
}
