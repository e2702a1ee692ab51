// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/tenants/erasure.h"
#include "shared/tenants/plan.h"
#include "shared/tenants/tenant.h"

// The tenants of the server as a table.
class TenantsModel : public TableModel<Tenant>
{
    Q_OBJECT

public:
    explicit TenantsModel(QObject *parent = nullptr);
    void retranslate();
};

struct PlanRow
{
    QString id; // its name
    Plan plan;
};

// What tenants may use and have.
class PlansModel : public TableModel<PlanRow>
{
    Q_OBJECT

public:
    explicit PlansModel(QObject *parent = nullptr);
    void retranslate();
};

// The receipts of those that were erased.
class ErasuresModel : public TableModel<Erasure>
{
    Q_OBJECT

public:
    explicit ErasuresModel(QObject *parent = nullptr);
    void retranslate();
};

StatusLook lookOf(const Erasure &erasure); // finished, or cut off
qint64 rowsOf(const Erasure &erasure); // of all tables
