// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/error.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

MigrationFiles withNotes()
{
    MigrationFiles files = MigrationFiles::builtIn();
    files.tenant = {
        Migration::make(u"0001_notes.sql"_s, "CREATE TABLE notes (id bigserial PRIMARY KEY, text text NOT NULL)")};
    files.platform.append(Migration::make(u"9001_whoami.sql"_s, R"(
        CREATE TABLE platform.visits (tenant_id uuid NOT NULL);
        CREATE FUNCTION platform.visit() RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = platform, pg_temp
            AS 'INSERT INTO visits VALUES (platform.current_tenant()) RETURNING tenant_id';
        GRANT EXECUTE ON FUNCTION platform.visit() TO patio_tenant, patio_platform;
        CREATE TABLE platform.breaking (a int);
        CREATE FUNCTION platform.break_connection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER breaking AFTER INSERT ON platform.breaking DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION platform.break_connection();)"));
    return files;
}

// The status of the ApiError that `call` throws, 0 when it throws none.
template<class Call> int statusOf(const Call &call)
{
    try {
        call();
    } catch (const ApiError &error) {
        return error.status;
    }
    return 0;
}

int backend(Transaction &tx) { return tx.one<int>("SELECT pg_backend_pid()"); }
qint64 notes(Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM notes"); }
void addNote(Transaction &tx, const QString &text) { tx.run("INSERT INTO notes (text) VALUES ($1)", text); }

} // namespace

class TestDatabasePool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_test.emplace(TestDatabase::Options{.files = withNotes()}); }
    void cleanupTestCase() { m_test.reset(); }

    void commitsOnReturnAndRollsBackOnThrow();
    void tenantsDoNotMeet();
    void withoutATenantThereIsNoTransaction();
    void theLoginRoleAloneMayDoNothing();
    void tenantsHaveNoRightsElsewhere();
    void functionsKnowTheirTenant();
    void nothingIsLeftForTheNextTransaction();
    void aTransactionInsideAnotherIsRefused();
    void aLostConnectionIsReplacedBeforeTheWork();
    void workIsNotRunTwice();
    void aLossWhileCommittingIsSaid();
    void waitingForAConnectionEnds();
    void withoutAServerItIsBusyThenBack();
    void statementsThatTakeTooLongAreEnded();
    void aTenantGetsItsConnectionAgain();
    void aConnectionThatServedManyTenantsIsReplaced();
    void manyThreadsShareFewConnections();
    void throughAPoolerNothingOutlivesATransaction();

private:
    Database &database() { return m_test->database(); }
    Database pool(int connections, std::chrono::milliseconds wait = 5s)
    {
        return Database({.session = {.url = m_test->appUrl()}, .connections = connections, .acquireTimeout = wait});
    }
    void endBackend(int pid)
    {
        database::Session owner({.url = m_test->ownerUrl()});
        owner.runScript("SELECT pg_terminate_backend(" + std::to_string(pid) + ", 5000)"); // waits until it is gone
    }

    std::optional<TestDatabase> m_test;
};

void TestDatabasePool::commitsOnReturnAndRollsBackOnThrow()
{
    const TenantScope tenant = m_test->makeTenant();
    const int answer = database().transaction(tenant, [](Transaction &tx) {
        addNote(tx, u"kept"_s);
        return 42;
    });
    QCOMPARE(answer, 42);
    QVERIFY_EXCEPTION_THROWN(database().transaction(tenant,
                                                    [](Transaction &tx) {
                                                        addNote(tx, u"lost"_s);
                                                        throw std::runtime_error("no");
                                                    }),
                             std::runtime_error);
    QVERIFY_EXCEPTION_THROWN(
        database().transaction(tenant, [](Transaction &tx) { tx.run("INSERT INTO notes VALUES (0, NULL)"); }),
        pqxx::not_null_violation);
    QCOMPARE(database().transaction(tenant, notes), 1);
}

