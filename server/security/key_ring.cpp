// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/key_ring.h"

#include "server/security/base64.h"
#include "server/security/random.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <sodium.h>

#include <algorithm>

using namespace Qt::StringLiterals;

SigningKey SigningKey::generate()
{
    security::start();
    SigningKey key{{},
                   QByteArray(crypto_sign_PUBLICKEYBYTES, Qt::Uninitialized),
                   QByteArray(crypto_sign_SECRETKEYBYTES, Qt::Uninitialized)};
    crypto_sign_keypair(reinterpret_cast<unsigned char *>(key.publicKey.data()),
                        reinterpret_cast<unsigned char *>(key.secretKey.data()));
    key.id = thumbprint(key.publicKey);
    return key;
}

QByteArray SigningKey::thumbprint(const QByteArray &publicKey)
{
    // RFC 7638: the required members, sorted, without spaces.
    const QByteArray members = R"({"crv":"Ed25519","kty":"OKP","x":")" + base64::encode(publicKey) + "\"}";
    return base64::encode(QCryptographicHash::hash(members, QCryptographicHash::Sha256));
}

const SigningKey *KeyRing::find(QByteArrayView id) const
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const SigningKey &key) { return key.id == id; });
    return found == keys.end() ? nullptr : &*found;
}

QByteArray KeyRing::publicDocument() const
{
    QJsonArray list;
    for (const SigningKey &key : keys)
        list.append(QJsonObject{{u"kty"_s, u"OKP"_s},
                                {u"crv"_s, u"Ed25519"_s},
                                {u"alg"_s, u"EdDSA"_s},
                                {u"use"_s, u"sig"_s},
                                {u"kid"_s, QString::fromLatin1(key.id)},
                                {u"x"_s, QString::fromLatin1(base64::encode(key.publicKey))}});
    return QJsonDocument(QJsonObject{{u"keys"_s, list}}).toJson(QJsonDocument::Compact);
}
