// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/google_format.h"
#include "server/providers/request_rules.h"
#include "shared/json/json.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace providers::google {
namespace {

QString typeOfImage(const QString &url)
{
    static const std::pair<QLatin1StringView, QLatin1StringView> types[] = {
        {".png"_L1, "image/png"_L1},   {".jpg"_L1, "image/jpeg"_L1}, {".jpeg"_L1, "image/jpeg"_L1},
        {".webp"_L1, "image/webp"_L1}, {".gif"_L1, "image/gif"_L1},  {".heic"_L1, "image/heic"_L1}};
    const QString path = url.section(u'?', 0, 0);
    for (const auto &[ending, type] : types) {
        if (path.endsWith(ending, Qt::CaseInsensitive))
            return type;
    }
    return {};
}

QJsonObject imagePart(const ContentPart &part)
{
    if (part.detail == u"low")
        refuseField(u"messages"_s, u"the detail “low” of an image: Google looks at all of them alike."_s);
    if (part.url.isEmpty())
        return {{u"inlineData"_s,
                 QJsonObject{{u"mimeType"_s, part.mediaType}, {u"data"_s, QString::fromLatin1(part.data)}}}};
    QJsonObject file{{u"fileUri"_s, part.url}};
    if (const QString type = part.mediaType.isEmpty() ? typeOfImage(part.url) : part.mediaType; !type.isEmpty())
        file.insert(u"mimeType"_s, type);
    return {{u"fileData"_s, file}};
}

// An object is wanted, so what is none stands in one.
QJsonObject responseOf(const ContentPart &result)
{
    if (result.isError)
        return {{u"error"_s, result.text}};
    try {
        return json::object(result.text.toUtf8());
    } catch (const json::SyntaxError &) {
        return {{u"result"_s, result.text}};
    }
}

// Newer models refuse a call of theirs that comes back without the signature of the thought behind it, which no other
// format has a place for. This is the one that Google names for conversations from elsewhere.
constexpr auto foreignSignature = "skip_thought_signature_validator"_L1;

bool wantsSignatures(const QString &model)
{
    return model.startsWith(u"gemini-") && !model.startsWith(u"gemini-1") && !model.startsWith(u"gemini-2");
}

// The messages as contents: of each side together, but results of tools by themselves and in the order of the calls.
class Contents
{
public:
    Contents(const QString &model, const QString &title) : m_title(title), m_isSigned(wantsSignatures(model)) { }

    void add(const ChatMessage &message)
    {
        const QString role = message.role == u"assistant" ? u"model"_s : u"user"_s;
        const QList<ContentPart> parts = partsOf(message);
        for (const ContentPart &part : parts) {
            if (part.kind == ContentPart::ToolResult) {
                m_results.append(part);
                continue;
            }
            flushResults();
            const bool isCall = part.kind == ContentPart::ToolCall;
            if (role != m_role)
                flush();
            m_role = role;
            if (isCall)
                addCall(part);
            else if (part.kind == ContentPart::Image)
                m_parts.append(imagePart(part));
            else if (!part.text.isEmpty() || parts.size() == 1)
                m_parts.append(QJsonObject{{u"text"_s, part.text}});
        }
    }

    QJsonArray take()
    {
        flushResults();
        flush();
        return m_contents;
    }

private:
    void addCall(const ContentPart &call)
    {
        QJsonObject part{
            {u"functionCall"_s,
             QJsonObject{{u"id"_s, call.id}, {u"name"_s, call.name}, {u"args"_s, argumentsOf(call, m_title)}}}};
        if (m_isSigned && m_calls.isEmpty())
            part.insert(u"thoughtSignature"_s, foreignSignature);
        m_calls.append({call.id, call.name});
        m_parts.append(part);
    }

    void flush()
    {
        if (!m_parts.isEmpty())
            m_contents.append(QJsonObject{{u"role"_s, m_role}, {u"parts"_s, std::exchange(m_parts, {})}});
        if (m_role == u"model")
            m_answered = std::exchange(m_calls, {});
    }

