// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/gateway/route.h"

// The tenant's routes as a table.
class RoutesModel : public TableModel<GatewayRoute>
{
    Q_OBJECT

public:
    explicit RoutesModel(QObject *parent = nullptr);
    void retranslate();
};
