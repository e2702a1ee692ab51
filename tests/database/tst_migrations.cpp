// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/setup_error.h"
#include "tests/support/test_database.h"

#include <QSet>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;

namespace {

Migration file(const char *name, const char *sql) { return Migration::make(QString::fromLatin1(name), sql); }

// What SetupError says, or nothing.
template<class Call> QString refusal(const Call &call)
{
    try {
        call();
    } catch (const SetupError &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_postgres.reset(); }
    void init();

    void filesRunOnceAndInOrder();
    void aChangedFileStopsTheStart();
    void lineEndingsAreNoChange();
    void aFailedFileLeavesNothingAndIsRunAgain();
    void severalServersTakeTurns();
    void everyTenantIsBroughtUpToDate();
    void aRunThatWasCutOffGoesOn();
    void aTenantWithoutASchemaGetsOne();
    void tenantsAreMadeWholeOrNotAtAll();
    void anOlderServerLeavesNewerFilesAlone();
    void aDroppedTenantLeavesNothing();
    void appendOnlyTablesCannotBeChanged();
    void idsSortByTime();
    void builtInFilesAreThere();
    void anOrdinaryOwnerIsEnough_data();
    void anOrdinaryOwnerIsEnough();

private:
    QUuid addTenant(Migrations &migrations);
    template<class T> T ask(const char *sql);

    QTemporaryDir m_folder;
    std::unique_ptr<EmbeddedPostgres> m_postgres;
    std::string m_url; // of the owner, of a database that each test has for itself
    MigrationFiles m_files; // the built-in ground and nothing for tenants
};

void TestMigrations::initTestCase()
{
    m_postgres = std::make_unique<EmbeddedPostgres>(
        EmbeddedPostgresOptions{.dataFolder = m_folder.path(), .settings = {.durable = false}});
    m_postgres->start();
}

void TestMigrations::init()
{
    static int number = 0;
    const std::string name = "test" + std::to_string(++number);
    database::Session owner({.url = m_postgres->ownerUrl()});
    owner.runScript("CREATE DATABASE " + name);
    m_url = QString::fromStdString(m_postgres->ownerUrl())
                .replace(u"dbname=patio"_s, u"dbname="_s + QString::fromStdString(name))
                .toStdString();
    m_files.platform = {MigrationFiles::builtIn().platform.first()};
    m_files.tenant = {};
}

QUuid TestMigrations::addTenant(Migrations &migrations)
{
    const QUuid id = QUuid::createUuid();
    migrations.createTenantSchema(id);
    database::Session owner({.url = m_url});
    Transaction tx(owner);
    tx.run("INSERT INTO platform.tenants (id, slug, name) VALUES ($1, $2, $2)", id, id.toString(QUuid::Id128));
    return id;
}

template<class T> T TestMigrations::ask(const char *sql)
{
    database::Session owner({.url = m_url});
    const pqxx::result rows = owner.runScript(sql);
    return database::sql::RowReader<T>(rows).row(0);
}

void TestMigrations::filesRunOnceAndInOrder()
{
    m_files.platform += {file("0002_a.sql", "CREATE TABLE a (n int); INSERT INTO a VALUES (2)"),
                         file("0003_b.sql", "INSERT INTO platform.a VALUES (3)")};
    QCOMPARE(Migrations(m_url, m_files).run().platformFiles, 3);
    QCOMPARE(Migrations(m_url, m_files).run().platformFiles, 0);
    QCOMPARE(ask<QList<int>>("SELECT array_agg(n) FROM platform.a"), (QList<int>{2, 3}));
    QCOMPARE(ask<QList<QString>>("SELECT array_agg(name ORDER BY applied_at, name) FROM platform.schema_migrations"),
             (QList<QString>{u"0001_platform.sql"_s, u"0002_a.sql"_s, u"0003_b.sql"_s}));
    m_files.platform.append(file("0004_c.sql", "INSERT INTO a VALUES (4)"));
    QCOMPARE(Migrations(m_url, m_files).run().platformFiles, 1);
    QCOMPARE(ask<qint64>("SELECT count(*) FROM platform.a"), 3);
}

void TestMigrations::aChangedFileStopsTheStart()
{
    m_files.platform.append(file("0002_a.sql", "CREATE TABLE a (n int)"));
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)")};
    Migrations before(m_url, m_files);
    before.run();
    addTenant(before);

