// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/permissions/role.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

enum class UserStatus { Invited, Active, Suspended };
template<> inline constexpr auto enumNames<UserStatus> = std::to_array({"invited", "active", "suspended"});

struct User
{
    QUuid id;
    QString email;
    QString displayName;
    UserStatus status = UserStatus::Active;
    QList<Role> roles;
    QList<QUuid> customRoles;
    QJsonObject attributes; // what the tenant notes about the person, for its rules
    QString locale;
    QString timeZone;
    QDateTime createdAt;
    std::optional<QDateTime> lastSignInAt;
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = User;
        return std::tuple{
            Field{"id", &T::id},
            Field{"email", &T::email},
            Field{"displayName", &T::displayName},
            Field{"status", &T::status},
            Field{"roles", &T::roles},
            Field{"customRoles", &T::customRoles, {.doc = "Ids of roles that the tenant made"}},
            Field{"attributes",
                  &T::attributes,
                  {.doc = "What the tenant notes about the person; rules read it as ${user.attributes.X}"}},
            Field{"locale", &T::locale},
            Field{"timeZone", &T::timeZone},
            Field{"createdAt", &T::createdAt},
            Field{"lastSignInAt", &T::lastSignInAt},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match"}}};
    }
};

struct NewUser
{
    QString email;
    QString displayName;
    QString password;
    QList<Role> roles;
    std::optional<QList<QUuid>> customRoles;
    std::optional<QJsonObject> attributes;

    static constexpr auto fields()
    {
        using T = NewUser;
        return std::tuple{Field{"email", &T::email, {.minLength = 3, .maxLength = 254, .format = "email"}},
                          Field{"displayName", &T::displayName, {.minLength = 1, .maxLength = 120}},
                          Field{"password", &T::password, {.minLength = 12, .maxLength = 1024, .secret = true}},
                          Field{"roles", &T::roles, {.minLength = 1, .maxLength = 8}},
                          Field{"customRoles", &T::customRoles, {.maxLength = 50}},
                          Field{"attributes", &T::attributes}};
    }
};

// What stays absent stays as it is.
struct UserChange
{
    std::optional<QString> displayName;
    std::optional<UserStatus> status;
    std::optional<QList<Role>> roles;
    std::optional<QList<QUuid>> customRoles;
    std::optional<QJsonObject> attributes;
    std::optional<QString> locale;
    std::optional<QString> timeZone;

    static constexpr auto fields()
    {
        using T = UserChange;
        return std::tuple{Field{"displayName", &T::displayName, {.minLength = 1, .maxLength = 120}},
                          Field{"status", &T::status},
                          Field{"roles", &T::roles, {.minLength = 1, .maxLength = 8}},
                          Field{"customRoles", &T::customRoles, {.doc = "Instead of those there are", .maxLength = 50}},
                          Field{"attributes", &T::attributes, {.doc = "Instead of those there are"}},
                          Field{"locale", &T::locale, {.maxLength = 20}},
                          Field{"timeZone", &T::timeZone, {.maxLength = 60}}};
    }
};

struct UserFilter
{
    std::optional<QString> search;
    std::optional<UserStatus> status;
    std::optional<Role> role;
    std::optional<QUuid> customRole;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = UserFilter;
        return std::tuple{Field{"search", &T::search, {.doc = "Part of the name or e-mail", .maxLength = 200}},
                          Field{"status", &T::status},
                          Field{"role", &T::role},
                          Field{"customRole", &T::customRole},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}},
                          Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(User)
WIRE_TYPE(NewUser)
WIRE_TYPE(UserChange)
WIRE_TYPE(UserFilter)
