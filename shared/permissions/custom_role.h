// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/permissions/ability.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QUuid>

// A role that a tenant has made: a named set of abilities.
struct CustomRole
{
    QUuid id;
    QString name;
    QString description;
    QList<Ability> abilities;
    qint64 people = 0;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = CustomRole;
        return std::tuple{Field{"id", &T::id},
                          Field{"name", &T::name},
                          Field{"description", &T::description},
                          Field{"abilities", &T::abilities},
                          Field{"people", &T::people, {.doc = "How many have it"}},
                          Field{"createdAt", &T::createdAt},
                          Field{"updatedAt", &T::updatedAt},
                          Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewCustomRole
{
    QString name;
    std::optional<QString> description;
    QList<Ability> abilities;

    static constexpr auto fields()
    {
        using T = NewCustomRole;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 60}},
                          Field{"description", &T::description, {.maxLength = 500}},
                          Field{"abilities", &T::abilities, {.minLength = 1, .maxLength = 200}}};
    }
};

// What stays absent stays as it is.
struct CustomRoleChange
{
    std::optional<QString> name;
    std::optional<QString> description;
    std::optional<QList<Ability>> abilities;

    static constexpr auto fields()
    {
        using T = CustomRoleChange;
        return std::tuple{Field{"name", &T::name, {.minLength = 1, .maxLength = 60}},
                          Field{"description", &T::description, {.maxLength = 500}},
                          Field{"abilities", &T::abilities, {.minLength = 1, .maxLength = 200}}};
    }
};

struct CustomRoleFilter
{
    std::optional<QString> search;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = CustomRoleFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the name", .maxLength = 200}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(CustomRole)
WIRE_TYPE(NewCustomRole)
WIRE_TYPE(CustomRoleChange)
WIRE_TYPE(CustomRoleFilter)
