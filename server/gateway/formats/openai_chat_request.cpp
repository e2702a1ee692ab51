// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/members.h"
#include "server/gateway/formats/openai_chat.h"
#include "server/gateway/formats/openai_image.h"

#include <QHash>

using namespace Qt::StringLiterals;
using providers::ContentPart;
using providers::ModelRequest;

// OpenAI's description of POST /chat/completions (openai/openai-openapi).
namespace gateway {
namespace {

using Names = QHash<QString, QString>; // of the tools that were called, by the id of the call

ContentPart chatImage(Members part)
{
    Members image = membersOf(part.value("image_url"_L1), part.pointerTo(u"image_url"));
    ContentPart found = openAiImage(image.requiredText("url"_L1), image, u"url");
    found.detail = image.text("detail"_L1);
    return found;
}

// A text, or parts; where texts only are allowed they are joined.
QList<ContentPart> contentOf(Members &message, bool mayHoldImages)
{
    const QJsonValue content = message.value("content"_L1);
    if (content.isString())
        return {ContentPart{.kind = ContentPart::Text, .text = content.toString()}};
    if (!content.isArray())
        message.refuse(u"content", u"must be a text or a list of parts"_s);
    QList<ContentPart> parts;
    const QJsonArray items = content.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        Members part = membersOf(items[i], message.pointerTo(u"content/%1"_s.arg(i)));
        const QString type = part.requiredText("type"_L1);
        if (type == u"text")
            parts.append(ContentPart{.kind = ContentPart::Text, .text = part.text("text"_L1)});
        else if (type == u"refusal")
            parts.append(ContentPart{.kind = ContentPart::Text, .text = part.text("refusal"_L1)});
        else if (type == u"image_url" && mayHoldImages)
            parts.append(chatImage(part));
        else
            part.refuse(u"type",
                        u"cannot be passed on: here are %1"_s.arg(mayHoldImages ? u"text and image_url allowed"_s
                                                                                : u"only parts of text allowed"_s));
    }
    return parts;
}

QString textOf(const QList<ContentPart> &parts)
{
    QString text;
    for (const ContentPart &part : parts)
        text += part.text;
    return text;
}

providers::ChatMessage chatAssistant(Members &message, Names &names)
{
    QList<ContentPart> parts;
    if (message.has("content"_L1))
        parts = contentOf(message, false);
    const QJsonArray calls = message.array("tool_calls"_L1);
    for (qsizetype i = 0; i < calls.size(); ++i) {
        Members call = membersOf(calls[i], message.pointerTo(u"tool_calls/%1"_s.arg(i)));
        if (call.requiredText("type"_L1) != u"function")
            call.refuse(u"type", u"must be function"_s);
        Members function = membersOf(call.value("function"_L1), call.pointerTo(u"function"));
        ContentPart part{.kind = ContentPart::ToolCall};
        part.id = call.requiredText("id"_L1);
        part.name = function.requiredText("name"_L1);
        part.arguments = function.text("arguments"_L1);
        names.insert(part.id, part.name);
        parts.append(part);
    }
    if (parts.isEmpty())
        message.refuse(u"content", u"is missing, and there are no tool_calls"_s);
    if (calls.isEmpty())
        return {u"assistant"_s, textOf(parts)};
    return {u"assistant"_s, {}, parts};
}

providers::ChatMessage chatToolResult(Members &message, const Names &names)
{
    ContentPart result{.kind = ContentPart::ToolResult};
    result.id = message.requiredText("tool_call_id"_L1);
    result.name = names.value(result.id);
    if (result.name.isEmpty())
        message.refuse(u"tool_call_id", u"answers no call of a tool in the messages before"_s);
    result.text = textOf(contentOf(message, false));
    return {u"tool"_s, {}, {result}};
}

QList<providers::ChatMessage> chatMessages(Members &body)
{
    QList<providers::ChatMessage> messages;
    Names names;
    const QJsonArray items = body.array("messages"_L1);
    if (items.isEmpty())
        body.refuse(u"messages", u"must hold one message at least"_s);
    for (qsizetype i = 0; i < items.size(); ++i) {
        Members message = membersOf(items[i], body.pointerTo(u"messages/%1"_s.arg(i)));
        const QString role = message.requiredText("role"_L1);
        if (role == u"system" || role == u"developer") {
            messages.append({u"system"_s, textOf(contentOf(message, false))});
        } else if (role == u"user") {
            const QList<ContentPart> parts = contentOf(message, true);
            const bool isText = std::all_of(parts.begin(), parts.end(),
                                            [](const ContentPart &part) { return part.kind == ContentPart::Text; });
            messages.append(isText ? providers::ChatMessage{role, textOf(parts)}
                                   : providers::ChatMessage{role, {}, parts});
        } else if (role == u"assistant") {
            messages.append(chatAssistant(message, names));
        } else if (role == u"tool") {
            messages.append(chatToolResult(message, names));
        } else {
            message.refuse(u"role", u"must be developer, system, user, assistant or tool"_s);
        }
    }
    return messages;
}

QList<providers::Tool> chatTools(Members &body)
{
    QList<providers::Tool> tools;
    const QJsonArray items = body.array("tools"_L1);
    for (qsizetype i = 0; i < items.size(); ++i) {
        Members tool = membersOf(items[i], body.pointerTo(u"tools/%1"_s.arg(i)));
        if (tool.requiredText("type"_L1) != u"function")
            tool.refuse(u"type", u"must be function: the gateway passes on no others"_s);
        Members function = membersOf(tool.value("function"_L1), tool.pointerTo(u"function"));
        tools.append({function.requiredText("name"_L1), function.text("description"_L1),
                      function.object("parameters"_L1), function.truth("strict"_L1)});
    }
    return tools;
}

std::optional<providers::ToolChoice> chatToolChoice(Members &body)
{
    using Choice = providers::ToolChoice;
    const QJsonValue choice = body.value("tool_choice"_L1);
    if (choice.isUndefined())
        return std::nullopt;
    if (choice == u"auto"_s)
        return Choice{Choice::Auto};
    if (choice == u"none"_s)
        return Choice{Choice::None};
    if (choice == u"required"_s)
        return Choice{Choice::Required};
    const QString name = choice[u"function"_s][u"name"_s].toString();
    if (choice[u"type"_s] != u"function"_s || name.isEmpty())
        body.refuse(u"tool_choice", u"must be auto, none, required, or a function with its name"_s);
    return Choice{Choice::Named, name};
}

QJsonObject responseFormatOf(Members &body)
{
    if (!body.has("response_format"_L1))
        return {};
    Members format = membersOf(body.value("response_format"_L1), body.pointerTo(u"response_format"));
    const QString type = format.requiredText("type"_L1);
    if (type == u"text")
        return {};
    if (type == u"json_object")
        return {{u"type"_s, type}};
    if (type != u"json_schema")
        format.refuse(u"type", u"must be text, json_object or json_schema"_s);
    Members schema = membersOf(format.value("json_schema"_L1), format.pointerTo(u"json_schema"));
    QJsonObject found{
        {u"type"_s, type}, {u"name"_s, schema.requiredText("name"_L1)}, {u"schema"_s, schema.object("schema"_L1)}};
    if (const auto strict = schema.truth("strict"_L1))
        found.insert(u"strict"_s, *strict);
    return found;
}

std::optional<int> toInt(std::optional<qint64> number) { return number ? std::optional(int(*number)) : std::nullopt; }

} // namespace

