// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/budget.h"

// Days and months of UTC, as budget_start() in the database has them.
namespace budgets {

QDateTime periodStart(BudgetPeriod period, const QDateTime &at);
std::optional<QDateTime> periodEnd(BudgetPeriod period, const QDateTime &at); // nothing: never
QString periodName(BudgetPeriod period); // "this day", for sentences
QString shownNanos(qint64 nanos); // "$0.0125"

} // namespace budgets
