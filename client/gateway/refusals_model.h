// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/gateway/refusal.h"

// One line of the table: calls refused for one reason within one minute, which is what names it.
struct RefusalRow
{
    QString id;
    GatewayRefusal refusal;

    static RefusalRow of(const GatewayRefusal &refusal);
};

// What the gateway refused as a table, the latest first.
class RefusalsModel : public TableModel<RefusalRow>
{
    Q_OBJECT

public:
    explicit RefusalsModel(QObject *parent = nullptr);
    void retranslate();
};
