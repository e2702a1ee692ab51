// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/formats/google_content.h"
#include "server/gateway/formats/google_contents.h"
#include "server/gateway/formats/google_schema.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;
using providers::ModelRequest;

// Google's description of MODEL:generateContent (ai.google.dev/api/generate-content).
namespace gateway {
namespace {

providers::Tool functionOf(const GoogleItem &item, QStringList &unheard)
{
    Members function = googleMembers(item.value, item.pointer);
    providers::Tool tool{function.requiredText("name"_L1), function.text("description"_L1), {}};
    if (function.has("parameters"_L1) && function.has("parametersJsonSchema"_L1))
        function.refuse(u"parameters", u"and parametersJsonSchema exclude each other"_s);
    tool.parameters = function.object("parametersJsonSchema"_L1);
    if (function.has("parameters"_L1))
        tool.parameters =
            jsonSchemaOfGoogle(function.object("parameters"_L1), function.pointerTo(u"parameters"), unheard);
    if (const QString behavior = function.text("behavior"_L1); behavior == u"NON_BLOCKING")
        function.refuse(u"behavior", u"must be BLOCKING: only live sessions go on without an answer"_s);
    unheard += function.unread();
    return tool;
}

QList<providers::Tool> functionsOf(Members &body, QStringList &unheard)
{
    QList<providers::Tool> tools;
    const QList<GoogleItem> items = googleItems(body, "tools"_L1);
    for (const GoogleItem &item : items) {
        Members tool = googleMembers(item.value, item.pointer);
        const QList<GoogleItem> functions = googleItems(tool, "functionDeclarations"_L1);
        for (const GoogleItem &function : functions)
            tools.append(functionOf(function, unheard));
        if (const QStringList others = tool.unread(); !others.isEmpty())
            refuseAt(others.first(), u"runs at Google: the gateway passes on functionDeclarations only"_s);
    }
    return tools;
}

// Where only some of the functions are allowed, the model is not told of the others.
void keepOnly(Members &config, const QStringList &names, QList<providers::Tool> &tools)
{
    for (const QString &name : names) {
        if (std::none_of(tools.cbegin(), tools.cend(), [&](const providers::Tool &tool) { return tool.name == name; }))
            config.refuse(u"allowedFunctionNames", u"holds “%1”, which no functionDeclaration is called"_s.arg(name));
    }
    if (!names.isEmpty())
        tools.removeIf([&](const providers::Tool &tool) { return !names.contains(tool.name); });
}

void readFunctionChoice(Members &body, ModelRequest &request, QStringList &unheard)
{
    using Choice = providers::ToolChoice;
    Members toolConfig = googleMembers(body, "toolConfig"_L1);
    Members config = googleMembers(toolConfig, "functionCallingConfig"_L1);
    const QString mode = config.text("mode"_L1);
    const QStringList names = config.texts("allowedFunctionNames"_L1);
    if (mode == u"ANY")
        request.toolChoice =
            names.size() == 1 ? Choice{Choice::Named, names.first()} : Choice{Choice::Required, QString()};
    else if (mode == u"NONE")
        request.toolChoice = Choice{Choice::None};
    else if (mode == u"AUTO")
        request.toolChoice = Choice{Choice::Auto};
    else if (!mode.isEmpty() && mode != u"VALIDATED" && mode != u"MODE_UNSPECIFIED")
        config.refuse(u"mode", u"must be AUTO, ANY, NONE or VALIDATED"_s);
    if (!names.isEmpty() && mode != u"ANY" && mode != u"VALIDATED")
        config.refuse(u"allowedFunctionNames", u"needs the mode ANY or VALIDATED"_s);
    keepOnly(config, names, request.tools);
    if (mode == u"VALIDATED") {
        for (providers::Tool &tool : request.tools)
            tool.strict = true;
    }
    unheard += toolConfig.unread() + config.unread();
}

// A number of tokens is the nearest effort that has not less; that it was not heard exactly is told.
void readThinking(Members &config, ModelRequest &request, QStringList &unheard)
{
    Members thinking = googleMembers(config, "thinkingConfig"_L1);
    const QString level = thinking.text("thinkingLevel"_L1);
    if (!level.isEmpty() && level != u"THINKING_LEVEL_UNSPECIFIED")
        request.reasoningEffort = level.toLower();
    constexpr qint64 itself = -1; // the model decides, as without
    if (const auto budget = thinking.integer("thinkingBudget"_L1, itself, 1'000'000); budget && *budget != itself) {
        struct Effort
        {
            qint64 most;
            QLatin1StringView name;
        };
        static constexpr Effort efforts[] = {
            {0, "none"_L1}, {1024, "low"_L1}, {8192, "medium"_L1}, {std::numeric_limits<qint64>::max(), "high"_L1}};
        const auto effort = std::find_if(std::begin(efforts), std::end(efforts),
                                         [&](const Effort &one) { return *budget <= one.most; });
        request.reasoningEffort = effort->name;
        if (effort->most != *budget)
            unheard.append(thinking.pointerTo(u"thinkingBudget"));
    }
    if (thinking.truth("includeThoughts"_L1).value_or(false))
        unheard.append(thinking.pointerTo(u"includeThoughts"));
    unheard += thinking.unread();
}

QJsonObject formatOf(Members &config, QStringList &unheard)
{
    const QString type = config.text("responseMimeType"_L1);
    if (!type.isEmpty() && type != u"text/plain" && type != u"application/json")
        config.refuse(u"responseMimeType", u"must be text/plain or application/json"_s);
    const bool isJson = type == u"application/json";
    const bool isOwn = config.has("responseSchema"_L1), isPlain = config.has("responseJsonSchema"_L1);
    const QString member = isOwn ? u"responseSchema"_s : u"responseJsonSchema"_s;
    if ((isOwn || isPlain) && !isJson)
        config.refuse(member, u"needs the responseMimeType application/json"_s);
    if (isOwn && isPlain)
        config.refuse(member, u"and responseJsonSchema exclude each other"_s);
    QJsonObject schema = config.object("responseJsonSchema"_L1);
    if (isOwn)
        schema = closedSchema(
            jsonSchemaOfGoogle(config.object("responseSchema"_L1), config.pointerTo(u"responseSchema"), unheard));
    if (!schema.isEmpty())
        return {{u"type"_s, u"json_schema"_s},
                {u"name"_s, u"answer"_s},
                {u"schema"_s, schema},
                {u"strict"_s, isStrictSchema(schema)}};
    return isJson ? QJsonObject{{u"type"_s, u"json_object"_s}} : QJsonObject();
}

std::optional<int> toNumber(std::optional<qint64> number)
{
    return number ? std::optional(int(*number)) : std::nullopt;
}

void readConfig(Members &body, ModelRequest &request, QStringList &unheard)
{
    Members config = googleMembers(body, "generationConfig"_L1);
    request.temperature = config.number("temperature"_L1, 0, 2);
    request.topP = config.number("topP"_L1, 0, 1);
    request.topK = toNumber(config.integer("topK"_L1, 0, 1'000'000));
    request.maxTokens = toNumber(config.integer("maxOutputTokens"_L1, 1, 10'000'000));
    request.stop = config.texts("stopSequences"_L1);
    request.seed = config.integer("seed"_L1, std::numeric_limits<qint32>::min(), std::numeric_limits<qint32>::max());
    request.presencePenalty = config.number("presencePenalty"_L1, -2, 2);
    request.frequencyPenalty = config.number("frequencyPenalty"_L1, -2, 2);
    if (config.integer("candidateCount"_L1, 1, 8).value_or(1) != 1)
        config.refuse(u"candidateCount",
                      u"must be 1: not every provider makes several answers at once. Call several times."_s);
    const QStringList modalities = config.texts("responseModalities"_L1);
    if (std::any_of(modalities.begin(), modalities.end(), [](const QString &one) { return one.toUpper() != u"TEXT"; }))
        config.refuse(u"responseModalities", u"must be TEXT: the gateway passes on no pictures and no sound"_s);
    readThinking(config, request, unheard);
    request.responseFormat = formatOf(config, unheard);
    unheard += config.unread();
}

} // namespace

Incoming GoogleContent::read(const QJsonObject &object) const
{
    Members body = googleMembers(object, {});
    Incoming incoming;
    ModelRequest &request = incoming.request;
    request.model = googleModel(body.requiredText("model"_L1));
    GoogleContents contents = readGoogleContents(body);
    request.messages = std::move(contents.messages);
    request.stream = m_answer != GoogleAnswer::Whole;
    incoming.unheard = std::move(contents.unheard);
    request.tools = functionsOf(body, incoming.unheard);
    readFunctionChoice(body, request, incoming.unheard);
    readConfig(body, request, incoming.unheard);
    for (const QLatin1StringView kept : {"cachedContent"_L1, "continuationToken"_L1}) {
        if (body.has(kept))
            body.refuse(QString(kept), u"cannot be used: the gateway keeps nothing to be asked for later"_s);
    }
    if (body.array("safetySettings"_L1).isEmpty())
        body.pass({"safetySettings"_L1});
    else
        incoming.unheard.append(body.pointerTo(u"safetySettings"));
    incoming.unheard += body.unread();
    return incoming;
}

} // namespace gateway
