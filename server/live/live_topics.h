// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/events/event_log.h"

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

// Of channels one follows one's own, whatever rules say of all: who is a member is asked of the database.
inline constexpr QLatin1StringView allChannels("channels");
bool isOfChannels(const QString &topic); // "channels" or "channel/<id>"
// The rule for an event, whose data may be another record than its topic's; null: nobody is asked.
const TopicRule *ruleOf(const LoggedEvent &event);
// Whether an event goes to whoever follows all of the kind: of channels only what befalls public ones.
bool isForAll(const LoggedEvent &event);
// What only this person is told about their channels; not to be subscribed to.
QString ownTopic(const QUuid &userId);
// Whether it says that the person of this topic came into a channel or left one.
bool changesChannels(const LoggedEvent &event);

} // namespace live
