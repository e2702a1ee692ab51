// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/job_events.h"

using namespace Qt::StringLiterals;

NewEvent jobEvent(const Job &job)
{
    constexpr qsizetype longest = 2000;
    const QString topic = u"job/"_s + job.id.toString(QUuid::WithoutBraces);
    const QString name = u"job."_s + json::name(job.state);
    if (!job.output || job.output->size() <= longest)
        return {topic, name, json::print(job)};
    Job shortened = job;
    shortened.output.reset();
    return {topic, name, json::print(shortened)};
}
