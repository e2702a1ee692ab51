// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/gateway/budget.h"

WIRE_CODE(BudgetAlert)
WIRE_CODE(Budget)
WIRE_CODE(NewBudget)
WIRE_CODE(BudgetChange)
WIRE_CODE(BudgetFilter)
