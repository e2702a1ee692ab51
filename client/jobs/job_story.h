// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/timeline.h"
#include "shared/jobs/job.h"

// What there is to tell about one job, in words for a person.
namespace jobStory {

using Lines = QList<std::pair<QString, QString>>; // label and value; empty values are left out when they are shown

Lines facts(const Job &job, const QDateTime &now);
QString waiting(const JobWait &wait, const Job &job); // what holds a queued job
QList<Timeline::Step> timeline(const Job &job, const QList<Attempt> &attempts);
// Tokens times price, as far as the prices of its model are known here; nothing where nothing was charged.
Lines cost(const Job &job, const QList<ModelInfo> &models);
QString transcript(const QList<PromptMessage> &messages);
QString readable(const QJsonObject &object); // with its lines

} // namespace jobStory
