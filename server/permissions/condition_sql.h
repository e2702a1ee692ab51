// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/permissions/sql_table.h"
#include "shared/permissions/policy.h"

namespace permissions {

// Conditions as SQL that is true for exactly the rows whose records they match, and else false or NULL. What the
// database would not decide alike is added to the problems, with nothing in return: the rule that says so is refused
// when it is saved. Without variables (see Condition::compile) the SQL is good for that check only.
std::optional<database::Fragment> compileSql(const Condition &condition, const SqlTable &table, const Moment &now,
                                             QList<json::Problem> &problems);

// The rows of which the policy says may(): for lists, counts and pages. A rule that does not compile fails closed.
database::Fragment rowsAllowed(const Policy &policy, Ability ability, const SqlTable &table, const Moment &now);

// What keeps a rule from being compiled for the table of its subject; beside checkRule().
QList<json::Problem> checkRuleSql(const RuleInput &rule, const SqlTable &table);

} // namespace permissions
