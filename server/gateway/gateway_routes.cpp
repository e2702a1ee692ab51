// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_routes.h"

#include "server/gateway/dialect.h"
#include "server/gateway/gateway_key_book.h"
#include "server/gateway/gateway_service.h"
#include "server/gateway/routing/route_book.h"
#include "server/http/router.h"
#include "server/telemetry/log.h"
#include "server/usage/usage_service.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;
using gateway::Dialect;

Q_LOGGING_CATEGORY(lcGateway, "server.gateway")

namespace {

void refuse(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
            const ApiError &error)
{
    http::Response response{.status = error.status,
                            .contentType = "application/json",
                            .body = gateway::printError(gateway::dialectOf(call.request), error, call.requestId),
                            .headers = {{"request-id", call.requestId}}};
    if (error.retryAfter)
        response.headers.emplaceBack("Retry-After", QByteArray::number(*error.retryAfter));
    router.finish(exchange, call, std::move(response));
}

// Runs what answers a call, and tells its refusals in the caller's dialect.
void attempt(const http::Router &router, const std::shared_ptr<http::Exchange> &exchange, const http::Call &call,
             const std::function<QByteArray()> &answer)
{
    try {
        router.finish(exchange, call,
                      {.status = 200,
                       .contentType = "application/json",
                       .body = answer(),
                       .headers = {{"request-id", call.requestId}}});
    } catch (const ApiError &error) {
        refuse(router, exchange, call, error);
    } catch (const std::exception &error) {
        qCCritical(lcGateway).noquote() << call.route->path << "failed:" << error.what();
        refuse(router, exchange, call, ApiError::internal());
    }
}

// Who calls, if they may.
GatewayKeyBook::Found admitted(const http::Router &router, GatewayKeyBook &keys, http::Call call)
{
    const auto found = keys.authenticate(gateway::secretOf(call.request));
    call.caller = found->asking(call.caller);
    try {
        found->requireCalls();
    } catch (const ApiError &error) {
        router.noteRefusal(call, error.detail);
        throw;
    }
    return found;
}

// What the key may call and a provider is set up for, after the names of routes that lead there.
QStringList modelsOf(const GatewayCaller &caller, GatewayRouteBook &routes, UsageService &usage)
{
    QStringList names;
    for (const GatewayRoute &route : *routes.of(caller.caller.tenantId))
        if (std::any_of(route.targets.begin(), route.targets.end(),
                        [&](const RouteTarget &target) { return allowsModel(caller.models, target.model); }))
            names.append(route.alias);
    names.sort();
    const QList<ModelInfo> all = usage.models(caller.caller).items;
    for (const ModelInfo &model : all)
        if (model.configured && allowsModel(caller.models, model.name))
            names.append(model.name);
    return names;
}

} // namespace

