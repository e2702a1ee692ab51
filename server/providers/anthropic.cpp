// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"

#include "server/providers/anthropic_format.h"
#include "server/providers/http_failure.h"
#include "shared/json/json.h"

using namespace Qt::StringLiterals;

namespace providers {
Anthropic::Anthropic(HttpTransport &transport, QString name, QString title)
    : HttpProvider(transport),
      m_name(std::move(name)),
      m_title(std::move(title))
{
}

QUrl Anthropic::defaultBaseUrl() { return QUrl(u"https://api.anthropic.com"_s); }

// With the key and the version.
HttpRequest Anthropic::addressed(const ModelRequest &request, const QString &path) const
{
    const QUrl base = request.baseUrl.isEmpty() ? defaultBaseUrl() : request.baseUrl;
    if (base.host() == u"api.anthropic.com" && request.apiKey.isEmpty())
        throw CallError::make(CallError::NotConfigured, u"%1 needs an API key and none is set."_s.arg(m_title));
    HttpRequest http;
    http.url = endpointUrl(base, path, VersionSegment::Always);
    http.headers = {{"anthropic-version", "2023-06-01"}};
    if (!request.apiKey.isEmpty())
        http.headers.emplaceBack("x-api-key", request.apiKey);
    return http;
}

HttpRequest Anthropic::prepareListing(const ModelRequest &request) const
{
    HttpRequest http = addressed(request, u"/models"_s);
    http.method = "GET";
    return http;
}

HttpRequest Anthropic::prepare(const ModelRequest &request) const
{
    HttpRequest http = addressed(request, u"/messages"_s);
    http.body = json::print(anthropic::requestBody(request, m_title));
    http.headers.emplaceBack("Content-Type", "application/json");
    http.headers.emplaceBack("Accept", request.stream ? "text/event-stream" : "application/json");
    return http;
}

HttpRequest Anthropic::prepareEmbedding(const EmbeddingRequest &) const
{
    throw CallError::make(CallError::InvalidRequest, u"%1 has no models that make vectors."_s.arg(m_title));
}

void Anthropic::readEmbeddings(const QJsonObject &, EmbeddingAnswer &) const { }

void Anthropic::readWhole(const QJsonObject &answer, const ModelRequest &, AnswerDraft &draft) const
{
    anthropic::readWhole(answer, draft);
}

void Anthropic::readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const
{
    const QJsonObject data = json::object(event.data);
    const QString type = data.value("type"_L1).toString();
    if (type == u"error")
        throw streamFailure(title(), readErrorObject(data).value_or(ErrorObject{}), request.apiKey);
    anthropic::readEvent(type, data, draft);
}

} // namespace providers
