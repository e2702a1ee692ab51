// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TemplateStore that knows which template includes which.
#include "server/database/columns.h"
#include "server/templates/template_store.h"

using namespace Qt::StringLiterals;
using database::column;

namespace TemplateStore {

Reference Reference::parse(const QString &text)
{
    Reference reference{text, text.section(u'@', 0, 0), {}, 0};
    if (!text.contains(u'@'))
        return reference;
    const QString place = text.section(u'@', 1);
    bool isNumber = false;
    reference.version = place.toInt(&isNumber);
    if (!isNumber || reference.version < 1) {
        reference.version = 0;
        reference.label = place.isEmpty() ? u"@"_s : place; // a label that cannot be
    }
    return reference;
}

QList<Included> findIncluded(Transaction &tx, const QList<Reference> &references)
{
    return tx.all<Included>(R"(
        SELECT wanted.reference, wanted.slug, wanted.label, template.id AS template_id, used.version,
               coalesce(used.user_prompt, '') AS user_prompt
        FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS wanted (reference, slug, label, version)
        LEFT JOIN templates AS template ON template.slug = wanted.slug AND template.removed_at IS NULL
        LEFT JOIN template_labels AS label ON label.template_id = template.id AND label.label = wanted.label
        LEFT JOIN template_versions AS used
          ON used.template_id = template.id
         AND used.version = CASE WHEN wanted.label <> '' THEN label.version
                                 WHEN wanted.version > 0 THEN wanted.version
                                 ELSE template.latest_version END)",
                            column(references, &Reference::text), column(references, &Reference::slug),
                            column(references, &Reference::label), column(references, &Reference::version));
}

void insertIncludes(Transaction &tx, const QUuid &id, int version, const QStringList &references,
                    const QList<QUuid> &included)
{
    if (references.isEmpty())
        return;
    tx.run(R"(
        INSERT INTO template_includes (template_id, version, reference, included_id)
        SELECT $1::uuid, $2::integer, reference, included FROM unnest($3::text[], $4::uuid[]) AS one (reference, included))",
           id, version, QList<QString>(references), included);
}

QList<TemplateUse> usesOf(Transaction &tx, const QUuid &id, int limit,
                          const std::optional<std::pair<QString, int>> &after, const database::Fragment &rows)
{
    return tx.allWhere<TemplateUse>(R"(
        SELECT * FROM (
            SELECT included.template_id, templates.slug, templates.name, included.version,
                   min(included.reference) AS reference, included.version = templates.latest_version AS is_latest,
                   ARRAY (SELECT label.label FROM template_labels AS label
                          WHERE label.template_id = included.template_id AND label.version = included.version
                          ORDER BY label.label) AS labels
            FROM template_includes AS included
            JOIN (SELECT * FROM templates WHERE {where}) AS templates
              ON templates.id = included.template_id AND templates.removed_at IS NULL
            WHERE included.included_id = $1
            GROUP BY included.template_id, included.version, templates.slug, templates.name, templates.latest_version
        ) AS uses
        WHERE (is_latest OR cardinality(labels) > 0)
          AND ($2::text IS NULL OR (slug, version) > ($2, $3::integer))
        ORDER BY slug, version
        LIMIT $4)",
                                    rows, id, after ? std::optional(after->first) : std::nullopt,
                                    after ? std::optional(after->second) : std::nullopt, limit);
}

QStringList namesUsingLabel(Transaction &tx, const QUuid &id, const QString &label)
{
    return tx.all<QString>(R"(
        SELECT DISTINCT template.name
        FROM template_includes AS included
        JOIN templates AS template ON template.id = included.template_id AND template.removed_at IS NULL
        WHERE included.included_id = $1 AND included.reference LIKE '%@' || $2
          AND (included.version = template.latest_version
               OR EXISTS (SELECT FROM template_labels AS label
                          WHERE label.template_id = template.id AND label.version = included.version))
        ORDER BY template.name
        LIMIT 50)",
                           id, label);
}

} // namespace TemplateStore
