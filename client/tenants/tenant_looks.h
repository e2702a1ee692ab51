// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/tenants/plan.h"
#include "shared/tenants/tenant.h"

// How tenants and what they may have are shown.
StatusLook lookOf(TenantStatus status);
QString shownLimit(const std::optional<qint64> &limit); // "25", or that there is none
QString shownLimits(const TenantLimits &limits); // on one line; empty: none
QPixmap logoOf(const QJsonObject &theme); // null: it has none
