// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_google.h"

#include "server/gateway/gateway_service.h"
#include "server/http/router.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

// What Google's format says in the address, and where it leads.
namespace {

// The name of the model in whichever steps of the path it stands, and after its last colon what to do.
QString addressed(const http::Call &call)
{
    QStringList steps;
    for (const char *step : {"model", "rest", "last"})
        if (const QString text = call.text(step); !text.isEmpty())
            steps.append(text);
    return steps.join(u'/');
}

// The request as Google describes it, with the model in it.
QJsonObject googleBody(const http::Call &call, QJsonObject body)
{
    const QString address = addressed(call);
    body.insert(u"model"_s, address.first(address.lastIndexOf(u':')));
    return body;
}

struct Action
{
    const char *name;
    GatewayService::Operation operation;
};
constexpr Action actions[] = {
    {"generateContent", &GatewayService::generateContent},
    {"streamGenerateContent", &GatewayService::streamGenerateContent},
    {"countTokens", &GatewayService::countGoogleTokens},
    {"embedContent", &GatewayService::embedContent},
    {"batchEmbedContents", &GatewayService::batchEmbedContents},
};

GatewayService::Operation operationOf(const http::Call &call)
{
    const QString address = addressed(call);
    const qsizetype colon = address.lastIndexOf(u':');
    const QString name = colon > 0 ? address.sliced(colon + 1) : QString();
    const auto action = std::find_if(std::begin(actions), std::end(actions),
                                     [&](const Action &one) { return name == QLatin1StringView(one.name); });
    return action == std::end(actions) ? &GatewayService::refuseAction : action->operation;
}

} // namespace

void GatewayService::generateContent(const GatewayRequest &request)
{
    answer(request, gateway::googleContent(gateway::GoogleAnswer::Whole), googleBody(request.call, bodyOf(request)));
}

void GatewayService::streamGenerateContent(const GatewayRequest &request)
{
    const QString form =
        QUrlQuery(QString::fromLatin1(request.call.request.query)).queryItemValue(u"alt"_s, QUrl::FullyDecoded);
    answer(request,
           gateway::googleContent(form == u"sse" ? gateway::GoogleAnswer::Events : gateway::GoogleAnswer::List),
           googleBody(request.call, bodyOf(request)));
}

void GatewayService::embedContent(const GatewayRequest &request)
{
    embed(request, gateway::googleEmbedding(), googleBody(request.call, bodyOf(request)));
}

void GatewayService::batchEmbedContents(const GatewayRequest &request)
{
    embed(request, gateway::googleEmbeddings(), googleBody(request.call, bodyOf(request)));
}

// Of the contents, or of a whole request.
void GatewayService::countGoogleTokens(const GatewayRequest &request)
{
    QJsonObject body = bodyOf(request);
    for (const QString &name : {u"generateContentRequest"_s, u"generate_content_request"_s})
        if (body.value(name).isObject())
            body = body.value(name).toObject();
    count(request, gateway::googleContent(gateway::GoogleAnswer::Whole), googleBody(request.call, body),
          u"totalTokens"_s);
}

void GatewayService::refuseAction(const GatewayRequest &)
{
    throw ApiError::make(404, "not_found",
                         u"There is nothing here. A model is asked at MODEL:generateContent, "
                         "MODEL:streamGenerateContent, MODEL:countTokens, MODEL:embedContent or "
                         "MODEL:batchEmbedContents."_s);
}

void addGoogleGatewayRoutes(http::Router &router, GatewayService &service)
{
    struct Row
    {
        const char *path;
        const char *summary;
    };
    const Row rows[] = {
        {"/v1/models/{model}", "Ask a model in Google's format"},
        {"/v1/models/{model}/{rest}", "Ask a model in Google's format, its name in two steps"},
        {"/v1/models/{model}/{rest}/{last}", "Ask a model in Google's format, its name in three steps"},
        {"/v1beta/models/{model}", "Ask a model in Google's format, as its libraries do"},
        {"/v1beta/models/{model}/{rest}", "Ask a model in Google's format, as its libraries do, its name in two steps"},
        {"/v1beta/models/{model}/{rest}/{last}",
         "Ask a model in Google's format, as its libraries do, its name in three steps"},
    };
    constexpr auto description =
        "The last step ends with a colon and what to do: generateContent, streamGenerateContent (as events with "
        "alt=sse, else as a list), countTokens, embedContent or batchEmbedContents. Served by any provider: name the "
        "model "
        "provider/model. What a provider cannot honour is refused, or named in the header x-patio-unheard; nothing is "
        "left out in silence. Counts are estimated here, and nothing is billed for them.";
    constexpr qint64 largestBody = 32 * 1024 * 1024; // with images; more than Google takes
    for (const Row &row : rows)
        router.onForeign(Method::Post, row.path, row.summary, description, Ability::GatewayCall,
                         [&router, &service](const std::shared_ptr<http::Exchange> &exchange, const http::Call &call) {
                             service.serve(router, exchange, call, gateway::Dialect::Google, operationOf(call));
                         },
                         {.bodyLimit = largestBody, .streams = {"text/event-stream"}, .work = http::runAtOnce});
}
