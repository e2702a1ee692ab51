// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/rule_store.h"

#include "server/database/search_text.h"

using namespace Qt::StringLiterals;

namespace RuleStore {

QList<Rule> list(Transaction &tx, const RuleFilter &filter, const std::optional<QUuid> &before, int limit)
{
    const auto search = filter.search ? std::optional(searchText(*filter.search)) : std::nullopt;
    return tx.all<Rule>(R"(
        SELECT id, effect, who, actions, subject, conditions, fields, valid_from, valid_until, reason, enabled, hours,
               created_at, updated_at, author_id, author_name, revision
        FROM rules
        WHERE ($1::text IS NULL OR position($1 IN search_text) > 0)
          AND ($2::text IS NULL OR subject = $2)
          AND ($3::text IS NULL OR effect = $3)
          AND ($4::uuid IS NULL OR id < $4)
        ORDER BY id DESC
        LIMIT $5)",
                        search, filter.subject, filter.effect, before, limit);
}

QList<Rule> all(Transaction &tx)
{
    return tx.all<Rule>(R"(
        SELECT id, effect, who, actions, subject, conditions, fields, valid_from, valid_until, reason, enabled, hours,
               created_at, updated_at, author_id, author_name, revision
        FROM rules
        ORDER BY id)");
}

qint64 count(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM rules"); }

std::optional<Rule> find(Transaction &tx, const QUuid &id)
{
    return tx.maybe<Rule>(R"(
        SELECT id, effect, who, actions, subject, conditions, fields, valid_from, valid_until, reason, enabled, hours,
               created_at, updated_at, author_id, author_name, revision
        FROM rules
        WHERE id = $1)",
                          id);
}

Rule insert(Transaction &tx, const RuleInput &input, const Author &author)
{
    return tx.one<Rule>(R"(
        INSERT INTO rules (effect, who, actions, subject, conditions, fields, valid_from, valid_until, reason, enabled,
                           search_text, author_id, author_name, hours)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        RETURNING id, effect, who, actions, subject, conditions, fields, valid_from, valid_until, reason, enabled, hours,
                  created_at, updated_at, author_id, author_name, revision)",
                        input.effect, input.who, input.actions, input.subject, input.conditions, input.onlyFields,
                        input.validFrom, input.validUntil, input.reason, input.enabled, searchText(input.reason),
                        author.id, author.name, input.hours);
}

std::optional<Rule> replace(Transaction &tx, const QUuid &id, qint64 revision, const RuleInput &input,
                            const Author &author)
{
    return tx.maybe<Rule>(R"(
        UPDATE rules
        SET effect = $3, who = $4, actions = $5, subject = $6, conditions = $7, fields = $8, valid_from = $9,
            valid_until = $10, reason = $11, enabled = $12, search_text = $13, author_id = $14, author_name = $15,
            hours = $16
        WHERE id = $1 AND revision = $2
        RETURNING id, effect, who, actions, subject, conditions, fields, valid_from, valid_until, reason, enabled, hours,
                  created_at, updated_at, author_id, author_name, revision)",
                          id, revision, input.effect, input.who, input.actions, input.subject, input.conditions,
                          input.onlyFields, input.validFrom, input.validUntil, input.reason, input.enabled,
                          searchText(input.reason), author.id, author.name, input.hours);
}

bool remove(Transaction &tx, const QUuid &id, const std::optional<qint64> &revision)
{
    return tx.run("DELETE FROM rules WHERE id = $1 AND ($2::bigint IS NULL OR revision = $2)", id, revision) == 1;
}

} // namespace RuleStore