    qsizetype placeOf(const QString &id) const
    {
        const auto found =
            std::find_if(m_answered.cbegin(), m_answered.cend(), [&](const auto &call) { return call.first == id; });
        return found - m_answered.cbegin();
    }

    void flushResults()
    {
        if (m_results.isEmpty())
            return;
        flush();
        std::stable_sort(m_results.begin(), m_results.end(),
                         [this](const ContentPart &a, const ContentPart &b) { return placeOf(a.id) < placeOf(b.id); });
        QJsonArray parts;
        for (const ContentPart &result : std::as_const(m_results)) {
            const qsizetype place = placeOf(result.id);
            const QString name = place < m_answered.size() ? m_answered.at(place).second : result.name;
            if (name.isEmpty())
                refuseField(u"messages"_s,
                            u"nothing called the tool whose result has the id “%1”."_s.arg(result.id.left(100)));
            parts.append(QJsonObject{
                {u"functionResponse"_s,
                 QJsonObject{{u"id"_s, result.id}, {u"name"_s, name}, {u"response"_s, responseOf(result)}}}});
        }
        m_contents.append(QJsonObject{{u"role"_s, u"user"_s}, {u"parts"_s, parts}});
        m_results.clear();
    }

    const QString m_title;
    const bool m_isSigned;
    QJsonArray m_contents;
    QString m_role;
    QJsonArray m_parts;
    QList<ContentPart> m_results;
    QList<std::pair<QString, QString>> m_calls; // id and name, in m_parts
    QList<std::pair<QString, QString>> m_answered; // the same of the model's last turn
};

// With a JSON schema, which the format takes beside its own kind of schema.
QJsonArray tools(const QList<Tool> &list)
{
    QJsonArray functions;
    for (const Tool &tool : list) {
        QJsonObject function{{u"name"_s, tool.name}};
        if (!tool.description.isEmpty())
            function.insert(u"description"_s, tool.description);
        if (!tool.parameters.isEmpty())
            function.insert(u"parametersJsonSchema"_s, tool.parameters);
        functions.append(function);
    }
    return {QJsonObject{{u"functionDeclarations"_s, functions}}};
}

void addTools(const ModelRequest &request, const QString &title, QJsonObject &body)
{
    const std::optional<ToolChoice> choice = toolChoiceOf(request);
    if (request.tools.isEmpty())
        return;
    if (forbidsParallelCalls(request))
        refuseField(u"parallelToolCalls"_s, u"%1 cannot be kept from calling several tools at once."_s.arg(title));
    body.insert(u"tools"_s, tools(request.tools));
    const ToolChoice::Kind kind = choice ? choice->kind : ToolChoice::Auto;
    const bool isStrict =
        std::any_of(request.tools.cbegin(), request.tools.cend(), [](const Tool &tool) { return tool.strict == true; });
    if (kind == ToolChoice::Auto && !isStrict)
        return; // which is what happens without
    QJsonObject config;
    switch (kind) {
    case ToolChoice::Auto:
        config.insert(u"mode"_s, u"VALIDATED"_s);
        break;
    case ToolChoice::None:
        config.insert(u"mode"_s, u"NONE"_s);
        break;
    case ToolChoice::Named:
        config.insert(u"allowedFunctionNames"_s, QJsonArray{choice->name});
        [[fallthrough]];
    case ToolChoice::Required:
        config.insert(u"mode"_s, u"ANY"_s);
        break;
    }
    body.insert(u"toolConfig"_s, QJsonObject{{u"functionCallingConfig"_s, config}});
}

// As Google's own translation of OpenAI's format does: a number of tokens for the models before Gemini 3, a level for
// those after. What is more than “high” is the highest there is.
QJsonObject thinking(const ModelRequest &request, const QString &title)
{
    struct Effort
    {
        QLatin1StringView name;
        int budget;
        QLatin1StringView level;
    };
    static constexpr Effort efforts[] = {{"none"_L1, 0, {}},
                                         {"minimal"_L1, 1024, "MINIMAL"_L1},
                                         {"low"_L1, 1024, "LOW"_L1},
                                         {"medium"_L1, 8192, "MEDIUM"_L1},
                                         {"high"_L1, 24576, "HIGH"_L1},
                                         {"xhigh"_L1, 24576, "HIGH"_L1},
                                         {"max"_L1, 24576, "HIGH"_L1}};
    const auto found = std::find_if(std::begin(efforts), std::end(efforts),
                                    [&](const Effort &one) { return request.reasoningEffort == one.name; });
    if (found == std::end(efforts))
        refuseField(u"reasoningEffort"_s, u"must be none, minimal, low, medium, high, xhigh or max."_s);
    if (request.model.startsWith(u"gemini-2"))
        return {{u"thinkingBudget"_s, found->budget}};
    if (found->level.isEmpty())
        refuseField(u"reasoningEffort"_s, u"this model of %1 cannot be kept from thinking."_s.arg(title));
    return {{u"thinkingLevel"_s, found->level}};
}

void addFormat(const QJsonObject &format, QJsonObject &config)
{
    const QString type = format.value("type"_L1).toString();
    if (format.isEmpty() || type == u"text")
        return;
    if (type != u"json_object" && (type != u"json_schema" || !format.value("schema"_L1).isObject()))
        refuseField(u"responseFormat"_s,
                    u"\"type\" must be \"text\", \"json_object\" or \"json_schema\", the last with an object "
                    "\"schema\"."_s);
    config.insert(u"responseMimeType"_s, u"application/json"_s);
    if (type == u"json_schema")
        config.insert(u"responseJsonSchema"_s, format.value("schema"_L1));
}

QJsonObject generationConfig(const ModelRequest &request, const QString &title)
{
    constexpr qsizetype mostStops = 5;
    QJsonObject config;
    if (request.temperature)
        config.insert(u"temperature"_s, *request.temperature);
    if (request.topP)
        config.insert(u"topP"_s, *request.topP);
    if (request.topK)
        config.insert(u"topK"_s, *request.topK);
    if (request.maxTokens)
        config.insert(u"maxOutputTokens"_s, *request.maxTokens);
    if (request.stop.size() > mostStops)
        refuseField(u"stop"_s, u"%1 takes at most %2."_s.arg(title).arg(mostStops));
    if (!request.stop.isEmpty())
        config.insert(u"stopSequences"_s, QJsonArray::fromStringList(request.stop));
    if (request.seed && *request.seed != qint64(qint32(*request.seed)))
        refuseField(u"seed"_s, u"%1 takes numbers of 32 bits only."_s.arg(title));
    if (request.seed)
        config.insert(u"seed"_s, *request.seed);
    if (request.presencePenalty)
        config.insert(u"presencePenalty"_s, *request.presencePenalty);
    if (request.frequencyPenalty)
        config.insert(u"frequencyPenalty"_s, *request.frequencyPenalty);
    if (!request.reasoningEffort.isEmpty())
        config.insert(u"thinkingConfig"_s, thinking(request, title));
    addFormat(request.responseFormat, config);
    return config;
}

} // namespace

QJsonObject requestBody(const ModelRequest &request, const QString &title)
{
    Contents contents(request.model, title);
    for (const ChatMessage &message : request.messages) {
        if (message.role != u"system")
            contents.add(message);
    }
    QJsonObject body{{u"contents"_s, contents.take()}};
    if (body.value("contents"_L1).toArray().isEmpty())
        refuseField(u"messages"_s, u"%1 needs at least one message of the user beside the system's."_s.arg(title));
    if (!request.endUser.isEmpty())
        refuseField(u"endUser"_s, u"%1 has no field for who is behind a call."_s.arg(title));
    if (hasSystemText(request))
        body.insert(u"systemInstruction"_s,
                    QJsonObject{{u"parts"_s, QJsonArray{QJsonObject{{u"text"_s, systemText(request)}}}}});
    addTools(request, title, body);
    if (const QJsonObject config = generationConfig(request, title); !config.isEmpty())
        body.insert(u"generationConfig"_s, config);
    return body;
}

} // namespace providers::google
