// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_commands.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace {

struct JobCommands
{
    Q_DECLARE_TR_FUNCTIONS(JobCommands)
};

} // namespace

QList<JobCommand> jobCommands(JobActions &actions, const JobQuestions &questions)
{
    return {{u"jobs.retry"_s, JobCommands::tr("Retry job"), u"rotate-cw"_s, u"R"_s,
             [&actions](const Job &job) { return actions.mayRetry(job); },
             [&actions](const Job &job) { actions.retry(job); },
             [&actions](const QList<Job> &jobs) { actions.retry(jobs); }},
            {u"jobs.replay"_s, JobCommands::tr("Replay with changes"), u"play"_s, u"Shift+R"_s,
             [&actions](const Job &job) { return actions.mayReplay(job); }, questions.replay},
            {u"jobs.cancel"_s, JobCommands::tr("Cancel job"), u"square"_s, u"Del"_s,
             [&actions](const Job &job) { return actions.mayCancel(job); },
             [&actions](const Job &job) { actions.cancel(job); },
             [&actions](const QList<Job> &jobs) { actions.cancel(jobs); }},
            {u"jobs.runNow"_s, JobCommands::tr("Run now"), u"zap"_s, u"Ctrl+Return"_s,
             [&actions](const Job &job) { return actions.mayChange(job); },
             [&actions](const Job &job) { actions.runNow(job); }},
            {u"jobs.schedule"_s, JobCommands::tr("Change priority or time"), u"timer"_s, u"E"_s,
             [&actions](const Job &job) { return actions.mayChange(job); }, questions.schedule},
            {u"jobs.discard"_s,
             JobCommands::tr("Discard dead letter"),
             u"archive"_s,
             {},
             [&actions](const Job &job) { return actions.mayDiscard(job); },
             questions.discard,
             questions.discardMany},
            {u"jobs.copyLink"_s, JobCommands::tr("Copy link"), u"link"_s, u"Ctrl+Shift+C"_s,
             [](const Job &) { return true; }, questions.copyLink},
            {u"jobs.copyId"_s, JobCommands::tr("Copy ID"), u"copy"_s, u"C"_s, [](const Job &) { return true; },
             [](const Job &job) { QGuiApplication::clipboard()->setText(job.id.toString(QUuid::WithoutBraces)); }}};
}
