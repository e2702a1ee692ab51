// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/channel_draft_store.h"

namespace ChannelDraftStore {

QList<ChannelDraft> list(Transaction &tx, const QUuid &userId, int limit, const std::optional<Place> &before,
                         const QList<QUuid> &channels)
{
    return tx.all<ChannelDraft>(R"(
        SELECT channel_id, nullif(thread_key, channel_id) AS thread_id, text, updated_at, revision
        FROM channel_drafts
        WHERE user_id = $1 AND channel_id = ANY ($2)
          AND ($3::timestamptz IS NULL OR (updated_at, channel_id, thread_key) < ($3, $4::uuid, $5::uuid))
        ORDER BY updated_at DESC, channel_id DESC, thread_key DESC
        LIMIT $6)",
                                userId, channels, before ? std::optional(before->updatedAt) : std::nullopt,
                                before ? std::optional(before->channelId) : std::nullopt,
                                before ? std::optional(before->threadKey) : std::nullopt, limit);
}

qint64 count(Transaction &tx, const QUuid &userId)
{
    return tx.one<qint64>("SELECT count(*) FROM channel_drafts WHERE user_id = $1", userId);
}

ChannelDraft put(Transaction &tx, const QUuid &userId, const QUuid &channelId, const ChannelDraftInput &input)
{
    return tx.one<ChannelDraft>(R"(
        INSERT INTO channel_drafts (user_id, channel_id, thread_key, text) VALUES ($1, $2::uuid, coalesce($3::uuid, $2::uuid), $4)
        ON CONFLICT (user_id, channel_id, thread_key) DO UPDATE SET text = excluded.text
        RETURNING channel_id, nullif(thread_key, channel_id) AS thread_id, text, updated_at, revision)",
                                userId, channelId, input.threadId, input.text);
}

bool remove(Transaction &tx, const QUuid &userId, const QUuid &channelId, const std::optional<QUuid> &threadId)
{
    return tx.run("DELETE FROM channel_drafts WHERE user_id = $1 AND channel_id = $2 AND thread_key = coalesce($3, $2)",
                  userId, channelId, threadId)
        == 1;
}

} // namespace ChannelDraftStore
