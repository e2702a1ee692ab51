// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/security/secret_box.h"

#include <QUuid>

#include <optional>

// Tokens that are opaque to clients, kept as hashes and good once:
//
//   prefix + base64url( tenant id 16 bytes · id 16 · random 32 · code 16 )
//
// The ids say where to look without a table over all tenants. The code, made with a key from the master key, tells an
// old token of ours (a refresh token used twice: the session ends) from one that somebody made up (refused, nothing
// else happens).
class TenantTokens
{
public:
    struct Made
    {
        QString text;
        QByteArray hash;
    };
    Made make(const QUuid &tenantId, const QUuid &id) const;

    struct Read
    {
        QUuid tenantId;
        QUuid id;
        QByteArray hash;
    };
    std::optional<Read> read(const QString &text) const; // nothing: not made here

protected:
    TenantTokens(const SecretBox &box, QLatin1StringView prefix, QByteArrayView purpose)
        : m_box(box),
          m_prefix(prefix),
          m_purpose(purpose)
    {
    }

private:
    const SecretBox &m_box;
    const QLatin1StringView m_prefix;
    const QByteArrayView m_purpose;
};

// `id`: of the session.
class RefreshTokens : public TenantTokens
{
public:
    explicit RefreshTokens(const SecretBox &box)
        : TenantTokens(box, QLatin1StringView("patio_refresh_"), "refresh tokens")
    {
    }
};

// Of invitations and password resets. `id`: of the user.
class LinkTokens : public TenantTokens
{
public:
    explicit LinkTokens(const SecretBox &box) : TenantTokens(box, QLatin1StringView("patio_link_"), "user links") { }
};
