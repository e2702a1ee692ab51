// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/gateway/gateway_call_row.h"

// Calls of providers as a table.
class CallsModel : public TableModel<GatewayCallRow>
{
    Q_OBJECT

public:
    explicit CallsModel(QObject *parent = nullptr);
    void retranslate();
};
