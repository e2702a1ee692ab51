// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/anthropic_format.h"
#include "server/providers/request_rules.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace providers::anthropic {
namespace {

QJsonObject outputFormat(const QJsonObject &format)
{
    if (format.value("type"_L1) != u"json_schema"_s || !format.value("schema"_L1).isObject())
        refuseField(u"responseFormat"_s,
                    u"Anthropic takes \"text\", and \"json_schema\" with an object \"schema\"; "
                    u"it has no \"json_object\"."_s);
    return {{u"type"_s, u"json_schema"_s}, {u"schema"_s, format.value("schema"_L1)}};
}

// Ids that another provider made may hold dots and colons, which are refused here.
QString callId(const QString &id)
{
    static const QRegularExpression others(u"[^A-Za-z0-9_-]"_s);
    QString result = id;
    return result.replace(others, u"_"_s);
}

QJsonObject imageBlock(const ContentPart &part)
{
    if (part.detail == u"low")
        refuseField(u"messages"_s, u"the detail “low” of an image: Anthropic looks at all of them closely."_s);
    const QJsonObject source = part.url.isEmpty() ? QJsonObject{{u"type"_s, u"base64"_s},
                                                                {u"media_type"_s, part.mediaType},
                                                                {u"data"_s, QString::fromLatin1(part.data)}}
                                                  : QJsonObject{{u"type"_s, u"url"_s}, {u"url"_s, part.url}};
    return {{u"type"_s, u"image"_s}, {u"source"_s, source}};
}

QJsonObject textBlock(const QString &text) { return {{u"type"_s, u"text"_s}, {u"text"_s, text}}; }

QJsonObject resultBlock(const ContentPart &result)
{
    QJsonObject block{{u"type"_s, u"tool_result"_s}, {u"tool_use_id"_s, callId(result.id)}};
    if (!result.text.isEmpty())
        block.insert(u"content"_s, result.text);
    if (result.isError)
        block.insert(u"is_error"_s, true);
    return block;
}

// Everything of one side until the other speaks: results of tools have to be together, and before all else.
struct Turn
{
    QString role;
    std::optional<QString> plain; // a lone text, which needs no block
    QJsonArray results;
    QJsonArray blocks;

    void add(const ContentPart &part, const QString &title)
    {
        switch (part.kind) {
        case ContentPart::Text:
            if (!part.text.isEmpty()) // refused when empty
                blocks.append(textBlock(part.text));
            return;
        case ContentPart::Image:
            blocks.append(imageBlock(part));
            return;
        case ContentPart::ToolCall:
            blocks.append(QJsonObject{{u"type"_s, u"tool_use"_s},
                                      {u"id"_s, callId(part.id)},
                                      {u"name"_s, part.name},
                                      {u"input"_s, argumentsOf(part, title)}});
            return;
        case ContentPart::ToolResult:
            results.append(resultBlock(part));
        }
    }

