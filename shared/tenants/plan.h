// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/tenants/limits.h"

#include <QDateTime>

// What tenants may use at all: the ceiling above their roles and rules, and their limits where they have none of their
// own.
struct Plan
{
    QString name;
    QString description;
    std::optional<QList<QString>> subjects; // absent: all, also those that later versions add
    TenantLimits limits;
    qint64 tenants = 0;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Plan;
        return std::tuple{Field{"name", &T::name},
                          Field{"description", &T::description},
                          Field{"subjects", &T::subjects, {.doc = "What its tenants may use; null: everything"}},
                          Field{"limits", &T::limits},
                          Field{"tenants", &T::tenants, {.doc = "How many are on it"}},
                          Field{"createdAt", &T::createdAt},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewPlan
{
    QString name;
    std::optional<QString> description;
    std::optional<QList<QString>> subjects;
    std::optional<TenantLimits> limits;

    static constexpr auto fields()
    {
        using T = NewPlan;
        return std::tuple{
            Field{"name", &T::name, {.doc = "Lower-case letters, digits and hyphens", .minLength = 1, .maxLength = 60}},
            Field{"description", &T::description, {.maxLength = 500}},
            Field{"subjects",
                  &T::subjects,
                  {.doc = "templates, jobs, users …; everything when absent", .maxLength = 100}},
            Field{"limits", &T::limits}};
    }
};

// In place of what there was, but for its name.
struct PlanChange
{
    QString description;
    std::optional<QList<QString>> subjects;
    TenantLimits limits;

    static constexpr auto fields()
    {
        using T = PlanChange;
        return std::tuple{Field{"description", &T::description, {.maxLength = 500, .hasDefault = true}},
                          Field{"subjects", &T::subjects, {.doc = "Everything when absent", .maxLength = 100}},
                          Field{"limits", &T::limits, {.doc = "None when absent", .hasDefault = true}}};
    }
};

struct PlanList
{
    QList<Plan> items;

    static constexpr auto fields() { return std::tuple{Field{"items", &PlanList::items}}; }
};

WIRE_TYPE(Plan)
WIRE_TYPE(NewPlan)
WIRE_TYPE(PlanChange)
WIRE_TYPE(PlanList)
