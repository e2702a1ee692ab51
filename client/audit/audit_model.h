// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/audit/audit_entry.h"

// The audit log as a table, newest first.
class AuditModel : public TableModel<AuditEntry>
{
    Q_OBJECT

public:
    explicit AuditModel(QObject *parent = nullptr);
    void retranslate();
};
