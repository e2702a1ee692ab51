// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QDateTime>
#include <QList>
#include <QString>

// Whether somebody signs in with a code besides the password.
struct SecondFactor
{
    bool enabled = false;
    std::optional<QDateTime> enabledAt;
    int recoveryCodesLeft = 0;
    bool required = false; // by the tenant

    static constexpr auto fields()
    {
        using T = SecondFactor;
        return std::tuple{Field{"enabled", &T::enabled}, Field{"enabledAt", &T::enabledAt},
                          Field{"recoveryCodesLeft", &T::recoveryCodesLeft},
                          Field{"required", &T::required, {.doc = "The tenant demands one"}}};
    }
};

// Proof that the person is still there, and not only the session.
struct PasswordAgain
{
    QString password;

    static constexpr auto fields()
    {
        return std::tuple{
            Field{"password", &PasswordAgain::password, {.minLength = 1, .maxLength = 1024, .secret = true}}};
    }
};

// Shown once, while the second factor is set up.
struct SecondFactorOffer
{
    QString secret; // Base32
    QString uri;

    static constexpr auto fields()
    {
        using T = SecondFactorOffer;
        return std::tuple{Field{"secret", &T::secret, {.doc = "Base32, to be typed into an authenticator app"}},
                          Field{"uri", &T::uri, {.doc = "otpauth://…, to be shown as a QR code"}}};
    }
};

struct SecondFactorCode
{
    QString code;

    static constexpr auto fields()
    {
        return std::tuple{Field{"code",
                                &SecondFactorCode::code,
                                {.doc = "Of the authenticator app", .minLength = 6, .maxLength = 10, .secret = true}}};
    }
};

struct PasswordAndCode
{
    QString password;
    QString code;

    static constexpr auto fields()
    {
        using T = PasswordAndCode;
        return std::tuple{Field{"password", &T::password, {.minLength = 1, .maxLength = 1024, .secret = true}},
                          Field{"code",
                                &T::code,
                                {.doc = "Of the authenticator app, or a recovery code",
                                 .minLength = 6,
                                 .maxLength = 40,
                                 .secret = true}}};
    }
};

// Shown once. Each signs in once in place of the app's code.
struct RecoveryCodes
{
    QList<QString> recoveryCodes;

    static constexpr auto fields() { return std::tuple{Field{"recoveryCodes", &RecoveryCodes::recoveryCodes}}; }
};

WIRE_TYPE(SecondFactor)
WIRE_TYPE(PasswordAgain)
WIRE_TYPE(SecondFactorOffer)
WIRE_TYPE(SecondFactorCode)
WIRE_TYPE(PasswordAndCode)
WIRE_TYPE(RecoveryCodes)
