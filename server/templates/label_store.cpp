// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/label_store.h"

namespace LabelStore {

std::optional<Standing> standing(Transaction &tx, const QUuid &templateId, const QString &label)
{
    return tx.maybe<Standing>(R"(
        SELECT label.version, label.change_id, change.back_id, label.revision
        FROM template_labels AS label JOIN template_label_changes AS change ON change.id = label.change_id
        WHERE label.template_id = $1 AND label.label = $2)",
                              templateId, label);
}

Step step(Transaction &tx, const QUuid &changeId)
{
    return tx.one<Step>("SELECT version, back_id FROM template_label_changes WHERE id = $1", changeId);
}

void insertChange(Transaction &tx, const QUuid &templateId, const QString &label, const LabelChange &change,
                  const std::optional<QUuid> &backId)
{
    tx.run(R"(
        INSERT INTO template_label_changes (id, template_id, label, action, version, previous_version, back_id, note,
                                            author_id, author_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))",
           change.id, templateId, label, change.action, change.version, change.previousVersion, backId, change.note,
           change.authorId, change.authorName);
}

void put(Transaction &tx, const QUuid &templateId, const QString &label, int version, const QUuid &changeId)
{
    tx.run(R"(
        INSERT INTO template_labels (template_id, label, version, change_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT (template_id, label) DO UPDATE SET version = excluded.version, change_id = excluded.change_id)",
           templateId, label, version, changeId);
}

void remove(Transaction &tx, const QUuid &templateId, const QString &label)
{
    tx.run("DELETE FROM template_labels WHERE template_id = $1 AND label = $2", templateId, label);
}

int count(Transaction &tx, const QUuid &templateId)
{
    return int(tx.one<qint64>("SELECT count(*) FROM template_labels WHERE template_id = $1", templateId));
}

std::optional<TemplateLabel> find(Transaction &tx, const QUuid &templateId, const QString &label)
{
    return tx.maybe<TemplateLabel>(R"(
        SELECT label, version, previous_version, note, author_id, author_name, updated_at, revision
        FROM template_label_overview
        WHERE template_id = $1 AND label = $2)",
                                   templateId, label);
}

QList<TemplateLabel> list(Transaction &tx, const QUuid &templateId, int limit, const std::optional<QString> &after)
{
    return tx.all<TemplateLabel>(R"(
        SELECT label, version, previous_version, note, author_id, author_name, updated_at, revision
        FROM template_label_overview
        WHERE template_id = $1 AND ($2::text IS NULL OR label > $2)
        ORDER BY label
        LIMIT $3)",
                                 templateId, after, limit);
}

QList<LabelChange> history(Transaction &tx, const QUuid &templateId, const QString &label, int limit,
                           const std::optional<QUuid> &before)
{
    return tx.all<LabelChange>(R"(
        SELECT id, action, version, previous_version, note, author_id, author_name, created_at
        FROM template_label_changes
        WHERE template_id = $1 AND label = $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4)",
                               templateId, label, before, limit);
}

} // namespace LabelStore
