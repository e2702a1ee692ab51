// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/dataset_service.h"

#include "server/audit/audit_log.h"
#include "server/database/columns.h"
#include "server/database/cursor.h"
#include "server/evaluations/dataset_store.h"
#include "server/evaluations/gate_store.h"
#include "server/jobs/job_store.h"
#include "server/permissions/access.h"
#include "shared/error.h"
#include "shared/evaluations/case_table.h"
#include "shared/evaluations/scoring.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using database::column;

namespace {

ApiError noDataset() { return ApiError::notFound(u"The dataset"_s); }

void refuse(const QList<json::Problem> &problems)
{
    if (!problems.isEmpty())
        throw ApiError::invalid(problems);
}

Dataset found(Transaction &tx, const QUuid &id)
{
    const auto dataset = DatasetStore::find(tx, id);
    return dataset ? *dataset : throw noDataset();
}

Dataset locked(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision = {})
{
    const auto dataset = DatasetStore::lock(tx, id);
    if (!dataset)
        throw noDataset();
    if (revision && *revision != dataset->revision)
        throw ApiError::changed(u"The dataset"_s);
    return *dataset;
}

QList<QString> trimmed(const QList<QString> &tags)
{
    QList<QString> clean;
    for (const QString &tag : tags)
        if (const QString one = tag.trimmed(); !clean.contains(one))
            clean.append(one);
    return clean;
}

void check(const Dataset &dataset)
{
    QList<json::Problem> problems = evaluations::problems(dataset.assertions, u"/assertions"_s);
    if (dataset.name.isEmpty())
        problems.append({u"/name"_s, u"must hold more than spaces"_s});
    for (qsizetype i = 0; i < dataset.tags.size(); ++i)
        if (dataset.tags[i].isEmpty() || dataset.tags[i].size() > 60)
            problems.append({u"/tags/%1"_s.arg(i), u"must have 1 to 60 characters"_s});
    refuse(problems);
}

void note(Transaction &tx, const Caller &caller, Ability ability, const Dataset &dataset,
          const std::optional<Dataset> &before, const std::optional<Dataset> &after, const QString &reason = {})
{
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {dataset.id, dataset.name}, .reason = reason};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, std::move(event));
}

// Of a change of cases: how many, not what they say.
void noteCases(Transaction &tx, const Caller &caller, const Dataset &before, const QString &what)
{
    note(tx, caller, Ability::EvaluationsUpdate, before, before, found(tx, before.id), what);
}

void requireRoom(const Dataset &dataset, qsizetype added, qsizetype removed = 0)
{
    if (dataset.caseCount + added - removed > evaluations::mostCases)
        throw ApiError::conflict(
            u"A dataset has at most %L1 cases, and this one would have %L2."_s.arg(evaluations::mostCases)
                .arg(dataset.caseCount + added - removed));
}

// Members replaced or taken out (RFC 7396, at the first level: a variable is replaced as a whole).
QJsonObject patched(QJsonObject variables, const QJsonObject &change)
{
    for (auto it = change.begin(); it != change.end(); ++it) {
        if (it->isNull())
            variables.remove(it.key());
        else
            variables.insert(it.key(), *it);
    }
    return variables;
}

EvaluationCase changed(EvaluationCase one, const EvaluationCaseChange &change)
{
    if (change.variables)
        one.variables = patched(one.variables, *change.variables);
    if (change.expected)
        one.expected = change.expected;
    if (change.clearExpected)
        one.expected.reset();
    if (change.tags)
        one.tags = trimmed(*change.tags);
    if (change.assertions)
        one.assertions = *change.assertions;
    return one;
}

void checkCase(const NewEvaluationCase &one, const QString &pointer, QList<json::Problem> &problems)
{
    for (const json::Problem &problem : evaluations::problems(one))
        problems.append({pointer + problem.pointer, problem.message});
}

// The present state of those that an edit names, in its order; 412 names those that are not as they were.
template<class Named>
QList<EvaluationCase> present(Transaction &tx, const QUuid &dataset, const QList<Named> &named, const QString &member)
{
    QHash<QUuid, EvaluationCase> known;
    for (EvaluationCase &one : DatasetStore::find(tx, dataset, column(named, &Named::id)))
        known.insert(one.id, std::move(one));
    QList<EvaluationCase> cases;
    QList<json::Problem> problems;
    QSet<QUuid> seen;
    for (qsizetype i = 0; i < named.size(); ++i) {
        const QString pointer = u"/%1/%2"_s.arg(member).arg(i);
        const auto one = known.constFind(named[i].id);
        if (seen.contains(named[i].id))
            throw ApiError::invalid(pointer + u"/id"_s, u"stands twice"_s);
        seen.insert(named[i].id);
        if (one == known.constEnd())
            problems.append({pointer, u"was removed by somebody else"_s});
        else if (one->revision != named[i].revision)
            problems.append(
                {pointer,
                 u"case %1 was changed by somebody else: it has revision %2"_s.arg(one->number).arg(one->revision)});
        else
            cases.append(*one);
    }
    if (problems.isEmpty())
        return cases;
    ApiError error = ApiError::changed(problems.size() == 1 ? u"A case"_s : u"Some of the cases"_s);
    error.errors = problems;
    throw error;
}

} // namespace