    QJsonObject message() const
    {
        if (plain)
            return {{u"role"_s, role}, {u"content"_s, *plain}};
        QJsonArray content = results;
        for (const QJsonValue &block : blocks)
            content.append(block);
        return {{u"role"_s, role}, {u"content"_s, content}};
    }
};

QJsonArray messages(const QList<ChatMessage> &list, const QString &title)
{
    QList<Turn> turns;
    for (const ChatMessage &message : list) {
        if (message.role == u"system")
            continue;
        const QList<ContentPart> parts = partsOf(message);
        const QString role = message.role == u"tool" ? u"user"_s : message.role;
        const bool isPlain = message.parts.isEmpty();
        if (turns.isEmpty() || turns.last().role != role || (isPlain && turns.last().plain)) {
            turns.append({role, isPlain ? std::optional(message.content) : std::nullopt, {}, {}});
            if (isPlain)
                continue;
        }
        Turn &turn = turns.last();
        if (const std::optional<QString> before = std::exchange(turn.plain, std::nullopt))
            turn.add({.kind = ContentPart::Text, .text = *before}, title);
        for (const ContentPart &part : parts)
            turn.add(part, title);
    }
    QJsonArray result;
    for (const Turn &turn : std::as_const(turns))
        result.append(turn.message());
    return result;
}

QJsonArray tools(const QList<Tool> &list)
{
    QJsonArray result;
    for (const Tool &tool : list) {
        QJsonObject object{{u"name"_s, tool.name}, {u"input_schema"_s, parametersOf(tool)}};
        if (!tool.description.isEmpty())
            object.insert(u"description"_s, tool.description);
        if (tool.strict == true)
            object.insert(u"strict"_s, true);
        result.append(object);
    }
    return result;
}

void addTools(const ModelRequest &request, QJsonObject &body)
{
    const std::optional<ToolChoice> choice = toolChoiceOf(request);
    if (request.tools.isEmpty())
        return;
    body.insert(u"tools"_s, tools(request.tools));
    const bool isOneByOne = forbidsParallelCalls(request);
    if (!choice && !isOneByOne)
        return;
    const ToolChoice::Kind kind = choice ? choice->kind : ToolChoice::Auto;
    static constexpr const char *names[] = {"auto", "none", "any", "tool"}; // as ToolChoice::Kind
    QJsonObject object{{u"type"_s, QLatin1StringView(names[kind])}};
    if (kind == ToolChoice::Named)
        object.insert(u"name"_s, choice->name);
    if (isOneByOne && kind != ToolChoice::None)
        object.insert(u"disable_parallel_tool_use"_s, true);
    body.insert(u"tool_choice"_s, object);
}

// "none" is no thinking; of the rest Anthropic knows all but "minimal", which comes to its least. A model that has to
// call a tool may not think first.
void addThinking(const ModelRequest &request, QJsonObject &body, QJsonObject &output)
{
    const QString &effort = request.reasoningEffort;
    if (effort.isEmpty())
        return;
    if (effort == u"none") {
        body.insert(u"thinking"_s, QJsonObject{{u"type"_s, u"disabled"_s}});
        return;
    }
    output.insert(u"effort"_s, effort == u"minimal" ? u"low"_s : effort);
    const bool isForced = request.toolChoice
        && (request.toolChoice->kind == ToolChoice::Required || request.toolChoice->kind == ToolChoice::Named);
    if (!isForced)
        body.insert(u"thinking"_s, QJsonObject{{u"type"_s, u"adaptive"_s}});
}

void addSampling(const ModelRequest &request, const QString &title, QJsonObject &body)
{
    if (request.temperature)
        body.insert(u"temperature"_s, *request.temperature);
    if (request.topP)
        body.insert(u"top_p"_s, *request.topP);
    if (request.topK)
        body.insert(u"top_k"_s, *request.topK);
    const QString missing = u"%1 has no such setting."_s.arg(title);
    if (request.seed)
        refuseField(u"seed"_s, missing);
    // 0 is no penalty.
    if (request.presencePenalty.value_or(0) != 0)
        refuseField(u"presencePenalty"_s, missing);
    if (request.frequencyPenalty.value_or(0) != 0)
        refuseField(u"frequencyPenalty"_s, missing);
}

} // namespace

QJsonObject requestBody(const ModelRequest &request, const QString &title)
{
    const QJsonArray said = messages(request.messages, title);
    if (said.isEmpty())
        refuseField(u"messages"_s, u"Anthropic needs at least one message of the user beside the system's."_s);
    const bool thinks = !request.reasoningEffort.isEmpty() && request.reasoningEffort != u"none";
    const int limit = thinks ? Anthropic::thinkingMaxTokens : Anthropic::defaultMaxTokens;
    QJsonObject body{
        {u"model"_s, request.model}, {u"messages"_s, said}, {u"max_tokens"_s, request.maxTokens.value_or(limit)}};
    if (hasSystemText(request))
        body.insert(u"system"_s, systemText(request));
    addSampling(request, title, body);
    if (!request.stop.isEmpty())
        body.insert(u"stop_sequences"_s, QJsonArray::fromStringList(request.stop));
    addTools(request, body);
    QJsonObject output;
    if (!request.responseFormat.isEmpty() && request.responseFormat.value("type"_L1) != u"text"_s)
        output.insert(u"format"_s, outputFormat(request.responseFormat));
    addThinking(request, body, output);
    if (!output.isEmpty())
        body.insert(u"output_config"_s, output);
    if (!request.endUser.isEmpty())
        body.insert(u"metadata"_s, QJsonObject{{u"user_id"_s, request.endUser}});
    if (request.stream)
        body.insert(u"stream"_s, true);
    return body;
}

} // namespace providers::anthropic
