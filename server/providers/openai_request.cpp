// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/openai_format.h"
#include "server/providers/request_rules.h"
#include "shared/json/json.h"

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

QJsonArray content(const QList<ContentPart> &parts)
{
    QJsonArray content;
    for (const ContentPart &part : parts)
        content.append(part.kind == ContentPart::Image ? imagePart(part)
                                                       : QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, part.text}});
    return content;
}

// Adds a member to an object. What each request has is printed without making objects first.
template<class Value> void add(QByteArray &body, std::string_view name, const Value &value, bool isFirst = false)
{
    json::key(body, name, isFirst);
    json::write(body, value);
}

void write(QByteArray &out, const QString &role, const QList<ContentPart> &parts)
{
    add(out, "role", role, true);
    if (parts.size() == 1 && parts.first().kind == ContentPart::Text)
        add(out, "content", parts.first().text); // stays a plain string, which every compatible server takes
    else
        add(out, "content", content(parts));
    out += '}';
}

void write(QByteArray &out, const QList<ChatMessage> &list)
{
    out += '[';
    const auto next = [&out] {
        if (!out.endsWith('['))
            out += ',';
    };
    for (const ChatMessage &message : list) {
        QList<ContentPart> rest;
        for (const ContentPart &part : partsOf(message)) {
            if (part.kind != ContentPart::ToolResult) {
                rest.append(part);
                continue;
            }
            next();
            json::write(out, toolMessage(part));
        }
        if (rest.isEmpty())
            continue;
        next();
        if (message.role == u"assistant")
            json::write(out, assistantMessage(rest));
        else
            write(out, message.role, rest);
    }
    out += ']';
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

void addTools(const ModelRequest &request, QByteArray &body)
{
    const std::optional<ToolChoice> choice = toolChoiceOf(request);
    if (request.tools.isEmpty())
        return;
    add(body, "tools", tools(request.tools));
    if (choice)
        add(body, "tool_choice", toolChoice(*choice));
    if (request.parallelToolCalls)
        add(body, "parallel_tool_calls", *request.parallelToolCalls);
}

void addSampling(const ModelRequest &request, bool isOfficial, const QString &title, QByteArray &body)
{
    if (request.temperature)
        add(body, "temperature", *request.temperature);
    if (request.topP)
        add(body, "top_p", *request.topP);
    if (request.topK && isOfficial)
        refuseField(u"topK"_s, u"%1 has no such setting."_s.arg(title));
    if (request.topK)
        add(body, "top_k", *request.topK);
    if (request.seed)
        add(body, "seed", *request.seed);
    if (request.presencePenalty)
        add(body, "presence_penalty", *request.presencePenalty);
    if (request.frequencyPenalty)
        add(body, "frequency_penalty", *request.frequencyPenalty);
    if (!request.reasoningEffort.isEmpty())
        add(body, "reasoning_effort", request.reasoningEffort);
}

} // namespace

QByteArray requestBody(const ModelRequest &request, bool isOfficial, const QString &title)
{
    QByteArray body;
    add(body, "model", request.model, true);
    json::key(body, "messages", false);
    write(body, request.messages);
    addSampling(request, isOfficial, title, body);
    if (request.maxTokens)
        add(body, isOfficial ? "max_completion_tokens" : "max_tokens", *request.maxTokens);
    if (!request.stop.isEmpty())
        add(body, "stop", QJsonArray::fromStringList(request.stop));
    if (!request.responseFormat.isEmpty())
        add(body, "response_format", responseFormat(request.responseFormat));
    addTools(request, body);
    if (!request.endUser.isEmpty())
        add(body, isOfficial ? "safety_identifier" : "user", request.endUser);
    if (request.stream) {
        add(body, "stream", true);
        add(body, "stream_options", QJsonObject{{u"include_usage"_s, true}});
    }
    body += '}';
    return body;
}

} // namespace providers::openai
