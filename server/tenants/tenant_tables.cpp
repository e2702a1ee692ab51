// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tenants/tenant_tables.h"

using namespace Qt::StringLiterals;

namespace TenantTables {
namespace {

using Rows = database::Statement<0>;

struct Table
{
    const char *name;
    std::optional<Rows> rows; // absent: not exported
    std::optional<Rows> count; // absent: its rows never outlive their transaction
    bool isLarge = false; // its rows may have some megabytes
};
constexpr Table tables[] = {
    {"assistant_answers",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM assistant_answers AS t ORDER BY "
          "message_id, number"),
     Rows("SELECT count(*) FROM assistant_answers")},
    {"assistant_questions",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM assistant_questions AS t ORDER BY "
          "message_id, assistant_id"),
     Rows("SELECT count(*) FROM assistant_questions")},
    {"assistant_ratings",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM assistant_ratings AS t ORDER BY "
          "message_id, number, user_id"),
     Rows("SELECT count(*) FROM assistant_ratings")},
    {"assistants",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM assistants AS t ORDER BY id"),
     Rows("SELECT count(*) FROM assistants")},
    {"audit_entries",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM audit_entries AS t ORDER BY sequence"),
     Rows("SELECT count(*) FROM audit_entries")},
    {"attempts",
     Rows(
         "DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM attempts AS t ORDER BY job_id, number"),
     Rows("SELECT count(*) FROM attempts")},
    {"batch_deltas", std::nullopt, Rows("SELECT count(*) FROM batch_deltas")},
    {"batch_rows",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM batch_rows AS t ORDER BY batch_id, "
          "number"),
     Rows("SELECT count(*) FROM batch_rows")},
    {"batches",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM batch_overview AS t ORDER BY id"),
     Rows("SELECT count(*) FROM batches")},
    {"budget_holds", std::nullopt, Rows("SELECT count(*) FROM budget_holds")},
    {"budget_periods",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM budget_periods AS t ORDER BY "
          "budget_id, starts_at"),
     Rows("SELECT count(*) FROM budget_periods")},
    {"budgets", Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM budgets AS t ORDER BY id"),
     Rows("SELECT count(*) FROM budgets")},
    {"channel_drafts",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM channel_drafts AS t ORDER BY user_id, "
          "channel_id, thread_key"),
     Rows("SELECT count(*) FROM channel_drafts")},
    {"channel_members",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM channel_members AS t ORDER BY "
          "channel_id, member_id"),
     Rows("SELECT count(*) FROM channel_members")},
    {"channels",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'search_text' - 'people_key')::text FROM "
          "channels "
          "AS t ORDER BY id"),
     Rows("SELECT count(*) FROM channels")},
    {"datasets",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM datasets AS t ORDER BY id"),
     Rows("SELECT count(*) FROM datasets")},
    {"evaluation_answers",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM evaluation_answers AS t ORDER BY "
          "run_id, case_id, column_number, repeat"),
     Rows("SELECT count(*) FROM evaluation_answers")},
    {"evaluation_cases",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM evaluation_cases AS t ORDER BY id"),
     Rows("SELECT count(*) FROM evaluation_cases")},
    {"evaluation_columns",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM evaluation_columns AS t ORDER BY "
          "run_id, number"),
     Rows("SELECT count(*) FROM evaluation_columns")},
    {"evaluation_judgements",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM evaluation_judgements AS t ORDER BY "
          "run_id, case_id, column_number, repeat, assertion"),
     Rows("SELECT count(*) FROM evaluation_judgements")},
    {"evaluation_run_cases",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM evaluation_run_cases AS t ORDER BY "
          "run_id, case_id"),
     Rows("SELECT count(*) FROM evaluation_run_cases")},
    {"evaluation_runs",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM evaluation_runs AS t ORDER BY id"),
     Rows("SELECT count(*) FROM evaluation_runs")},
    {"gates", Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gates AS t ORDER BY id"),
     Rows("SELECT count(*) FROM gates")},
    {"gateway_bodies",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gateway_bodies AS t ORDER BY "
          "attempt_id"),
     Rows("SELECT count(*) FROM gateway_bodies"), true},
    {"gateway_key_uses",
     Rows(
         "DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gateway_key_uses AS t ORDER BY key_id"),
     Rows("SELECT count(*) FROM gateway_key_uses")},
    {"gateway_keys",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'hash' - 'former_hash')::text FROM gateway_keys "
          "AS t ORDER BY id"),
     Rows("SELECT count(*) FROM gateway_keys")},
    {"gateway_refusals",
     Rows(
         "DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gateway_refusals AS t ORDER BY minute, "
         "key_id, decided_by, decided_by_id, model"),
     Rows("SELECT count(*) FROM gateway_refusals")},
    {"gateway_routes",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gateway_routes AS t ORDER BY id"),
     Rows("SELECT count(*) FROM gateway_routes")},
    {"gateway_limits",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gateway_limits AS t ORDER BY id"),
     Rows("SELECT count(*) FROM gateway_limits")},
    {"gateway_settings",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM gateway_settings AS t ORDER BY id"),
     Rows("SELECT count(*) FROM gateway_settings")},
    {"job_action_jobs", std::nullopt, Rows("SELECT count(*) FROM job_action_jobs")},
    {"job_actions",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM job_actions AS t ORDER BY id"),
     Rows("SELECT count(*) FROM job_actions")},
    {"job_settings",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM job_settings AS t ORDER BY id"),
     Rows("SELECT count(*) FROM job_settings")},
    {"job_states",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM job_states AS t ORDER BY job_id"),
     Rows("SELECT count(*) FROM job_states")},
    {"jobs",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'input_hash')::text FROM jobs AS t ORDER BY id"),
     Rows("SELECT count(*) FROM jobs")},
    {"message_edits",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM message_edits AS t ORDER BY "
          "message_id, number"),
     Rows("SELECT count(*) FROM message_edits")},
    {"message_reactions",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM message_reactions AS t ORDER BY "
          "message_id, emoji, user_id"),
     Rows("SELECT count(*) FROM message_reactions")},
    {"messages",
     Rows(
         "DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'search_text' - 'client_id')::text FROM messages "
         "AS t ORDER BY id"),
     Rows("SELECT count(*) FROM messages")},
    {"provider_checks",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM provider_checks AS t ORDER BY "
          "credential_id"),
     Rows("SELECT count(*) FROM provider_checks")},
    {"provider_credentials",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'sealed_key')::text FROM provider_credentials "
          "AS t ORDER BY id"),
     Rows("SELECT count(*) FROM provider_credentials")},
    {"roles", Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM roles AS t ORDER BY id"),
     Rows("SELECT count(*) FROM roles")},
    {"rules", Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM rules AS t ORDER BY id"),
     Rows("SELECT count(*) FROM rules")},
    {"second_factors",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'sealed_secret' - 'last_step')::text FROM "
          "second_factors AS t ORDER BY user_id"),
     Rows("SELECT count(*) FROM second_factors")},
    {"sessions",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'refresh_hash')::text FROM sessions AS t ORDER "
          "BY id"),
     Rows("SELECT count(*) FROM sessions")},
    {"template_drafts",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM template_drafts AS t ORDER BY "
          "user_id, id"),
     Rows("SELECT count(*) FROM template_drafts")},
    {"template_includes",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM template_includes AS t ORDER BY "
          "template_id, version, reference"),
     Rows("SELECT count(*) FROM template_includes")},
    {"template_label_changes",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM template_label_changes AS t ORDER BY "
          "id"),
     Rows("SELECT count(*) FROM template_label_changes")},
    {"template_labels",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM template_labels AS t ORDER BY "
          "template_id, label"),
     Rows("SELECT count(*) FROM template_labels")},
    {"template_versions",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM template_versions AS t ORDER BY "
          "template_id, version"),
     Rows("SELECT count(*) FROM template_versions")},
    {"templates",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM templates AS t ORDER BY id"),
     Rows("SELECT count(*) FROM templates")},
    {"tenant_settings",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM tenant_settings AS t ORDER BY id"),
     Rows("SELECT count(*) FROM tenant_settings")},
    {"usage_events",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'batch')::text FROM usage_events AS t ORDER BY "
          "attempt_id, entry"),
     Rows("SELECT count(*) FROM usage_events")},
    {"usage_sums",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM usage_sums AS t ORDER BY cut, period, "
          "start, model, user_id, template_id, key_id"),
     Rows("SELECT count(*) FROM usage_sums")},
    {"user_roles",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t))::text FROM user_roles AS t ORDER BY user_id, "
          "role_id"),
     Rows("SELECT count(*) FROM user_roles")},
    {"users",
     Rows("DECLARE exported NO SCROLL CURSOR FOR SELECT (to_jsonb(t) - 'password_hash')::text FROM users AS t ORDER BY "
          "id"),
     Rows("SELECT count(*) FROM users")},
    {"audit_inbox", std::nullopt, std::nullopt},
    {"idempotency_keys", std::nullopt, Rows("SELECT count(*) FROM idempotency_keys")},
    {"recovery_codes", std::nullopt, Rows("SELECT count(*) FROM recovery_codes")},
    {"usage_unsummed", std::nullopt, Rows("SELECT count(*) FROM usage_unsummed")},
    {"template_search", std::nullopt, Rows("SELECT count(*) FROM template_search")},
    {"user_links", std::nullopt, Rows("SELECT count(*) FROM user_links")},
};

QStringList named(bool isExported)
{
    QStringList names;
    for (const Table &table : tables)
        if (table.rows.has_value() == isExported)
            names.append(QString::fromLatin1(table.name));
    return names;
}

} // namespace

QStringList exported() { return named(true); }

QStringList leftOut() { return named(false); }

void eachRow(Transaction &tx, const std::function<void(const QString &table, const QString &row)> &take)
{
    for (const Table &table : tables) {
        if (!table.rows)
            continue;
        tx.run(*table.rows);
        for (;;) {
            const auto rows =
                table.isLarge ? tx.all<QString>("FETCH 5 FROM exported") : tx.all<QString>("FETCH 200 FROM exported");
            for (const QString &row : rows)
                take(QString::fromLatin1(table.name), row);
            if (rows.isEmpty())
                break;
        }
        tx.run("CLOSE exported");
    }
}

QJsonObject counts(Transaction &tx)
{
    QJsonObject counts;
    for (const Table &table : tables)
        if (table.count)
            counts.insert(QString::fromLatin1(table.name), tx.one<qint64>(*table.count));
    return counts;
}

} // namespace TenantTables
