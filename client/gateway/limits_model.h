// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/gateway/limit.h"

// The limits of the gateway as a table.
class LimitsModel : public TableModel<GatewayLimit>
{
    Q_OBJECT

public:
    explicit LimitsModel(QObject *parent = nullptr);
    void retranslate();
};
