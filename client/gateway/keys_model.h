// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/gateway/gateway_key.h"

// The tenant's gateway keys as a table.
class KeysModel : public TableModel<GatewayKey>
{
    Q_OBJECT

public:
    explicit KeysModel(QObject *parent = nullptr);
    void retranslate();
};
