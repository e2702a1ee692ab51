// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/guardrails.h"

#include "server/guardrails/json_strings.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;
using providers::ContentPart;
using providers::EmbeddingRequest;
using providers::ModelAnswer;
using providers::ModelRequest;

namespace guardrails {
namespace {

constexpr auto requestName = "The request"_L1;
constexpr qsizetype effortOfMasks = 20; // steps for a character

// Every text of a message; `take` is told whether it is JSON.
template<class Message, class Take> void eachTextOf(Message &message, Take take)
{
    if (message.parts.isEmpty())
        take(message.content, false);
    for (auto &part : message.parts)
        if (part.kind == ContentPart::Text || part.kind == ContentPart::ToolResult)
            take(part.text, false);
        else if (part.kind == ContentPart::ToolCall)
            take(part.arguments, true);
}

qsizetype charactersOf(const ModelRequest &request)
{
    qsizetype characters = 0;
    for (const providers::ChatMessage &message : request.messages)
        eachTextOf(message, [&](const QString &text, bool) { characters += text.size(); });
    return characters;
}

qsizetype charactersOf(const EmbeddingRequest &request)
{
    return std::accumulate(request.texts.begin(), request.texts.end(), qsizetype(0),
                           [](qsizetype sum, const QString &text) { return sum + text.size(); });
}

qsizetype charactersOf(const ModelAnswer &answer)
{
    return std::accumulate(answer.toolCalls.begin(), answer.toolCalls.end(), answer.text.size(),
                           [](qsizetype sum, const providers::ToolCall &call) { return sum + call.arguments.size(); });
}

QString searched(const QString &text, bool isJson) { return isJson ? decodedJson(text) : text; }

bool isBase64(QStringView text)
{
    constexpr qsizetype least = 256; // shorter than any picture
    if (text.startsWith("data:"_L1))
        text = text.sliced(text.indexOf(u',') + 1);
    return text.size() >= least && std::all_of(text.begin(), text.end(), [](QChar c) {
               const char16_t unit = c.unicode();
               return unit < 0x80 && (c.isLetterOrNumber() || QStringView(u"+/=-_").contains(c));
           });
}

} // namespace

Guardrails::Guardrails(const GatewaySettings &settings)
    : m_settings(settings),
      m_denied(settings.deniedPatterns),
      m_required(settings.requiredPatterns),
      m_broken(m_denied.problems(u"deniedPatterns"_s) + m_required.problems(u"requiredPatterns"_s))
{
}

QList<json::Problem> Guardrails::problems(const GatewaySettings &settings)
{
    constexpr qsizetype longest = 2000;
    const auto of = [&](const QList<QString> &patterns, const QString &member) {
        QList<json::Problem> problems;
        for (qsizetype i = 0; i < patterns.size(); ++i) {
            const QString place = u"/%1/%2"_s.arg(member).arg(i);
            if (patterns[i].isEmpty())
                problems.append({place, u"must not be empty"_s});
            else if (patterns[i].size() > longest)
                problems.append({place, u"must have at most %1 characters"_s.arg(longest)});
        }
        return problems.isEmpty() ? PatternList(patterns).problems(member) : problems;
    };
    QList<json::Problem> problems =
        of(settings.deniedPatterns, u"deniedPatterns"_s) + of(settings.requiredPatterns, u"requiredPatterns"_s);
    if (problems.isEmpty())
        problems = PatternList(settings.deniedPatterns).foundEverywhere(u"deniedPatterns"_s);
    return problems;
}

bool Guardrails::guardsRequests() const
{
    return m_settings.mostPromptCharacters || !m_denied.isEmpty() || !m_required.isEmpty()
        || !m_settings.masks.isEmpty();
}

bool Guardrails::guardsAnswers() const
{
    return m_settings.mostAnswerCharacters || !m_denied.isEmpty() || !answerMasks().isEmpty();
}

bool Guardrails::isQuick(qsizetype characters, qsizetype effort)
{
    constexpr qsizetype quick = 1'000'000; // steps: some 5 ms
    return characters * effort <= quick;
}

qsizetype Guardrails::effortOfRequests() const
{
    return m_denied.effort() + m_required.effort() + (m_settings.masks.isEmpty() ? 0 : effortOfMasks);
}

bool Guardrails::isQuick(const ModelRequest &request) const
{
    return isQuick(charactersOf(request), effortOfRequests());
}

bool Guardrails::isQuick(const EmbeddingRequest &request) const
{
    return isQuick(charactersOf(request), effortOfRequests());
}

bool Guardrails::isQuick(const ModelAnswer &answer) const
{
    const qsizetype effort = m_denied.effort() + (answerMasks().isEmpty() ? 0 : effortOfMasks);
    return isQuick(charactersOf(answer), effort);
}

void Guardrails::requireUsable() const
{
    if (!m_broken.isEmpty()) // saved by a server that could use them
        throw ApiError::make(403, "guardrail",
                             u"A pattern of this tenant cannot be used any more: %1 %2. Save the settings anew."_s.arg(
                                 m_broken.first().pointer, m_broken.first().message));
}

MaskCounts Guardrails::check(ModelRequest &request) const
{
    requireUsable();
    checkSize(charactersOf(request));
    qsizetype steps = mostSteps;
    for (const providers::ChatMessage &message : std::as_const(request.messages))
        eachTextOf(message, [&](const QString &text, bool isJson) { checkDenied(searched(text, isJson), steps); });
    checkRequired(request, steps);
    if (m_settings.masks.isEmpty())
        return {};
    Masker masker(m_settings.masks);
    for (providers::ChatMessage &message : request.messages)
        eachTextOf(message, [&](QString &text, bool isJson) {
            if (isJson)
                maskArguments(text, masker);
            else
                masker.mask(text);
        });
    masker.mask(request.endUser);
    return masker.counts();
}

MaskCounts Guardrails::check(EmbeddingRequest &request) const
{
    requireUsable();
    checkSize(charactersOf(request));
    qsizetype steps = mostSteps;
    for (const QString &text : std::as_const(request.texts))
        checkDenied(text, steps);
    if (m_settings.masks.isEmpty())
        return {};
    Masker masker(m_settings.masks);
    for (QString &text : request.texts)
        masker.mask(text);
    masker.mask(request.access.endUser);
    return masker.counts();
}

void Guardrails::checkSize(qsizetype characters) const
{
    if (m_settings.mostPromptCharacters && characters > *m_settings.mostPromptCharacters)
        throw tooLong(requestName, "mostPromptCharacters", *m_settings.mostPromptCharacters);
}

void Guardrails::checkDenied(const QString &text, qsizetype &steps) const
{
    const auto [index, isTooLong] = m_denied.firstIn(text, steps);
    if (isTooLong)
        throw tooMuchWork(requestName);
    if (index)
        throw deniedIn(requestName, *index);
}

void Guardrails::checkRequired(const ModelRequest &request, qsizetype &steps) const
{
    bool isThere = m_required.isEmpty();
    if (!request.messages.isEmpty())
        eachTextOf(request.messages.last(), [&](const QString &text, bool isJson) {
            if (isThere)
                return;
            const auto [index, isTooLong] = m_required.firstIn(searched(text, isJson), steps);
            if (isTooLong)
                throw tooMuchWork(requestName);
            isThere = index.has_value();
        });
    if (!isThere)
        throw ApiError::make(403, "guardrail",
                             u"The last message has none of the patterns that this tenant requires "
                             "(requiredPatterns)."_s);
}

QByteArray Guardrails::maskedBody(const QByteArray &json) const
{
    if (m_settings.masks.isEmpty())
        return json;
    Masker masker(m_settings.masks);
    QString text = QString::fromUtf8(json);
    if (!changeJsonStrings(text, [&](QString &value) { return !isBase64(value) && masker.mask(value); }))
        masker.mask(text);
    return text.toUtf8();
}

ApiError Guardrails::deniedIn(QLatin1StringView what, qsizetype index)
{
    return ApiError::make(
        403, "guardrail",
        u"%1 has a text that this tenant denies: pattern %2 of its list (deniedPatterns/%3)."_s.arg(what)
            .arg(index + 1)
            .arg(index));
}

ApiError Guardrails::tooLong(QLatin1StringView what, const char *rule, int most)
{
    return ApiError::make(400, "guardrail",
                          u"%1 has more characters than this tenant allows: at most %2 (%3)."_s.arg(what).arg(most).arg(
                              QLatin1StringView(rule)));
}

ApiError Guardrails::tooMuchWork(QLatin1StringView what)
{
    return ApiError::make(400, "guardrail",
                          u"%1 is too long to be checked for the patterns of this tenant (deniedPatterns, "
                          "requiredPatterns)."_s.arg(what));
}

void maskArguments(QString &arguments, Masker &masker)
{
    if (!changeJsonStrings(arguments, [&](QString &value) { return masker.mask(value); }))
        masker.mask(arguments);
}

} // namespace guardrails
