// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/users/user.h"

struct NewInvitation
{
    QString email;
    std::optional<QString> displayName; // until the person chooses one
    QList<Role> roles;
    std::optional<QList<QUuid>> customRoles;
    std::optional<QJsonObject> attributes;

    static constexpr auto fields()
    {
        using T = NewInvitation;
        return std::tuple{
            Field{"email", &T::email, {.minLength = 3, .maxLength = 254, .format = "email"}},
            Field{"displayName",
                  &T::displayName,
                  {.doc = "Until the person chooses one; the e-mail address is taken otherwise", .maxLength = 120}},
            Field{"roles", &T::roles, {.minLength = 1, .maxLength = 8}},
            Field{"customRoles", &T::customRoles, {.maxLength = 50}}, Field{"attributes", &T::attributes}};
    }
};

// The right to choose a password for a user, once. Shown once, to whoever made it: the server sends no mail.
struct UserLink
{
    User user;
    QString token;
    QDateTime expiresAt;

    static constexpr auto fields()
    {
        using T = UserLink;
        return std::tuple{Field{"user", &T::user},
                          Field{"token", &T::token, {.doc = "Pass it on to the person; it is never shown again"}},
                          Field{"expiresAt", &T::expiresAt}};
    }
};

struct AcceptInvitation
{
    QString token;
    QString displayName;
    QString password;
    std::optional<QString> device; // as in SignIn

    static constexpr auto fields()
    {
        using T = AcceptInvitation;
        return std::tuple{Field{"token", &T::token, {.minLength = 1, .maxLength = 200, .secret = true}},
                          Field{"displayName", &T::displayName, {.minLength = 1, .maxLength = 120}},
                          Field{"password", &T::password, {.minLength = 12, .maxLength = 1024, .secret = true}},
                          Field{"device", &T::device, {.maxLength = 120}}};
    }
};

struct PasswordReset
{
    QString token;
    QString password;

    static constexpr auto fields()
    {
        using T = PasswordReset;
        return std::tuple{Field{"token", &T::token, {.minLength = 1, .maxLength = 200, .secret = true}},
                          Field{"password", &T::password, {.minLength = 12, .maxLength = 1024, .secret = true}}};
    }
};

struct PasswordChange
{
    QString password;
    QString newPassword;

    static constexpr auto fields()
    {
        using T = PasswordChange;
        return std::tuple{Field{"password",
                                &T::password,
                                {.doc = "The present one", .minLength = 1, .maxLength = 1024, .secret = true}},
                          Field{"newPassword", &T::newPassword, {.minLength = 12, .maxLength = 1024, .secret = true}}};
    }
};

WIRE_TYPE(NewInvitation)
WIRE_TYPE(UserLink)
WIRE_TYPE(AcceptInvitation)
WIRE_TYPE(PasswordReset)
WIRE_TYPE(PasswordChange)