Incoming OpenAiChat::read(const QJsonObject &object) const
{
    constexpr qint64 mostTokens = 10'000'000;
    Members body(object);
    Incoming incoming;
    ModelRequest &request = incoming.request;
    request.model = body.requiredText("model"_L1);
    request.messages = chatMessages(body);
    const auto deprecatedMost = body.integer("max_tokens"_L1, 1, mostTokens);
    const auto most = body.integer("max_completion_tokens"_L1, 1, mostTokens);
    request.maxTokens = toInt(most ? most : deprecatedMost);
    request.temperature = body.number("temperature"_L1, 0, 2);
    request.topP = body.number("top_p"_L1, 0, 1);
    request.presencePenalty = body.number("presence_penalty"_L1, -2, 2);
    request.frequencyPenalty = body.number("frequency_penalty"_L1, -2, 2);
    request.seed =
        body.integer("seed"_L1, std::numeric_limits<qint64>::min() / 2, std::numeric_limits<qint64>::max() / 2);
    request.stop = body.texts("stop"_L1);
    request.tools = chatTools(body);
    request.toolChoice = chatToolChoice(body);
    request.parallelToolCalls = body.truth("parallel_tool_calls"_L1);
    request.responseFormat = responseFormatOf(body);
    request.reasoningEffort = body.text("reasoning_effort"_L1);
    const QString user = body.text("user"_L1), identifier = body.text("safety_identifier"_L1);
    request.endUser = identifier.isEmpty() ? user : identifier;
    request.stream = body.truth("stream"_L1).value_or(false);
    Members stream(body.object("stream_options"_L1), body.pointerTo(u"stream_options"));
    incoming.wantsUsage = stream.truth("include_usage"_L1).value_or(false);
    if (body.integer("n"_L1, 1, 128).value_or(1) != 1)
        body.refuse(u"n", u"must be 1: not every provider makes several answers at once. Call several times."_s);
    if (body.truth("store"_L1).value_or(false))
        body.refuse(u"store", u"must be false: the gateway keeps no answers to be asked for later"_s);
    if (body.has("functions"_L1) || body.has("function_call"_L1))
        body.refuse(u"functions", u"is no longer understood: use tools and tool_choice"_s);
    // They change nothing about the answer: notes for OpenAI's own pages, and hints to its cache.
    body.pass({"metadata"_L1, "prompt_cache_key"_L1, "prompt_cache_options"_L1});
    incoming.unheard = body.unread();
    return incoming;
}

} // namespace gateway
