// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/secret_box.h"

#include "server/security/random.h"
#include "server/security/raw_bytes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

#include <sodium.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr char version = 1;
constexpr qsizetype keySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype idSize = 8;
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char *raw(QByteArray &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); }

QList<QByteArray> keysIn(const QByteArray &text)
{
    QList<QByteArray> keys;
    for (const QByteArray &line : text.split('\n')) {
        const QByteArray plain = line.left(line.indexOf('#') < 0 ? line.size() : line.indexOf('#')).replace(',', ' ');
        for (const QByteArray &word : plain.simplified().split(' ')) {
            if (word.isEmpty())
                continue;
            const QByteArray key = QByteArray::fromHex(word);
            if (key.size() != keySize || key.toHex() != word.toLower())
                throw SecretBoxError(
                    u"The master key must be 64 hexadecimal digits for each key, as `openssl rand -hex 32` prints them."_s);
            keys.append(key);
        }
    }
    if (keys.isEmpty())
        throw SecretBoxError(
            u"There is no master key: give 64 hexadecimal digits, as `openssl rand -hex 32` prints them."_s);
    return keys;
}

// Appears whole or not at all; of several processes that start at once, one makes it.
void makeKeyFile(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QLockFile lock(path + u".lock"_s);
    lock.lock();
    if (QFileInfo::exists(path))
        return;
    QSaveFile file(path);
    const QByteArray text =
        "# Patio's master key. Keep a copy elsewhere: without it the secrets in the database are lost.\n"
        + security::randomBytes(keySize).toHex() + '\n';
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(text) != text.size() || !file.commit())
        throw SecretBoxError(u"The master key file %1 cannot be written: %2."_s.arg(path, file.errorString()));
}

} // namespace

SecretBox::SecretBox(QList<QByteArray> keys)
{
    security::start();
    for (QByteArray &key : keys)
        m_keys.append({security::hash("patio master key id", key).left(idSize), std::move(key)});
}

SecretBox SecretBox::fromText(const QByteArray &keyText) { return SecretBox(keysIn(keyText)); }

SecretBox SecretBox::random() { return SecretBox({security::randomBytes(keySize)}); }

SecretBox SecretBox::fromFile(const QString &path)
{
    if (!QFileInfo::exists(path))
        makeKeyFile(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw SecretBoxError(u"The master key file %1 cannot be read: %2."_s.arg(path, file.errorString()));
    constexpr auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    if (file.permissions() & others)
        throw SecretBoxError(u"The master key file %1 can be read by others. Run: chmod 600 %1"_s.arg(path));
    return fromText(file.read(64 * 1024));
}

QByteArray SecretBox::seal(QByteArrayView secret, QByteArrayView purpose) const
{
    const Key &key = m_keys.first();
    const QByteArray nonce = security::randomBytes(nonceSize);
    QByteArray cipher(secret.size() + tagSize, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(cipher), nullptr, raw(secret), quint64(secret.size()), raw(purpose),
                                               quint64(purpose.size()), nullptr, raw(nonce), raw(key.bytes));
    return version + key.id + nonce + cipher;
}

QByteArray SecretBox::open(QByteArrayView sealed, QByteArrayView purpose) const
{
    constexpr qsizetype headSize = 1 + idSize + nonceSize;
    if (sealed.size() < headSize + tagSize || sealed.front() != version)
        throw SecretBoxError(u"A sealed secret in the database is damaged."_s);
    const QByteArrayView id = sealed.sliced(1, idSize);
    const auto key =
        std::find_if(m_keys.begin(), m_keys.end(), [&](const Key &candidate) { return candidate.id == id; });
    if (key == m_keys.end())
        throw SecretBoxError(
            u"A secret in the database was sealed with the master key %1, which this server does not have. "
            "Put that key back, behind the present one."_s.arg(QString::fromLatin1(id.toByteArray().toHex())));
    const QByteArrayView nonce = sealed.sliced(1 + idSize, nonceSize);
    const QByteArrayView cipher = sealed.sliced(headSize);
    QByteArray secret(cipher.size() - tagSize, Qt::Uninitialized);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(secret), nullptr, nullptr, raw(cipher), quint64(cipher.size()),
                                                   raw(purpose), quint64(purpose.size()), raw(nonce), raw(key->bytes)))
        throw SecretBoxError(u"A sealed secret in the database is damaged or stands in the wrong place."_s);
    return secret;
}

QList<QByteArray> SecretBox::derive(QByteArrayView purpose) const
{
    QList<QByteArray> keys;
    for (const Key &key : m_keys)
        keys.append(security::hash("patio derived key: " + purpose.toByteArray(), key.bytes));
    return keys;
}
