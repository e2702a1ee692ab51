// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/openai.h"

#include "server/providers/http_failure.h"
#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

QJsonObject responseFormat(const QJsonObject &format)
{
    const QString type = format.value("type"_L1).toString();
    if (type == u"json_object" || type == u"text")
        return {{u"type"_s, type}};
    if (type != u"json_schema" || !format.value("schema"_L1).isObject())
        throw CallError::make(
            CallError::InvalidRequest,
            u"responseFormat: \"type\" must be \"text\", \"json_object\" or \"json_schema\", the last "
            u"with an object \"schema\"."_s);
    const QString name = format.value("name"_L1).toString(u"answer"_s);
    QJsonObject schema{{u"name"_s, name}, {u"schema"_s, format.value("schema"_L1)}};
    schema.insert(u"strict"_s, format.value("strict"_L1).toBool(true));
    return {{u"type"_s, type}, {u"json_schema"_s, schema}};
}

QJsonArray messages(const QList<ChatMessage> &list)
{
    QJsonArray result;
    for (const ChatMessage &message : list)
        result.append(QJsonObject{{u"role"_s, message.role}, {u"content"_s, message.content}});
    return result;
}

QString finishReason(const QString &reason) { return reason == u"function_call" ? u"tool_calls"_s : reason; }

// completion_tokens includes the reasoning at OpenAI; some compatible servers (xAI) leave it out, which their total
// gives away.
TokenUsage usage(const QJsonObject &object)
{
    const QJsonObject input = object.value("prompt_tokens_details"_L1).toObject();
    const QJsonObject output = object.value("completion_tokens_details"_L1).toObject();
    TokenUsage usage;
    usage.input = count(object, "prompt_tokens"_L1);
    usage.cachedInput = std::min(count(input, "cached_tokens"_L1), usage.input);
    usage.cacheWrite = std::min(count(input, "cache_write_tokens"_L1), usage.input - usage.cachedInput);
    usage.output = count(object, "completion_tokens"_L1);
    usage.reasoning = count(output, "reasoning_tokens"_L1);
    if (usage.reasoning > usage.output
        || (usage.reasoning > 0 && count(object, "total_tokens"_L1) == usage.input + usage.output + usage.reasoning))
        usage.output += usage.reasoning;
    return usage;
}

void readCommon(const QJsonObject &answer, AnswerDraft &draft)
{
    if (const QString model = shortText(answer, "model"_L1); !model.isEmpty())
        draft.model = model;
    if (const QJsonValue found = answer.value("usage"_L1); found.isObject()) {
        draft.usage = usage(found.toObject());
        draft.isUsageFinal = true;
    }
}

// `message` in a whole answer, `delta` in a stream.
void readText(const QJsonObject &message, AnswerDraft &draft)
{
    draft.text += message.value("content"_L1).toString();
    if (const QString refusal = message.value("refusal"_L1).toString(); !refusal.isEmpty()) {
        draft.text += refusal;
        draft.isRefusal = true;
    }
}

void readChoice(const QJsonObject &answer, QLatin1StringView member, AnswerDraft &draft)
{
    const QJsonArray choices = answer.value("choices"_L1).toArray();
    for (const QJsonValue &value : choices) {
        const QJsonObject choice = value.toObject();
        if (choice.value("index"_L1).toInteger(0) != 0)
            continue;
        readText(choice.value(member).toObject(), draft);
        if (const QString reason = shortText(choice, "finish_reason"_L1); !reason.isEmpty())
            draft.finishReason = finishReason(reason);
    }
}

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
    QJsonObject body{{u"model"_s, request.model}, {u"messages"_s, messages(request.messages)}};
    if (request.temperature)
        body.insert(u"temperature"_s, *request.temperature);
    if (request.topP)
        body.insert(u"top_p"_s, *request.topP);
    if (request.maxTokens)
        body.insert(isOfficial(http.url) ? u"max_completion_tokens"_s : u"max_tokens"_s, *request.maxTokens);
    if (!request.stop.isEmpty())
        body.insert(u"stop"_s, QJsonArray::fromStringList(request.stop));
    if (!request.responseFormat.isEmpty())
        body.insert(u"response_format"_s, responseFormat(request.responseFormat));
    if (request.stream) {
        body.insert(u"stream"_s, true);
        body.insert(u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}});
    }

    http.body = json::print(body);
    http.headers.emplaceBack("Content-Type", "application/json");
    http.headers.emplaceBack("Accept", request.stream ? "text/event-stream" : "application/json");
    return http;
}

void OpenAi::readWhole(const QJsonObject &answer, const ModelRequest &, AnswerDraft &draft) const
{
    readCommon(answer, draft);
    readChoice(answer, "message"_L1, draft);
    if (draft.finishReason.isEmpty())
        throw json::SyntaxError("The answer has no choice with a finish_reason.", 0);
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
    readCommon(chunk, draft);
    readChoice(chunk, "delta"_L1, draft);
}

// [DONE] may be missing, and the connection may break before the chunk with the usage: the text is complete as soon as
// there is a reason for its end.
bool OpenAi::isWhole(const AnswerDraft &draft) const { return !draft.finishReason.isEmpty(); }

} // namespace providers
