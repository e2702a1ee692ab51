// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/batches/batch_service.h"

#include "server/audit/audit_log.h"
#include "server/batches/batch_rows.h"
#include "server/database/columns.h"
#include "server/database/cursor.h"
#include "server/jobs/job_store.h"
#include "server/permissions/access.h"
#include "server/templates/template_store.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;
using database::column;

namespace {

ApiError noBatch() { return ApiError::notFound(u"The batch"_s); }

Batch found(Transaction &tx, const Caller &caller, const QUuid &id)
{
    return Access::readable(caller, Ability::BatchesRead, BatchStore::find(tx, id), noBatch());
}

// Which members of a batch a list is looked through by.
void checkFilter(const Caller &caller, const BatchFilter &filter)
{
    const std::tuple<bool, QString, QList<QString>> given[] = {
        {filter.states.has_value(), u"state"_s, {u"state"_s}},
        {filter.kind.has_value(), u"kind"_s, {u"kind"_s}},
        {filter.templateId.has_value(), u"templateId"_s, {u"templateId"_s}},
        {filter.userId.has_value(), u"userId"_s, {u"userId"_s}},
        {filter.search.has_value(), u"search"_s, {u"name"_s}}};
    for (const auto &[isGiven, parameter, fields] : given)
        if (isGiven)
            Access::requireVisible(caller, Ability::BatchesRead, parameter, fields);
}

// A template is used by whoever may read it; for the others there is none.
void checkTemplate(Transaction &tx, const Caller &caller, const QString &slug)
{
    if (Access::seesAll(caller, Ability::TemplatesRead))
        return;
    const auto used = TemplateStore::findBySlug(tx, slug);
    if (!used || !Access::may(caller, Ability::TemplatesRead, *used))
        throw ApiError::invalid(u"/template"_s, u"names no template: “%1”"_s.arg(slug));
}

QString nameOf(const NewBatch &input, const Generation &first)
{
    const QString given = input.name.trimmed();
    return given.isEmpty() ? u"%1, %2"_s.arg(first.templateName.left(150),
                                             QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s))
                           : given;
}

} // namespace

BatchService::BatchService(Database &database, QueueSignal &signal, JobService::CheckModel checkModel,
                           JobService::Changed changed, JobServiceOptions options)
    : m_database(database),
      m_signal(signal),
      m_checkModel(std::move(checkModel)),
      m_changed(std::move(changed)),
      m_options(options)
{
}

void BatchService::made(const std::optional<QDateTime> &runAt)
{
    m_signal.added(runAt.value_or(QDateTime::currentDateTimeUtc()));
    m_changed();
}

void BatchService::stopped(const QList<QUuid> &running)
{
    for (const QUuid &job : running)
        m_signal.canceled(job);
    m_changed();
}

Batch BatchService::create(const Caller &caller, const NewBatch &input)
{
    if (!caller.may(Ability::JobsCreate))
        throw ApiError::forbidden(u"This needs the ability jobs.create."_s);
    JobService::checkMetadata(input.metadata);
    const Batch batch = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        checkTemplate(tx, caller, input.promptTemplate);
        const auto rows = BatchRows::prepare(tx, caller, input);
        m_checkModel(tx, caller.tenantId, rows.first().plan.model);
        const Batch made = BatchMaker::make(tx, caller,
                                            {.name = nameOf(input, rows.first().plan),
                                             .priority = input.priority,
                                             .runAt = input.runAt,
                                             .maxAttempts = input.maxAttempts,
                                             .metadata = input.metadata},
                                            rows, m_options);
        Access::require(caller, Ability::BatchesCreate, made);
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::BatchesCreate),
                          .subject = {made.id, made.name},
                          .after = AuditJson::of(made)});
        return made;
    });
    made(input.runAt);
    return batch;
}

Page<Batch> BatchService::list(const Caller &caller, const BatchFilter &filter)
{
    checkFilter(caller, filter);
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<Batch> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return BatchStore::list(tx, filter, limit + 1, before, Access::rows<Batch>(caller, Ability::BatchesRead));
    });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

Batch BatchService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) { return found(tx, caller, id); });
}

Page<BatchRow> BatchService::rows(const Caller &caller, const QUuid &id, const BatchRowFilter &filter)
{
    if (!caller.may(Ability::JobsRead))
        throw ApiError::forbidden(u"The jobs of a batch need the ability jobs.read."_s);
    if (filter.states)
        Access::requireVisible(caller, Ability::JobsRead, u"state"_s, {u"state"_s});
    const int limit = filter.limit.value_or(100);
    int after = 0;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((after = keys->at(0).toInt()) <= 0)
            cursor::refuse();
    Page<BatchRow> page;
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        (void)found(tx, caller, id);
        auto rows = BatchStore::rows(tx, id, filter, limit + 1, after, Access::rows<Job>(caller, Ability::JobsRead));
        if (rows.size() > limit) {
            rows.removeLast();
            page.nextCursor = cursor::print({QString::number(rows.last().number)});
        }
        QHash<QUuid, Job> jobs;
        for (const Job &job : JobStore::findMany(tx, column(rows, &BatchStore::Row::jobId)))
            jobs.insert(job.id, job);
        for (const BatchStore::Row &row : std::as_const(rows))
            page.items.append({row.number, row.shared, row.variables, jobs.value(row.jobId)});
    });
    return page;
}

template<class Change>
Batch BatchService::changed(const Caller &caller, const QUuid &id, const QString &what, Change &&change)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Batch before = found(tx, caller, id);
        Access::require(caller, Ability::BatchesUpdate, before);
        change(tx);
        const Batch after = BatchStore::find(tx, id).value();
        AuditLog::record(tx, caller,
                         {.action = AuditLog::actionOf(Ability::BatchesUpdate),
                          .subject = {id, after.name},
                          .before = AuditJson::of(before),
                          .after = AuditJson::of(after),
                          .reason = what});
        return after;
    });
}

Batch BatchService::pause(const Caller &caller, const QUuid &id)
{
    const Batch batch = changed(caller, id, u"Paused."_s, [&](Transaction &tx) { BatchMaker::pause(tx, id); });
    m_changed();
    return batch;
}

Batch BatchService::resume(const Caller &caller, const QUuid &id)
{
    const Batch batch = changed(caller, id, u"Resumed."_s, [&](Transaction &tx) { BatchMaker::resume(tx, id); });
    made();
    return batch;
}

Batch BatchService::cancel(const Caller &caller, const QUuid &id)
{
    QList<QUuid> running;
    const Batch batch =
        changed(caller, id, u"Canceled."_s, [&](Transaction &tx) { running = BatchMaker::cancel(tx, id).running; });
    stopped(running);
    return batch;
}

Batch BatchService::retry(const Caller &caller, const QUuid &id)
{
    const Batch batch = changed(caller, id, u"Its failed jobs were queued again."_s, [&](Transaction &tx) {
        if (!BatchMaker::retry(tx, id))
            throw ApiError::conflict(u"The batch has no failed or dead jobs that could be tried again."_s);
    });
    made();
    return batch;
}