void addGatewayRoutes(http::Router &router, GatewayKeyBook &keys, GatewayRouteBook &routes, UsageService &usage)
{
    const auto list = [&](const std::shared_ptr<http::Exchange> &exchange, const http::Call &call) {
        attempt(router, exchange, call, [&] {
            return gateway::printModels(gateway::dialectOf(call.request),
                                        modelsOf(*admitted(router, keys, call), routes, usage));
        });
    };
    const auto show = [&](const std::shared_ptr<http::Exchange> &exchange, const http::Call &call) {
        attempt(router, exchange, call, [&] {
            QString model = call.text("model");
            for (const char *step : {"rest", "last"}) // of a name whose slashes were not encoded
                if (const QString text = call.text(step); !text.isEmpty())
                    model += u'/' + text;
            const QStringList models = modelsOf(*admitted(router, keys, call), routes, usage);
            if (!models.contains(model))
                throw ApiError::make(404, "model_not_found",
                                     u"There is no model “%1” here, or this key may not use it. GET /v1/models lists "
                                     "those that it may."_s.arg(model));
            return gateway::printModel(gateway::dialectOf(call.request), model);
        });
    };
    constexpr auto asTheyAsk = "In OpenAI's format; in Anthropic's with the header anthropic-version, in Google's with "
                               "x-goog-api-key or under /v1beta.";
    router.onForeign(Method::Get, "/v1/models", "List the models that a gateway key may use", asTheyAsk,
                     Ability::GatewayCall, list);
    router.onForeign(Method::Get, "/v1beta/models", "List the models that a gateway key may use, in Google's format",
                     "As Google's API of this name.", Ability::GatewayCall, list);
    struct Row
    {
        const char *path;
        const char *summary;
    };
    const Row rows[] = {
        {"/v1/models/{model}", "Show one model"},
        {"/v1/models/{model}/{rest}", "Show one model, its name in two steps"},
        {"/v1/models/{model}/{rest}/{last}", "Show one model, its name in three steps"},
        {"/v1beta/models/{model}", "Show one model, in Google's format"},
        {"/v1beta/models/{model}/{rest}", "Show one model, in Google's format, its name in two steps"},
        {"/v1beta/models/{model}/{rest}/{last}", "Show one model, in Google's format, its name in three steps"},
    };
    for (const Row &row : rows)
        router.onForeign(Method::Get, row.path, row.summary, asTheyAsk, Ability::GatewayCall, show);
    // Answers are asked for again where OpenAI has kept them; here that never works, and says so in its format.
    const auto keepsNone = [&](const std::shared_ptr<http::Exchange> &exchange, const http::Call &call) {
        attempt(router, exchange, call, [&]() -> QByteArray {
            (void)admitted(router, keys, call);
            throw ApiError::make(404, "response_not_found",
                                 u"The gateway keeps no responses: every request brings the whole conversation."_s);
        });
    };
    constexpr auto none = "OpenAI keeps responses to be asked for later; the gateway keeps none. Always answers 404.";
    router.onForeign(Method::Get, "/v1/responses/{response}", "Ask for a response that was kept", none,
                     Ability::GatewayCall, keepsNone);
    router.onForeign(Method::Delete, "/v1/responses/{response}", "Delete a response that was kept", none,
                     Ability::GatewayCall, keepsNone);
}

void addGatewayCallRoutes(http::Router &router, GatewayService &service)
{
    struct Row
    {
        const char *path;
        const char *summary;
        const char *description;
        Dialect dialect;
        GatewayService::Operation operation;
        QList<const char *> streams = {};
    };
    constexpr auto byAny = "Served by any provider: name the model provider/model. What a provider cannot honour is "
                           "refused, or named in the header x-patio-unheard; nothing is left out in silence.";
    const Row rows[] = {
        {"/v1/chat/completions",
         "Ask a model in OpenAI's chat format",
         byAny,
         Dialect::OpenAi,
         &GatewayService::chatCompletions,
         {"text/event-stream"}},
        {"/v1/responses",
         "Ask a model in the format of OpenAI's responses",
         "Served by any provider: name the model provider/model. The gateway stores nothing: each request brings the "
         "whole conversation, and tools that run at OpenAI are refused. What a provider cannot honour is refused, or "
         "named "
         "in the header x-patio-unheard; nothing is left out in silence.",
         Dialect::OpenAi,
         &GatewayService::responses,
         {"text/event-stream"}},
        {"/v1/messages",
         "Ask a model in Anthropic's format",
         byAny,
         Dialect::Anthropic,
         &GatewayService::messages,
         {"text/event-stream"}},
        {"/v1/embeddings", "Make vectors of texts, in OpenAI's format", byAny, Dialect::OpenAi,
         &GatewayService::embeddings},
        {"/v1/messages/count_tokens", "Count the tokens of a request in Anthropic's format",
         "Estimated here, alike for every provider; no provider is asked, and nothing is billed.", Dialect::Anthropic,
         &GatewayService::countTokens},
    };
    constexpr qint64 largestBody = 32 * 1024 * 1024; // with images; what Anthropic takes
    for (const Row &row : rows)
        router.onForeign(Method::Post, row.path, row.summary, row.description, Ability::GatewayCall,
                         [&router, &service, dialect = row.dialect, operation = row.operation](
                             const std::shared_ptr<http::Exchange> &exchange, const http::Call &call) {
                             service.serve(router, exchange, call, dialect, operation);
                         },
                         {.bodyLimit = largestBody, .streams = row.streams, .work = http::runAtOnce});
}
