// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_looks.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct JobLooks
{
    Q_DECLARE_TR_FUNCTIONS(JobLooks)
};

constexpr int shortIdLength = 8;

} // namespace

StatusLook lookOf(JobState state)
{
    switch (state) {
    case JobState::Queued:
        return {Tone::Neutral, u"clock"_s, JobLooks::tr("Queued")};
    case JobState::Running:
        return {Tone::Info, u"loader"_s, JobLooks::tr("Running")};
    case JobState::Completed:
        return {Tone::Success, u"circle-check"_s, JobLooks::tr("Succeeded")};
    case JobState::Failed:
        return {Tone::Danger, u"circle-x"_s, JobLooks::tr("Failed")};
    case JobState::Canceled:
        return {Tone::Neutral, u"ban"_s, JobLooks::tr("Cancelled")};
    case JobState::Dead:
        return {Tone::Violet, u"triangle-alert"_s, JobLooks::tr("Dead letter")};
    }
    return {};
}

StatusLook lookOf(AttemptState state)
{
    switch (state) {
    case AttemptState::Running:
        return {Tone::Info, u"loader"_s, JobLooks::tr("Running")};
    case AttemptState::Succeeded:
        return {Tone::Success, u"circle-check"_s, JobLooks::tr("Succeeded")};
    case AttemptState::Failed:
        return {Tone::Warning, u"rotate-cw"_s, JobLooks::tr("Failed")};
    case AttemptState::Canceled:
        return {Tone::Neutral, u"ban"_s, JobLooks::tr("Cancelled")};
    case AttemptState::Lost:
        return {Tone::Warning, u"triangle-alert"_s, JobLooks::tr("Lost with its worker")};
    }
    return {};
}

QString shownPriority(JobPriority priority)
{
    switch (priority) {
    case JobPriority::High:
        return JobLooks::tr("high", "priority");
    case JobPriority::Normal:
        return JobLooks::tr("normal", "priority");
    case JobPriority::Low:
        return JobLooks::tr("low", "priority");
    }
    return {};
}

QString shortId(const QUuid &id) { return id.toString(QUuid::WithoutBraces).right(shortIdLength); }

QString shownTemplate(const Job &job)
{
    if (!job.templateName.isEmpty())
        return job.templateName;
    const QString draft = job.metadata.value(u"draftOf"_s).toString();
    return draft.isEmpty() ? JobLooks::tr("Messages only") : JobLooks::tr("%1 (draft)").arg(draft);
}

QString shownModel(const QString &model) { return model.section(u'/', 1).isEmpty() ? model : model.section(u'/', 1); }

std::optional<qint64> runningMs(const Job &job, const QDateTime &now)
{
    if (!job.startedAt)
        return {};
    return job.startedAt->msecsTo(job.finishedAt.value_or(now));
}
