// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// What Anthropic's Messages take and refuse.
namespace wire {
namespace {

void readImage(WireRequest &request, const QJsonObject &source)
{
    static const QStringList types{u"image/jpeg"_s, u"image/png"_s, u"image/gif"_s, u"image/webp"_s};
    const QString type = source.value("type"_L1).toString();
    if (type == u"base64") {
        if (!types.contains(source.value("media_type"_L1).toString()))
            refuse(request, 400, u"image.source.base64.media_type: Input should be 'image/jpeg', 'image/png' …"_s);
        if (QByteArray::fromBase64(source.value("data"_L1).toString().toLatin1()).isEmpty())
            refuse(request, 400, u"image.source.base64.data: invalid base64 data"_s);
    } else if (type != u"url" || !source.value("url"_L1).toString().startsWith(u"http")) {
        refuse(request, 400, u"image.source: Input tag '%1' found using 'type' does not match"_s.arg(type));
    }
}

// The blocks of one message. `open` holds the calls of the message before, which have to be answered here and now.
struct MessageReader
{
    WireRequest &request;
    QString role;
    QStringList open;
    QStringList calls; // those in this message
    QStringList results; // the texts
    bool isPastResults = false;

    void read(const QJsonValue &content)
    {
        if (content.isString()) {
            request.inputTokens += words(content.toString());
        } else {
            const QJsonArray blocks = content.toArray();
            if (blocks.isEmpty())
                refuse(request, 400, u"messages: content: Field required"_s);
            for (const QJsonValue &block : blocks)
                readBlock(block.toObject());
        }
        if (!open.isEmpty())
            refuse(request, 400,
                   u"messages: `tool_use` ids were found without `tool_result` blocks immediately after: %1. Each "
                   "`tool_use` block must have a corresponding `tool_result` block in the next message."_s.arg(
                       open.join(u", "_s)));
    }

    void readBlock(const QJsonObject &block)
    {
        const QString type = block.value("type"_L1).toString();
        if (type == u"tool_result" && role == u"user")
            return readResult(block);
        isPastResults = true;
        if (type == u"text") {
            if (block.value("text"_L1).toString().isEmpty())
                refuse(request, 400, u"messages: text content blocks must be non-empty"_s);
            request.inputTokens += words(block.value("text"_L1).toString());
        } else if (type == u"image" && role == u"user") {
            readImage(request, block.value("source"_L1).toObject());
        } else if (type == u"tool_use" && role == u"assistant") {
            readCall(block);
        } else {
            refuse(request, 400, u"messages: a block '%1' is not allowed for the role '%2'"_s.arg(type, role));
        }
    }

    void readResult(const QJsonObject &block)
    {
        const QString id = block.value("tool_use_id"_L1).toString();
        allowOnly(request, block, "type tool_use_id content is_error",
                  u"tool_result.%1: Extra inputs are not permitted"_s);
        if (!open.removeOne(id))
            refuse(request, 400,
                   u"messages: unexpected `tool_use_id` found in `tool_result` blocks: %1. Each `tool_result` block "
                   "must have a corresponding `tool_use` block in the previous message."_s.arg(id));
        if (isPastResults)
            refuse(request, 400, u"messages: tool_result blocks must come first in the content"_s);
        const QString said = contentText(block.value("content"_L1));
        request.inputTokens += words(said);
        results.append(said);
    }

