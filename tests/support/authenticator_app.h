// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/security/totp.h"

// What an authenticator app makes of the secret that it was given. The codes themselves are those of RFC 6238
// (tst_totp).
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
    QString code(qint64 time) const { return totp::code(m_secret, totp::stepAt(time)); }

private:
    QByteArray m_secret;
};
