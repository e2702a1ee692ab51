// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMessageAuthenticationCode>
#include <QString>
#include <QtEndian>

// What an authenticator app makes of the secret that it was given (RFC 6238). Shares no code with what it tests.
class AuthenticatorApp
{
public:
    AuthenticatorApp() = default;
    explicit AuthenticatorApp(const QString &base32)
    {
        unsigned held = 0;
        int count = 0;
        for (const QChar c : base32) {
            held = (held << 5 | unsigned(QStringView(u"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").indexOf(c))) & 0xfff;
            count += 5;
            if (count >= 8) {
                count -= 8;
                m_secret += char(held >> count);
            }
        }
    }

    QByteArray secret() const { return m_secret; }
    QString code(qint64 time) const // seconds since 1970
    {
        QByteArray counter(8, '\0');
        qToBigEndian(quint64(time / 30), counter.data());
        const QByteArray mac = QMessageAuthenticationCode::hash(counter, m_secret, QCryptographicHash::Sha1);
        const quint32 number = qFromBigEndian<quint32>(mac.constData() + (mac[19] & 0x0f)) & 0x7fffffffU;
        return QStringLiteral("%1").arg(QString::number(number % 1000000U), 6, QLatin1Char('0'));
    }

private:
    QByteArray m_secret;
};
