// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/tenants/plan.h"
#include "shared/tenants/tenant.h"

// How tenants and what they may have are shown.
StatusLook lookOf(TenantStatus status);
// What counts for a tenant and what of it is used: "7 of 25, by its plan". Without a plan: it is not known here.
QString shownLimit(std::optional<qint64> TenantLimits::*limit, const Tenant &tenant, const std::optional<Plan> &plan,
                   const std::optional<qint64> &used);
QString fallbackOf(const std::optional<qint64> &limitOfPlan); // what an empty field of a tenant's limits means
QString shownLimits(const TenantLimits &limits); // on one line; empty: none
QPixmap logoOf(const QJsonObject &theme); // null: it has none
