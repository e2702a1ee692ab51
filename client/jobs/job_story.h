// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/timeline.h"
#include "shared/jobs/job.h"

// What there is to tell about one job, in words for a person.
namespace jobStory {

using Lines = QList<std::pair<QString, QString>>; // label and value; empty values are left out when they are shown

Lines facts(const Job &job, const QDateTime &now);
QList<Timeline::Step> timeline(const Job &job, const QList<Attempt> &attempts);
// Tokens times price, as far as the prices of its model are known here; nothing where nothing was charged.
Lines cost(const Job &job, const QList<ModelInfo> &models);
QString transcript(const QList<PromptMessage> &messages);
QString readable(const QString &output); // JSON with its lines, everything else as it is
QString readable(const QJsonObject &object);

} // namespace jobStory
