// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

using namespace Qt::StringLiterals;

// What OpenAI's Chat Completions and Embeddings take and refuse. `top_k` is let through, as by the servers that are
// compatible with it.
namespace wire {
namespace {

void checkKey(WireRequest &request, const WireHeaders &headers)
{
    const QByteArray authorization = headers.value("authorization");
    if (!authorization.startsWith("Bearer ") || authorization.size() < 8)
        refuse(request, 401, u"You didn't provide an API key."_s);
}

void readPart(WireRequest &request, const QJsonObject &part, const QString &role)
{
    const QString type = part.value("type"_L1).toString();
    if (type == u"text") {
        if (!part.value("text"_L1).isString())
            refuse(request, 400, u"messages: missing text of a part"_s);
    } else if (type == u"image_url" && role == u"user") {
        const QString url = part.value("image_url"_L1).toObject().value("url"_L1).toString();
        const bool isData = url.startsWith(u"data:image/") && url.contains(u";base64,");
        if (!isData && !url.startsWith(u"https://") && !url.startsWith(u"http://"))
            refuse(request, 400, u"Invalid image URL: '%1'"_s.arg(url.left(40)));
    } else {
        refuse(request, 400, u"messages: a part of type '%1' is not allowed for '%2'"_s.arg(type, role));
    }
}

void readContent(WireRequest &request, const QJsonObject &message, const QString &role)
{
    const QJsonValue content = message.value("content"_L1);
    const bool mayBeNull = role == u"assistant" && message.contains("tool_calls"_L1);
    if (content.isArray()) {
        const QJsonArray parts = content.toArray();
        if (parts.isEmpty())
            refuse(request, 400, u"messages: empty array"_s);
        for (const QJsonValue &part : parts)
            readPart(request, part.toObject(), role);
    } else if (!content.isString() && !mayBeNull) {
        refuse(request, 400, u"Invalid value for 'content': expected a string, got null."_s);
    }
}

QStringList readCalls(WireRequest &request, const QJsonObject &message)
{
    QStringList ids;
    const QJsonArray calls = message.value("tool_calls"_L1).toArray();
    if (message.contains("tool_calls"_L1) && calls.isEmpty())
        refuse(request, 400, u"Invalid 'tool_calls': empty array."_s);
    for (const QJsonValue &value : calls) {
        const QJsonObject function = value[u"function"_s].toObject();
        const QString id = value[u"id"_s].toString();
        if (id.isEmpty() || value[u"type"_s] != u"function"_s || !isToolName(function.value("name"_L1).toString(), 64)
            || !function.value("arguments"_L1).isString())
            refuse(request, 400, u"messages: a tool call needs id, type, name and arguments as a string"_s);
        if (id.size() > 40)
            refuse(request, 400, u"Invalid 'tool_calls[].id': string too long."_s);
        request.inputTokens += words(function.value("arguments"_L1).toString());
        ids.append(id);
    }
    return ids;
}

void readMessages(WireRequest &request, const QJsonArray &messages)
{
    QStringList open; // calls that have no result yet
    const auto close = [&request, &open] {
        if (!open.isEmpty())
            refuse(request, 400,
                   u"An assistant message with 'tool_calls' must be followed by tool messages responding to each "
                   "'tool_call_id'. The following tool_call_ids did not have response messages: "_s
                       + open.join(u", "_s));
    };
    QStringList results;
    for (const QJsonValue &value : messages) {
        const QJsonObject message = value.toObject();
        const QString role = message.value("role"_L1).toString();
        const QString said = contentText(message.value("content"_L1));
        static const QStringList roles{u"developer"_s, u"system"_s, u"user"_s, u"assistant"_s, u"tool"_s};
        if (!roles.contains(role))
            refuse(request, 400, u"messages: unexpected role \"%1\""_s.arg(role));
        readContent(request, message, role);
        request.inputTokens += words(said);
        request.endsWithResults = role == u"tool";
        if (role == u"tool") {
            if (!open.removeOne(message.value("tool_call_id"_L1).toString()))
                refuse(request, 400,
                       u"messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."_s);
            results.append(said);
            continue;
        }
        close();
        results.clear();
        if (role == u"user")
            request.lastUserText = said;
        if (role == u"assistant")
            open = readCalls(request, message);
    }
    close();
    if (!results.isEmpty())
        request.lastUserText = results.join(u' ');
}

void readTools(WireRequest &request, const QJsonObject &body)
{
    const QJsonArray tools = body.value("tools"_L1).toArray();
    for (const QJsonValue &value : tools) {
        const QJsonObject function = value[u"function"_s].toObject();
        if (value[u"type"_s] != u"function"_s || !isToolName(function.value("name"_L1).toString(), 64)
            || function.value("parameters"_L1).toObject().value("type"_L1) != u"object"_s)
            refuse(request, 400, u"Invalid 'tools': expected functions with a name and parameters of type object."_s);
        request.tools.append(function.value("name"_L1).toString());
    }
    if (body.contains("tools"_L1) && tools.isEmpty())
        refuse(request, 400, u"Invalid 'tools': empty array."_s);
    const QJsonValue choice = body.value("tool_choice"_L1);
    if (tools.isEmpty() && !choice.isUndefined())
        refuse(request, 400,
               u"Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are "
               "specified."_s);
    if (tools.isEmpty() && body.contains("parallel_tool_calls"_L1))
        refuse(request, 400, u"Invalid value for 'parallel_tool_calls': only allowed when 'tools' are specified."_s);
    request.oneCallOnly = body.value("parallel_tool_calls"_L1) == false;
    request.mustCall = choice == u"required"_s || choice.isObject();
    if (choice.isObject()) {
        const QString name = choice[u"function"_s][u"name"_s].toString();
        if (choice[u"type"_s] != u"function"_s || !request.tools.contains(name))
            refuse(request, 400, u"Tool choice '%1' not found in 'tools' parameter."_s.arg(name));
        request.tools = {name};
    } else if (choice == u"none"_s) {
        request.tools.clear();
    } else if (!choice.isUndefined() && choice != u"auto"_s && choice != u"required"_s) {
        refuse(request, 400, u"Invalid value for 'tool_choice'."_s);
    }
}

void readSettings(WireRequest &request, const QJsonObject &body)
{
    allowOnly(request, body,
              "model messages stream stream_options temperature top_p top_k max_tokens max_completion_tokens stop "
              "response_format tools tool_choice parallel_tool_calls seed presence_penalty frequency_penalty "
              "reasoning_effort user safety_identifier",
              u"Unrecognized request argument supplied: %1"_s);
    if (body.contains("max_tokens"_L1) && body.contains("max_completion_tokens"_L1))
        refuse(request, 400, u"max_tokens and max_completion_tokens cannot both be set."_s);
    if (body.contains("stream_options"_L1) && !request.isStream)
        refuse(request, 400, u"stream_options is only allowed when stream is enabled."_s);
    if (!isNumberWithin(body, "temperature"_L1, 0, 2) || !isNumberWithin(body, "top_p"_L1, 0, 1)
        || !isNumberWithin(body, "presence_penalty"_L1, -2, 2) || !isNumberWithin(body, "frequency_penalty"_L1, -2, 2))
        refuse(request, 400, u"A number is outside of its range."_s);
    static const QStringList efforts{u"none"_s, u"minimal"_s, u"low"_s, u"medium"_s, u"high"_s, u"xhigh"_s, u"max"_s};
    if (const QJsonValue effort = body.value("reasoning_effort"_L1);
        !effort.isUndefined() && !efforts.contains(effort.toString()))
        refuse(request, 400, u"Invalid value for 'reasoning_effort'."_s);
    const QJsonValue limit =
        body.contains("max_tokens"_L1) ? body.value("max_tokens"_L1) : body.value("max_completion_tokens"_L1);
    if (limit.isDouble())
        request.maxTokens = limit.toInteger();
    request.wantsUsage =
        !request.isStream || body.value("stream_options"_L1).toObject().value("include_usage"_L1).toBool();
}

} // namespace

void readOpenAi(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    checkKey(request, headers);
    request.model = body.value("model"_L1).toString();
    request.isStream = body.value("stream"_L1).toBool();
    readSettings(request, body);
    readMessages(request, body.value("messages"_L1).toArray());
    readTools(request, body);
    if (body.value("messages"_L1).toArray().isEmpty())
        refuse(request, 400, u"messages: at least one message is required"_s);
}

void readOpenAiEmbedding(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    checkKey(request, headers);
    request.model = body.value("model"_L1).toString();
    allowOnly(request, body, "model input encoding_format dimensions user",
              u"Unrecognized request argument supplied: %1"_s);
    const QJsonValue input = body.value("input"_L1);
    if (input.isString())
        request.texts.append(input.toString());
    const QJsonArray list = input.toArray();
    for (const QJsonValue &text : list) {
        if (!text.isString())
            refuse(request, 400, u"'$.input' is invalid."_s);
        request.texts.append(text.toString());
    }
    if (request.texts.isEmpty() || request.texts.contains(QString()) || request.texts.size() > 2048)
        refuse(request, 400, u"'$.input' is invalid: one to 2048 texts that are not empty are required."_s);
    const QJsonValue encoding = body.value("encoding_format"_L1);
    if (!encoding.isUndefined() && encoding != u"float"_s && encoding != u"base64"_s)
        refuse(request, 400, u"Invalid value for 'encoding_format'."_s);
    request.wantsBase64 = encoding == u"base64"_s;
    if (body.value("dimensions"_L1).isDouble())
        request.dimensions = body.value("dimensions"_L1).toInteger();
}

} // namespace wire