    void readCall(const QJsonObject &block)
    {
        const QString id = block.value("id"_L1).toString();
        if (!isToolName(id, 256))
            refuse(request, 400, u"messages: tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'"_s);
        if (!isToolName(block.value("name"_L1).toString(), 128))
            refuse(request, 400, u"messages: tool_use.name: String should match pattern"_s);
        if (!block.value("input"_L1).isObject())
            refuse(request, 400, u"messages: tool_use.input: Input should be a valid dictionary"_s);
        request.inputTokens += words(QString::fromUtf8(text(block.value("input"_L1).toObject())));
        calls.append(id);
    }
};

void readMessages(WireRequest &request, const QJsonArray &messages)
{
    QStringList open;
    for (const QJsonValue &value : messages) {
        const QString role = value[u"role"_s].toString();
        const QJsonValue content = value[u"content"_s];
        if (role != u"user" && role != u"assistant")
            refuse(request, 400, u"messages: unexpected role \"%1\""_s.arg(role));
        MessageReader reader{request, role, open, {}, {}};
        reader.read(content);
        open = reader.calls;
        request.endsWithResults = !reader.results.isEmpty();
        if (role == u"user")
            request.lastUserText = request.endsWithResults ? reader.results.join(u' ') : contentText(content);
    }
    if (!open.isEmpty())
        refuse(request, 400, u"messages: `tool_use` ids were found without `tool_result` blocks immediately after."_s);
}

void readTools(WireRequest &request, const QJsonObject &body)
{
    const QJsonArray tools = body.value("tools"_L1).toArray();
    for (const QJsonValue &value : tools) {
        const QJsonObject tool = value.toObject();
        allowOnly(request, tool, "name description input_schema strict cache_control",
                  u"tools.%1: Extra inputs are not permitted"_s);
        if (!isToolName(tool.value("name"_L1).toString(), 128))
            refuse(request, 400, u"tools.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"_s);
        if (tool.value("input_schema"_L1).toObject().value("type"_L1) != u"object"_s)
            refuse(request, 400, u"tools.input_schema.type: Field required"_s);
        request.tools.append(tool.value("name"_L1).toString());
    }
    const QJsonObject choice = body.value("tool_choice"_L1).toObject();
    if (choice.isEmpty())
        return;
    const QString type = choice.value("type"_L1).toString();
    if (tools.isEmpty())
        refuse(request, 400, u"tool_choice: may only be specified while providing tools"_s);
    request.oneCallOnly = choice.value("disable_parallel_tool_use"_L1).toBool();
    request.mustCall = type == u"any" || type == u"tool";
    if (type == u"tool") {
        const QString name = choice.value("name"_L1).toString();
        if (!request.tools.contains(name))
            refuse(request, 400, u"tool_choice: Tool '%1' not found in provided tools"_s.arg(name));
        request.tools = {name};
    } else if (type == u"none") {
        if (choice.contains("disable_parallel_tool_use"_L1))
            refuse(request, 400, u"tool_choice.none.disable_parallel_tool_use: Extra inputs are not permitted"_s);
        request.tools.clear();
    } else if (type != u"auto" && type != u"any") {
        refuse(request, 400, u"tool_choice: Input tag '%1' found using 'type' does not match"_s.arg(type));
    }
}

void readThinking(WireRequest &request, const QJsonObject &body)
{
    const QString thinking = body.value("thinking"_L1).toObject().value("type"_L1).toString();
    static const QStringList kinds{QString(), u"enabled"_s, u"disabled"_s, u"adaptive"_s};
    if (!kinds.contains(thinking))
        refuse(request, 400, u"thinking: Input tag '%1' found using 'type' does not match"_s.arg(thinking));
    const bool thinks = thinking == u"enabled" || thinking == u"adaptive";
    if (thinks && request.mustCall)
        refuse(request, 400, u"Thinking may not be enabled when tool_choice forces tool use."_s);
    if (thinks && body.contains("temperature"_L1) && body.value("temperature"_L1) != 1)
        refuse(request, 400, u"`temperature` may only be set to 1 when thinking is enabled."_s);
    const QJsonObject output = body.value("output_config"_L1).toObject();
    allowOnly(request, output, "effort format", u"output_config.%1: Extra inputs are not permitted"_s);
    static const QStringList efforts{u"low"_s, u"medium"_s, u"high"_s, u"xhigh"_s, u"max"_s};
    if (output.contains("effort"_L1) && !efforts.contains(output.value("effort"_L1).toString()))
        refuse(request, 400, u"output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'"_s);
    if (output.contains("format"_L1)
        && (output.value("format"_L1)[u"type"_s] != u"json_schema"_s
            || !output.value("format"_L1)[u"schema"_s].isObject()))
        refuse(request, 400, u"output_config.format: Input should be of type json_schema"_s);
}

void readSettings(WireRequest &request, const QJsonObject &body, const QByteArray &version)
{
    const QString complaint = u"%1: Extra inputs are not permitted"_s;
    if (version == "2026-10-21") {
        for (const QString &name : {u"temperature"_s, u"top_p"_s, u"top_k"_s}) {
            if (body.contains(name))
                refuse(request, 400, complaint.arg(name));
        }
    }
    allowOnly(
        request, body,
        "model messages max_tokens system stream temperature top_p top_k stop_sequences tools tool_choice thinking "
        "output_config metadata service_tier cache_control",
        complaint);
    allowOnly(request, body.value("metadata"_L1).toObject(), "user_id", u"metadata."_s + complaint);
    if (!isNumberWithin(body, "temperature"_L1, 0, 1) || !isNumberWithin(body, "top_p"_L1, 0, 1))
        refuse(request, 400, u"temperature: Input should be less than or equal to 1"_s);
    if (!body.value("max_tokens"_L1).isDouble() || body.value("max_tokens"_L1).toInteger() < 1)
        refuse(request, 400, u"max_tokens: Field required"_s);
    request.maxTokens = body.value("max_tokens"_L1).toInteger();
    request.inputTokens += words(contentText(body.value("system"_L1)));
}

} // namespace

void readAnthropic(WireRequest &request, const QJsonObject &body, const WireHeaders &headers)
{
    const QByteArray version = headers.value("anthropic-version");
    if (headers.value("x-api-key").isEmpty() && headers.value("authorization").size() < 8)
        refuse(request, 401, u"x-api-key header is required"_s);
    if (version != "2023-06-01" && version != "2026-10-21")
        refuse(request, 400, u"anthropic-version: header is required"_s);
    request.model = body.value("model"_L1).toString();
    request.isStream = body.value("stream"_L1).toBool();
    readSettings(request, body, version);
    readMessages(request, body.value("messages"_L1).toArray());
    readTools(request, body);
    readThinking(request, body);
    if (body.value("messages"_L1).toArray().isEmpty())
        refuse(request, 400, u"messages: at least one message is required"_s);
}

} // namespace wire
