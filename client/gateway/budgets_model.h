// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/gateway/budget.h"

// The budgets as a table.
class BudgetsModel : public TableModel<Budget>
{
    Q_OBJECT

public:
    explicit BudgetsModel(QObject *parent = nullptr);
    void retranslate();
};
