// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/migrations.h"

#include "server/database/setup_error.h"
#include "server/database/tenant_scope.h"
#include "server/database/transaction.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QSet>

using namespace Qt::StringLiterals;
using database::Session;

namespace {

Q_LOGGING_CATEGORY(lcMigrations, "server.database.migrations")

// Held by the session that migrates; making a tenant shares it. Any fixed number will do.
constexpr qint64 migrationLock = 7'165'001;

// The two tables that say what has run are needed before the first file can.
constexpr const char *bookkeeping = R"(
    CREATE SCHEMA IF NOT EXISTS platform;
    CREATE TABLE IF NOT EXISTS platform.schema_migrations (
        name text PRIMARY KEY,
        sha256 text NOT NULL,
        applied_at timestamptz(3) NOT NULL DEFAULT now());
    CREATE TABLE IF NOT EXISTS platform.tenant_migrations (
        tenant_id uuid,
        name text,
        sha256 text NOT NULL,
        applied_at timestamptz(3) NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, name));)";

QList<Migration> folder(const QString &path)
{
    QList<Migration> files;
    for (const QString &name : QDir(path).entryList({u"*.sql"_s}, QDir::Files, QDir::Name)) {
        QFile file(path + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            throw SetupError(u"The migration %1 cannot be read."_s.arg(file.fileName()));
        files.append(Migration::make(name, file.readAll()));
    }
    return files;
}

// Calls `work` with a transaction of the owner, commits it or rolls it back.
template<class Work> auto within(Session &session, const std::string &entering, const Work &work)
{
    session.begin(entering);
    try {
        Transaction tx(session);
        if constexpr (std::is_void_v<decltype(work(tx))>) {
            work(tx);
            session.commit();
        } else {
            auto result = work(tx);
            session.commit();
            return result;
        }
    } catch (...) {
        session.rollback();
        throw;
    }
}

std::string enter(const QUuid &tenantId)
{
    return "SET LOCAL search_path = " + database::tenantName(tenantId) + ", pg_temp";
}

void apply(Session &session, const Migration &file, const QString &place)
try {
    session.runScript(file.sql.toStdString());
} catch (const pqxx::sql_error &error) {
    throw SetupError(u"The migration %1 failed for %2: %3"_s.arg(file.name, place, QString::fromUtf8(error.what())));
}

[[noreturn]] void refuseChanged(const QString &name)
{
    throw SetupError(u"The migration %1 has run in this database and was changed afterwards. Start the version of the "
                     "server that belongs to this database, or put the file back and write a new one."_s.arg(name));
}

void applyToTenant(Session &session, Transaction &tx, const QUuid &tenantId, const Migration &file)
{
    apply(session, file, u"the tenant "_s + tenantId.toString(QUuid::WithoutBraces));
    tx.run("INSERT INTO platform.tenant_migrations (tenant_id, name, sha256) VALUES ($1, $2, $3)", tenantId, file.name,
           QString::fromLatin1(file.sha256));
}

QSet<QString> appliedTo(Transaction &tx, const QUuid &tenantId)
{
    const auto names = tx.all<QString>("SELECT name FROM platform.tenant_migrations WHERE tenant_id = $1", tenantId);
    return {names.begin(), names.end()};
}

} // namespace

Migration Migration::make(const QString &name, QByteArray sql)
{
    sql.replace("\r\n", "\n"); // a checkout on Windows is not a change
    const QByteArray sha256 = QCryptographicHash::hash(sql, QCryptographicHash::Sha256).toHex();
    return {name, std::move(sql), sha256};
}

MigrationFiles MigrationFiles::builtIn()
{
    return {folder(u":/migrations/platform"_s), folder(u":/migrations/tenant"_s)};
}

Migrations::Migrations(std::string ownerUrl, MigrationFiles files)
    : m_ownerUrl(std::move(ownerUrl)),
      m_files(std::move(files))
{
}

Session Migrations::connect() const
{
    using std::chrono::milliseconds;
    return Session({.url = m_ownerUrl, .statementTimeout = milliseconds(0), .idleTransactionTimeout = milliseconds(0)});
}

Migrations::Report Migrations::run()
{
    Session session = connect();
    within(session, {}, [](Transaction &tx) { tx.run("SELECT pg_advisory_lock($1)", migrationLock); });
    within(session, {}, [&](Transaction &) { session.runScript(bookkeeping); });
    Report report;
    runPlatform(session, report);
    runTenants(session, report);
    return report; // closing the connection frees the lock
}

