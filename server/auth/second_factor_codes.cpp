// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/second_factor_codes.h"

#include "server/security/base32.h"
#include "server/security/random.h"
#include "server/security/totp.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int recoveryCodes = 10;
constexpr QByteArrayView recoveryPurpose = "recovery codes";
constexpr qsizetype recoveryBytes = 10; // 16 characters; nobody guesses one of 2^80

QByteArray sealPurpose(const SecondFactorCodes::Owner &owner)
{
    return "second factor of " + owner.tenantId.toByteArray() + owner.userId.toByteArray();
}

// As people type it: in groups, in any case, with digits that look like letters which Base32 does have.
QByteArray plain(const QString &code)
{
    QByteArray text = code.toUpper().toLatin1();
    return text.replace(' ', "").replace('-', "").replace('0', 'O').replace('1', 'I');
}

QByteArray hashOf(const QUuid &userId, const QByteArray &plainCode, const QByteArray &key)
{
    return security::hash(userId.toRfc4122() + plainCode, key);
}

QString inGroups(const QByteArray &text)
{
    QStringList groups;
    for (qsizetype from = 0; from < text.size(); from += 4)
        groups.append(QString::fromLatin1(text.mid(from, 4)));
    return groups.join(u'-');
}

} // namespace

QByteArray SecondFactorCodes::seal(const Owner &owner, QByteArrayView secret) const
{
    return m_box.seal(secret, sealPurpose(owner));
}

bool SecondFactorCodes::takeAppCode(Transaction &tx, const Owner &owner, const SecondFactorStore::Row &factor,
                                    const QString &code) const
{
    const QByteArray secret = m_box.open(factor.sealedSecret, sealPurpose(owner));
    const auto step = totp::match(secret, QString(code).remove(u' '), m_now(), factor.lastStep);
    return step && SecondFactorStore::takeStep(tx, owner.userId, *step);
}

bool SecondFactorCodes::take(Transaction &tx, const Owner &owner, const QString &code) const
{
    const auto factor = SecondFactorStore::lock(tx, owner.userId);
    if (!factor || !factor->isConfirmed || takeAppCode(tx, owner, *factor, code))
        return true;
    QList<QByteArray> hashes;
    for (const QByteArray &key : m_box.derive(recoveryPurpose))
        hashes.append(hashOf(owner.userId, plain(code), key));
    return SecondFactorStore::takeRecoveryCode(tx, owner.userId, hashes);
}

QList<QString> SecondFactorCodes::renewRecoveryCodes(Transaction &tx, const QUuid &userId) const
{
    const QByteArray key = m_box.derive(recoveryPurpose).first();
    QList<QString> codes;
    QList<QByteArray> hashes;
    for (int i = 0; i < recoveryCodes; ++i) {
        const QByteArray code = base32::encode(security::randomBytes(recoveryBytes));
        codes.append(inGroups(code));
        hashes.append(hashOf(userId, code, key));
    }
    SecondFactorStore::replaceRecoveryCodes(tx, userId, hashes);
    return codes;
}
