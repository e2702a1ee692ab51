// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/openai.h"

#include "server/providers/http_failure.h"
#include "server/providers/openai_format.h"
#include "shared/json/json.h"

using namespace Qt::StringLiterals;

namespace providers {
namespace {

bool isOfficial(const QUrl &url) { return url.host() == u"api.openai.com"; }

} // namespace

OpenAi::OpenAi(HttpTransport &transport, QString name, QString title)
    : HttpProvider(transport),
      m_name(std::move(name)),
      m_title(std::move(title))
{
}

QUrl OpenAi::defaultBaseUrl() { return QUrl(u"https://api.openai.com/v1"_s); }

// With the key.
HttpRequest OpenAi::addressed(const ModelRequest &request, const QString &path) const
{
    const QUrl base = request.baseUrl.isEmpty() ? defaultBaseUrl() : request.baseUrl;
    if (isOfficial(base) && request.apiKey.isEmpty())
        throw CallError::make(CallError::NotConfigured, u"%1 needs an API key and none is set."_s.arg(m_title));
    HttpRequest http;
    http.url = endpointUrl(base, path, VersionSegment::WhenBare);
    if (!request.apiKey.isEmpty())
        http.headers.emplaceBack("Authorization", "Bearer " + request.apiKey);
    return http;
}

HttpRequest OpenAi::prepareListing(const ModelRequest &request) const
{
    HttpRequest http = addressed(request, u"/models"_s);
    http.method = "GET";
    return http;
}

HttpRequest OpenAi::prepare(const ModelRequest &request) const
{
    HttpRequest http = addressed(request, u"/chat/completions"_s);
    http.body = openai::requestBody(request, isOfficial(http.url), m_title);
    http.headers.emplaceBack("Content-Type", "application/json");
    http.headers.emplaceBack("Accept", request.stream ? "text/event-stream" : "application/json");
    return http;
}

// In base64 they are a quarter as long. OpenAI's own libraries ask for it always, so compatible servers know it, or
// give numbers whatever was asked.
HttpRequest OpenAi::prepareEmbedding(const EmbeddingRequest &request) const
{
    HttpRequest http = addressed(request.access, u"/embeddings"_s);
    QJsonObject body{{u"model"_s, request.access.model},
                     {u"input"_s, QJsonArray::fromStringList(request.texts)},
                     {u"encoding_format"_s, u"base64"_s}};
    if (request.dimensions)
        body.insert(u"dimensions"_s, *request.dimensions);
    if (!request.access.endUser.isEmpty())
        body.insert(u"user"_s, request.access.endUser);
    http.body = json::print(body);
    return http;
}

void OpenAi::readEmbeddings(const QJsonObject &object, EmbeddingAnswer &answer) const
{
    const QJsonArray rows = object.value("data"_L1).toArray();
    answer.vectors.resize(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QJsonObject row = rows.at(i).toObject();
        const qint64 index = row.value("index"_L1).toInteger(i);
        if (index < 0 || index >= rows.size())
            throw json::SyntaxError("A vector belongs to no text.", 0);
        answer.vectors[index] = readVector(row.value("embedding"_L1));
    }
    answer.model = shortText(object, "model"_L1);
    if (const QJsonValue usage = object.value("usage"_L1); usage.isObject()) {
        answer.usage.input = count(usage.toObject(), "prompt_tokens"_L1);
        answer.usageEstimated = false;
    }
}

void OpenAi::readWhole(const QJsonObject &answer, const ModelRequest &, AnswerDraft &draft) const
{
    openai::readWhole(answer, draft);
}

void OpenAi::readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const
{
    if (event.data == "[DONE]") {
        draft.isComplete = isWhole(draft);
        return;
    }
    const QJsonObject chunk = json::object(event.data);
    if (const QJsonValue error = chunk.value("error"_L1); error.isObject() || error.isString())
        throw streamFailure(m_title, *readErrorObject(chunk), request.apiKey);
    openai::readChunk(chunk, draft);
}

// [DONE] may be missing, and the connection may break before the chunk with the usage: the text is complete as soon as
// there is a reason for its end.
bool OpenAi::isWhole(const AnswerDraft &draft) const { return !draft.finishReason.isEmpty(); }

} // namespace providers
