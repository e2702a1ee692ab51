// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/request_rules.h"

#include "shared/json/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace providers {
namespace {

bool canHold(const QString &role, ContentPart::Kind kind)
{
    switch (kind) {
    case ContentPart::Text:
        return role != u"tool";
    case ContentPart::Image:
        return role == u"user";
    case ContentPart::ToolCall:
        return role == u"assistant";
    case ContentPart::ToolResult:
        return role == u"tool" || role == u"user";
    }
    return false;
}

QString nameOf(ContentPart::Kind kind)
{
    switch (kind) {
    case ContentPart::Text:
        return u"a text"_s;
    case ContentPart::Image:
        return u"an image"_s;
    case ContentPart::ToolCall:
        return u"a call of a tool"_s;
    case ContentPart::ToolResult:
        return u"a tool's result"_s;
    }
    return {};
}

} // namespace

void refuseField(const QString &field, const QString &why)
{
    throw CallError::make(CallError::InvalidRequest, field + u": "_s + why);
}

QList<ContentPart> partsOf(const ChatMessage &message)
{
    QList<ContentPart> parts = message.parts;
    if (parts.isEmpty())
        parts.append({.kind = ContentPart::Text, .text = message.content});
    for (const ContentPart &part : std::as_const(parts)) {
        if (!canHold(message.role, part.kind))
            refuseField(u"messages"_s,
                        u"a message of the role “%1” cannot hold %2."_s.arg(message.role, nameOf(part.kind)));
        if ((part.kind == ContentPart::ToolCall || part.kind == ContentPart::ToolResult) && part.id.isEmpty())
            refuseField(u"messages"_s, u"%1 needs the id of the call."_s.arg(nameOf(part.kind)));
    }
    return parts;
}

QString systemText(const ModelRequest &request)
{
    QStringList texts;
    for (const ChatMessage &message : request.messages) {
        if (message.role != u"system")
            continue;
        for (const ContentPart &part : partsOf(message))
            texts.append(part.text);
    }
    return texts.join(u"\n\n"_s);
}

bool hasSystemText(const ModelRequest &request)
{
    return std::any_of(request.messages.cbegin(), request.messages.cend(),
                       [](const ChatMessage &message) { return message.role == u"system"; });
}

QJsonObject parametersOf(const Tool &tool)
{
    if (!tool.parameters.isEmpty())
        return tool.parameters;
    return {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}};
}

std::optional<ToolChoice> toolChoiceOf(const ModelRequest &request)
{
    if (!request.toolChoice)
        return {};
    const ToolChoice &choice = *request.toolChoice;
    if (request.tools.isEmpty() && (choice.kind == ToolChoice::Auto || choice.kind == ToolChoice::None))
        return {}; // there is nothing to choose, which is what both come to
    if (request.tools.isEmpty())
        refuseField(u"toolChoice"_s, u"a tool must be called, but none is offered."_s);
    const bool isOffered = std::any_of(request.tools.cbegin(), request.tools.cend(),
                                       [&](const Tool &tool) { return tool.name == choice.name; });
    if (choice.kind == ToolChoice::Named && !isOffered)
        refuseField(u"toolChoice"_s, u"the tool “%1” is not among those offered."_s.arg(choice.name.left(100)));
    return choice;
}

bool forbidsParallelCalls(const ModelRequest &request)
{
    return !request.tools.isEmpty() && request.parallelToolCalls == false;
}

QJsonObject argumentsOf(const ContentPart &call, const QString &title)
{
    if (call.arguments.trimmed().isEmpty())
        return {};
    try {
        return json::object(call.arguments.toUtf8());
    } catch (const json::SyntaxError &) {
        refuseField(
            u"messages"_s,
            u"the arguments of the call “%1” of the tool “%2” are no JSON object, and %3 takes no others."_s.arg(
                call.id.left(100), call.name.left(100), title));
    }
}

} // namespace providers
