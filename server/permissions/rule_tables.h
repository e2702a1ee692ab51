// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/rule.h"

// Whether lists can follow a rule as single records do: conditions that cannot be asked of the database, or that would
// mean something else there. Empty: they can. The rule has passed checkRule().
QList<json::Problem> checkRuleForLists(const RuleInput &rule);
