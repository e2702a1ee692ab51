// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/anthropic_messages.h"
#include "server/gateway/formats/members.h"
#include "shared/json/json.h"

#include <QHash>

using namespace Qt::StringLiterals;
using providers::ContentPart;
using providers::ModelRequest;

// Anthropic's description of POST /v1/messages, of both API versions: what the later one refuses, the earlier one
// takes.
namespace gateway {
namespace {

// What is read on the way through the messages.
struct Reading
{
    QHash<QString, QString> names; // of the tools that were called, by the id of the call
    QStringList unheard;
};

ContentPart imageOf(Members &block)
{
    Members source = membersOf(block.value("source"_L1), block.pointerTo(u"source"));
    ContentPart image{.kind = ContentPart::Image};
    const QString type = source.requiredText("type"_L1);
    if (type == u"base64") {
        image.mediaType = source.requiredText("media_type"_L1);
        image.data = source.requiredText("data"_L1).toLatin1();
    } else if (type == u"url") {
        image.url = source.requiredText("url"_L1);
        if (!image.url.startsWith("https://"_L1) && !image.url.startsWith("http://"_L1))
            source.refuse(u"url", u"must begin with https: or http:"_s);
    } else {
        source.refuse(u"type", u"must be base64 or url: the gateway keeps no files"_s);
    }
    return image;
}

QString textsOf(const QJsonValue &content, const QString &pointer)
{
    if (content.isString())
        return content.toString();
    QStringList texts;
    const QJsonArray blocks = content.toArray();
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        Members block = membersOf(blocks[i], pointer + u"/%1"_s.arg(i));
        if (block.requiredText("type"_L1) != u"text")
            block.refuse(u"type", u"must be text here: the gateway passes on nothing else"_s);
        texts.append(block.text("text"_L1));
    }
    return texts.join(u"\n\n"_s);
}

ContentPart toolUse(Members &block, Reading &reading)
{
    ContentPart part{.kind = ContentPart::ToolCall};
    part.id = block.requiredText("id"_L1);
    part.name = block.requiredText("name"_L1);
    part.arguments = QString::fromUtf8(json::print(block.object("input"_L1)));
    reading.names.insert(part.id, part.name);
    return part;
}

ContentPart toolResult(Members &block, const Reading &reading)
{
    ContentPart part{.kind = ContentPart::ToolResult};
    part.id = block.requiredText("tool_use_id"_L1);
    part.name = reading.names.value(part.id);
    if (part.name.isEmpty())
        block.refuse(u"tool_use_id", u"answers no tool_use of the messages before"_s);
    if (block.has("content"_L1))
        part.text = textsOf(block.value("content"_L1), block.pointerTo(u"content"));
    part.isError = block.truth("is_error"_L1).value_or(false);
    return part;
}

// One message of theirs may be two of ours: results of tools go before what the person says.
void readMessage(Members message, QList<providers::ChatMessage> &messages, Reading &reading)
{
    const QString role = message.requiredText("role"_L1);
    if (role != u"user" && role != u"assistant" && role != u"system")
        message.refuse(u"role", u"must be user or assistant"_s);
    const QJsonValue content = message.value("content"_L1);
    if (content.isString() || role == u"system") {
        messages.append({role, textsOf(content, message.pointerTo(u"content"))});
        return;
    }
    if (!content.isArray())
        message.refuse(u"content", u"must be a text or a list of blocks"_s);
    QList<ContentPart> results, parts;
    const QJsonArray blocks = content.toArray();
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        Members block = membersOf(blocks[i], message.pointerTo(u"content/%1"_s.arg(i)));
        const QString type = block.requiredText("type"_L1);
        if (type == u"text")
            parts.append(ContentPart{.kind = ContentPart::Text, .text = block.text("text"_L1)});
        else if (type == u"image" && role == u"user")
            parts.append(imageOf(block));
        else if (type == u"tool_use" && role == u"assistant")
            parts.append(toolUse(block, reading));
        else if (type == u"tool_result" && role == u"user")
            results.append(toolResult(block, reading));
        else if ((type == u"thinking" || type == u"redacted_thinking") && role == u"assistant")
            reading.unheard.append(message.pointerTo(u"content/%1"_s.arg(i)));
        else
            block.refuse(u"type", u"“%1” cannot be passed on in a message of the role %2"_s.arg(type, role));
    }
    if (!results.isEmpty())
        messages.append({u"tool"_s, {}, results});
    if (!parts.isEmpty())
        messages.append({role, {}, parts});
}

