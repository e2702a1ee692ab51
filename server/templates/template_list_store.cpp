// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TemplateStore that lists and searches.
#include "server/templates/search_grams.h"
#include "server/templates/template_store.h"

#include "server/database/search_text.h"

namespace TemplateStore {
namespace {

using database::Fragment;

QDateTime timeOf(const Place &place) { return QDateTime::fromMSecsSinceEpoch(place.key.toLongLong(), Qt::UTC); }

Fragment conditions(const TemplateFilter &filter, const std::optional<Fragment> &rows)
{
    Fragment where = rows ? Fragment::of({"(", *rows, ")"}) : Fragment::of({"TRUE"});
    if (filter.removed.value_or(false))
        where.append({" AND removed_at IS NOT NULL"});
    else
        where.append({" AND removed_at IS NULL"});
    if (filter.search) {
        const QString text = searchText(*filter.search);
        where.append({" AND id IN (SELECT template_id FROM template_search WHERE grams @> (",
                      Fragment::bound(searchGrams(text)), ")::integer[] AND strpos(text, ", Fragment::bound(text),
                      ") > 0)"});
    }
    if (filter.folder)
        where.append({" AND (folder = ", Fragment::bound(*filter.folder), " OR starts_with(folder, ",
                      Fragment::bound(*filter.folder + u'/'), "))"});
    if (filter.tags)
        where.append({" AND tags @> ", Fragment::bound(*filter.tags)});
    if (filter.label)
        where.append({" AND id IN (SELECT template_id FROM template_labels WHERE label = ",
                      Fragment::bound(*filter.label), ")"});
    return where;
}

QList<PromptTemplate> byName(Transaction &tx, const Fragment &where, int limit, const std::optional<Place> &after)
{
    return tx.allWhere<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE {where} AND ($1::text IS NULL OR (sort_text, id) > ($1, $2::uuid))
        ORDER BY sort_text, id
        LIMIT $3)",
                                       where, after ? std::optional(searchText(after->key)) : std::nullopt,
                                       after ? std::optional(after->id) : std::nullopt, limit);
}

QList<PromptTemplate> byUpdate(Transaction &tx, const Fragment &where, int limit, const std::optional<Place> &after)
{
    return tx.allWhere<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE {where} AND ($1::timestamptz IS NULL OR (updated_at, id) < ($1, $2::uuid))
        ORDER BY updated_at DESC, id DESC
        LIMIT $3)",
                                       where, after ? std::optional(timeOf(*after)) : std::nullopt,
                                       after ? std::optional(after->id) : std::nullopt, limit);
}

QList<PromptTemplate> byCreation(Transaction &tx, const Fragment &where, int limit, const std::optional<Place> &after)
{
    return tx.allWhere<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE {where} AND ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid))
        ORDER BY created_at DESC, id DESC
        LIMIT $3)",
                                       where, after ? std::optional(timeOf(*after)) : std::nullopt,
                                       after ? std::optional(after->id) : std::nullopt, limit);
}

} // namespace

std::optional<Place> placeOf(Transaction &tx, const QUuid &id)
{
    const auto name = tx.maybe<QString>("SELECT name FROM templates WHERE id = $1", id); // removed ones as well
    return name ? std::optional(Place{*name, id}) : std::nullopt;
}

QList<PromptTemplate> list(Transaction &tx, const TemplateFilter &filter, int limit, const std::optional<Place> &after,
                           const std::optional<Fragment> &rows)
{
    const TemplateOrder order = filter.sort.value_or(TemplateOrder::Name);
    if (rows || filter.search || filter.folder || filter.tags || filter.label || filter.removed
        || order != TemplateOrder::Name) {
        const Fragment where = conditions(filter, rows);
        return order == TemplateOrder::Name   ? byName(tx, where, limit, after)
            : order == TemplateOrder::Updated ? byUpdate(tx, where, limit, after)
                                              : byCreation(tx, where, limit, after);
    }
    // All of them, the usual case: a plan that PostgreSQL keeps, since making one costs more than reading the page. It
    // would not keep it without the inner limit, the largest that a caller may ask for, not knowing how few are read.
    return tx.all<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM (SELECT * FROM templates
              WHERE removed_at IS NULL AND (sort_text, id) > ($1, $2)
              ORDER BY sort_text, id
              LIMIT 201) AS page
        ORDER BY sort_text, id
        LIMIT $3)",
                                  after ? searchText(after->key) : QString(), after ? after->id : QUuid(), limit);
}

QList<PromptTemplate> listForExport(Transaction &tx, const std::optional<QList<QUuid>> &ids,
                                    const std::optional<QString> &folder, int limit, const Fragment &rows)
{
    return tx.allWhere<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE removed_at IS NULL AND {where} AND ($1::uuid[] IS NULL OR id = ANY ($1))
          AND ($2::text IS NULL OR folder = $2 OR starts_with(folder, $2 || '/'))
        ORDER BY slug
        LIMIT $3)",
                                       rows, ids, folder, limit);
}

void putSearch(Transaction &tx, const PromptTemplate &found, const TemplateVersion &latest)
{
    const QString text = searchText(QStringList{found.name, found.slug, found.description, found.tags.join(u'\n'),
                                                latest.systemPrompt, latest.userPrompt}
                                        .join(u'\n'));
    tx.run(R"(
        INSERT INTO template_search (template_id, text, grams) VALUES ($1, $2, $3)
        ON CONFLICT (template_id) DO UPDATE SET text = excluded.text, grams = excluded.grams
        WHERE template_search.text <> excluded.text)",
           found.id, text, searchGrams(text));
}

} // namespace TemplateStore