void TestDatabasePool::tenantsDoNotMeet()
{
    const TenantScope one = m_test->makeTenant();
    const TenantScope other{QUuid(u"018f0000-0000-7000-8000-000000000001"_s)};
    m_test->migrations().createTenantSchema(other.tenantId);
    database().transaction(one, [](Transaction &tx) { addNote(tx, u"of one"_s); });
    QCOMPARE(database().transaction(other, notes), 0);

    const auto refused = [&](const TenantScope &as, auto work) {
        try {
            database().transaction(as, work);
        } catch (const pqxx::insufficient_privilege &) {
            return true;
        }
        return false;
    };
    database().transaction(other, [](Transaction &tx) { addNote(tx, u"of other"_s); });
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("SELECT * FROM t_018f0000000070008000000000000001.notes"); }));
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("DELETE FROM t_018f0000000070008000000000000001.notes"); }));
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("SELECT * FROM platform.tenants"); }));
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("CREATE TABLE mine (a int)"); }));
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("DROP TABLE notes"); }));
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("TRUNCATE notes"); }));
    QVERIFY(refused(one, [](Transaction &tx) { tx.run("CREATE TABLE public.mine (a int)"); }));
    QVERIFY_EXCEPTION_THROWN(
        database().platform([](Transaction &tx) { tx.run("SELECT * FROM t_018f0000000070008000000000000001.notes"); }),
        pqxx::insufficient_privilege);
    QCOMPARE(database().transaction(other, notes), 1);
}

void TestDatabasePool::withoutATenantThereIsNoTransaction()
{
    bool ran = false;
    const auto work = [&](Transaction &) { ran = true; };
    QVERIFY_EXCEPTION_THROWN(database().transaction(TenantScope{}, work), std::logic_error);
    QCOMPARE(statusOf([&] { database().transaction({QUuid::createUuid()}, work); }), 404);
    QVERIFY(!ran);
    QCOMPARE(database().platform([](Transaction &tx) { return tx.one<int>("SELECT 1"); }), 1);
}

void TestDatabasePool::theLoginRoleAloneMayDoNothing()
{
    const TenantScope tenant = m_test->makeTenant();
    database::Session app({.url = m_test->appUrl()});
    QCOMPARE(
        app.runScript("SELECT rolsuper OR rolinherit OR rolcreaterole OR rolcreatedb OR rolbypassrls FROM pg_roles "
                      "WHERE rolname = current_user")[0][0]
            .as<bool>(),
        false);
    QVERIFY_EXCEPTION_THROWN(app.runScript("SELECT * FROM platform.tenants"), pqxx::insufficient_privilege);
    QVERIFY_EXCEPTION_THROWN(app.runScript("SELECT * FROM " + database::tenantName(tenant.tenantId) + ".notes"),
                             pqxx::insufficient_privilege);
    QVERIFY_EXCEPTION_THROWN(app.runScript("SET ROLE patio_owner"), pqxx::sql_error);
    QVERIFY_EXCEPTION_THROWN(app.runScript("SELECT platform.uuidv7()"), pqxx::insufficient_privilege);
}

// Asks PostgreSQL for every relation, function and schema that a tenant's role could touch outside its own schema.
void TestDatabasePool::tenantsHaveNoRightsElsewhere()
{
    m_test->makeTenant(); // there is somebody else
    const TenantScope tenant = m_test->makeTenant();
    database().transaction(tenant, [](Transaction &tx) {
        QCOMPARE(tx.all<QString>(R"(
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname !~ '^pg_|^information_schema$|^pg_toast'
              AND n.nspname <> current_schema
              AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))"),
                 QList<QString>());
        QCOMPARE(tx.all<QString>(R"(
            SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname !~ '^pg_|^information_schema$' AND has_schema_privilege(n.oid, 'USAGE')
              AND has_function_privilege(p.oid, 'EXECUTE') AND p.prosecdef
              AND pg_get_functiondef(p.oid) !~ 'current_tenant' ORDER BY 1)"),
                 QList<QString>()); // what runs with the owner's rights asks who calls
        QCOMPARE(tx.all<QString>(R"(
            SELECT nspname::text FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE') ORDER BY 1)"),
                 QList<QString>());
        QCOMPARE(tx.all<QString>(R"(
            SELECT nspname::text FROM pg_namespace
            WHERE has_schema_privilege(oid, 'USAGE') AND nspname NOT IN ('pg_catalog', 'information_schema', current_schema))"),
                 QList<QString>{u"platform"_s});
    });
}

