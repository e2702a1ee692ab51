// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>

// What one Argon2id computation costs (RFC 9106): passes over the memory, and bytes of it. OWASP asks for 19 MiB at
// least with two passes; 64 MiB double the time of a sign-in, of which a third goes into getting the memory.
struct PasswordCost
{
    quint64 operations = 2;
    std::size_t memory = 32 * 1024 * 1024;
};

// Hashes passwords with Argon2id. The text of a hash carries its own parameters. Any thread; each call takes the time
// and the memory of the cost, so run it in the PasswordPool. Throws ApiError::busy when the memory is not to be had.
class Passwords
{
public:
    explicit Passwords(PasswordCost cost = {});

    QByteArray hash(const QString &password) const;
    bool matches(const QString &password, const QByteArray &hash) const;
    // Takes as long as matches(), for answers that must not tell whether there is a user.
    void matchNobody(const QString &password) const;
    // The hash was made at a lower cost than today's.
    bool isOutdated(const QByteArray &hash) const;

    quint64 computations() const { return m_computations; } // since the start

private:
    const PasswordCost m_cost;
    QByteArray m_nobody;
    mutable std::atomic<quint64> m_computations{0};
};
