// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/assistant.h"

// SQL of assistants, in a transaction of the tenant.
namespace AssistantStore {

std::optional<Assistant> find(Transaction &tx, const QUuid &id);
std::optional<Assistant> lock(Transaction &tx, const QUuid &id); // until the transaction ends

struct Place // where a page ended
{
    QString name;
    QUuid id;
};
QList<Assistant> list(Transaction &tx, const AssistantFilter &filter, int limit, const std::optional<Place> &after);
qint64 count(Transaction &tx);
qint64 countIn(Transaction &tx, const QUuid &channelId);

// Both throw 409 with /name where another assistant has it.
Assistant insert(Transaction &tx, const Assistant &made);
Assistant update(Transaction &tx, const Assistant &changed); // also as it is called in its channels
void remove(Transaction &tx, const QUuid &id);
QList<QUuid> channelsOf(Transaction &tx, const QUuid &id); // by id

} // namespace AssistantStore
