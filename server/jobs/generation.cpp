// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/generation.h"

#include "server/jobs/input_hash.h"
#include "server/templates/prompt_rendering.h"
#include "server/templates/template_checks.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace {

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
    if (!request.promptTemplate && request.label)
        problems.append({u"/label"_s, u"needs a template"_s});
    else if (request.version && request.label)
        problems.append({u"/label"_s, u"must not stand beside a version"_s});
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

ApiError noVersion(Transaction &tx, const GenerateRequest &request)
{
    const auto found = TemplateStore::findBySlug(tx, *request.promptTemplate);
    if (!found)
        return ApiError::invalid(u"/template"_s, u"names no template: “%1”"_s.arg(*request.promptTemplate));
    if (request.label) {
        QStringList labels;
        for (const LabelPlace &one : found->labels)
            labels.append(one.label);
        return ApiError::invalid(u"/label"_s,
                                 labels.isEmpty() ? u"is not there: the template has no labels"_s
                                                  : u"is not there: the template has %1"_s.arg(labels.join(u", "_s)));
    }
    return ApiError::invalid(u"/version"_s, u"is not there: the latest version is %1"_s.arg(found->latestVersion));
}

} // namespace

Generation Generation::plan(Transaction &tx, const QUuid &tenantId, const GenerateRequest &request)
{
    check(request);
    return plan(versionFor(tx, request), tenantId, request);
}

Generation::Version Generation::versionFor(Transaction &tx, const GenerateRequest &request)
{
    if (!request.promptTemplate)
        return std::nullopt;
    auto used = TemplateStore::findForUse(tx, *request.promptTemplate, request.version, request.label);
    if (!used)
        throw noVersion(tx, request);
    TemplateIncludes includes;
    if (used->hasIncludes) {
        includes = TemplateIncludes::resolve(tx, TemplateIncludes::referencesIn(*used), used->templateId);
        PromptRendering::checkIncludes(*used, includes);
    }
    return FoundVersion{*std::move(used), std::move(includes)};
}

Generation Generation::plan(const Version &version, const QUuid &tenantId, const GenerateRequest &request)
{
    check(request);
    Generation plan;
    plan.variables = request.variables;
    QJsonObject input{{u"tenant"_s, tenantId.toString(QUuid::WithoutBraces)}, {u"variables"_s, request.variables}};
    if (version) {
        const auto &[used, includes] = *version;
        PromptRendering::checkVariables(used, request.variables);
        plan.includes = includes.used;
        if (!includes.used.isEmpty())
            input.insert(u"includes"_s, json::document(json::print(includes.used)));
        plan.templateId = used.templateId;
        plan.templateSlug = used.slug;
        plan.templateName = used.name;
        plan.templateVersion = used.version;
        plan.model = request.model.value_or(used.defaultModel);
        plan.parameters = PromptRendering::merged(used.parameters, request.parameters);
        plan.messages = [version = *version, variables = request.variables] {
            return PromptRendering::messages(version.used, version.includes, variables);
        };
        input.insert(u"template"_s, used.templateId.toString(QUuid::WithoutBraces));
        input.insert(u"version"_s, used.version);
    } else {
        plan.model = *request.model;
        plan.parameters = PromptRendering::merged({}, request.parameters);
        plan.messages = [messages = *request.messages] { return messages; };
        input.insert(u"messages"_s, json::document(json::print(*request.messages)));
    }
    input.insert(u"model"_s, plan.model);
    input.insert(u"parameters"_s, json::document(json::print(plan.parameters)));
    plan.inputHash = ::inputHash(input);
    return plan;
}