    MigrationFiles changed = m_files;
    changed.platform.last() = file("0002_a.sql", "CREATE TABLE a (n bigint)");
    changed.platform.append(file("0003_new.sql", "CREATE TABLE never (n int)"));
    QVERIFY(refusal([&] { Migrations(m_url, changed).run(); }).contains(u"platform/0002_a.sql"_s));
    QVERIFY(!ask<bool>("SELECT to_regclass('platform.never') IS NOT NULL")); // not even the new ones

    changed = m_files;
    changed.tenant.last() = file("0001_t.sql", "CREATE TABLE t (n bigint)");
    QVERIFY(refusal([&] { Migrations(m_url, changed).run(); }).contains(u"tenant/0001_t.sql"_s));
}

void TestMigrations::lineEndingsAreNoChange()
{
    m_files.platform.append(file("0002_a.sql", "CREATE TABLE a\n(n int)\n"));
    Migrations(m_url, m_files).run();
    m_files.platform.last() = file("0002_a.sql", "CREATE TABLE a\r\n(n int)\r\n");
    QCOMPARE(refusal([&] { Migrations(m_url, m_files).run(); }), QString());
}

void TestMigrations::aFailedFileLeavesNothingAndIsRunAgain()
{
    m_files.platform += {file("0002_a.sql", "CREATE TABLE a (n int)"),
                         file("0003_b.sql", "CREATE TABLE b (n int); INSERT INTO b VALUES ('no number')")};
    const QString message = refusal([&] { Migrations(m_url, m_files).run(); });
    QVERIFY2(message.contains(u"0003_b.sql"_s) && message.contains(u"invalid input syntax"_s), qPrintable(message));
    QVERIFY(ask<bool>("SELECT to_regclass('platform.a') IS NOT NULL"));
    QVERIFY(ask<bool>("SELECT to_regclass('platform.b') IS NULL"));
    m_files.platform.last() = file("0003_b.sql", "CREATE TABLE b (n int)");
    QCOMPARE(Migrations(m_url, m_files).run().platformFiles, 1);
}

void TestMigrations::severalServersTakeTurns()
{
    m_files.platform.append(
        file("0002_slow.sql", "CREATE TABLE a (n int); SELECT pg_sleep(0.2); INSERT INTO a VALUES (1)"));
    std::atomic<int> files = 0, refusals = 0;
    std::vector<std::thread> servers;
    for (int i = 0; i < 4; ++i) {
        servers.emplace_back([&] {
            try {
                files += Migrations(m_url, m_files).run().platformFiles;
            } catch (const std::exception &error) {
                qWarning() << error.what();
                ++refusals;
            }
        });
    }
    for (std::thread &server : servers)
        server.join();
    QCOMPARE(refusals.load(), 0);
    QCOMPARE(files.load(), 2);
    QCOMPARE(ask<qint64>("SELECT count(*) FROM platform.a"), 1);
}

void TestMigrations::everyTenantIsBroughtUpToDate()
{
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)")};
    Migrations before(m_url, m_files);
    before.run();
    const QUuid one = addTenant(before), two = addTenant(before);
    m_files.tenant += {file("0002_u.sql", "CREATE TABLE u (n int); INSERT INTO u VALUES (2)"),
                       file("0003_u.sql", "UPDATE u SET n = 3")};
    Migrations after(m_url, m_files);
    const Migrations::Report report = after.run();
    QCOMPARE(report.tenants, 2);
    QCOMPARE(report.tenantFiles, 4);
    QCOMPARE(after.run().tenants, 0);
    const QUuid three = addTenant(after);
    for (const QUuid &tenant : {one, two, three})
        QCOMPARE(ask<int>(("SELECT n FROM " + database::tenantName(tenant) + ".u").c_str()), 3);
}

void TestMigrations::aRunThatWasCutOffGoesOn()
{
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)")};
    Migrations before(m_url, m_files);
    before.run();
    QList<QUuid> tenants{addTenant(before), addTenant(before), addTenant(before)};
    std::sort(tenants.begin(), tenants.end(),
              [](const QUuid &a, const QUuid &b) { return database::tenantName(a) < database::tenantName(b); });
    // The second cannot take it, as if the server had been killed there.
    database::Session owner({.url = m_url});
    const std::string inTheWay = database::tenantName(tenants[1]) + ".u";
    owner.runScript("CREATE TABLE " + inTheWay + " (n int)");
    m_files.tenant.append(file("0002_u.sql", "CREATE TABLE u (n int)"));
    QVERIFY(refusal([&] { Migrations(m_url, m_files).run(); }).contains(tenants[1].toString(QUuid::WithoutBraces)));
    owner.runScript("DROP TABLE " + inTheWay);
    QCOMPARE(Migrations(m_url, m_files).run().tenants, 2);
    for (const QUuid &tenant : tenants)
        QCOMPARE(ask<qint64>(("SELECT count(*) FROM " + database::tenantName(tenant) + ".u").c_str()), 0);
}

