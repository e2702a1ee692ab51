// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/jobs/job.h"

// How the states of jobs and attempts look, and how jobs are named.
StatusLook lookOf(JobState state);
StatusLook lookOf(AttemptState state);
QString shownPriority(JobPriority priority);

QString shortId(const QUuid &id); // the last characters: the first ones are the time, alike for neighbours
QString shownTemplate(const Job &job); // "Refund reply", or that there was none
QString shownModel(const QString &model); // without its provider
std::optional<qint64> runningMs(const Job &job, const QDateTime &now); // so far, or all in all; absent: not started