QList<providers::ChatMessage> messagesOf(Members &body, Reading &reading)
{
    QList<providers::ChatMessage> messages;
    if (body.has("system"_L1)) {
        const QJsonValue system = body.value("system"_L1);
        if (!system.isString() && !system.isArray())
            body.refuse(u"system", u"must be a text or a list of blocks"_s);
        messages.append({u"system"_s, textsOf(system, body.pointerTo(u"system"))});
    }
    const QJsonArray items = body.array("messages"_L1);
    if (items.isEmpty())
        body.refuse(u"messages", u"must hold one message at least"_s);
    for (qsizetype i = 0; i < items.size(); ++i)
        readMessage(membersOf(items[i], body.pointerTo(u"messages/%1"_s.arg(i))), messages, reading);
    return messages;
}

QList<providers::Tool> toolsOf(Members &body)
{
    QList<providers::Tool> tools;
    const QJsonArray items = body.array("tools"_L1);
    for (qsizetype i = 0; i < items.size(); ++i) {
        Members tool = membersOf(items[i], body.pointerTo(u"tools/%1"_s.arg(i)));
        if (const QString type = tool.text("type"_L1); !type.isEmpty() && type != u"custom")
            tool.refuse(u"type", u"“%1” runs at Anthropic: the gateway passes on tools of your own only"_s.arg(type));
        const QString name = tool.requiredText("name"_L1), description = tool.text("description"_L1);
        if (!tool.has("input_schema"_L1))
            tool.refuse(u"input_schema", u"is missing"_s);
        tools.append({name, description, tool.object("input_schema"_L1), tool.truth("strict"_L1)});
    }
    return tools;
}

void readToolChoice(Members &body, ModelRequest &request)
{
    using Choice = providers::ToolChoice;
    if (!body.has("tool_choice"_L1))
        return;
    Members choice = membersOf(body.value("tool_choice"_L1), body.pointerTo(u"tool_choice"));
    const QString type = choice.requiredText("type"_L1);
    if (type == u"auto")
        request.toolChoice = Choice{Choice::Auto};
    else if (type == u"any")
        request.toolChoice = Choice{Choice::Required};
    else if (type == u"none")
        request.toolChoice = Choice{Choice::None};
    else if (type == u"tool")
        request.toolChoice = Choice{Choice::Named, choice.requiredText("name"_L1)};
    else
        choice.refuse(u"type", u"must be auto, any, tool or none"_s);
    if (const auto isDisabled = choice.truth("disable_parallel_tool_use"_L1))
        request.parallelToolCalls = !*isDisabled;
}

void readOutput(Members &body, ModelRequest &request, QStringList &unheard)
{
    if (!body.has("output_config"_L1))
        return;
    Members output = membersOf(body.value("output_config"_L1), body.pointerTo(u"output_config"));
    request.reasoningEffort = output.text("effort"_L1);
    if (output.has("format"_L1)) {
        Members format = membersOf(output.value("format"_L1), output.pointerTo(u"format"));
        if (format.requiredText("type"_L1) != u"json_schema")
            format.refuse(u"type", u"must be json_schema"_s);
        request.responseFormat = {{u"type"_s, u"json_schema"_s}, {u"schema"_s, format.object("schema"_L1)}};
    }
    unheard += output.unread();
}

} // namespace

Incoming AnthropicMessages::read(const QJsonObject &object) const
{
    Members body(object);
    Incoming incoming;
    Reading reading;
    ModelRequest &request = incoming.request;
    request.model = body.requiredText("model"_L1);
    request.messages = messagesOf(body, reading);
    const auto most = body.integer("max_tokens"_L1, 1, 10'000'000);
    if (!most)
        body.refuse(u"max_tokens", u"is missing"_s);
    request.maxTokens = int(*most);
    request.temperature = body.number("temperature"_L1, 0, 1);
    request.topP = body.number("top_p"_L1, 0, 1);
    if (const auto topK = body.integer("top_k"_L1, 0, 1'000'000))
        request.topK = int(*topK);
    request.stop = body.texts("stop_sequences"_L1);
    request.tools = toolsOf(body);
    readToolChoice(body, request);
    readOutput(body, request, incoming.unheard);
    Members metadata(body.object("metadata"_L1), body.pointerTo(u"metadata"));
    request.endUser = metadata.text("user_id"_L1);
    request.stream = body.truth("stream"_L1).value_or(false);
    const QJsonObject thinking = body.object("thinking"_L1);
    if (!thinking.isEmpty() && thinking.value("type"_L1) != u"disabled"_s)
        incoming.unheard.append(body.pointerTo(u"thinking"));
    // A hint to Anthropic's own cache: it changes the price there, and nothing about the answer.
    body.pass({"cache_control"_L1});
    incoming.unheard += reading.unheard + body.unread();
    incoming.wantsUsage = true;
    return incoming;
}

} // namespace gateway