Page<Dataset> DatasetService::list(const Caller &caller, const DatasetFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<Dataset> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return DatasetStore::list(tx, filter, before, limit + 1); });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

Dataset DatasetService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) { return found(tx, id); });
}

Dataset DatasetService::create(const Caller &caller, const NewDataset &input)
{
    Dataset dataset;
    dataset.id = newId();
    dataset.name = input.name.trimmed();
    dataset.description = input.description;
    dataset.tags = trimmed(input.tags);
    dataset.assertions = input.assertions;
    dataset.passScore = input.passScore;
    dataset.authorId = caller.userId;
    dataset.authorName = caller.displayName;
    check(dataset);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (DatasetStore::count(tx) >= most)
            throw ApiError::conflict(u"A tenant has at most %1 datasets. Remove one first."_s.arg(most));
        DatasetStore::insert(tx, dataset);
        const Dataset made = found(tx, dataset.id);
        note(tx, caller, Ability::EvaluationsCreate, made, {}, made);
        return made;
    });
}

Dataset DatasetService::update(const Caller &caller, const QUuid &id, qint64 revision, const DatasetChange &change)
{
    if (change.passScore && change.clearPassScore)
        throw ApiError::invalid(u"/clearPassScore"_s, u"must not stand beside passScore"_s);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Dataset before = locked(tx, id, revision);
        Dataset changed = before;
        changed.name = change.name.value_or(before.name).trimmed();
        changed.description = change.description.value_or(before.description);
        changed.tags = trimmed(change.tags.value_or(before.tags));
        changed.assertions = change.assertions.value_or(before.assertions);
        if (change.passScore || change.clearPassScore)
            changed.passScore = change.passScore;
        check(changed);
        DatasetStore::update(tx, changed);
        const Dataset after = found(tx, id);
        note(tx, caller, Ability::EvaluationsUpdate, after, before, after);
        return after;
    });
}

void DatasetService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Dataset before = locked(tx, id, revision);
        if (const auto gate = GateStore::firstOf(tx, id))
            throw ApiError::conflict(
                u"The gate of “%1” on the label “%2” asks for this dataset. Remove the gate first."_s.arg(
                    gate->templateName, gate->label));
        DatasetStore::remove(tx, id);
        note(tx, caller, Ability::EvaluationsDelete, before, before, {});
    });
}

Page<EvaluationCase> DatasetService::cases(const Caller &caller, const QUuid &id, const CaseFilter &filter)
{
    const int limit = filter.limit.value_or(100);
    int after = 0;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((after = keys->at(0).toInt()) <= 0)
            cursor::refuse();
    Page<EvaluationCase> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        found(tx, id);
        return DatasetStore::cases(tx, id, filter, after, limit + 1);
    });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({QString::number(page.items.last().number)});
    }
    return page;
}

CasesEdited DatasetService::edit(const Caller &caller, const QUuid &id, const CasesEdit &edit)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Dataset before = locked(tx, id);
        requireRoom(before, edit.added.size(), edit.removed.size());
        QList<json::Problem> problems;
        QList<NewEvaluationCase> added = edit.added;
        for (qsizetype i = 0; i < added.size(); ++i) {
            added[i].tags = trimmed(added[i].tags);
            checkCase(added[i], u"/added/%1"_s.arg(i), problems);
        }
        QList<EvaluationCase> cases = present(tx, id, edit.changed, u"changed"_s);
        const auto gone = present(tx, id, edit.removed, u"removed"_s);
        for (qsizetype i = 0; i < cases.size(); ++i) {
            if (edit.changed[i].expected && edit.changed[i].clearExpected)
                problems.append({u"/changed/%1/clearExpected"_s.arg(i), u"must not stand beside expected"_s});
            EvaluationCase &one = cases[i] = changed(cases[i], edit.changed[i]);
            checkCase({one.variables, one.expected, one.tags, one.assertions}, u"/changed/%1"_s.arg(i), problems);
        }
        refuse(problems);
        CasesEdited edited;
        if (!cases.isEmpty())
            DatasetStore::update(tx, cases);
        if (!gone.isEmpty())
            DatasetStore::remove(tx, id, column(gone, &EvaluationCase::id));
        if (!added.isEmpty())
            edited.added = DatasetStore::add(tx, id, added);
        QHash<QUuid, EvaluationCase> now;
        for (EvaluationCase &one : DatasetStore::find(tx, id, column(cases, &EvaluationCase::id)))
            now.insert(one.id, std::move(one));
        for (const EvaluationCase &one : std::as_const(cases))
            if (const auto after = now.constFind(one.id); after != now.constEnd())
                edited.changed.append(*after);
        edited.removed = int(gone.size());
        if (!added.isEmpty() || !cases.isEmpty() || !gone.isEmpty())
            noteCases(
                tx, caller, before,
                u"Cases: %1 added, %2 changed, %3 removed."_s.arg(added.size()).arg(cases.size()).arg(gone.size()));
        return edited;
    });
}

