// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_service.h"

#include "server/gateway/formats/openai_embeddings.h"
#include "server/gateway/gateway_call.h"
#include "server/gateway/gateway_embedding.h"
#include "server/providers/input_estimate.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcService, "server.gateway.service")

namespace {

// Runs a step of a call, and answers in its dialect with what goes wrong.
template<class Step>
void guarded(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
             gateway::Dialect dialect, Step step)
{
    try {
        step();
    } catch (const ApiError &error) {
        GatewayCall::refuse(router, exchange, call, dialect, error);
    } catch (const json::SyntaxError &error) {
        GatewayCall::refuse(
            router, exchange, call, dialect,
            ApiError::malformed(
                u"The body is not JSON: %1 (at byte %2)."_s.arg(QString::fromUtf8(error.what())).arg(error.offset)));
    } catch (const std::exception &error) {
        qCCritical(lcService).noquote() << call.route->path << "failed:" << error.what();
        GatewayCall::refuse(router, exchange, call, dialect, ApiError::internal());
    }
}

ApiError modelRefused(const GatewayCaller &caller, const QString &model)
{
    return ApiError::make(403, "model_not_allowed",
                          u"The gateway key “%1” may not call %2. It is for: %3."_s.arg(caller.keyName, model,
                                                                                        caller.models.join(u", "_s)));
}

} // namespace

void GatewayService::serve(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange,
                           const http::Call &call, gateway::Dialect dialect, Operation operation)
{
    guarded(router, exchange, call, dialect, [&] {
        const QByteArray secret = gateway::secretOf(call.request);
        if (const auto caller = m_parts.keys.remembered(secret))
            if (const auto access = m_parts.credentials.remembered(caller->caller.tenantId))
                return proceed({router, exchange, call, caller, access}, operation);
        const bool isTaken = m_work([this, &router, dialect, operation, exchange, call, secret] {
            guarded(router, exchange, call, dialect, [&] {
                const auto caller = m_parts.keys.authenticate(secret);
                const auto access = m_parts.credentials.of(caller->caller.tenantId);
                exchange->post([this, &router, dialect, operation, call, caller, access](http::Exchange &here) {
                    const auto self = here.shared_from_this();
                    guarded(router, self, call, dialect, [&] {
                        proceed({router, self, call, caller, access}, operation);
                    });
                });
            });
        });
        if (!isTaken)
            throw ApiError::busy(1);
    });
}

void GatewayService::proceed(Request request, Operation operation)
{
    request.call.caller = request.caller->asking(request.call.caller);
    try {
        request.caller->requireCalls();
        (this->*operation)(request);
    } catch (const ApiError &error) {
        if (error.status == 403)
            request.router.noteRefusal(request.call, error.detail);
        throw;
    }
}

GatewayService::Route GatewayService::route(const Request &request, QLatin1StringView home,
                                            providers::ModelRequest &access)
{
    const GatewayCaller &caller = *request.caller;
    Route found;
    found.model = access.model.contains(u'/') ? access.model : QString(home) + u'/' + access.model;
    if (!allowsModel(caller.models, found.model))
        throw modelRefused(caller, found.model);
    try {
        found.target = m_parts.providers.here().resolve(found.model, *request.access);
    } catch (ApiError error) {
        error.status = 404;
        error.code = u"model_not_found"_s;
        throw error;
    }
    access.apiKey = found.target.apiKey;
    access.baseUrl = found.target.baseUrl;
    access.addresses = found.target.addresses;
    access.idleTimeout = m_options.idleTimeout;
    access.totalTimeout = m_options.totalTimeout;
    // An answer that is not streamed begins when it is whole.
    access.firstByteTimeout = access.stream ? m_options.firstByteTimeout : m_options.totalTimeout;
    access.answerLimit = m_options.answerLimit;
    return found;
}

void GatewayService::answer(const Request &request, const gateway::Format &format)
{
    gateway::Incoming incoming = format.read(json::object(request.call.request.body));
    Route found = route(request, format.home(), incoming.request);
    // A name for the provider's watch over abuse is no reason to refuse the call where there is no such watch.
    if (!incoming.request.endUser.isEmpty() && !found.target.provider->takesEndUser()) {
        incoming.request.endUser.clear();
        incoming.unheard.append(format.endUserPointer());
    }
    std::make_shared<GatewayCall>(GatewayCall::Parts{.router = request.router,
                                                     .ledger = m_parts.ledger,
                                                     .exchange = request.exchange,
                                                     .call = request.call,
                                                     .format = format,
                                                     .caller = request.caller,
                                                     .incoming = std::move(incoming),
                                                     .target = std::move(found.target),
                                                     .model = found.model})
        ->start();
}

void GatewayService::embeddings(const Request &request)
{
    gateway::EmbeddingQuestion question = gateway::readEmbeddings(json::object(request.call.request.body));
    Route found = route(request, "openai"_L1, question.request.access);
    std::make_shared<GatewayEmbedding>(GatewayEmbedding::Parts{.router = request.router,
                                                               .ledger = m_parts.ledger,
                                                               .exchange = request.exchange,
                                                               .call = request.call,
                                                               .caller = request.caller,
                                                               .question = std::move(question),
                                                               .target = std::move(found.target),
                                                               .model = found.model})
        ->start();
}

void GatewayService::countTokens(const Request &request)
{
    QJsonObject body = json::object(request.call.request.body);
    body.insert(u"max_tokens"_s, 1); // which this operation does not ask for
    gateway::Incoming incoming = gateway::anthropicMessages().read(body);
    (void)route(request, "anthropic"_L1, incoming.request);
    const QJsonObject answer{{u"input_tokens"_s, providers::estimateInput(incoming.request)}};
    request.router.finish(request.exchange, request.call,
                          {.status = 200,
                           .contentType = "application/json",
                           .body = json::print(answer),
                           .headers = {{"request-id", request.call.requestId}}});
}
