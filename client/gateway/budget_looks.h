// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "client/widgets/timeline.h"
#include "shared/gateway/budget.h"

// How budgets are named and shown, in the person's language.

QString shownSubject(const Budget &budget); // "Key “Web shop”"
QString shownPeriod(BudgetPeriod period); // "A month"
QString shownAmount(const Budget &budget); // "US$ 4,000.00 a month"
double shareSpent(const Budget &budget); // 0.855
StatusLook lookOf(const Budget &budget); // how much of it is gone
QList<StatusLook> budgetLooks(); // all there are
ShareLook shareOf(const Budget &budget);
QString shownReset(const Budget &budget, const QDateTime &now); // "in 3 d"; of one that lasts for ever, "never"
QList<Timeline::Step> thresholdsOf(const Budget &budget); // those reached with their time, and those to come
