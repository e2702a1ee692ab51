// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/draft_store.h"

namespace DraftStore {

std::optional<TemplateDraft> find(Transaction &tx, const QUuid &userId, const QUuid &id)
{
    return tx.maybe<TemplateDraft>(R"(
        SELECT id, template_id, title, base_version, content, updated_at, revision
        FROM template_drafts
        WHERE user_id = $1 AND id = $2
        FOR UPDATE)",
                                   userId, id);
}

QList<TemplateDraft> list(Transaction &tx, const QUuid &userId, int limit,
                          const std::optional<std::pair<qint64, QUuid>> &before, const database::Fragment &rows)
{
    return tx.allWhere<TemplateDraft>(
        R"(
        SELECT draft.id, draft.template_id, coalesce(readable.name, draft.title) AS title, draft.base_version,
               NULL::jsonb AS content, draft.updated_at, draft.revision
        FROM template_drafts AS draft
        LEFT JOIN (SELECT * FROM templates WHERE removed_at IS NULL AND {where}) AS readable
          ON readable.id = draft.template_id
        WHERE draft.user_id = $1 AND (draft.template_id IS NULL OR readable.id IS NOT NULL)
          AND ($2::timestamptz IS NULL OR (draft.updated_at, draft.id) < ($2, $3::uuid))
        ORDER BY draft.updated_at DESC, draft.id DESC
        LIMIT $4)",
        rows, userId, before ? std::optional(QDateTime::fromMSecsSinceEpoch(before->first, Qt::UTC)) : std::nullopt,
        before ? std::optional(before->second) : std::nullopt, limit);
}

qint64 count(Transaction &tx, const QUuid &userId)
{
    return tx.one<qint64>("SELECT count(*) FROM template_drafts WHERE user_id = $1", userId);
}

TemplateDraft put(Transaction &tx, const QUuid &userId, const QUuid &id, const std::optional<QUuid> &templateId,
                  const DraftInput &input)
{
    return tx.one<TemplateDraft>(R"(
        INSERT INTO template_drafts (user_id, id, template_id, title, base_version, content)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (user_id, id) DO UPDATE
        SET title = excluded.title, base_version = excluded.base_version, content = excluded.content
        RETURNING id, template_id, title, base_version, content, updated_at, revision)",
                                 userId, id, templateId, input.title, input.baseVersion, input.content);
}

bool remove(Transaction &tx, const QUuid &userId, const QUuid &id)
{
    return tx.run("DELETE FROM template_drafts WHERE user_id = $1 AND id = $2", userId, id) == 1;
}

} // namespace DraftStore
