// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"

#include <QSet>
#include <QString>

// Who hears of which channels, in a transaction of the tenant.
namespace ChannelAudience {

// What the topic "channels" stands for: those that the caller is in, and what only they are told.
QSet<QString> ownTopics(Transaction &tx, const Caller &caller);
// Whether the channel is public or the caller's own; not what rules say of it.
bool mayFollow(Transaction &tx, const Caller &caller, const QUuid &channelId);

} // namespace ChannelAudience
