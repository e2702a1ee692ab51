// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/totp.h"

#include "server/security/base32.h"
#include "server/security/random.h"

#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace totp {

QByteArray makeSecret() { return security::randomBytes(20); } // as long as the hash (RFC 4226, section 4)

qint64 stepAt(qint64 time) { return time / 30; }

QString code(QByteArrayView secret, qint64 step)
{
    QByteArray counter(8, Qt::Uninitialized);
    qToBigEndian(step, counter.data());
    const QByteArray mac = QMessageAuthenticationCode::hash(counter, secret.toByteArray(), QCryptographicHash::Sha1);
    const quint32 number = qFromBigEndian<quint32>(mac.constData() + (mac.back() & 15)) & 0x7fffffff;
    return QString::number(number % 1'000'000).rightJustified(6, u'0');
}

std::optional<qint64> match(QByteArrayView secret, const QString &code, qint64 time, std::optional<qint64> last)
{
    const QByteArray given = code.toLatin1();
    std::optional<qint64> found;
    for (const qint64 step : {stepAt(time) - 1, stepAt(time), stepAt(time) + 1}) {
        const bool isEqual = security::equal(totp::code(secret, step).toLatin1(), given);
        if (isEqual && (!last || step > *last))
            found = found.value_or(step);
    }
    return found;
}

QString uri(QByteArrayView secret, const QString &issuer, const QString &account)
{
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    return u"otpauth://totp/%1:%2?secret=%3&issuer=%1&algorithm=SHA1&digits=6&period=30"_s.arg(
        encoded(issuer), encoded(account), QString::fromLatin1(base32::encode(secret)));
}

} // namespace totp
