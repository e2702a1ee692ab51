// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/rule_tables.h"

#include "server/permissions/condition_sql.h"
#include "shared/permissions/condition.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using permissions::sqlTable;
using permissions::SqlTable;

namespace {

struct RuleTable
{
    QLatin1StringView subject;
    SqlTable (*table)();
    QList<QLatin1StringView> unlisted; // attributes that rows of lists do not have, or have otherwise
    bool isSummed = false; // its answers are sums over records
};

const RuleTable *tableOf(QStringView subject)
{
    static const RuleTable tables[] = {
        {"templates"_L1, &sqlTable<PromptTemplate>, {}},
        {"jobs"_L1, &sqlTable<Job>, {"output"_L1, "cacheHit"_L1}},
        {"batches"_L1, &sqlTable<Batch>, {}},
        {"channels"_L1, &sqlTable<Channel>, {}},
        {"chat"_L1, &sqlTable<ChatMessage>, {}},
        {"users"_L1, &sqlTable<User>, {}},
        {"credentials"_L1, &sqlTable<Credential>, {}},
        {"gatewayKeys"_L1, &sqlTable<GatewayKey>, {}},
        {"sessions"_L1, &sqlTable<Session>, {"current"_L1}},
        {"usage"_L1,
         &sqlTable<UsageRow>,
         {"calls"_L1, "failedCalls"_L1, "lostCalls"_L1, "inputTokens"_L1, "cachedInputTokens"_L1, "outputTokens"_L1,
          "reasoningTokens"_L1, "costNanos"_L1, "unpricedCalls"_L1, "cacheWriteTokens"_L1, "cacheHits"_L1,
          "savedNanos"_L1},
         true}};
    const auto found = std::find_if(std::begin(tables), std::end(tables),
                                    [&](const RuleTable &one) { return subject == one.subject; });
    return found == std::end(tables) ? nullptr : found;
}

} // namespace

QList<json::Problem> checkRuleForLists(const RuleInput &rule)
{
    const Subject *const subject = findSubject(rule.subject);
    const RuleTable *const table = tableOf(rule.subject);
    if (!rule.conditions || !subject)
        return {};
    if (!table)
        return {{u"/conditions"_s, u"cannot be kept: %1 have no records to ask; leave them out"_s.arg(rule.subject)}};
    QList<json::Problem> problems;
    if (table->isSummed && rule.onlyFields)
        problems.append(
            {u"/fields"_s,
             u"cannot stand beside conditions: what is shown of %1 are sums over records"_s.arg(rule.subject)});
    if (const auto condition = permissions::Condition::compile(*rule.conditions, *subject, nullptr, problems)) {
        for (std::size_t i = 0; i < condition->nodes().size(); ++i) {
            const int slot = condition->nodes()[i].slot;
            if (slot < 0)
                continue;
            const QString &name = subject->attributes[slot].name;
            if (std::any_of(table->unlisted.begin(), table->unlisted.end(),
                            [&](QLatin1StringView one) { return name == one; }))
                problems.append({condition->origin(std::uint32_t(i)).pointer,
                                 u"asks for %1, which lists cannot look at"_s.arg(name)});
        }
    }
    if (problems.isEmpty())
        problems = permissions::checkRuleSql(rule, table->table());
    return problems;
}