void TestDatabasePool::functionsKnowTheirTenant()
{
    const TenantScope tenant = m_test->makeTenant();
    QCOMPARE(database().transaction(tenant, [](Transaction &tx) { return tx.one<QUuid>("SELECT platform.visit()"); }),
             tenant.tenantId);
    QVERIFY_EXCEPTION_THROWN(database().platform([](Transaction &tx) { tx.run("SELECT platform.visit()"); }),
                             pqxx::insufficient_privilege);
}

void TestDatabasePool::nothingIsLeftForTheNextTransaction()
{
    Database one = pool(1);
    const TenantScope tenant = m_test->makeTenant();
    one.transaction(tenant, [](Transaction &tx) { addNote(tx, u"a"_s); });
    QVERIFY_EXCEPTION_THROWN(one.transaction(tenant, [](Transaction &tx) { tx.run("SELECT 1 / 0"); }), pqxx::sql_error);
    one.platform([](Transaction &tx) {
        QCOMPARE(tx.one<QString>("SELECT current_user::text"), u"patio_platform"_s);
        QCOMPARE(tx.one<QString>("SELECT current_setting('search_path')"), u"platform, pg_temp"_s);
        QVERIFY(!tx.one<bool>("SELECT to_regclass('notes') IS NOT NULL"));
    });
}

void TestDatabasePool::aTransactionInsideAnotherIsRefused()
{
    const TenantScope tenant = m_test->makeTenant();
    QVERIFY_EXCEPTION_THROWN(
        database().transaction(tenant, [&](Transaction &) { database().transaction(tenant, notes); }),
        std::logic_error);
    QCOMPARE(database().transaction(tenant, notes), 0);
    QCOMPARE(database().use().busy, 0);
}

void TestDatabasePool::aLostConnectionIsReplacedBeforeTheWork()
{
    Database two = pool(2);
    const TenantScope tenant = m_test->makeTenant();
    const int first = two.transaction(tenant, backend);
    const int second = two.platform(backend);
    QVERIFY(first != second);
    endBackend(first);
    endBackend(second);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(two.transaction(tenant, notes), 0);
    QVERIFY(two.platform(backend) != second);
    QVERIFY(two.use().open <= 2);
}

void TestDatabasePool::workIsNotRunTwice()
{
    Database one = pool(1);
    const TenantScope tenant = m_test->makeTenant();
    int runs = 0;
    const auto work = [&](Transaction &tx) {
        ++runs;
        addNote(tx, u"lost"_s);
        endBackend(backend(tx));
        addNote(tx, u"never"_s);
    };
    QCOMPARE(statusOf([&] { one.transaction(tenant, work); }), 503); // nothing was done: the caller may try again
    QCOMPARE(runs, 1);
    QCOMPARE(one.transaction(tenant, notes), 0);
}

