// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/prompt_rendering.h"

#include "shared/error.h"
#include "shared/templates/renderer.h"
#include "shared/templates/variables_schema.h"

using namespace Qt::StringLiterals;

namespace PromptRendering {
namespace {

constexpr qsizetype longestPrompt = 4'000'000; // UTF-16 units, all messages of a job together

} // namespace

void checkVariables(const TemplateStore::UsedVersion &version, const QJsonObject &variables)
{
    QList<json::Problem> problems;
    if (version.variablesSchema)
        problems = templates::validate(*version.variablesSchema, variables);
    else if (variables.isEmpty())
        problems = {{u"/input"_s, u"is missing: the template takes the whole input"_s}};
    for (json::Problem &problem : problems)
        problem.pointer.prepend(u"/variables"_s);
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

void checkIncludes(const TemplateStore::UsedVersion &version, const TemplateIncludes &includes)
{
    if (!includes.broken.isEmpty())
        throw ApiError::invalid(u"/template"_s, u"cannot be run: "_s + includes.broken.cbegin().value());
    const auto check = [&](const QString &text) {
        const auto problems = templates::PromptText::parse(text).check(version.variablesSchema, includes.texts);
        if (!problems.isEmpty())
            throw ApiError::invalid(u"/template"_s, u"cannot be run: "_s + problems.first().message);
    };
    if (includes.texts.isEmpty())
        return;
    check(version.systemPrompt);
    check(version.userPrompt);
    for (const ExampleTurn &turn : version.examples) {
        check(turn.user);
        check(turn.assistant);
    }
}

QList<PromptMessage> messages(const TemplateStore::UsedVersion &version, const TemplateIncludes &includes,
                              const QJsonObject &variables)
{
    const QJsonObject context = templates::renderingContext(variables, version.variablesSchema.has_value());
    QList<PromptMessage> list;
    qsizetype length = 0;
    const auto add = [&](MessageRole role, const QString &text) {
        const auto result = templates::PromptText::parse(text).render(context, {.outputLength = longestPrompt - length},
                                                                      includes.texts);
        if (!result)
            throw ApiError::invalid(u"/variables"_s, u"do not fit the template: "_s + result.error().detail);
        length += result->size();
        if (!result->isEmpty())
            list.append({role, *result});
    };
    add(MessageRole::System, version.systemPrompt);
    for (const ExampleTurn &turn : version.examples) {
        add(MessageRole::User, turn.user);
        add(MessageRole::Assistant, turn.assistant);
    }
    add(MessageRole::User, version.userPrompt);
    if (list.isEmpty() || list.last().role != MessageRole::User)
        throw ApiError::invalid(u"/variables"_s, u"leave the template's user prompt empty"_s);
    return list;
}

// What the request names wins over what the template says.
ModelParameters merged(const ModelParameters &base, const std::optional<ModelParameters> &over)
{
    if (!over)
        return base;
    ModelParameters both = base;
    const auto take = [](auto &into, const auto &from) {
        if (from)
            into = from;
    };
    take(both.temperature, over->temperature);
    take(both.topP, over->topP);
    take(both.maxTokens, over->maxTokens);
    take(both.stop, over->stop);
    take(both.responseFormat, over->responseFormat);
    return both;
}

} // namespace PromptRendering
