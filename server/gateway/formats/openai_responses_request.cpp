// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/members.h"
#include "server/gateway/formats/openai_responses.h"
#include "server/gateway/formats/openai_responses_input.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using providers::ModelRequest;

// OpenAI's description of POST /responses (openai/openai-openapi).
namespace gateway {
namespace {

// What only a server that keeps answers and conversations could do.
struct Stored
{
    QLatin1StringView member;
    const char16_t *instead;
};
constexpr Stored storedMembers[] = {
    {"previous_response_id"_L1, u"send the items of the conversation in input"},
    {"conversation"_L1, u"send its items in input"},
    {"prompt"_L1, u"send its text in instructions or input"},
};

void refuseWhatIsStored(Members &body)
{
    for (const Stored &stored : storedMembers) {
        if (body.has(stored.member))
            body.refuse(QString(stored.member),
                        u"cannot be used, as the gateway stores nothing: %1"_s.arg(QStringView(stored.instead)));
    }
    if (body.truth("background"_L1).value_or(false))
        body.refuse(u"background", u"must be false: the gateway keeps no answers to be asked for later"_s);
}

QList<providers::Tool> functionTools(Members &body, QStringList &unheard)
{
    QList<providers::Tool> tools;
    const QJsonArray items = body.array("tools"_L1);
    for (qsizetype i = 0; i < items.size(); ++i) {
        Members tool = membersOf(items[i], body.pointerTo(u"tools/%1"_s.arg(i)));
        const QString type = tool.requiredText("type"_L1);
        if (type != u"function")
            tool.refuse(u"type", u"“%1” runs at OpenAI: the gateway passes on functions only"_s.arg(type));
        tools.append({tool.requiredText("name"_L1), tool.text("description"_L1), tool.object("parameters"_L1),
                      tool.truth("strict"_L1)});
        unheard += tool.unread();
    }
    return tools;
}

// Where only some of the functions are allowed, the model is not told of the others.
void allowOnly(const QJsonValue &choice, Members &body, ModelRequest &request)
{
    QStringList names;
    const QJsonArray allowed = choice[u"tools"_s].toArray();
    for (const QJsonValue &tool : allowed) {
        const QString name = tool[u"name"_s].toString();
        const bool isOffered = std::any_of(request.tools.cbegin(), request.tools.cend(),
                                           [&](const providers::Tool &one) { return one.name == name; });
        if (tool[u"type"_s] != u"function"_s || !isOffered)
            body.refuse(u"tool_choice/tools", u"must be functions that are among the tools"_s);
        names.append(name);
    }
    if (names.isEmpty())
        body.refuse(u"tool_choice/tools", u"must name one function at least"_s);
    request.tools.removeIf([&](const providers::Tool &tool) { return !names.contains(tool.name); });
}

void readChoice(Members &body, ModelRequest &request)
{
    using Choice = providers::ToolChoice;
    const QJsonValue choice = body.value("tool_choice"_L1);
    const bool isAllowed = choice[u"type"_s] == u"allowed_tools"_s;
    const QJsonValue mode = isAllowed ? choice[u"mode"_s] : choice;
    if (choice.isUndefined())
        return;
    if (isAllowed)
        allowOnly(choice, body, request);
    if (mode == u"auto"_s)
        request.toolChoice = Choice{Choice::Auto};
    else if (mode == u"none"_s)
        request.toolChoice = Choice{Choice::None};
    else if (mode == u"required"_s)
        request.toolChoice = Choice{Choice::Required};
    else if (choice[u"type"_s] == u"function"_s && !choice[u"name"_s].toString().isEmpty())
        request.toolChoice = Choice{Choice::Named, choice[u"name"_s].toString()};
    else
        body.refuse(u"tool_choice", u"must be auto, none, required, a function with its name, or allowed_tools"_s);
}

QJsonObject textFormat(Members &format, QStringList &unheard)
{
    const QString type = format.requiredText("type"_L1);
    if (type == u"text")
        return {};
    if (type == u"json_object")
        return {{u"type"_s, type}};
    if (type != u"json_schema")
        format.refuse(u"type", u"must be text, json_object or json_schema"_s);
    QJsonObject found{
        {u"type"_s, type}, {u"name"_s, format.requiredText("name"_L1)}, {u"schema"_s, format.object("schema"_L1)}};
    if (const auto strict = format.truth("strict"_L1))
        found.insert(u"strict"_s, *strict);
    unheard += format.unread();
    return found;
}

void readText(Members &body, ModelRequest &request, QStringList &unheard)
{
    Members text(body.object("text"_L1), body.pointerTo(u"text"));
    if (text.has("format"_L1)) {
        Members format = membersOf(text.value("format"_L1), text.pointerTo(u"format"));
        request.responseFormat = textFormat(format, unheard);
    }
    unheard += text.unread();
}

void readReasoning(Members &body, ModelRequest &request, QStringList &unheard)
{
    Members reasoning(body.object("reasoning"_L1), body.pointerTo(u"reasoning"));
    request.reasoningEffort = reasoning.text("effort"_L1);
    unheard += reasoning.unread();
}

// Every answer repeats the request's settings.
QJsonObject echoOf(const QJsonObject &body)
{
    struct Setting
    {
        QLatin1StringView name;
        QJsonValue usual;
    };
    const Setting settings[] = {
        {"instructions"_L1, QJsonValue::Null},
        {"max_output_tokens"_L1, QJsonValue::Null},
        {"metadata"_L1, QJsonObject()},
        {"parallel_tool_calls"_L1, true},
        {"reasoning"_L1, QJsonObject{{u"effort"_s, QJsonValue::Null}, {u"summary"_s, QJsonValue::Null}}},
        {"temperature"_L1, QJsonValue::Null},
        {"text"_L1, QJsonObject{{u"format"_s, QJsonObject{{u"type"_s, u"text"_s}}}}},
        {"tool_choice"_L1, u"auto"_s},
        {"tools"_L1, QJsonArray()},
        {"top_p"_L1, QJsonValue::Null},
    };
    QJsonObject echo{{u"background"_s, false},
                     {u"previous_response_id"_s, QJsonValue::Null},
                     {u"service_tier"_s, u"default"_s},
                     {u"store"_s, false},
                     {u"truncation"_s, u"disabled"_s}};
    for (const Setting &setting : settings) {
        const QJsonValue given = body.value(setting.name);
        echo.insert(setting.name, given.isUndefined() || given.isNull() ? setting.usual : given);
    }
    return echo;
}

} // namespace

Incoming OpenAiResponses::read(const QJsonObject &object) const
{
    Members body(object);
    Incoming incoming;
    ModelRequest &request = incoming.request;
    request.model = body.requiredText("model"_L1);
    refuseWhatIsStored(body);
    ResponsesInput input = readResponsesInput(body);
    request.messages = std::move(input.messages);
    incoming.unheard = std::move(input.unheard);
    if (const auto most = body.integer("max_output_tokens"_L1, 1, 10'000'000))
        request.maxTokens = int(*most);
    request.temperature = body.number("temperature"_L1, 0, 2);
    request.topP = body.number("top_p"_L1, 0, 1);
    request.tools = functionTools(body, incoming.unheard);
    readChoice(body, request);
    request.parallelToolCalls = body.truth("parallel_tool_calls"_L1);
    readText(body, request, incoming.unheard);
    readReasoning(body, request, incoming.unheard);
    const QString user = body.text("user"_L1), identifier = body.text("safety_identifier"_L1);
    request.endUser = identifier.isEmpty() ? user : identifier;
    request.stream = body.truth("stream"_L1).value_or(false);
    if (body.truth("store"_L1).value_or(true)) // as OpenAI does where nobody says
        incoming.unheard.append(body.pointerTo(u"store"));
    if (body.text("truncation"_L1) == u"auto")
        incoming.unheard.append(body.pointerTo(u"truncation"));
    // They change nothing about the answer: notes for OpenAI's own pages, hints to its cache, padding against who
    // listens, and a limit of tools that only OpenAI runs.
    body.pass({"metadata"_L1, "prompt_cache_key"_L1, "prompt_cache_options"_L1, "prompt_cache_retention"_L1,
               "stream_options"_L1, "max_tool_calls"_L1});
    incoming.unheard += body.unread();
    incoming.echo = echoOf(object);
    incoming.wantsUsage = true;
    return incoming;
}

} // namespace gateway
