// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

// Time-based one-time passwords as every authenticator app makes them (RFC 6238): HMAC-SHA-1, six digits, a new one
// every 30 seconds. Pure functions; times are seconds since 1970.
namespace totp {

QByteArray makeSecret();

qint64 stepAt(qint64 time);
QString code(QByteArrayView secret, qint64 step);

// The step whose code this is: the present one or a neighbour, since clocks differ and typing takes time. Only steps
// after `last` count, so that a code that was seen once is worth nothing. Takes the same time for every wrong code.
std::optional<qint64> match(QByteArrayView secret, const QString &code, qint64 time, std::optional<qint64> last);

// What a QR code for an authenticator app holds.
QString uri(QByteArrayView secret, const QString &issuer, const QString &account);

} // namespace totp
