// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

// The programs of one installed PostgreSQL server.
struct PostgresPrograms
{
    int major = 0;
    QString folder;

    QString postgres() const;
    QString initdb() const;

    // What is installed, newest first: only PATIO_POSTGRES_BIN when it is set, else the places where packages of Linux
    // distributions and macOS put them, and PATH.
    static QList<PostgresPrograms> installed();
    // Those for a cluster of this major version (0: a new one). Throws SetupError with what to do.
    static PostgresPrograms choose(int major);
};
