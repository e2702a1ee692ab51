// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/render_service.h"

#include "server/templates/label_store.h"
#include "server/templates/prompt_rendering.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_records.h"
#include "shared/usage/token_estimate.h"

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

template<class Version> TemplateStore::UsedVersion used(const PromptTemplate &subject, int number, const Version &from)
{
    TemplateStore::UsedVersion version;
    version.templateId = subject.id;
    version.slug = subject.slug;
    version.name = subject.name;
    version.version = number;
    version.systemPrompt = from.systemPrompt;
    version.userPrompt = from.userPrompt;
    version.examples = from.examples;
    version.variablesSchema = from.variablesSchema;
    version.defaultModel = from.defaultModel;
    version.parameters = from.parameters;
    return version;
}

int versionOf(Transaction &tx, const PromptTemplate &subject, const RenderRequest &request)
{
    if (!request.label)
        return request.version.value_or(subject.latestVersion);
    const auto standing = LabelStore::standing(tx, subject.id, *request.label);
    return standing ? standing->version : throw ApiError::invalid(u"/label"_s, u"is not there"_s);
}

void checkForm(const RenderRequest &request)
{
    QList<json::Problem> problems;
    if (request.version && request.label)
        problems.append({u"/label"_s, u"must not stand beside a version"_s});
    if (request.unsaved && (request.version || request.label))
        problems.append({u"/unsaved"_s, u"must not stand beside a version or label"_s});
    if (request.unsaved)
        TemplateChecks::version(*request.unsaved, u"/unsaved"_s, problems);
    if (request.model)
        TemplateChecks::modelName(*request.model, u"/model"_s, problems);
    if (request.parameters)
        TemplateChecks::parameters(*request.parameters, u"/parameters"_s, problems);
    refuse(problems);
}

} // namespace

RenderedPrompt RenderService::render(const Caller &caller, const QUuid &id, const RenderRequest &request)
{
    checkForm(request);
    TemplateStore::UsedVersion version;
    TemplateIncludes includes;
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate subject = readable(caller, TemplateStore::find(tx, id));
        if (request.unsaved) {
            version = used(subject, 0, *request.unsaved);
        } else {
            const int number = versionOf(tx, subject, request);
            const auto found = TemplateStore::findVersion(tx, id, number);
            if (!found)
                throw ApiError::invalid(u"/version"_s,
                                        u"is not there: the latest version is %1"_s.arg(subject.latestVersion));
            version = used(subject, number, *found);
        }
        includes = TemplateIncludes::resolve(tx, TemplateIncludes::referencesIn(version), id);
        if (request.unsaved)
            includes.hideUnreadable(tx, caller);
    });
    if (request.unsaved) {
        QList<json::Problem> problems;
        TemplateChecks::version(*request.unsaved, u"/unsaved"_s, problems, includes.texts, includes.broken);
        refuse(problems);
    } else {
        PromptRendering::checkIncludes(version, includes);
    }
    PromptRendering::checkVariables(version, request.variables);
    RenderedPrompt result;
    if (!request.unsaved)
        result.version = version.version;
    result.model = request.model.value_or(version.defaultModel);
    result.messages = PromptRendering::messages(version, includes, request.variables);
    result.includes = includes.used;
    for (const PromptMessage &message : std::as_const(result.messages))
        result.inputTokens += tokensForEachMessage + estimateTokens(message.content);
    result.inputCostNanos = m_cost(result.model, {.input = result.inputTokens});
    const ModelParameters parameters = PromptRendering::merged(version.parameters, request.parameters);
    if (parameters.maxTokens)
        result.maxCostNanos = m_cost(result.model, {.input = result.inputTokens, .output = *parameters.maxTokens});
    return result;
}
