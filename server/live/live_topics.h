// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"

#include <QString>
#include <QUuid>

// What a live connection can follow, and whose permission it needs.
namespace live {

// "jobs": every record of a subject that the person may read; "job/<id>": one of them.
struct TopicRule
{
    QLatin1StringView all;
    QLatin1StringView prefix;
    Ability needs;
};

const TopicRule *ruleOf(const QString &topic); // nullptr: there is no such topic
QUuid recordOf(const QString &topic); // null: it is of all of them
QString jobTopic(const QUuid &jobId);
// Whether what the person may read under the rule differs from record to record.
bool differs(const Caller &caller, const TopicRule &rule);

bool hasPresence(const QString &topic); // whether people say what they do there

} // namespace live
