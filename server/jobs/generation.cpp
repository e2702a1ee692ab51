// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/generation.h"

#include "server/jobs/input_hash.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_store.h"
#include "shared/error.h"
#include "shared/templates/renderer.h"
#include "shared/templates/variables_schema.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestPrompt = 4'000'000; // UTF-16 units, all messages of a job together

// The form of the request itself, before anything is looked up.
void check(const GenerateRequest &request)
{
    QList<json::Problem> problems;
    if (request.promptTemplate && request.messages)
        problems.append({u"/messages"_s, u"must not stand beside a template"_s});
    if (!request.promptTemplate && !request.messages)
        problems.append({u"/template"_s, u"is missing: name a template or give messages"_s});
    if (!request.promptTemplate && request.version)
        problems.append({u"/version"_s, u"needs a template"_s});
    if (!request.promptTemplate && !request.variables.isEmpty())
        problems.append({u"/variables"_s, u"need a template"_s});
    if (request.messages && !request.model)
        problems.append({u"/model"_s, u"is missing: messages without a template need one"_s});
    if (request.model)
        TemplateChecks::modelName(*request.model, u"/model"_s, problems);
    if (request.parameters)
        TemplateChecks::parameters(*request.parameters, u"/parameters"_s, problems);
    bool hasQuestion = !request.messages;
    for (qsizetype i = 0; request.messages && i < request.messages->size(); ++i) {
        const PromptMessage &message = request.messages->at(i);
        hasQuestion = hasQuestion || message.role == MessageRole::User;
        if (message.content.isEmpty())
            problems.append({u"/messages/%1/content"_s.arg(i), u"must not be empty"_s});
    }
    if (!hasQuestion)
        problems.append({u"/messages"_s, u"must hold a message of the role user"_s});
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
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

QList<PromptMessage> rendered(const TemplateStore::UsedVersion &version, const QJsonObject &variables)
{
    const QJsonObject context = templates::renderingContext(variables, version.variablesSchema.has_value());
    QList<PromptMessage> messages;
    qsizetype length = 0;
    const auto add = [&](MessageRole role, const QString &text) {
        const auto result =
            templates::PromptText::parse(text).render(context, {.outputLength = longestPrompt - length});
        if (!result)
            throw ApiError::invalid(u"/variables"_s, u"do not fit the template: "_s + result.error().detail);
        length += result->size();
        if (!result->isEmpty())
            messages.append({role, *result});
    };
    add(MessageRole::System, version.systemPrompt);
    for (const ExampleTurn &turn : version.examples) {
        add(MessageRole::User, turn.user);
        add(MessageRole::Assistant, turn.assistant);
    }
    add(MessageRole::User, version.userPrompt);
    if (messages.isEmpty() || messages.last().role != MessageRole::User)
        throw ApiError::invalid(u"/variables"_s, u"leave the template's user prompt empty"_s);
    return messages;
}

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

ApiError noVersion(Transaction &tx, const GenerateRequest &request)
{
    const auto found = TemplateStore::findBySlug(tx, *request.promptTemplate);
    if (!found)
        return ApiError::invalid(u"/template"_s, u"names no template: “%1”"_s.arg(*request.promptTemplate));
    return ApiError::invalid(u"/version"_s, u"is not there: the latest version is %1"_s.arg(found->latestVersion));
}

} // namespace

Generation Generation::plan(Transaction &tx, const QUuid &tenantId, const GenerateRequest &request)
{
    check(request);
    Generation plan;
    plan.variables = request.variables;
    QJsonObject input{{u"tenant"_s, tenantId.toString(QUuid::WithoutBraces)}, {u"variables"_s, request.variables}};
    if (request.promptTemplate) {
        const auto version = TemplateStore::findForUse(tx, *request.promptTemplate, request.version);
        if (!version)
            throw noVersion(tx, request);
        checkVariables(*version, request.variables);
        plan.templateId = version->templateId;
        plan.templateSlug = version->slug;
        plan.templateName = version->name;
        plan.templateVersion = version->version;
        plan.model = request.model.value_or(version->defaultModel);
        plan.parameters = merged(version->parameters, request.parameters);
        plan.messages = [version = *version, variables = request.variables] { return rendered(version, variables); };
        input.insert(u"template"_s, version->templateId.toString(QUuid::WithoutBraces));
        input.insert(u"version"_s, version->version);
    } else {
        plan.model = *request.model;
        plan.parameters = merged({}, request.parameters);
        plan.messages = [messages = *request.messages] { return messages; };
        input.insert(u"messages"_s, json::document(json::print(*request.messages)));
    }
    input.insert(u"model"_s, plan.model);
    input.insert(u"parameters"_s, json::document(json::print(plan.parameters)));
    plan.inputHash = ::inputHash(input);
    return plan;
}