CaseImportReport DatasetService::import(const Caller &caller, const QUuid &id, const CaseImport &input)
{
    constexpr qsizetype sampleSize = 20;
    const evaluations::ReadCases read = evaluations::readCases(input.format, input.text);
    CaseImportReport report{.isDryRun = input.isDryRun, .rows = read.rows, .problems = read.problems};
    for (const NewEvaluationCase &one : read.cases)
        for (auto it = one.variables.begin(); it != one.variables.end(); ++it)
            if (report.variables.size() < 1000 && !report.variables.contains(it.key()))
                report.variables.append(it.key());
    report.sample = read.cases.first(std::min(sampleSize, read.cases.size()));
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Dataset before = locked(tx, id);
        if (const qint64 room = evaluations::mostCases - before.caseCount; read.cases.size() > room)
            report.problems.append(
                {read.lines[room],
                 {},
                 u"is one too many: the dataset has %L1 cases, and may have %L2"_s.arg(before.caseCount)
                     .arg(evaluations::mostCases)});
        if (input.isDryRun || !report.problems.isEmpty() || read.cases.isEmpty())
            return;
        DatasetStore::add(tx, id, read.cases);
        report.added = int(read.cases.size());
        noteCases(tx, caller, before, u"Cases: %1 imported."_s.arg(report.added));
    });
    return report;
}

CasesEdited DatasetService::addFromJobs(const Caller &caller, const QUuid &id, const CasesFromJobs &input)
{
    if (input.takesOutput)
        Access::requireVisible(caller, Ability::JobsRead, u"takesOutput"_s, {u"output"_s});
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Dataset before = locked(tx, id);
        requireRoom(before, input.jobIds.size());
        QHash<QUuid, Job> jobs;
        for (const Job &job : JobStore::findMany(tx, input.jobIds))
            if (Access::may(caller, Ability::JobsRead, job))
                jobs.insert(job.id, job);
        const auto variables = DatasetStore::jobVariables(tx, input.jobIds);
        QList<json::Problem> problems;
        QList<NewEvaluationCase> cases;
        for (qsizetype i = 0; i < input.jobIds.size(); ++i) {
            const auto job = jobs.constFind(input.jobIds[i]);
            const QString pointer = u"/jobIds/%1"_s.arg(i);
            if (job == jobs.constEnd()) {
                problems.append({pointer, u"names no job"_s});
                continue;
            }
            if (job->templateSlug.isEmpty())
                problems.append({pointer, u"is a job of raw messages, which has no variables to keep"_s});
            if (input.takesOutput && !job->output)
                problems.append({pointer, u"has no output: it is %1"_s.arg(json::name(job->state))});
            NewEvaluationCase one;
            one.variables = variables.value(job->id);
            if (input.takesOutput)
                one.expected = job->output;
            one.tags = trimmed(input.tags);
            checkCase(one, pointer, problems);
            cases.append(one);
        }
        refuse(problems);
        CasesEdited edited;
        edited.added = DatasetStore::add(tx, id, cases, input.jobIds);
        noteCases(tx, caller, before, u"Cases: %1 picked from jobs."_s.arg(cases.size()));
        return edited;
    });
}

QStringList DatasetService::columns(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        found(tx, id);
        QStringList columns;
        for (const DatasetStore::Variable &variable : DatasetStore::variables(tx, id))
            columns.append(evaluations::columnOf(variable.name, variable.isJson));
        return columns;
    });
}

QList<EvaluationCase> DatasetService::page(const Caller &caller, const QUuid &id, int after, int limit)
{
    return m_database.transaction(caller.scope(),
                                  [&](Transaction &tx) { return DatasetStore::cases(tx, id, {}, after, limit); });
}
