// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/security/secret_box.h"

#include <QUuid>

#include <optional>

// Refresh tokens: opaque to clients, kept as hashes, good once.
//
//   patio_refresh_ + base64url( tenant id 16 bytes · session id 16 · random 32 · code 16 )
//
// The ids say where to look without a table over all tenants. The code, made with a key from the master key, tells an
// old token of ours (used twice: the session ends) from one that somebody made up (refused, nothing else happens).
class RefreshTokens
{
public:
    explicit RefreshTokens(const SecretBox &box) : m_box(box) { }

    struct Made
    {
        QString text;
        QByteArray hash;
    };
    Made make(const QUuid &tenantId, const QUuid &sessionId) const;

    struct Read
    {
        QUuid tenantId;
        QUuid sessionId;
        QByteArray hash;
    };
    std::optional<Read> read(const QString &text) const; // nothing: not made here

private:
    const SecretBox &m_box;
};
