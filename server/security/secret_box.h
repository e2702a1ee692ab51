// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <stdexcept>

// The master key cannot be used, or a secret was not sealed with it. what() says what to do.
class SecretBoxError : public std::runtime_error
{
public:
    explicit SecretBoxError(const QString &message) : runtime_error(message.toStdString()) { }
};

// Seals secrets that lie in the database, under a master key that does not: XChaCha20-Poly1305 by libsodium.
//
//   sealed   version 1 (1 byte) · key id (8) · nonce (24) · ciphertext and tag
//   key text one or more keys of 32 bytes in hexadecimal, separated by white space or commas; "#" starts a comment
//
// The first key seals, all of them open: to rotate, put a new key in front of the old ones. Any thread.
class SecretBox
{
public:
    // The key file, made with a random key and mode 0600 when there is none. Refuses a file that others can read.
    static SecretBox fromFile(const QString &path);
    static SecretBox fromText(const QByteArray &keyText); // an environment variable
    static SecretBox random(); // forgotten with the object; for tests

    // `purpose` says what and whose the secret is; opening needs the same. A row copied to another place does not open.
    QByteArray seal(QByteArrayView secret, QByteArrayView purpose) const;
    QByteArray open(QByteArrayView sealed, QByteArrayView purpose) const;

    // A key of 32 bytes for another use, made from the master key. The first of the list belongs to the key that seals.
    QList<QByteArray> derive(QByteArrayView purpose) const;

    QByteArray keyId() const { return m_keys.first().id; }

private:
    struct Key
    {
        QByteArray id;
        QByteArray bytes;
    };

    explicit SecretBox(QList<QByteArray> keys);

    QList<Key> m_keys;
};
