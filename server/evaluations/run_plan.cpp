// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/run_plan.h"

#include "server/jobs/generation.h"
#include "server/permissions/access.h"
#include "server/templates/label_store.h"
#include "server/templates/template_store.h"
#include "shared/error.h"
#include "shared/gateway/gateway_key.h"

using namespace Qt::StringLiterals;

namespace RunPlan {
namespace {

// One that the caller may use; for the others there is none.
PromptTemplate usable(Transaction &tx, const Caller &caller, const QString &slug, const QString &pointer)
{
    const auto found = TemplateStore::findBySlug(tx, slug);
    if (!found || !Access::may(caller, Ability::TemplatesRead, *found))
        throw ApiError::invalid(pointer, u"names no template: “%1”"_s.arg(slug));
    return *found;
}

// A program asks no model that its key may not call.
void requireModel(const Caller &caller, const QString &model, const QString &pointer)
{
    if (!allowsModel(caller.models, model))
        throw ApiError::invalid(pointer, u"names “%1”, which this gateway key may not call"_s.arg(model));
}

int versionOf(Transaction &tx, const PromptTemplate &used, const RunVersion &wanted, const QString &pointer)
{
    if (wanted.version && wanted.label)
        throw ApiError::invalid(pointer + u"/label"_s, u"must not stand beside a version"_s);
    if (!wanted.label)
        return wanted.version.value_or(used.latestVersion);
    const auto standing = LabelStore::standing(tx, used.id, *wanted.label);
    if (!standing)
        throw ApiError::invalid(pointer + u"/label"_s, u"is no label of the template “%1”"_s.arg(used.slug));
    return standing->version;
}

// The refusal of a request, said of the case and column that it came of.
ApiError ofQuestion(ApiError error, const EvaluationCase &one, const EvaluationRunStore::Column &column)
{
    const QString what =
        u"case %1 with version %2 of “%3”"_s.arg(one.number).arg(column.version).arg(column.templateSlug);
    for (json::Problem &problem : error.errors)
        problem.message = u"%1: %2 %3"_s.arg(what, problem.pointer, problem.message);
    for (json::Problem &problem : error.errors)
        problem.pointer = u"/datasetId"_s;
    error.detail = error.errors.isEmpty() ? error.detail : error.errors.first().message;
    return error;
}

} // namespace

QJsonObject metadataOf(const QUuid &run) { return {{u"evaluationRun"_s, run.toString(QUuid::WithoutBraces)}}; }

QList<EvaluationRunStore::Column> columns(Transaction &tx, const Caller &caller, const NewRun &input)
{
    QList<EvaluationRunStore::Column> columns;
    QSet<QString> seen;
    for (qsizetype i = 0; i < input.versions.size(); ++i) {
        const QString pointer = u"/versions/%1"_s.arg(i);
        const PromptTemplate used = usable(tx, caller, input.versions[i].promptTemplate, pointer + u"/template"_s);
        const int number = versionOf(tx, used, input.versions[i], pointer);
        const auto version = TemplateStore::findVersion(tx, used.id, number);
        if (!version)
            throw ApiError::invalid(pointer + u"/version"_s,
                                    u"is not there: the latest version is %1"_s.arg(used.latestVersion));
        if (input.models.isEmpty() && version->defaultModel.isEmpty())
            throw ApiError::invalid(
                u"/models"_s, u"is missing: version %1 of “%2” has no model of its own"_s.arg(number).arg(used.slug));
        for (const QString &model : input.models.isEmpty() ? QList<QString>{version->defaultModel} : input.models) {
            const QString key = u"%1/%2/%3"_s.arg(used.slug).arg(number).arg(model);
            if (seen.contains(key))
                continue;
            requireModel(caller, model, u"/models"_s);
            seen.insert(key);
            columns.append({int(columns.size()), used.id, used.slug, used.name, number, model});
        }
    }
    if (columns.size() > mostColumns)
        throw ApiError::invalid(
            u"/versions"_s, u"and models make %1 columns: a run has at most %2"_s.arg(columns.size()).arg(mostColumns));
    return columns;
}

Questions questions(Transaction &tx, const QUuid &tenantId, const NewRun &input,
                    const QList<EvaluationRunStore::Column> &columns, const QList<EvaluationCase> &cases)
{
    QList<PreparedGeneration> prepared(cases.size() * columns.size()); // case by case
    for (const EvaluationRunStore::Column &column : columns) {
        GenerateRequest request;
        request.promptTemplate = column.templateSlug;
        request.version = column.version;
        request.model = column.model;
        const Generation::Version version = Generation::versionFor(tx, request);
        for (qsizetype i = 0; i < cases.size(); ++i) {
            request.variables = cases[i].variables;
            try {
                PreparedGeneration &one = prepared[i * columns.size() + column.number];
                one.plan = Generation::plan(version, tenantId, request);
                one.messages = one.plan.messages();
            } catch (const ApiError &error) {
                throw ofQuestion(error, cases[i], column);
            }
        }
    }
    Questions questions;
    for (int repeat = 1; repeat <= input.repeats; ++repeat) {
        for (qsizetype i = 0; i < prepared.size(); ++i) {
            PreparedGeneration row = prepared[i];
            row.cache = repeat == 1 ? input.cache : CacheUse::Bypass;
            questions.rows.append(row);
            questions.asked.append({.caseId = cases[i / columns.size()].id,
                                    .column = int(i % columns.size()),
                                    .repeat = repeat,
                                    .jobId = {}});
        }
    }
    return questions;
}

GenerateRequest judgement(Transaction &tx, const Assertion &rubric, const QJsonObject &variables,
                          const std::optional<QString> &expected, const QString &output, const QUuid &run)
{
    GenerateRequest request;
    request.promptTemplate = rubric.judge.value_or(QString());
    request.version = rubric.judgeVersion;
    request.model = rubric.judgeModel;
    request.priority = JobPriority::Low;
    request.metadata = metadataOf(run);
    const QJsonObject all{{u"input"_s, variables},
                          {u"expected"_s, expected.value_or(QString())},
                          {u"output"_s, output},
                          {u"rubric"_s, rubric.rubric.value_or(QString())}};
    const auto used = TemplateStore::findForUse(tx, *request.promptTemplate, rubric.judgeVersion, std::nullopt);
    if (!used || !used->variablesSchema) {
        request.variables = all;
        return request;
    }
    const QJsonObject properties = used->variablesSchema->value(u"properties"_s).toObject();
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (!properties.contains(it.key()))
            continue;
        const bool asText = it->isObject() && properties[it.key()].toObject()[u"type"_s] == u"string"_s;
        request.variables.insert(it.key(), asText ? QJsonValue(QString::fromUtf8(json::print(it->toObject()))) : *it);
    }
    return request;
}

void checkJudges(Transaction &tx, const Caller &caller, const QList<Assertion> &assertions, const QString &pointer)
{
    for (qsizetype i = 0; i < assertions.size(); ++i) {
        const Assertion &one = assertions[i];
        if (one.kind != AssertionKind::Rubric)
            continue;
        const QString at = u"%1/%2/judge"_s.arg(pointer).arg(i);
        const PromptTemplate used = usable(tx, caller, one.judge.value_or(QString()), at);
        try {
            const auto plan =
                Generation::plan(tx, caller.tenantId, judgement(tx, one, {{u"input"_s, u"…"_s}}, u"…"_s, u"…"_s, {}));
            (void)plan.messages();
            if (plan.model.isEmpty())
                throw ApiError::invalid(at, u"has no model of its own: give a judgeModel"_s);
            requireModel(caller, plan.model, at);
        } catch (const ApiError &error) {
            if (error.errors.isEmpty())
                throw;
            throw ApiError::invalid(at,
                                    u"cannot judge with “%1”: %2 %3"_s.arg(used.slug, error.errors.first().pointer,
                                                                           error.errors.first().message));
        }
    }
}

} // namespace RunPlan