void TestMigrations::aTenantWithoutASchemaGetsOne()
{
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)")};
    Migrations migrations(m_url, m_files);
    migrations.run();
    database::Session owner({.url = m_url});
    owner.runScript("INSERT INTO platform.tenants (id, slug, name) VALUES "
                    "('018f0000-0000-7000-8000-0000000000aa', 'cut-off', 'Cut off')");
    QCOMPARE(migrations.run().tenants, 1);
    QCOMPARE(ask<qint64>("SELECT count(*) FROM t_018f00000000700080000000000000aa.t"), 0);
}

void TestMigrations::tenantsAreMadeWholeOrNotAtAll()
{
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)"), file("0002_bad.sql", "SELECT 1 / 0")};
    Migrations migrations(m_url, m_files);
    migrations.run();
    const QUuid id = QUuid::createUuid();
    QVERIFY(refusal([&] { migrations.createTenantSchema(id); }).contains(u"0002_bad.sql"_s));
    database::Session owner({.url = m_url});
    Transaction tx(owner);
    QVERIFY(tx.one<bool>("SELECT to_regnamespace(platform.tenant_role($1)) IS NULL", id));
    QVERIFY(tx.one<bool>("SELECT to_regrole(platform.tenant_role($1)) IS NULL", id));
    m_files.tenant.last() = file("0002_bad.sql", "SELECT 1");
    Migrations mended(m_url, m_files);
    mended.createTenantSchema(id);
    mended.createTenantSchema(id); // asked twice: nothing to do
    QVERIFY(tx.one<bool>("SELECT to_regnamespace(platform.tenant_role($1)) IS NOT NULL", id));
}

void TestMigrations::anOlderServerLeavesNewerFilesAlone()
{
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)")};
    Migrations older(m_url, m_files);
    m_files.platform.append(file("0002_a.sql", "CREATE TABLE a (n int)"));
    m_files.tenant.append(file("0002_u.sql", "CREATE TABLE u (n int)"));
    Migrations newer(m_url, m_files);
    newer.run();
    addTenant(newer);
    QCOMPARE(older.run().tenantFiles, 0);
    // It could only make a tenant that the newer server cannot serve.
    QVERIFY(refusal([&] { older.createTenantSchema(QUuid::createUuid()); }).contains(u"older"_s));
}

void TestMigrations::aDroppedTenantLeavesNothing()
{
    m_files.tenant = {file("0001_t.sql",
                           "CREATE TABLE t (n bigserial PRIMARY KEY); "
                           "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")};
    Migrations migrations(m_url, m_files);
    migrations.run();
    const QUuid kept = addTenant(migrations), gone = addTenant(migrations);
    migrations.dropTenantSchema(gone);
    migrations.dropTenantSchema(gone); // asked twice
    database::Session owner({.url = m_url});
    Transaction tx(owner);
    QVERIFY(tx.one<bool>("SELECT to_regnamespace(platform.tenant_role($1)) IS NULL", gone));
    QVERIFY(tx.one<bool>("SELECT to_regrole(platform.tenant_role($1)) IS NULL", gone));
    QCOMPARE(tx.one<qint64>("SELECT count(*) FROM platform.tenant_migrations WHERE tenant_id = $1", gone), 0);
    QVERIFY(tx.one<bool>("SELECT to_regrole(platform.tenant_role($1)) IS NOT NULL", kept));
    QCOMPARE(ask<qint64>(("SELECT count(*) FROM " + database::tenantName(kept) + ".t").c_str()), 0);
}

void TestMigrations::appendOnlyTablesCannotBeChanged()
{
    m_files.tenant = {
        file("0001_t.sql", "CREATE TABLE t (n int); CREATE TABLE u (n int); SELECT platform.make_append_only('t')")};
    Migrations migrations(m_url, m_files);
    migrations.run();
    const std::string name = database::tenantName(addTenant(migrations));
    database::Session owner({.url = m_url});
    const auto asTenant = [&](const char *sql) {
        owner.begin("SET LOCAL ROLE " + name + "; SET LOCAL search_path = " + name);
        try {
            owner.runScript(sql);
            owner.commit();
            return true;
        } catch (const pqxx::insufficient_privilege &) {
            owner.rollback();
            return false;
        }
    };
    QVERIFY(asTenant("INSERT INTO t VALUES (1); INSERT INTO u VALUES (1)"));
    QVERIFY(asTenant("UPDATE u SET n = 2; DELETE FROM u"));
    QVERIFY(!asTenant("UPDATE t SET n = 2"));
    QVERIFY(!asTenant("DELETE FROM t"));
    QVERIFY(!asTenant("TRUNCATE t"));
    QVERIFY(asTenant("SELECT n FROM t"));
}

