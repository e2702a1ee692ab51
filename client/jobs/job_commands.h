// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_actions.h"

// One thing that may be done to a job: in the palette and under its key for the job that is chosen, in the menu of each
// row.
struct JobCommand
{
    QString id;
    QString text;
    QString icon;
    QString keys;
    std::function<bool(const Job &)> may;
    std::function<void(const Job &)> run;
    std::function<void(const QList<Job> &)> runMany = {}; // of several that are selected; absent: of one only
};

// What the page does itself: asks first, or knows more than the job.
struct JobQuestions
{
    std::function<void(const Job &)> copyLink;
    std::function<void(const Job &)> replay;
    std::function<void(const Job &)> discard;
    std::function<void(const QList<Job> &)> discardMany;
    std::function<void(const Job &)> schedule;
};

QList<JobCommand> jobCommands(JobActions &actions, const JobQuestions &questions);
