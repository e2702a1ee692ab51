// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/channel.h"

// SQL of channels, in a transaction of the tenant.
namespace ChannelStore {

bool hasAny(Transaction &tx);
std::optional<Channel> find(Transaction &tx, const QUuid &id);
std::optional<Channel> lock(Transaction &tx, const QUuid &id); // until the transaction ends
// Those of them that there are, locked in the order of their ids, so that no two transactions wait for each other.
QList<Channel> lockAll(Transaction &tx, const QList<QUuid> &ids);

// Where a page ended.
struct Place
{
    QString name;
    QUuid id;
};
// By name. `rows`: which may be seen.
QList<Channel> listOf(Transaction &tx, const QUuid &memberId, const ChannelFilter &filter, int limit,
                      const std::optional<Place> &after, const database::Fragment &rows);
QList<Channel> listOpen(Transaction &tx, const ChannelFilter &filter, int limit, const std::optional<Place> &after,
                        const database::Fragment &rows);

// The direct or group channel of these people. Holds back others who would make one until the transaction ends.
std::optional<QUuid> ofPeople(Transaction &tx, const QString &peopleKey);
// Both throw 409 at /name where another channel has it.
Channel insert(Transaction &tx, const Channel &made, const std::optional<QString> &peopleKey);
Channel update(Transaction &tx, const Channel &changed);
void remove(Transaction &tx, const QUuid &id);

// What messages and members change of it.
void setLast(Transaction &tx, const QList<Channel> &channels);
Channel countMembers(Transaction &tx, const QUuid &id);

} // namespace ChannelStore