void TestMigrations::idsSortByTime()
{
    Migrations(m_url, m_files).run();
    database::Session owner({.url = m_url});
    Transaction tx(owner);
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const auto ids = tx.all<QUuid>("SELECT platform.uuidv7() FROM generate_series(1, 2000)");
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    QCOMPARE(QSet<QUuid>(ids.begin(), ids.end()).size(), 2000);
    for (const QUuid &id : ids) {
        const QString hex = id.toString(QUuid::Id128);
        const qint64 milliseconds = hex.left(12).toLongLong(nullptr, 16);
        QVERIFY2(milliseconds >= before && milliseconds <= after, qPrintable(hex));
        QCOMPARE(hex[12], u'7');
        QVERIFY(u"89ab"_s.contains(hex[16]));
    }
    for (qsizetype i = 100; i < ids.size(); ++i) // a few are made within the same microsecond
        QVERIFY(ids[i - 100].toString() < ids[i].toString());
}

void TestMigrations::builtInFilesAreThere()
{
    const MigrationFiles files = MigrationFiles::builtIn();
    QCOMPARE(files.platform.value(0).name, u"0001_platform.sql"_s);
    Migrations migrations(m_url, files);
    QCOMPARE(migrations.run().platformFiles, files.platform.size());
    addTenant(migrations);
    QCOMPARE(migrations.run().tenants, 0);
}

void TestMigrations::anOrdinaryOwnerIsEnough_data()
{
    QTest::addColumn<QString>("login");
    QTest::newRow("two URLs") << u"patio_app"_s;
    QTest::newRow("one URL") << u"manager"_s;
}

// As in a database that somebody else runs: the owner may make roles, but is no superuser.
void TestMigrations::anOrdinaryOwnerIsEnough()
{
    QFETCH(QString, login);
    QTemporaryDir folder;
    EmbeddedPostgres postgres({.dataFolder = folder.path(), .settings = {.durable = false}});
    postgres.start();
    {
        QFile users(folder.filePath(u"postgres/cluster/pg_ident.conf"_s));
        QVERIFY(users.open(QIODevice::Append) && users.write("patio /^.*$ manager\n") > 0);
        users.close();
        database::Session superuser({.url = postgres.ownerUrl()});
        superuser.runScript("CREATE ROLE manager LOGIN CREATEROLE; ALTER DATABASE patio OWNER TO manager");
        superuser.runScript("SELECT pg_reload_conf()");
    }
    const auto url = [&](const QString &user) {
        return QString::fromStdString(postgres.ownerUrl())
            .replace(u"user=patio_owner"_s, u"user="_s + user)
            .toStdString();
    };
    m_url = url(u"manager"_s);
    const auto canSignIn = [&] {
        try {
            database::Session session({.url = m_url});
            return true;
        } catch (const pqxx::failure &) {
            return false;
        }
    };
    QTRY_VERIFY(canSignIn()); // the reload takes a moment
    m_files.tenant = {file("0001_t.sql", "CREATE TABLE t (n int)")};
    Migrations migrations(m_url, m_files);
    migrations.run();
    const QUuid one = addTenant(migrations), two = addTenant(migrations);

    Database pool({.session = {.url = url(login)}, .connections = 1});
    QCOMPARE(pool.transaction({one}, [](Transaction &tx) { return tx.run("INSERT INTO t VALUES (1)"); }), 1);
    QCOMPARE(pool.transaction({two}, [](Transaction &tx) { return tx.run("SELECT FROM t"); }), 0);
    QVERIFY_EXCEPTION_THROWN(pool.transaction({two}, [](Transaction &tx) { tx.run("SELECT FROM platform.tenants"); }),
                             pqxx::insufficient_privilege);
    QCOMPARE(pool.platform([](Transaction &tx) { return tx.run("SELECT FROM tenants"); }), 2);
    migrations.dropTenantSchema(one);
    QVERIFY(ask<bool>(("SELECT to_regrole('" + database::tenantName(one) + "') IS NULL").c_str()));
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
