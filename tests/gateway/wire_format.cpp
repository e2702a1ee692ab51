// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gateway/wire_format.h"

using namespace Qt::StringLiterals;

namespace {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

Headers bearer(const QByteArray &key) { return {{"Authorization", "Bearer " + key}}; }
Headers ofGoogle(const QByteArray &key) { return {{"x-goog-api-key", key}}; }
Headers ofAnthropic(const QByteArray &key) { return {{"x-api-key", key}, {"anthropic-version", "2023-06-01"}}; }

QString joined(const QJsonValue &list, const QString &member)
{
    QString text;
    const QJsonArray parts = list.toArray();
    for (const QJsonValue part : parts)
        text += part[member].toString();
    return text;
}

QJsonArray asUser(const QString &text) { return {QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}; }

QJsonObject contentOf(const QString &text)
{
    return {{u"role"_s, u"user"_s}, {u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, text}}}}};
}

QString openAiCode(const QJsonObject &error) { return error[u"error"_s][u"code"_s].toString(); }
QString googleCode(const QJsonObject &error)
{
    return error[u"error"_s][u"details"_s][0][u"reason"_s].toString().toLower();
}
QString noText(const QJsonObject &) { return {}; }
QString noPiece(const StreamEvent &) { return {}; }

QString ofCandidate(const QJsonObject &answer)
{
    return joined(answer[u"candidates"_s][0][u"content"_s][u"parts"_s], u"text"_s);
}

const WireFormat chat{
    .name = "chat",
    .isOfVectors = false,
    .path = [](const QString &, bool) { return u"/v1/chat/completions"_s; },
    .body =
        [](const QString &model, const QString &text) {
            return QJsonObject{{u"model"_s, model}, {u"max_tokens"_s, 100}, {u"messages"_s, asUser(text)}};
        },
    .headers = bearer,
    .said = [](const QJsonObject &answer) { return answer[u"choices"_s][0][u"message"_s][u"content"_s].toString(); },
    .piece =
        [](const StreamEvent &event) {
            return event.data == "[DONE]" ? QString()
                                          : event.json()[u"choices"_s][0][u"delta"_s][u"content"_s].toString();
        },
    .errorCode = openAiCode,
};

const WireFormat responses{
    .name = "responses",
    .isOfVectors = false,
    .path = [](const QString &, bool) { return u"/v1/responses"_s; },
    .body =
        [](const QString &model, const QString &text) {
            return QJsonObject{{u"model"_s, model}, {u"max_output_tokens"_s, 100}, {u"input"_s, text}};
        },
    .headers = bearer,
    .said = [](const QJsonObject &answer) { return joined(answer[u"output"_s][0][u"content"_s], u"text"_s); },
    .piece =
        [](const StreamEvent &event) {
            return event.name == "response.output_text.delta" ? event.json()[u"delta"_s].toString() : QString();
        },
    .errorCode = openAiCode,
};

const WireFormat messages{
    .name = "messages",
    .isOfVectors = false,
    .path = [](const QString &, bool) { return u"/v1/messages"_s; },
    .body =
        [](const QString &model, const QString &text) {
            return QJsonObject{{u"model"_s, model}, {u"max_tokens"_s, 100}, {u"messages"_s, asUser(text)}};
        },
    .headers = ofAnthropic,
    .said = [](const QJsonObject &answer) { return joined(answer[u"content"_s], u"text"_s); },
    .piece = [](const StreamEvent &event) { return event.json()[u"delta"_s][u"text"_s].toString(); },
    .errorCode = [](const QJsonObject &error) { return error[u"error"_s][u"details"_s][u"error_code"_s].toString(); },
};

const WireFormat google{
    .name = "google",
    .isOfVectors = false,
    .path =
        [](const QString &model, bool stream) {
            return u"/v1beta/models/"_s + model
                + (stream ? u":streamGenerateContent?alt=sse"_s : u":generateContent"_s);
        },
    .body =
        [](const QString &, const QString &text) {
            return QJsonObject{{u"contents"_s, QJsonArray{contentOf(text)}},
                               {u"generationConfig"_s, QJsonObject{{u"maxOutputTokens"_s, 100}}}};
        },
    .headers = ofGoogle,
    .said = ofCandidate,
    .piece = [](const StreamEvent &event) { return ofCandidate(event.json()); },
    .errorCode = googleCode,
};

const WireFormat embeddings{
    .name = "embeddings",
    .isOfVectors = true,
    .path = [](const QString &, bool) { return u"/v1/embeddings"_s; },
    .body =
        [](const QString &model, const QString &text) {
            return QJsonObject{{u"model"_s, model}, {u"input"_s, QJsonArray{u"One before"_s, text}}};
        },
    .headers = bearer,
    .said = noText,
    .piece = noPiece,
    .errorCode = openAiCode,
};

const WireFormat googleEmbeddings{
    .name = "google embeddings",
    .isOfVectors = true,
    .path = [](const QString &model, bool) { return u"/v1beta/models/"_s + model + u":embedContent"_s; },
    .body =
        [](const QString &, const QString &text) {
            return QJsonObject{{u"content"_s, contentOf(text)}};
        },
    .headers = ofGoogle,
    .said = noText,
    .piece = noPiece,
    .errorCode = googleCode,
};

} // namespace

const QList<const WireFormat *> &WireFormat::ofAnswers()
{
    static const QList<const WireFormat *> list{&chat, &responses, &messages, &google};
    return list;
}

const QList<const WireFormat *> &WireFormat::all()
{
    static const QList<const WireFormat *> list = ofAnswers() + QList{&embeddings, &googleEmbeddings};
    return list;
}

HttpAnswer WireFormat::ask(TestServer &server, const QString &model, const QString &text, const Way &way) const
{
    QJsonObject asked = body(model, text);
    const QString to = path(model, way.stream);
    if (way.stream && asked.contains(u"model"_s)) // otherwise the path has said so
        asked.insert(u"stream"_s, true);
    return server.send("POST", to, asked, {.more = headers(way.key) + way.more});
}

QString WireFormat::saidIn(const HttpAnswer &answer, bool stream) const
{
    if (!stream)
        return said(answer.json());
    QString text;
    for (const StreamEvent &event : streamEvents(answer.body))
        text += piece(event);
    return text;
}
