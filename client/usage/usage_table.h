// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/usage/usage_data.h"
#include "client/widgets/table_model.h"

// Sums as a table: by model, user or template, or day by day. The first column names what is summed up.
class UsageTable : public TableModel<UsageLine>
{
    Q_OBJECT

public:
    explicit UsageTable(UsageGroup group, QObject *parent = nullptr);
    void retranslate();

private:
    UsageGroup m_group;
};
