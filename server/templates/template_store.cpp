// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_store.h"

#include "server/database/search_text.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace TemplateStore {
namespace {

[[noreturn]] void refuseSlug(const pqxx::unique_violation &violation, const QString &slug, const QString &field)
{
    if (QByteArrayView(violation.what()).indexOf("templates_slug_is_unique") < 0)
        throw;
    ApiError error = ApiError::conflict(u"There is already a template with the slug “%1”."_s.arg(slug));
    error.errors = {{field, u"gives the slug “%1”, which is taken"_s.arg(slug)}};
    throw error;
}

QString searched(const PromptTemplate &t) { return searchText(t.name + u'\n' + t.slug + u'\n' + t.description); }

} // namespace

std::optional<PromptTemplate> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE id = $1 AND removed_at IS NULL)",
                                    id);
}

std::optional<PromptTemplate> lock(Transaction &tx, const QUuid &id)
{
    return tx.maybe<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE id = $1 AND removed_at IS NULL
        FOR UPDATE)",
                                    id);
}

std::optional<PromptTemplate> findBySlug(Transaction &tx, const QString &slug)
{
    return tx.maybe<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE slug = $1 AND removed_at IS NULL)",
                                    slug);
}

PromptTemplate insert(Transaction &tx, const PromptTemplate &made, const QString &slugField)
try {
    return tx.one<PromptTemplate>(R"(
        INSERT INTO templates (slug, name, description, folder, tags, sort_text, search_text, author_id, author_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        RETURNING id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
                  updated_at, revision)",
                                  made.slug, made.name, made.description, made.folder, made.tags, searchText(made.name),
                                  searched(made), made.authorId, made.authorName);
} catch (const pqxx::unique_violation &violation) {
    refuseSlug(violation, made.slug, slugField);
}

PromptTemplate update(Transaction &tx, const PromptTemplate &changed)
try {
    return tx.one<PromptTemplate>(R"(
        UPDATE templates
        SET slug = $2, name = $3, description = $4, folder = $5, tags = $6, sort_text = $7, search_text = $8
        WHERE id = $1
        RETURNING id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
                  updated_at, revision)",
                                  changed.id, changed.slug, changed.name, changed.description, changed.folder,
                                  changed.tags, searchText(changed.name), searched(changed));
} catch (const pqxx::unique_violation &violation) {
    refuseSlug(violation, changed.slug, u"/slug"_s);
}

void remove(Transaction &tx, const QUuid &id) { tx.run("UPDATE templates SET removed_at = now() WHERE id = $1", id); }

std::optional<PromptTemplate> lockRemoved(Transaction &tx, const QUuid &id)
{
    return tx.maybe<PromptTemplate>(R"(
        SELECT id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
               updated_at, revision
        FROM templates
        WHERE id = $1 AND removed_at IS NOT NULL
        FOR UPDATE)",
                                    id);
}

PromptTemplate restore(Transaction &tx, const QUuid &id, const QString &slug)
try {
    return tx.one<PromptTemplate>(R"(
        UPDATE templates
        SET removed_at = NULL, slug = $2
        WHERE id = $1
        RETURNING id, slug, name, description, folder, tags, labels, latest_version, author_id, author_name, created_at,
                  updated_at, revision)",
                                  id, slug);
} catch (const pqxx::unique_violation &violation) {
    refuseSlug(violation, slug, u"/slug"_s);
}

void setLatest(Transaction &tx, const QUuid &id, int version)
{
    tx.run("UPDATE templates SET latest_version = $2 WHERE id = $1", id, version);
}

TemplateVersion insertVersion(Transaction &tx, const QUuid &id, int version, const NewTemplateVersion &input,
                              const Author &author)
{
    return tx.one<TemplateVersion>(R"(
        INSERT INTO template_versions (template_id, version, system_prompt, user_prompt, examples, variables_schema,
                                       default_model, parameters, note, author_id, author_name)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        RETURNING template_id, version, system_prompt, user_prompt, examples, variables_schema, default_model,
                  parameters, note, author_id, author_name, created_at)",
                                   id, version, input.systemPrompt, input.userPrompt, input.examples,
                                   input.variablesSchema, input.defaultModel, input.parameters, input.note, author.id,
                                   author.name);
}

std::optional<TemplateVersion> findVersion(Transaction &tx, const QUuid &id, int version)
{
    return tx.maybe<TemplateVersion>(R"(
        SELECT template_id, version, system_prompt, user_prompt, examples, variables_schema, default_model,
               parameters, note, author_id, author_name, created_at
        FROM template_versions
        WHERE template_id = $1 AND version = $2)",
                                     id, version);
}

std::optional<UsedVersion> findForUse(Transaction &tx, const QString &slug, std::optional<int> version,
                                      const std::optional<QString> &label)
{
    if (label)
        return tx.maybe<UsedVersion>(R"(
            SELECT template.id AS template_id, template.slug, template.name, used.version, used.system_prompt,
                   used.user_prompt, used.examples, used.variables_schema, used.default_model, used.parameters,
                   EXISTS (SELECT FROM template_includes AS included
                           WHERE included.template_id = used.template_id AND included.version = used.version)
                   AS has_includes
            FROM templates AS template
            JOIN template_labels AS label ON label.template_id = template.id AND label.label = $2
            JOIN template_versions AS used ON used.template_id = template.id AND used.version = label.version
            WHERE template.slug = $1 AND template.removed_at IS NULL)",
                                     slug, *label);
    return tx.maybe<UsedVersion>(R"(
        SELECT template.id AS template_id, template.slug, template.name, used.version, used.system_prompt,
               used.user_prompt, used.examples, used.variables_schema, used.default_model, used.parameters,
               EXISTS (SELECT FROM template_includes AS included
                       WHERE included.template_id = used.template_id AND included.version = used.version)
               AS has_includes
        FROM templates AS template
        JOIN template_versions AS used
          ON used.template_id = template.id AND used.version = coalesce($2, template.latest_version)
        WHERE template.slug = $1 AND template.removed_at IS NULL)",
                                 slug, version);
}

QList<TemplateVersion> listVersions(Transaction &tx, const QUuid &id, int limit, std::optional<int> before)
{
    return tx.all<TemplateVersion>(R"(
        SELECT template_id, version, system_prompt, user_prompt, examples, variables_schema, default_model,
               parameters, note, author_id, author_name, created_at
        FROM template_versions
        WHERE template_id = $1 AND ($2::integer IS NULL OR version < $2)
        ORDER BY version DESC
        LIMIT $3)",
                                   id, before, limit);
}

} // namespace TemplateStore
