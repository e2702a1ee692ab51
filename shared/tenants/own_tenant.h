// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/tenants/tenant.h"

// A tenant as its own people see it.
struct OwnTenant
{
    QUuid id;
    QString slug;
    QString name;
    QString plan;
    QJsonObject theme;
    TenantLimits limits; // those that count, whoever set them
    TenantUse use;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = OwnTenant;
        return std::tuple{Field{"id", &T::id},
                          Field{"slug", &T::slug},
                          Field{"name", &T::name},
                          Field{"plan", &T::plan},
                          Field{"theme", &T::theme},
                          Field{"limits", &T::limits, {.doc = "Null: as many as you like"}},
                          Field{"use", &T::use},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

// What stays absent stays as it is.
struct OwnTenantChange
{
    std::optional<QString> name;
    std::optional<QJsonObject> theme;

    static constexpr auto fields()
    {
        using T = OwnTenantChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"theme", &T::theme, {.doc = tenantThemeDoc}}};
    }
};

WIRE_TYPE(OwnTenant)
WIRE_TYPE(OwnTenantChange)
