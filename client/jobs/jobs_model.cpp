// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/jobs_model.h"

#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QDateTime now() { return QDateTime::currentDateTimeUtc(); }

qint64 tokensInAndOut(const Job &job) { return job.inputTokens + job.outputTokens; }

QString shownDuration(const Job &job)
{
    const auto elapsed = runningMs(job, now());
    return elapsed ? amounts::duration(*elapsed) : u"—"_s;
}

QString shownName(const Job &job)
{
    const QString name = shownTemplate(job);
    return job.templateVersion ? u"%1 v%2"_s.arg(name).arg(*job.templateVersion) : name;
}

QList<TableColumn<Job>> makeColumns()
{
    QList<TableColumn<Job>> columns{
        column<Job>(
            u"status"_s, {}, &Job::state, [](const Job &job) { return lookOf(job.state).label; }, CellKind::Status,
            116),
        column<Job>(
            u"id"_s, {}, &Job::id, [](const Job &job) { return shortId(job.id); }, CellKind::Mono, 84),
        column<Job>(u"template"_s, {}, shownName, CellKind::Strong, 200),
        column<Job>(
            u"model"_s, {}, [](const Job &job) { return shownModel(job.model); }, CellKind::Muted, 142),
        column<Job>(u"user"_s, {}, &Job::userName, CellKind::Person, 140),
        column<Job>(u"tokens"_s, {}, tokensInAndOut, CellKind::Number, 68),
        column<Job>(
            u"cost"_s, {}, &Job::costNanos, [](const Job &job) { return amounts::cost(job.costNanos); },
            CellKind::Number, 100), // "US$ 0,0123" with the room of a cell
        column<Job>(
            u"duration"_s, {}, [](const Job &job) { return runningMs(job, now()).value_or(-1); }, shownDuration,
            CellKind::Progress, 80),
        column<Job>(
            u"age"_s, {}, &Job::createdAt, [](const Job &job) { return amounts::age(job.createdAt, now()); },
            CellKind::Number, 68),
        column<Job>(
            u"attempts"_s, {}, &Job::attemptCount,
            [](const Job &job) { return u"%1/%2"_s.arg(job.attemptCount).arg(job.maxAttempts); }, CellKind::Number, 84),
        column<Job>(
            u"priority"_s, {}, &Job::priority, [](const Job &job) { return shownPriority(job.priority); },
            CellKind::Muted, 90),
        column<Job>(
            u"error"_s, {}, [](const Job &job) { return job.error ? job.error->code : QString(); }, CellKind::Muted,
            140),
        column<Job>(
            u"cache"_s, {}, &Job::cacheHit, [](const Job &job) { return job.cacheHit ? u"✓"_s : u"—"_s; },
            CellKind::Muted, 90),
        column<Job>(
            u"starts"_s, {}, &Job::runAt,
            [](const Job &job) { return hasEnded(job.state) ? QString() : amounts::moment(job.runAt); },
            CellKind::Number, 110),
        column<Job>(
            u"batch"_s, {}, [](const Job &job) { return job.batchId.value_or(QUuid()); },
            [](const Job &job) { return job.batchId ? shortId(*job.batchId) : QString(); }, CellKind::Mono, 90),
    };
    columns[0].extra = [](const Job &job) { return QVariant::fromValue(lookOf(job.state)); };
    columns[0].choices = [] {
        QList<StatusLook> looks;
        for (int state = 0; state < int(enumNames<JobState>.size()); ++state)
            looks << lookOf(JobState(state));
        return looks;
    };
    columns[2].stretches = true;
    columns[4].extra = [](const Job &job) {
        return job.userName.isEmpty()
            ? QVariant()
            : QVariant::fromValue(PersonLook{job.userId.value_or(QUuid()).toString(), job.userName});
    };
    columns[7].extra = [](const Job &job) {
        return job.state == JobState::Running ? QVariant::fromValue(ProgressLook{-1, shownDuration(job)}) : QVariant();
    };
    for (int hidden : {9, 10, 11, 12, 13, 14})
        columns[hidden].hidden = true;
    return columns;
}

} // namespace

JobsModel::JobsModel(QObject *parent) : TableModel(makeColumns(), parent) { retranslate(); }

void JobsModel::retranslate()
{
    setTitles({tr("Status"), tr("Job"), tr("Template"), tr("Model"), tr("Run by"), tr("Tokens"), tr("Cost"),
               tr("Duration"), tr("Age"), tr("Attempts"), tr("Priority"), tr("Error"), tr("From cache"),
               tr("Starts at"), tr("Batch")});
}
