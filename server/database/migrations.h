// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/session.h"

#include <QList>
#include <QString>

#include <mutex>

// One file of SQL, only ever appended to its folder.
struct Migration
{
    QString name; // "0001_platform.sql"
    QByteArray sql;
    QByteArray sha256; // hexadecimal

    static Migration make(const QString &name, QByteArray sql);
};

struct MigrationFiles
{
    QList<Migration> platform; // once, in the schema platform
    QList<Migration> tenant; // in the schema of every tenant; unqualified names are the tenant's

    static MigrationFiles builtIn(); // server/migrations, compiled into the program
};

// Brings the schemas up to date, makes and drops those of tenants. Works as the owner of the tables, over connections
// of its own that must reach PostgreSQL itself and not a pooler. Any thread; blocks. Throws SetupError or
// pqxx::failure.
//
// Each file runs in its own transaction together with its line in platform.schema_migrations (name, sha256, applied_at)
// or platform.tenant_migrations (the same for each tenant), so a run that was cut off goes on where it stopped. Several
// servers starting at once take turns.
class Migrations
{
public:
    explicit Migrations(std::string ownerUrl, MigrationFiles files = MigrationFiles::builtIn());

    struct Report
    {
        int platformFiles = 0;
        int tenantFiles = 0; // summed over tenants
        int tenants = 0; // that were behind
    };
    // A file that was changed after it had run stops everything. Files of a newer server that this one does not know
    // are left alone: both may serve at the same time.
    Report run();

    // The tenant's role, schema and tables, whole or not at all; does nothing when they are there. Call it before the
    // row in platform.tenants is committed.
    void createTenantSchema(const QUuid &tenantId);
    // Everything the tenant has. Call it after the row in platform.tenants is gone.
    void dropTenantSchema(const QUuid &tenantId);

private:
    database::Session connect() const;
    void runPlatform(database::Session &session, Report &report) const;
    void runTenants(database::Session &session, Report &report) const;

    const std::string m_ownerUrl;
    const MigrationFiles m_files;
};
