// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

// An Ed25519 pair (RFC 8032) that signs access tokens.
struct SigningKey
{
    QByteArray id; // the thumbprint of the public key (RFC 7638)
    QByteArray publicKey; // 32 bytes
    QByteArray secretKey; // 64 bytes; empty in a key that only verifies

    static SigningKey generate();
    static QByteArray thumbprint(const QByteArray &publicKey);
};

// The keys that are trusted now. The first one signs.
struct KeyRing
{
    QList<SigningKey> keys;

    const SigningKey *find(QByteArrayView id) const;
    // What others need to check our tokens: a JWK Set (RFC 7517, RFC 8037).
    QByteArray publicDocument() const;
};
