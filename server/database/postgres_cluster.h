// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/postgres_settings.h"
#include "server/database/service_account.h"

// The files of a PostgreSQL cluster that belongs to the server. Every function throws SetupError.
class PostgresCluster
{
public:
    explicit PostgresCluster(const QString &folder) : m_folder(folder), m_account(ServiceAccount::choose(folder)) { }

    const QString &folder() const { return m_folder; }
    const ServiceAccount &account() const { return m_account; }
    int major() const; // 0: there is no cluster

    // initdb into a folder beside it, renamed when complete: a start that is cut off leaves no half cluster.
    void create(const QString &initdb, bool durable) const;
    void removeUnfinished() const; // of such a start
    // postgresql.conf, pg_hba.conf and pg_ident.conf, anew at each start.
    void writeSettings(const PostgresSettings &settings) const;

    static void prepare(QProcess &process, const ServiceAccount &account); // environment, working folder, user

private:
    void save(const char *name, const QByteArray &text) const;

    QString m_folder;
    ServiceAccount m_account;
};
