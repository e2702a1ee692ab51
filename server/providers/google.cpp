// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/google.h"

#include "server/providers/google_format.h"
#include "server/providers/http_failure.h"
#include "server/providers/request_rules.h"
#include "shared/json/json.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

// The name stands in the path, where others could lead elsewhere.
QString modelPath(const QString &model)
{
    static const QRegularExpression form(u"\\A(?:(?:models|tunedModels)/)?[A-Za-z0-9][A-Za-z0-9._-]{0,127}\\z"_s);
    if (!form.match(model).hasMatch())
        refuseField(u"model"_s, u"Google has no model of such a name."_s);
    return model.contains(u'/') ? u"/"_s + model : u"/models/"_s + model;
}

} // namespace

Google::Google(HttpTransport &transport, QString name, QString title)
    : HttpProvider(transport),
      m_name(std::move(name)),
      m_title(std::move(title))
{
}

QUrl Google::defaultBaseUrl() { return QUrl(u"https://generativelanguage.googleapis.com"_s); }

// With the key.
HttpRequest Google::addressed(const ModelRequest &request, const QString &path) const
{
    const QUrl base = request.baseUrl.isEmpty() ? defaultBaseUrl() : request.baseUrl;
    if (base.host() == defaultBaseUrl().host() && request.apiKey.isEmpty())
        throw CallError::make(CallError::NotConfigured, u"%1 needs an API key and none is set."_s.arg(m_title));
    QString start = base.path();
    while (start.endsWith(u'/'))
        start.chop(1);
    if (!start.endsWith(u"/v1beta") && !start.endsWith(u"/v1"))
        start += u"/v1beta";
    HttpRequest http;
    http.url = base;
    http.url.setPath(start + path);
    if (!request.apiKey.isEmpty())
        http.headers.emplaceBack("x-goog-api-key", request.apiKey);
    return http;
}

HttpRequest Google::prepareListing(const ModelRequest &request) const
{
    HttpRequest http = addressed(request, u"/models"_s);
    http.url.setQuery(u"pageSize=1000"_s);
    http.method = "GET";
    return http;
}

// {"models": [{"name": "models/gemini-2.5-pro"}, …]}
QStringList Google::readListing(const QJsonObject &answer) const
{
    if (!answer.value("models"_L1).isArray())
        throw json::SyntaxError("The answer has no list.", 0);
    QStringList names;
    const QJsonArray rows = answer.value("models"_L1).toArray();
    for (const QJsonValue &row : rows) {
        const QString name = row[u"name"_s].toString();
        names.append(name.startsWith(u"models/") ? name.section(u'/', 1) : name);
    }
    return names;
}

HttpRequest Google::prepare(const ModelRequest &request) const
{
    const QString method = request.stream ? u":streamGenerateContent"_s : u":generateContent"_s;
    HttpRequest http = addressed(request, modelPath(request.model) + method);
    if (request.stream)
        http.url.setQuery(u"alt=sse"_s);
    http.body = json::print(google::requestBody(request, m_title));
    http.headers.emplaceBack("Content-Type", "application/json");
    http.headers.emplaceBack("Accept", request.stream ? "text/event-stream" : "application/json");
    return http;
}

HttpRequest Google::prepareEmbedding(const EmbeddingRequest &request) const
{
    constexpr qsizetype most = 100;
    if (request.texts.size() > most)
        refuseField(u"texts"_s, u"%1 takes at most %2 at once."_s.arg(m_title).arg(most));
    if (!request.access.endUser.isEmpty())
        refuseField(u"endUser"_s, u"%1 has no field for who is behind a call."_s.arg(m_title));
    const QString path = modelPath(request.access.model);
    HttpRequest http = addressed(request.access, path + u":batchEmbedContents"_s);
    QJsonArray requests;
    for (const QString &text : request.texts) {
        const QJsonObject content{{u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, text}}}}};
        QJsonObject one{{u"model"_s, path.sliced(1)}, {u"content"_s, content}};
        if (request.dimensions)
            one.insert(u"outputDimensionality"_s, *request.dimensions);
        requests.append(one);
    }
    http.body = json::print(QJsonObject{{u"requests"_s, requests}});
    return http;
}

void Google::readEmbeddings(const QJsonObject &object, EmbeddingAnswer &answer) const
{
    const QJsonArray rows = object.value("embeddings"_L1).toArray();
    for (const QJsonValue &row : rows)
        answer.vectors.append(readVector(row[u"values"_s]));
    if (const QJsonValue usage = object.value("usageMetadata"_L1); usage.isObject()) {
        answer.usage.input = count(usage.toObject(), "promptTokenCount"_L1);
        answer.usageEstimated = false;
    }
}

void Google::readWhole(const QJsonObject &answer, const ModelRequest &, AnswerDraft &draft) const
{
    google::readResponse(answer, draft);
    if (draft.finishReason.isEmpty())
        throw json::SyntaxError("The answer has no candidate with a finishReason.", 0);
}

void Google::readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const
{
    const QJsonObject chunk = json::object(event.data);
    if (const QJsonValue error = chunk.value("error"_L1); error.isObject() || error.isString())
        throw streamFailure(m_title, *readErrorObject(chunk), request.apiKey);
    google::readResponse(chunk, draft);
}

} // namespace providers
