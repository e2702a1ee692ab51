// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"
#include "server/database/embedded_postgres.h"
#include "server/database/migrations.h"

#include <QTemporaryDir>

#include <optional>

// A PostgreSQL cluster of its own for one test program, migrated, gone afterwards. Make one per program (about a
// second) and a tenant per test function (a few milliseconds each). Throws when PostgreSQL cannot be had.
class TestDatabase
{
public:
    struct Options
    {
        bool durable = false;
        int connections = 8;
        MigrationFiles files = MigrationFiles::builtIn();
    };

    TestDatabase() : TestDatabase(Options()) { }
    explicit TestDatabase(Options options);
    ~TestDatabase();

    Database &database() { return *m_database; }
    Migrations &migrations() { return *m_migrations; }
    EmbeddedPostgres &postgres() { return *m_postgres; }
    std::string ownerUrl() const { return m_postgres->ownerUrl(); }
    std::string appUrl() const { return m_postgres->appUrl(); }

    // A row of platform.tenants with its schema. Without a slug, one that no other has.
    TenantScope makeTenant(const QString &slug = {});

private:
    QTemporaryDir m_folder;
    std::unique_ptr<EmbeddedPostgres> m_postgres;
    std::optional<Migrations> m_migrations;
    std::optional<Database> m_database;
};
