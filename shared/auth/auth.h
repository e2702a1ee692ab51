// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/permissions/role.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUuid>

struct SignIn
{
    QString tenant;
    QString email;
    QString password;
    std::optional<QString> device; // what the session list shows: "Patio on Ana's laptop"
    std::optional<QString> code = {}; // of the second factor, for those who have one

    static constexpr auto fields()
    {
        using T = SignIn;
        return std::tuple{Field{"tenant", &T::tenant, {.doc = "Slug of the tenant", .minLength = 1, .maxLength = 63}},
                          Field{"email", &T::email, {.minLength = 1, .maxLength = 254, .format = "email"}},
                          Field{"password", &T::password, {.minLength = 1, .maxLength = 1024, .secret = true}},
                          Field{"device", &T::device, {.maxLength = 120}},
                          Field{"code",
                                &T::code,
                                {.doc = "Of the authenticator app, or a recovery code. Asked for by the error "
                                        "code_required, after the right password only",
                                 .maxLength = 40,
                                 .secret = true}}};
    }
};

struct Refresh
{
    QString refreshToken;

    static constexpr auto fields()
    {
        return std::tuple{
            Field{"refreshToken", &Refresh::refreshToken, {.minLength = 1, .maxLength = 200, .secret = true}}};
    }
};

// Makes the first operator with the one-time token that the server printed at its first start.
struct FirstOperator
{
    QString token;
    QString email;
    QString displayName;
    QString password;

    static constexpr auto fields()
    {
        using T = FirstOperator;
        return std::tuple{Field{"token", &T::token, {.minLength = 1, .maxLength = 200, .secret = true}},
                          Field{"email", &T::email, {.minLength = 3, .maxLength = 254, .format = "email"}},
                          Field{"displayName", &T::displayName, {.minLength = 1, .maxLength = 120}},
                          Field{"password", &T::password, {.minLength = 12, .maxLength = 1024, .secret = true}}};
    }
};

// Who is signed in, where, and what they may do there.
struct Profile
{
    QUuid userId;
    QString email;
    QString displayName;
    QString locale; // "": as the client's own
    QString timeZone;
    QList<Role> roles;
    QList<Ability> abilities;
    QUuid tenantId;
    QString tenantSlug;
    QString tenantName;
    QString plan;
    QJsonObject theme; // {"accent": "#3A5BD9", "productName": "…"}; empty: Patio's own
    QUuid sessionId;
    bool needsSecondFactor = false;
    qint64 revision = 1; // of the user

    static constexpr auto fields()
    {
        using T = Profile;
        return std::tuple{
            Field{"userId", &T::userId},
            Field{"email", &T::email},
            Field{"displayName", &T::displayName},
            Field{"locale", &T::locale, {.hasDefault = true}},
            Field{"timeZone", &T::timeZone, {.hasDefault = true}},
            Field{"roles", &T::roles},
            Field{"abilities", &T::abilities},
            Field{"tenantId", &T::tenantId},
            Field{"tenantSlug", &T::tenantSlug},
            Field{"tenantName", &T::tenantName},
            Field{"plan", &T::plan},
            Field{"theme", &T::theme},
            Field{"sessionId", &T::sessionId},
            Field{"needsSecondFactor",
                  &T::needsSecondFactor,
                  {.doc = "The tenant demands one: this session can only set it up", .hasDefault = true}},
            Field{"revision", &T::revision, {.doc = "Also the ETag; send it back in If-Match", .hasDefault = true}}};
    }
};

// What people change of themselves. What stays absent stays as it is.
struct ProfileChange
{
    std::optional<QString> displayName;
    std::optional<QString> locale;
    std::optional<QString> timeZone;

    static constexpr auto fields()
    {
        using T = ProfileChange;
        return std::tuple{Field{"displayName", &T::displayName, {.minLength = 1, .maxLength = 120}},
                          Field{"locale", &T::locale, {.doc = "Such as pt-BR", .maxLength = 20}},
                          Field{"timeZone", &T::timeZone, {.doc = "Such as America/Sao_Paulo", .maxLength = 60}}};
    }
};

struct SignedIn
{
    QString accessToken; // JWT (RFC 7519), EdDSA
    qint64 expiresIn = 0;
    QString refreshToken; // once only: using it again ends the session
    Profile profile;

    static constexpr auto fields()
    {
        using T = SignedIn;
        return std::tuple{
            Field{"accessToken", &T::accessToken, {.doc = "JSON Web Token for the header Authorization: Bearer"}},
            Field{"expiresIn", &T::expiresIn, {.doc = "Seconds until the access token ends"}},
            Field{"refreshToken", &T::refreshToken, {.doc = "Good for one refresh"}}, Field{"profile", &T::profile}};
    }
};

struct Session
{
    QUuid id;
    QUuid userId;
    QString userName;
    QString device;
    QString address;
    QDateTime createdAt;
    QDateTime lastUsedAt;
    bool current = false;

    static constexpr auto fields()
    {
        using T = Session;
        return std::tuple{Field{"id", &T::id},
                          Field{"userId", &T::userId},
                          Field{"userName", &T::userName},
                          Field{"device", &T::device},
                          Field{"address", &T::address},
                          Field{"createdAt", &T::createdAt},
                          Field{"lastUsedAt", &T::lastUsedAt},
                          Field{"current", &T::current, {.doc = "The session that asks"}}};
    }
};

struct SessionOwner
{
    std::optional<QUuid> userId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"userId", &SessionOwner::userId, {.doc = "Of somebody else; needs sessions.delete"}}};
    }
};

struct SessionFilter
{
    std::optional<QUuid> userId;
    std::optional<int> limit;
    std::optional<QString> cursor;

    static constexpr auto fields()
    {
        using T = SessionFilter;
        return std::tuple{Field{"userId", &T::userId, {.doc = "Of somebody else; needs sessions.read"}},
                          Field{"limit", &T::limit, {.minimum = 1, .maximum = 200}}, Field{"cursor", &T::cursor}};
    }
};

WIRE_TYPE(SignIn)
WIRE_TYPE(Refresh)
WIRE_TYPE(FirstOperator)
WIRE_TYPE(Profile)
WIRE_TYPE(ProfileChange)
WIRE_TYPE(SignedIn)
WIRE_TYPE(Session)
WIRE_TYPE(SessionOwner)
WIRE_TYPE(SessionFilter)
