// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/tenants/limits.h"
#include "shared/users/user.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QUuid>

enum class TenantStatus { Active, Suspended };
template<> inline constexpr auto enumNames<TenantStatus> = std::to_array({"active", "suspended"});

inline constexpr const char *tenantThemeDoc =
    "accent: a colour such as #3A5BD9; productName: instead of Patio; logo: a PNG of at most 512 by 512 pixels and 64 "
    "KiB as base64, absent in lists. In place of what there was";

struct Tenant
{
    QUuid id;
    QString slug;
    QString name;
    QString plan;
    TenantStatus status = TenantStatus::Active;
    QJsonObject theme;
    TenantLimits limits; // its own; where there is none, the plan's counts
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Tenant;
        return std::tuple{Field{"id", &T::id},
                          Field{"slug", &T::slug},
                          Field{"name", &T::name},
                          Field{"plan", &T::plan},
                          Field{"status", &T::status},
                          Field{"theme", &T::theme},
                          Field{"limits", &T::limits, {.doc = "Its own; where one is null, the plan's counts"}},
                          Field{"createdAt", &T::createdAt},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewTenant
{
    QString slug;
    QString name;
    std::optional<QString> plan;
    NewUser owner;

    static constexpr auto fields()
    {
        using T = NewTenant;
        return std::tuple{
            Field{"slug", &T::slug, {.doc = "Lower-case letters, digits and hyphens", .minLength = 2, .maxLength = 63}},
            Field{"name", &T::name, {.minLength = 1, .maxLength = 120}}, Field{"plan", &T::plan, {.maxLength = 60}},
            Field{"owner", &T::owner, {.doc = "The first user; gets the role owner"}}};
    }
};

struct TenantChange
{
    std::optional<QString> name;
    std::optional<QString> plan;
    std::optional<TenantStatus> status;
    std::optional<QJsonObject> theme;
    std::optional<TenantLimits> limits;

    static constexpr auto fields()
    {
        using T = TenantChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 120}},
                          Field{"plan", &T::plan, {.maxLength = 60}}, Field{"status", &T::status},
                          Field{"theme", &T::theme, {.doc = tenantThemeDoc}},
                          Field{"limits", &T::limits, {.doc = "In place of those there were"}}};
    }
};

struct TenantFilter
{
    std::optional<QString> search;
    std::optional<TenantStatus> status;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = TenantFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the name or slug", .maxLength = 200}},
                          Field{"status", &T::status}, Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
                          Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(Tenant)
WIRE_TYPE(NewTenant)
WIRE_TYPE(TenantChange)
WIRE_TYPE(TenantFilter)