void Migrations::runPlatform(Session &session, Report &report) const
{
    struct Line
    {
        QString name;
        QString sha256;
        static constexpr auto fields()
        {
            return std::tuple{Field{"name", &Line::name}, Field{"sha256", &Line::sha256}};
        }
    };
    QHash<QString, QString> applied;
    const auto lines = within(session, {}, [](Transaction &tx) {
        return tx.all<Line>("SELECT name, sha256 FROM platform.schema_migrations");
    });
    for (const Line &line : lines)
        applied.insert(line.name, line.sha256);

    for (const Migration &file : m_files.platform) {
        const QString sha256 = QString::fromLatin1(file.sha256);
        if (applied.contains(file.name) && applied.value(file.name) != sha256)
            refuseChanged(u"platform/"_s + file.name);
    }
    for (const Migration &file : m_files.platform) {
        if (applied.contains(file.name))
            continue;
        within(session, "SET LOCAL search_path = platform, pg_temp", [&](Transaction &tx) {
            apply(session, file, u"the platform"_s);
            tx.run("INSERT INTO platform.schema_migrations (name, sha256) VALUES ($1, $2)", file.name,
                   QString::fromLatin1(file.sha256));
        });
        qCInfo(lcMigrations).noquote() << "Applied platform migration" << file.name;
        ++report.platformFiles;
    }
}

void Migrations::runTenants(Session &session, Report &report) const
{
    QStringList names, checksums;
    for (const Migration &file : m_files.tenant) {
        names.append(file.name);
        checksums.append(QString::fromLatin1(file.sha256));
    }
    const auto behind = within(session, {}, [&](Transaction &tx) {
        const auto changed = tx.maybe<QString>(R"(
            SELECT m.name FROM platform.tenant_migrations m
            JOIN unnest($1::text[], $2::text[]) AS file (name, sha256) ON file.name = m.name
            WHERE m.sha256 <> file.sha256
            ORDER BY m.name LIMIT 1)",
                                               names, checksums);
        if (changed)
            refuseChanged(u"tenant/"_s + *changed);
        // A tenant without any line has no schema yet: whoever made it was cut off.
        return tx.all<QUuid>(R"(
            SELECT t.id FROM platform.tenants t
            LEFT JOIN platform.tenant_migrations m ON m.tenant_id = t.id AND m.name = ANY ($1)
            GROUP BY t.id HAVING count(m.name) < $2
            ORDER BY t.id)",
                             names, names.size());
    });
    for (const QUuid &tenantId : behind) {
        const QSet<QString> applied = within(session, {}, [&](Transaction &tx) { return appliedTo(tx, tenantId); });
        if (applied.isEmpty()) {
            within(session, {}, [&](Transaction &tx) {
                tx.run(
                    "SELECT platform.create_tenant_schema($1) WHERE to_regnamespace(platform.tenant_role($1)) IS NULL",
                    tenantId);
            });
        }
        for (const Migration &file : m_files.tenant) {
            if (applied.contains(file.name))
                continue;
            within(session, enter(tenantId), [&](Transaction &tx) { applyToTenant(session, tx, tenantId, file); });
            ++report.tenantFiles;
        }
        ++report.tenants;
    }
    if (report.tenants)
        qCInfo(lcMigrations) << "Applied" << report.tenantFiles << "migrations to" << report.tenants << "tenants";
}

void Migrations::createTenantSchema(const QUuid &tenantId)
{
    QStringList names;
    for (const Migration &file : m_files.tenant)
        names.append(file.name);
    Session session = connect();
    within(session, {}, [&](Transaction &tx) {
        tx.run("SELECT pg_advisory_xact_lock_shared($1)", migrationLock);
        if (tx.one<bool>("SELECT to_regnamespace(platform.tenant_role($1)) IS NOT NULL", tenantId))
            return;
        const auto newer = tx.maybe<QString>(
            "SELECT name FROM platform.tenant_migrations WHERE name <> ALL ($1) ORDER BY name LIMIT 1", names);
        if (newer)
            throw SetupError(u"This server is older than the database, which has the tenant migration %1. "
                             "Make the tenant with the newer server."_s.arg(*newer));
        tx.run("SELECT platform.create_tenant_schema($1)", tenantId);
        session.runScript(enter(tenantId));
        for (const Migration &file : m_files.tenant)
            applyToTenant(session, tx, tenantId, file);
    });
}

void Migrations::dropTenantSchema(const QUuid &tenantId)
{
    Session session = connect();
    within(session, {}, [&](Transaction &tx) {
        tx.run("SELECT pg_advisory_xact_lock_shared($1)", migrationLock);
        // After the exports that read it: table by table they and this would wait for each other.
        tx.run("SELECT pg_advisory_xact_lock(hashtext('tenant export'), hashtext($1::text))", tenantId);
        tx.run("SELECT platform.drop_tenant_schema($1)", tenantId);
    });
}
