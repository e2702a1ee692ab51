// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"

#include <QDateTime>
#include <QList>

// An event on its way into the log. The topic names the thing ("job/<id>"), the data is the thing after the change, as
// JSON text.
struct NewEvent
{
    QString topic;
    QString name; // "job.completed"
    QByteArray data;
};

// An event as it stands in the log: numbered for its tenant, without gaps, in the order of commits.
struct LoggedEvent
{
    QUuid tenantId;
    qint64 sequence = 0;
    QString topic;
    QString name;
    QByteArray data; // JSON text
    QDateTime createdAt;
};

// The functions of the log; no state. Writing happens in the transaction of the change itself, so that an event exists
// exactly when its change does. Numbers are given afterwards by the Sequencer.
namespace EventLog {

// In a transaction of the tenant.
void append(Transaction &tx, const QList<NewEvent> &events);
// In a platform transaction; one tenant for each event.
void appendFor(Transaction &platform, const QList<QUuid> &tenants, const QList<NewEvent> &events);

// Numbers committed events and returns them in order of tenant and number: at least `limit`, where there are so many,
// and no more than 499 beyond. One process at a time does it; others wait. In a platform transaction.
QList<LoggedEvent> assignSequences(Transaction &platform, int limit);

struct Bounds
{
    qint64 oldest = 1; // of those still kept; latest + 1 when none is
    qint64 latest = 0;
};
Bounds bounds(Transaction &platform, const QUuid &tenantId);
QList<LoggedEvent> after(Transaction &platform, const QUuid &tenantId, qint64 sequence, int limit);
// Forgets the oldest pages of events that were numbered before that time, going on until `limit` events are gone;
// returns how many.
qint64 forget(Transaction &platform, const QDateTime &before, int limit);

} // namespace EventLog
