// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"

#include "server/providers/http_failure.h"
#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

QJsonObject outputFormat(const QJsonObject &format)
{
    if (format.value("type"_L1) != u"json_schema"_s || !format.value("schema"_L1).isObject())
        throw CallError::make(
            CallError::InvalidRequest,
            u"responseFormat: Anthropic takes \"text\", and \"json_schema\" with an object \"schema\"; "
            u"it has no \"json_object\"."_s);
    return {{u"type"_s, u"json_schema"_s}, {u"schema"_s, format.value("schema"_L1)}};
}

QString finishOf(const QString &reason)
{
    if (reason == u"max_tokens" || reason == u"model_context_window_exceeded")
        return u"length"_s;
    if (reason == u"refusal")
        return u"content_filter"_s;
    if (reason == u"tool_use")
        return u"tool_calls"_s;
    return u"stop"_s; // end_turn, stop_sequence, pause_turn
}

// The counts are cumulative, and a later event may leave out what has not changed.
void readUsage(const QJsonObject &object, AnswerDraft &draft)
{
    if (object.isEmpty())
        return;
    TokenUsage usage = draft.usage.value_or(TokenUsage{});
    const auto update = [&object](QLatin1StringView name, qint64 before) {
        return object.value(name).isDouble() ? count(object, name) : before;
    };
    const qint64 uncachedBefore = usage.input - usage.cachedInput - usage.cacheWrite;
    usage.cachedInput = update("cache_read_input_tokens"_L1, usage.cachedInput);
    usage.cacheWrite = update("cache_creation_input_tokens"_L1, usage.cacheWrite);
    usage.input = update("input_tokens"_L1, uncachedBefore) + usage.cachedInput + usage.cacheWrite;
    if (const QJsonValue writes = object.value("cache_creation"_L1); writes.isObject())
        usage.cacheWriteHour = std::min(count(writes.toObject(), "ephemeral_1h_input_tokens"_L1), usage.cacheWrite);
    usage.output = update("output_tokens"_L1, usage.output);
    usage.reasoning =
        std::max(usage.reasoning, count(object.value("output_tokens_details"_L1).toObject(), "thinking_tokens"_L1));
    draft.usage = usage;
}

// Text only; thinking and the like are counted, not shown.
void readBlock(const QJsonObject &block, AnswerDraft &draft)
{
    if (block.value("type"_L1) == u"text"_s)
        draft.text += block.value("text"_L1).toString();
}

} // namespace

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
    QStringList system;
    QJsonArray messages;
    for (const ChatMessage &message : request.messages) {
        if (message.role == u"system")
            system.append(message.content);
        else
            messages.append(QJsonObject{{u"role"_s, message.role}, {u"content"_s, message.content}});
    }
    if (messages.isEmpty())
        throw CallError::make(CallError::InvalidRequest,
                              u"messages: Anthropic needs at least one message of the user beside the system's."_s);

    QJsonObject body{{u"model"_s, request.model},
                     {u"messages"_s, messages},
                     {u"max_tokens"_s, request.maxTokens.value_or(defaultMaxTokens)}};
    if (!system.isEmpty())
        body.insert(u"system"_s, system.join(u"\n\n"_s));
    if (request.temperature)
        body.insert(u"temperature"_s, *request.temperature);
    if (request.topP)
        body.insert(u"top_p"_s, *request.topP);
    if (!request.stop.isEmpty())
        body.insert(u"stop_sequences"_s, QJsonArray::fromStringList(request.stop));
    if (!request.responseFormat.isEmpty() && request.responseFormat.value("type"_L1) != u"text"_s)
        body.insert(u"output_config"_s, QJsonObject{{u"format"_s, outputFormat(request.responseFormat)}});
    if (request.stream)
        body.insert(u"stream"_s, true);

    http.body = json::print(body);
    http.headers.emplaceBack("Content-Type", "application/json");
    http.headers.emplaceBack("Accept", request.stream ? "text/event-stream" : "application/json");
    return http;
}

void Anthropic::readWhole(const QJsonObject &answer, const ModelRequest &, AnswerDraft &draft) const
{
    const QString reason = answer.value("stop_reason"_L1).toString();
    const QJsonValue content = answer.value("content"_L1);
    if (reason.isEmpty() || !content.isArray())
        throw json::SyntaxError("The answer has no content or no stop_reason.", 0);
    draft.model = shortText(answer, "model"_L1);
    draft.finishReason = finishOf(reason);
    const QJsonArray blocks = content.toArray();
    for (const QJsonValue &block : blocks)
        readBlock(block.toObject(), draft);
    readUsage(answer.value("usage"_L1).toObject(), draft);
    draft.isUsageFinal = draft.usage.has_value();
}

void Anthropic::readEvent(const ServerSentEvent &event, const ModelRequest &request, AnswerDraft &draft) const
{
    const QJsonObject data = json::object(event.data);
    const QString type = data.value("type"_L1).toString();
    if (type == u"error") {
        throw streamFailure(title(), readErrorObject(data).value_or(ErrorObject{}), request.apiKey);
    } else if (type == u"message_start") {
        const QJsonObject message = data.value("message"_L1).toObject();
        draft.model = shortText(message, "model"_L1);
        readUsage(message.value("usage"_L1).toObject(), draft);
    } else if (type == u"content_block_start") {
        readBlock(data.value("content_block"_L1).toObject(), draft);
    } else if (type == u"content_block_delta") {
        const QJsonObject delta = data.value("delta"_L1).toObject();
        if (delta.value("type"_L1) == u"text_delta"_s)
            draft.text += delta.value("text"_L1).toString();
    } else if (type == u"message_delta") {
        if (const QString reason = data.value("delta"_L1).toObject().value("stop_reason"_L1).toString();
            !reason.isEmpty())
            draft.finishReason = finishOf(reason);
        const QJsonObject usage = data.value("usage"_L1).toObject();
        readUsage(usage, draft);
        draft.isUsageFinal = draft.isUsageFinal || usage.contains("output_tokens"_L1);
    } else if (type == u"message_stop") {
        draft.isComplete = !draft.finishReason.isEmpty();
    }
}

} // namespace providers
