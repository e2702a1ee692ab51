// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace limits {

// Where a Redis is and how to get in: redis://[[user]:password@]host[:port][/database].
struct RedisAddress
{
    QString host;
    int port = 6379;
    QByteArray user; // empty: Redis' default one
    QByteArray password; // empty: none is asked for
    int database = 0;

    // Throws std::runtime_error with what is wrong of the text; it does not repeat the text, which may hold a password.
    static RedisAddress parse(const QString &url);
};

} // namespace limits
