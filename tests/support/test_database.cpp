// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_database.h"

#include "shared/id.h"

using namespace Qt::StringLiterals;

TestDatabase::TestDatabase(Options options)
{
    m_postgres = std::make_unique<EmbeddedPostgres>(
        EmbeddedPostgresOptions{.dataFolder = m_folder.path(),
                                .settings = {.maxConnections = options.connections + 20, .durable = options.durable}});
    m_postgres->start();
    m_migrations.emplace(ownerUrl(), std::move(options.files));
    m_migrations->run();
    m_database.emplace(DatabaseOptions{.session = {.url = appUrl()}, .connections = options.connections});
}

TestDatabase::~TestDatabase()
{
    m_database.reset();
    m_postgres->stop();
}

TenantScope TestDatabase::makeTenant(const QString &slug)
{
    const QUuid id = newId();
    const QString name = slug.isEmpty() ? u"t-"_s + id.toString(QUuid::Id128) : slug;
    m_migrations->createTenantSchema(id);
    m_database->platform(
        [&](Transaction &tx) { tx.run("INSERT INTO tenants (id, slug, name) VALUES ($1, $2, $2)", id, name); });
    return {id};
}
