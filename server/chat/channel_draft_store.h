// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/chat/channel_draft.h"

// SQL of drafts of messages, in a transaction of the tenant.
namespace ChannelDraftStore {

struct Place // where a page ended
{
    QDateTime updatedAt;
    QUuid channelId;
    QUuid threadKey;
};
// Newest first. `channels`: those in which they may be seen.
QList<ChannelDraft> list(Transaction &tx, const QUuid &userId, int limit, const std::optional<Place> &before,
                         const QList<QUuid> &channels);
qint64 count(Transaction &tx, const QUuid &userId);
ChannelDraft put(Transaction &tx, const QUuid &userId, const QUuid &channelId, const ChannelDraftInput &input);
bool remove(Transaction &tx, const QUuid &userId, const QUuid &channelId, const std::optional<QUuid> &threadId);

} // namespace ChannelDraftStore
