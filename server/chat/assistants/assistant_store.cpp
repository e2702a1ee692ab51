// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_store.h"

#include "server/database/search_text.h"
#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace AssistantStore {
namespace {

ApiError assistantNameTaken(const QString &name)
{
    ApiError error = ApiError::conflict(u"There is an assistant “%1” already. Choose another name."_s.arg(name));
    error.errors = {{u"/name"_s, u"is another assistant's"_s}};
    return error;
}

} // namespace

std::optional<Assistant> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Assistant>(R"(
        SELECT id, name, description, template_id, template_slug, template_name, label, version, model,
               context_messages, context_tokens, author_id, author_name, created_at, updated_at, revision
        FROM assistant_overview WHERE id = $1)",
                               id);
}

std::optional<Assistant> lock(Transaction &tx, const QUuid &id)
{
    tx.run("SELECT FROM assistants WHERE id = $1 FOR NO KEY UPDATE", id);
    return find(tx, id);
}

QList<Assistant> list(Transaction &tx, const AssistantFilter &filter, int limit, const std::optional<Place> &after)
{
    const auto search = filter.search ? std::optional(searchText(filter.search->trimmed())) : std::nullopt;
    return tx.all<Assistant>(R"(
        SELECT id, name, description, template_id, template_slug, template_name, label, version, model,
               context_messages, context_tokens, author_id, author_name, created_at, updated_at, revision
        FROM assistant_overview
        WHERE ($1::text IS NULL OR strpos(search_text, $1) > 0)
          AND ($2::text IS NULL OR (name, id) > ($2, $3::uuid))
        ORDER BY name, id
        LIMIT $4)",
                             search, after ? std::optional(after->name) : std::nullopt,
                             after ? std::optional(after->id) : std::nullopt, limit);
}

qint64 count(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM assistants WHERE removed_at IS NULL"); }

qint64 countIn(Transaction &tx, const QUuid &channelId)
{
    return tx.one<qint64>("SELECT count(*) FROM channel_members WHERE channel_id = $1 AND kind = 'assistant'",
                          channelId);
}

Assistant insert(Transaction &tx, const Assistant &made)
{
    try {
        tx.run(R"(
            INSERT INTO assistants (id, name, description, template_id, label, version, model, context_messages,
                                    context_tokens, author_id, author_name, search_text)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))",
               made.id, made.name, made.description, made.templateId, made.label, made.version, made.model,
               made.contextMessages, made.contextTokens, made.authorId, made.authorName, searchText(made.name));
    } catch (const pqxx::unique_violation &) {
        throw assistantNameTaken(made.name);
    }
    return find(tx, made.id).value();
}

Assistant update(Transaction &tx, const Assistant &changed)
{
    try {
        tx.run(R"(
            UPDATE assistants
            SET name = $2, description = $3, template_id = $4, label = $5, version = $6, model = $7,
                context_messages = $8, context_tokens = $9, search_text = $10
            WHERE id = $1)",
               changed.id, changed.name, changed.description, changed.templateId, changed.label, changed.version,
               changed.model, changed.contextMessages, changed.contextTokens, searchText(changed.name));
    } catch (const pqxx::unique_violation &) {
        throw assistantNameTaken(changed.name);
    }
    tx.run("UPDATE channel_members SET name = $2 WHERE member_id = $1", changed.id, changed.name);
    return find(tx, changed.id).value();
}

void remove(Transaction &tx, const QUuid &id) { tx.run("UPDATE assistants SET removed_at = now() WHERE id = $1", id); }

QList<QUuid> channelsOf(Transaction &tx, const QUuid &id)
{
    return tx.all<QUuid>("SELECT channel_id FROM channel_members WHERE member_id = $1 ORDER BY channel_id", id);
}

} // namespace AssistantStore