void TestDatabasePool::aLossWhileCommittingIsSaid()
{
    Database one = pool(1);
    QVERIFY_EXCEPTION_THROWN(one.platform([](Transaction &tx) { tx.run("INSERT INTO breaking VALUES (1)"); }),
                             pqxx::in_doubt_error);
    QCOMPARE(one.platform([](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM breaking"); }), 0);
}

void TestDatabasePool::waitingForAConnectionEnds()
{
    Database one = pool(1, 100ms);
    const TenantScope tenant = m_test->makeTenant();
    std::latch taken(1), done(1);
    std::thread holder([&] {
        one.transaction(tenant, [&](Transaction &) {
            taken.count_down();
            done.wait();
        });
    });
    taken.wait();
    QElapsedTimer timer;
    timer.start();
    const int status = statusOf([&] { one.transaction(tenant, notes); });
    const qint64 waited = timer.elapsed();
    QCOMPARE(one.use().busy, 1);
    done.count_down();
    holder.join();
    QCOMPARE(status, 503);
    QVERIFY2(waited >= 100 && waited < 2000, QByteArray::number(waited));
    QCOMPARE(one.transaction(tenant, notes), 0);
}

void TestDatabasePool::withoutAServerItIsBusyThenBack()
{
    Database one = pool(1, 300ms);
    const TenantScope tenant = m_test->makeTenant();
    QCOMPARE(one.transaction(tenant, notes), 0);
    m_test->postgres().stop();
    QCOMPARE(statusOf([&] { one.transaction(tenant, notes); }), 503);
    QCOMPARE(one.use().open, 0);
    m_test->postgres().start();
    QCOMPARE(one.transaction(tenant, notes), 0);
    QCOMPARE(database().transaction(tenant, notes), 0);
}

void TestDatabasePool::statementsThatTakeTooLongAreEnded()
{
    Database strict({.session = {.url = m_test->appUrl(), .statementTimeout = 50ms, .idleTransactionTimeout = 50ms},
                     .connections = 1});
    QVERIFY_EXCEPTION_THROWN(strict.platform([](Transaction &tx) { tx.run("SELECT pg_sleep(30)"); }), pqxx::sql_error);
    const auto idle = [&](Transaction &tx) {
        const int pid = backend(tx);
        QTRY_VERIFY(!database().platform([&](Transaction &other) {
            return other.one<bool>("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", pid);
        }));
        backend(tx);
    };
    QCOMPARE(statusOf([&] { strict.platform(idle); }), 503);
    QCOMPARE(strict.platform([](Transaction &tx) { return tx.one<QString>("SHOW synchronous_commit"); }), u"on"_s);
}

void TestDatabasePool::aTenantGetsItsConnectionAgain()
{
    Database three = pool(3);
    const TenantScope a = m_test->makeTenant(), b = m_test->makeTenant(), c = m_test->makeTenant();
    const int ofA = three.transaction(a, backend), ofB = three.transaction(b, backend),
              ofC = three.transaction(c, backend);
    QVERIFY(ofA != ofB && ofB != ofC && ofA != ofC);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(three.transaction(b, backend), ofB);
        QCOMPARE(three.transaction(c, backend), ofC);
        QCOMPARE(three.transaction(a, backend), ofA);
    }
    QCOMPARE(three.platform(backend), ofB); // the one that rested longest
    QCOMPARE(three.use().open, 3);
}

void TestDatabasePool::aConnectionThatServedManyTenantsIsReplaced()
{
    Database one({.session = {.url = m_test->appUrl()}, .connections = 1, .tenantsPerConnection = 2});
    const TenantScope a = m_test->makeTenant(), b = m_test->makeTenant(), c = m_test->makeTenant();
    const int first = one.transaction(a, backend);
    QCOMPARE(one.transaction(b, backend), first);
    QCOMPARE(one.transaction(a, backend), first);
    QCOMPARE(one.transaction(c, backend), first); // its last
    QVERIFY(one.transaction(a, backend) != first);
}

void TestDatabasePool::manyThreadsShareFewConnections()
{
    Database four = pool(4);
    const std::array tenants{m_test->makeTenant(), m_test->makeTenant(), m_test->makeTenant()};
    std::atomic<int> mostBusy = 0, failures = 0;
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 12; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                try {
                    four.transaction(tenants[t % 3], [&](Transaction &tx) {
                        addNote(tx, QString::number(t));
                        mostBusy = std::max(mostBusy.load(), four.use().busy);
                        if (i % 5 == 0)
                            throw std::runtime_error("rolled back");
                    });
                } catch (const std::runtime_error &) {
                    ++failures;
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 12 * 10);
    QVERIFY(mostBusy <= 4);
    for (const TenantScope &tenant : tenants)
        QCOMPARE(four.transaction(tenant, notes), 4 * 40);
    QCOMPARE(four.use().busy, 0);
}

void TestDatabasePool::throughAPoolerNothingOutlivesATransaction()
{
    const TenantScope tenant = m_test->makeTenant();
    database::Session session({.url = m_test->appUrl(), .statementTimeout = 1234ms, .throughPooler = true});
    session.begin("SET LOCAL ROLE " + database::tenantName(tenant.tenantId));
    Transaction tx(session);
    QCOMPARE(tx.one<QString>("SHOW statement_timeout"), u"1234ms"_s);
    QCOMPARE(tx.one<int>("SELECT $1::int", 5), 5);
    QCOMPARE(tx.one<qint64>("SELECT count(*) FROM pg_prepared_statements"), 0);
    session.commit();
    QCOMPARE(session.runScript("SHOW statement_timeout")[0][0].c_str(), "0");
    QCOMPARE(session.runScript("SELECT current_user")[0][0].c_str(), "patio_app");
}

QTEST_GUILESS_MAIN(TestDatabasePool)
#include "tst_database.moc"
