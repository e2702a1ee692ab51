// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/openai_format.h"
#include "server/providers/request_rules.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace providers::openai {
namespace {

QJsonObject responseFormat(const QJsonObject &format)
{
    const QString type = format.value("type"_L1).toString();
    if (type == u"json_object" || type == u"text")
        return {{u"type"_s, type}};
    if (type != u"json_schema" || !format.value("schema"_L1).isObject())
        refuseField(u"responseFormat"_s,
                    u"\"type\" must be \"text\", \"json_object\" or \"json_schema\", the last "
                    u"with an object \"schema\"."_s);
    const QString name = format.value("name"_L1).toString(u"answer"_s);
    QJsonObject schema{{u"name"_s, name}, {u"schema"_s, format.value("schema"_L1)}};
    schema.insert(u"strict"_s, format.value("strict"_L1).toBool(true));
    return {{u"type"_s, type}, {u"json_schema"_s, schema}};
}

QJsonObject imagePart(const ContentPart &part)
{
    const QString url =
        part.url.isEmpty() ? u"data:%1;base64,"_s.arg(part.mediaType) + QString::fromLatin1(part.data) : part.url;
    QJsonObject image{{u"url"_s, url}};
    if (!part.detail.isEmpty())
        image.insert(u"detail"_s, part.detail);
    return {{u"type"_s, u"image_url"_s}, {u"image_url"_s, image}};
}

// The format has no mark for a tool that failed, so the text says it.
QString resultText(const ContentPart &result)
{
    const bool saysSo = result.text.startsWith(u"error"_s, Qt::CaseInsensitive);
    return result.isError && !saysSo ? u"Error: "_s + result.text : result.text;
}

QJsonObject toolMessage(const ContentPart &result)
{
    return {{u"role"_s, u"tool"_s}, {u"tool_call_id"_s, result.id}, {u"content"_s, resultText(result)}};
}

QJsonObject assistantMessage(const QList<ContentPart> &parts)
{
    QString text;
    QJsonArray calls;
    for (const ContentPart &part : parts) {
        if (part.kind == ContentPart::Text)
            text += part.text;
        else
            calls.append(
                QJsonObject{{u"id"_s, part.id},
                            {u"type"_s, u"function"_s},
                            {u"function"_s, QJsonObject{{u"name"_s, part.name}, {u"arguments"_s, part.arguments}}}});
    }
    QJsonObject message{{u"role"_s, u"assistant"_s}, {u"content"_s, text}};
    if (calls.isEmpty())
        return message;
    if (text.isEmpty())
        message.insert(u"content"_s, QJsonValue::Null);
    message.insert(u"tool_calls"_s, calls);
    return message;
}

// One text stays a plain string, which every compatible server takes.
QJsonValue content(const QList<ContentPart> &parts)
{
    if (parts.size() == 1 && parts.first().kind == ContentPart::Text)
        return parts.first().text;
    QJsonArray content;
    for (const ContentPart &part : parts)
        content.append(part.kind == ContentPart::Image ? imagePart(part)
                                                       : QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, part.text}});
    return content;
}

QJsonArray messages(const QList<ChatMessage> &list)
{
    QJsonArray result;
    for (const ChatMessage &message : list) {
        QList<ContentPart> rest;
        for (const ContentPart &part : partsOf(message)) {
            if (part.kind == ContentPart::ToolResult)
                result.append(toolMessage(part));
            else
                rest.append(part);
        }
        if (rest.isEmpty())
            continue;
        if (message.role == u"assistant")
            result.append(assistantMessage(rest));
        else
            result.append(QJsonObject{{u"role"_s, message.role}, {u"content"_s, content(rest)}});
    }
    return result;
}

QJsonArray tools(const QList<Tool> &list)
{
    QJsonArray result;
    for (const Tool &tool : list) {
        QJsonObject function{{u"name"_s, tool.name}, {u"parameters"_s, parametersOf(tool)}};
        if (!tool.description.isEmpty())
            function.insert(u"description"_s, tool.description);
        if (tool.strict)
            function.insert(u"strict"_s, *tool.strict);
        result.append(QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, function}});
    }
    return result;
}

QJsonValue toolChoice(const ToolChoice &choice)
{
    switch (choice.kind) {
    case ToolChoice::None:
        return u"none"_s;
    case ToolChoice::Required:
        return u"required"_s;
    case ToolChoice::Named:
        return QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, QJsonObject{{u"name"_s, choice.name}}}};
    case ToolChoice::Auto:
        break;
    }
    return u"auto"_s;
}

void addTools(const ModelRequest &request, QJsonObject &body)
{
    const std::optional<ToolChoice> choice = toolChoiceOf(request);
    if (request.tools.isEmpty())
        return;
    body.insert(u"tools"_s, tools(request.tools));
    if (choice)
        body.insert(u"tool_choice"_s, toolChoice(*choice));
    if (request.parallelToolCalls)
        body.insert(u"parallel_tool_calls"_s, *request.parallelToolCalls);
}

void addSampling(const ModelRequest &request, bool isOfficial, const QString &title, QJsonObject &body)
{
    if (request.temperature)
        body.insert(u"temperature"_s, *request.temperature);
    if (request.topP)
        body.insert(u"top_p"_s, *request.topP);
    if (request.topK && isOfficial)
        refuseField(u"topK"_s, u"%1 has no such setting."_s.arg(title));
    if (request.topK)
        body.insert(u"top_k"_s, *request.topK);
    if (request.seed)
        body.insert(u"seed"_s, *request.seed);
    if (request.presencePenalty)
        body.insert(u"presence_penalty"_s, *request.presencePenalty);
    if (request.frequencyPenalty)
        body.insert(u"frequency_penalty"_s, *request.frequencyPenalty);
    if (!request.reasoningEffort.isEmpty())
        body.insert(u"reasoning_effort"_s, request.reasoningEffort);
}

} // namespace

QJsonObject requestBody(const ModelRequest &request, bool isOfficial, const QString &title)
{
    QJsonObject body{{u"model"_s, request.model}, {u"messages"_s, messages(request.messages)}};
    addSampling(request, isOfficial, title, body);
    if (request.maxTokens)
        body.insert(isOfficial ? u"max_completion_tokens"_s : u"max_tokens"_s, *request.maxTokens);
    if (!request.stop.isEmpty())
        body.insert(u"stop"_s, QJsonArray::fromStringList(request.stop));
    if (!request.responseFormat.isEmpty())
        body.insert(u"response_format"_s, responseFormat(request.responseFormat));
    addTools(request, body);
    if (!request.endUser.isEmpty())
        body.insert(isOfficial ? u"safety_identifier"_s : u"user"_s, request.endUser);
    if (request.stream) {
        body.insert(u"stream"_s, true);
        body.insert(u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}});
    }
    return body;
}

} // namespace providers::openai
