// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"
#include "client/widgets/table_model.h"

// The rules of the tenant as a table.
class RulesModel : public TableModel<Rule>
{
    Q_OBJECT

public:
    explicit RulesModel(const PermissionDirectory &directory, QObject *parent = nullptr);

    void retranslate();
};

QString shownWhat(const Rule &rule); // "Templates: change, remove"
