// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/shelf_store.h"

namespace ShelfStore {

// A folder without templates of its own is there for those within.
QList<TemplateFolder> folders(Transaction &tx, int limit, const std::optional<QString> &after,
                              const database::Fragment &rows)
{
    return tx.allWhere<TemplateFolder>(R"(
        WITH direct AS (
            SELECT folder, count(*) AS templates FROM templates
            WHERE removed_at IS NULL AND {where} GROUP BY folder
        ), above AS (
            SELECT array_to_string(parts[1:level], '/') AS folder, templates, level = cardinality(parts) AS is_own
            FROM (SELECT string_to_array(folder, '/') AS parts, templates FROM direct) AS each,
                 generate_series(0, cardinality(parts)) AS level
        )
        SELECT folder, coalesce(sum(templates) FILTER (WHERE is_own), 0)::bigint AS templates,
               sum(templates)::bigint AS total
        FROM above
        WHERE $1::text IS NULL OR folder > $1
        GROUP BY folder
        ORDER BY folder
        LIMIT $2)",
                                       rows, after, limit);
}

QList<TemplateTag> tags(Transaction &tx, int limit, const std::optional<QString> &after, const database::Fragment &rows)
{
    return tx.allWhere<TemplateTag>(R"(
        SELECT tag, count(*) AS templates
        FROM (SELECT unnest(tags) AS tag FROM templates WHERE removed_at IS NULL AND {where}) AS each
        WHERE $1::text IS NULL OR tag > $1
        GROUP BY tag
        ORDER BY tag
        LIMIT $2)",
                                    rows, after, limit);
}

QList<PromptTemplate> lockIn(Transaction &tx, const QString &folder, int limit)
{
    return tx.all<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE removed_at IS NULL AND (folder = $1 OR starts_with(folder, $1 || '/'))
        ORDER BY id
        LIMIT $2
        FOR UPDATE)",
                                  folder, limit);
}

QList<PromptTemplate> move(Transaction &tx, const QList<QUuid> &ids, const QString &from, const QString &to)
{
    return tx.all<PromptTemplate>(R"(
        UPDATE templates
        SET folder = trim(BOTH '/' FROM $3::text || substr(folder, length($2::text) + 1))
        WHERE id = ANY ($1)
        RETURNING id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
                  updated_at, revision)",
                                  ids, from, to);
}

} // namespace ShelfStore
