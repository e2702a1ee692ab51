// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_log.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;

namespace {

constexpr int entries = 8; // in the log of each test
const QString program = QStringLiteral(PATIO_BINARY_DIR "/bin/patiod");

Caller somebody(const TenantScope &scope)
{
    return {.userId = QUuid::createUuid(),
            .tenantId = scope.tenantId,
            .sessionId = QUuid::createUuid(),
            .abilities = {},
            .displayName = u"Ana Müller"_s,
            .address = "192.0.2.1",
            .requestId = "request-1"};
}

AuditEvent change(int number)
{
    return {.action = u"templates.update"_s,
            .subject = {QUuid::createUuid(), u"Letter %1, “quoted” \\ {brace}"_s.arg(number)},
            .before = QJsonObject{{u"name"_s, number}},
            .after = number % 2 ? std::optional(QJsonObject{{u"name"_s, u"é\n\"x\""_s}}) : std::nullopt,
            .reason = u"because"_s};
}

} // namespace

// What a person with all rights in the database may do to a log, and that the real command finds it.
class TestAuditChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_test.emplace(); }

    void anUntouchedLogIsGood()
    {
        const TenantScope scope = filled(u"good"_s);
        const Verdict verdict = verify({u"--tenant"_s, u"good"_s});
        QVERIFY2(verdict.exitCode == 0, qPrintable(verdict.text));
        QVERIFY(verdict.text.contains(u"Good: %1 entries in 1 logs."_s.arg(entries)));
        const QString head = owner<QString>(
            scope,
            "SELECT encode(hash, 'hex') FROM platform.audit_heads WHERE tenant_id = substr(current_schema, 3)::uuid");
        QVERIFY(verdict.text.contains(u"%1 %2 %3 good"_s.arg(idOf(scope)).arg(entries).arg(head)));
    }

    void anUnknownTenantIsSaid()
    {
        const Verdict verdict = verify({u"--tenant"_s, u"nobody"_s});
        QCOMPARE(verdict.exitCode, 1);
        QVERIFY(verdict.text.contains(u"no tenant with the slug"_s));
    }

    // Every column, taken from the database, so that one that is added later is not forgotten.
    void editedColumns_data()
    {
        struct Column
        {
            QString name;
            QString type;
            static constexpr auto fields()
            {
                return std::tuple{Field{"name", &Column::name}, Field{"type", &Column::type}};
            }
        };
        static const QHash<QString, QString> forged{{u"text"_s, u"'forged'"_s},
                                                    {u"uuid"_s, u"gen_random_uuid()"_s},
                                                    {u"bigint"_s, u"sequence + 1000"_s},
                                                    {u"integer"_s, u"times + 1"_s},
                                                    {u"timestamp with time zone"_s, u"at + interval '1 ms'"_s},
                                                    {u"json"_s, u"'{\"forged\": true}'"_s},
                                                    {u"bytea"_s, u"sha256('forged')"_s}};
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("value");
        const TenantScope scope = m_test->makeTenant();
        const auto columns = m_test->database().transaction(scope, [](Transaction &tx) {
            return tx.all<Column>(R"(SELECT column_name::text AS name, data_type::text AS type
                FROM information_schema.columns
                WHERE table_schema = current_schema AND table_name = 'audit_entries' ORDER BY ordinal_position)");
        });
        QVERIFY(columns.size() >= 20);
        for (const Column &column : columns) {
            QVERIFY2(forged.contains(column.type), qPrintable(column.type));
            QTest::newRow(qPrintable(column.name)) << column.name << forged.value(column.type);
        }
    }
    void editedColumns()
    {
        QFETCH(const QString, column);
        QFETCH(const QString, value);
        const QString slug = u"edited-"_s + QString(column).replace(u'_', u'-');
        const TenantScope scope = filled(slug);
        const qint64 row = column == u"sequence"_s ? 1004 : 4;
        tamper(scope, u"UPDATE audit_entries SET %1 = %2 WHERE sequence = 4"_s.arg(column, value));
        expect(slug, column == u"sequence"_s ? u"reordered"_s : u"edited"_s, row, rowId(scope, row));
    }

    void editedAtTheEnds_data()
    {
        QTest::addColumn<int>("sequence");
        QTest::newRow("first") << 1;
        QTest::newRow("last") << entries;
    }
    void editedAtTheEnds()
    {
        QFETCH(const int, sequence);
        const QString slug = u"edited-end-%1"_s.arg(sequence);
        const TenantScope scope = filled(slug);
        tamper(scope, u"UPDATE audit_entries SET actor_name = 'Eve' WHERE sequence = %1"_s.arg(sequence));
        expect(slug, u"edited"_s, sequence, rowId(scope, sequence));
    }

    // With the row's own hash computed anew: what follows it says otherwise.
    void editedWithItsHash_data() { editedAtTheEnds_data(); }
    void editedWithItsHash()
    {
        QFETCH(const int, sequence);
        const QString slug = u"rehashed-%1"_s.arg(sequence);
        const TenantScope scope = filled(slug);
        tamper(scope,
               u"UPDATE audit_entries SET actor_name = 'Eve' WHERE sequence = %1; SELECT rehash(%1);"_s.arg(sequence));
        expect(slug, u"edited"_s, sequence, rowId(scope, sequence));
    }

    void removed_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("sequence");
        QTest::newRow("first") << u"DELETE FROM audit_entries WHERE sequence = 1"_s << 1;
        QTest::newRow("middle") << u"DELETE FROM audit_entries WHERE sequence = 4"_s << 4;
        QTest::newRow("several") << u"DELETE FROM audit_entries WHERE sequence IN (3, 4, 6)"_s << 3;
        QTest::newRow("and numbered anew")
            << u"DELETE FROM audit_entries WHERE sequence = 4; SELECT shift(5, -1);"_s << 4;
    }
    void removed()
    {
        QFETCH(const QString, sql);
        QFETCH(const int, sequence);
        const QString slug = newSlug();
        const TenantScope scope = filled(slug);
        tamper(scope, sql);
        expect(slug, u"removed"_s, sequence, {});
    }

    void inserted_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("sequence");
        const QString copy =
            u"INSERT INTO audit_entries SELECT %1, gen_random_uuid(), at, actor_id, actor_name, session_id, "
            "address, request_id, action, subject_type, subject_id, 'forged', outcome, times, before, "
            "after, reason, search_text, previous_hash, hash FROM audit_entries WHERE sequence = %2;"_s;
        const QString follows =
            u"UPDATE audit_entries SET previous_hash = (SELECT hash FROM audit_entries WHERE sequence "
            "= %1 - 1) WHERE sequence = %1; SELECT rehash(%1);"_s;
        QTest::newRow("in the middle, careless")
            << u"SELECT shift(5, 1);"_s + copy.arg(5).arg(4) + follows.arg(5).section(u';', 0, 0) << 5;
        QTest::newRow("in the middle, well chained")
            << u"SELECT shift(5, 1);"_s + copy.arg(5).arg(4) + follows.arg(5) << 5;
        QTest::newRow("two, well chained")
            << u"SELECT shift(5, 2);"_s + copy.arg(5).arg(4) + follows.arg(5) + copy.arg(6).arg(4) + follows.arg(6)
            << 5;
        QTest::newRow("at the end, well chained") << copy.arg(9).arg(4) + follows.arg(9) << 9;
        QTest::newRow("at the end, careless") << copy.arg(9).arg(8) << 9;
        QTest::newRow("with a number that is taken")
            << u"ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_key;"_s + copy.arg(20).arg(4)
                + follows.arg(20).replace(u"= 20 - 1"_s, u"= 4"_s)
                + u"UPDATE audit_entries SET sequence = 5 WHERE sequence = 20;"_s
            << 5;
    }
    void inserted()
    {
        QFETCH(const QString, sql);
        QFETCH(const int, sequence);
        const QString slug = newSlug();
        const TenantScope scope = filled(slug);
        tamper(scope, sql);
        const QUuid id = owner<QUuid>(
            scope, "SELECT id FROM audit_entries WHERE subject_label = 'forged' ORDER BY sequence LIMIT 1");
        expect(slug, u"inserted"_s, sequence, id);
    }

    void reordered_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("sequence");
        const QString swap =
            u"UPDATE audit_entries SET sequence = 100 WHERE sequence = %1; UPDATE audit_entries SET sequence "
            "= %1 WHERE sequence = %2; UPDATE audit_entries SET sequence = %2 WHERE sequence = 100;"_s;
        QTest::newRow("neighbours") << swap.arg(4).arg(5) << 4;
        QTest::newRow("far apart") << swap.arg(2).arg(7) << 2;
        QTest::newRow("first and last") << swap.arg(1).arg(8) << 1;
        QTest::newRow("moved to the end") << u"UPDATE audit_entries SET sequence = 9 WHERE sequence = 4"_s << 9;
        QTest::newRow("last with another number")
            << u"UPDATE audit_entries SET sequence = 12 WHERE sequence = 8"_s << 12;
    }
    void reordered()
    {
        QFETCH(const QString, sql);
        QFETCH(const int, sequence);
        const QString slug = newSlug();
        const TenantScope scope = filled(slug);
        tamper(scope, sql);
        expect(slug, u"reordered"_s, sequence, rowId(scope, sequence));
    }

    void tailCut_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("sequence");
        QTest::newRow("last") << u"DELETE FROM audit_entries WHERE sequence = 8"_s << 8;
        QTest::newRow("several") << u"DELETE FROM audit_entries WHERE sequence >= 6"_s << 6;
        QTest::newRow("all") << u"TRUNCATE audit_entries"_s << 1;
        QTest::newRow("the head")
            << u"DELETE FROM platform.audit_heads WHERE tenant_id = substr(current_schema, 3)::uuid"_s << 9;
    }
    void tailCut()
    {
        QFETCH(const QString, sql);
        QFETCH(const int, sequence);
        const QString slug = newSlug();
        const TenantScope scope = filled(slug);
        tamper(scope, sql);
        expect(slug, u"tail cut"_s, sequence, {});
    }

    // Who has all rights can compute everything anew. What was written down elsewhere before tells.
    void rewrittenAsAWhole_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("a row edited")
            << u"UPDATE audit_entries SET actor_name = 'Eve' WHERE sequence = 4; SELECT rebuild();"_s;
        QTest::newRow("a row removed")
            << u"DELETE FROM audit_entries WHERE sequence = 4; SELECT shift(5, -1), rebuild();"_s;
        QTest::newRow("the tail cut") << u"DELETE FROM audit_entries WHERE sequence >= 6; SELECT rebuild();"_s;
    }
    void rewrittenAsAWhole()
    {
        QFETCH(const QString, sql);
        const QString slug = newSlug();
        const TenantScope scope = filled(slug);
        QTemporaryFile anchors;
        QVERIFY(anchors.open());
        anchors.write(verify({u"--tenant"_s, slug}).text.toUtf8());
        anchors.close();
        fill(scope, 2); // the log goes on
        const QStringList withAnchors{u"--tenant"_s, slug, u"--anchors"_s, anchors.fileName()};
        QCOMPARE(verify(withAnchors).exitCode, 0);

        tamper(scope, sql);
        QCOMPARE(verify({u"--tenant"_s, slug}).exitCode, 0); // looks whole
        const Verdict verdict = verify(withAnchors);
        QVERIFY2(verdict.exitCode == 1, qPrintable(verdict.text));
        QVERIFY2(verdict.text.contains(u"WRONG %1: rewritten at sequence %2"_s.arg(slug).arg(entries)),
                 qPrintable(verdict.text));
    }

    void theApplicationMayOnlyAddAndRead_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<bool>("asPlatform");
        for (const char *sql :
             {"UPDATE audit_entries SET reason = ''", "DELETE FROM audit_entries", "TRUNCATE audit_entries",
              "INSERT INTO audit_entries SELECT * FROM audit_entries", "SELECT FROM audit_inbox",
              "UPDATE audit_inbox SET reason = ''", "DELETE FROM audit_inbox",
              "UPDATE platform.audit_heads SET sequence = 1", "SELECT FROM platform.audit_heads",
              "ALTER TABLE audit_inbox DISABLE TRIGGER ALL", "DROP TABLE audit_entries"})
            QTest::addRow("tenant: %s", sql) << QByteArray(sql) << false;
        for (const char *sql :
             {"UPDATE audit_heads SET sequence = 1", "DELETE FROM audit_heads", "TRUNCATE audit_heads",
              "INSERT INTO audit_heads VALUES (gen_random_uuid(), 0, '')", "SELECT FROM audit_inbox",
              "UPDATE t_01900000000070008000000000000001.audit_entries SET reason = ''"})
            QTest::addRow("platform: %s", sql) << QByteArray(sql) << true;
    }
    void theApplicationMayOnlyAddAndRead()
    {
        QFETCH(const QByteArray, sql);
        QFETCH(const bool, asPlatform);
        const TenantScope scope = m_test->makeTenant();
        database::Session session({.url = m_test->appUrl()});
        session.begin("SET LOCAL ROLE " + (asPlatform ? "patio_platform" : database::tenantName(scope.tenantId))
                      + "; SET LOCAL search_path = "
                      + (asPlatform ? "platform" : database::tenantName(scope.tenantId)));
        QByteArray refusal;
        try {
            session.runScript(sql.toStdString());
        } catch (const pqxx::sql_error &error) {
            refusal = error.what();
        }
        session.rollback();
        QVERIFY2(refusal.contains("permission denied") || refusal.contains("must be owner"), refusal.constData());
    }

    // Two rows that everybody changes, the log of the tenant and that of the platform at the same time: nobody waits in
    // a circle, and nothing is lost.
    void manyAtOnce()
    {
        constexpr int threads = 8, transactions = 100;
        const TenantScope scope = m_test->makeTenant(u"crowd"_s);
        Database &database = m_test->database();
        std::atomic<int> failures = 0;
        std::vector<std::thread> crowd;
        for (int i = 0; i < threads; ++i)
            crowd.emplace_back([&, i] {
                for (int n = 0; n < transactions; ++n) {
                    try {
                        database.transaction(scope, [&](Transaction &tx) {
                            AuditLog::record(tx, somebody(scope), change(n));
                            if (n % 10 == i)
                                AuditLog::record(tx, somebody(scope), change(n));
                        });
                        if (n % 4 == 0)
                            database.platform([&](Transaction &tx) {
                                tx.run("UPDATE tenants SET name = 'Crowd' WHERE id = $1", scope.tenantId);
                                AuditLog::record(tx, somebody(scope), change(n));
                            });
                    } catch (...) {
                        ++failures;
                    }
                }
            });
        for (std::thread &thread : crowd)
            thread.join();
        QCOMPARE(failures.load(), 0);
        const qint64 expected = threads * transactions + threads * transactions / 10;
        QCOMPARE(owner<qint64>(scope, "SELECT count(*) FROM audit_entries"), expected);
        QCOMPARE(owner<qint64>(scope, "SELECT max(sequence) FROM audit_entries"), expected);
        QCOMPARE(owner<qint64>(scope, "SELECT count(*) FROM audit_inbox"), 0);
        for (const QString &slug : {u"crowd"_s, u"platform"_s}) {
            const Verdict verdict = verify({u"--tenant"_s, slug});
            QVERIFY2(verdict.exitCode == 0, qPrintable(verdict.text));
        }
    }

    // A change that is rolled back leaves no entry and no gap.
    void rolledBackWithItsChange()
    {
        const TenantScope scope = filled(u"undone"_s);
        try {
            m_test->database().transaction(scope, [&](Transaction &tx) {
                AuditLog::record(tx, somebody(scope), change(1));
                throw std::runtime_error("no");
            });
        } catch (const std::runtime_error &) {
        }
        fill(scope, 1);
        QCOMPARE(owner<qint64>(scope, "SELECT max(sequence) FROM audit_entries"), qint64(entries + 1));
        QCOMPARE(verify({u"--tenant"_s, u"undone"_s}).exitCode, 0);
    }

    // A tenant that is dropped and made again under the same id begins a log of its own.
    void withItsTenant()
    {
        const TenantScope scope = filled(u"gone"_s);
        m_test->database().platform(
            [&](Transaction &tx) { tx.run("DELETE FROM tenants WHERE id = $1", scope.tenantId); });
        m_test->migrations().dropTenantSchema(scope.tenantId);
        QCOMPARE(m_test->database().platform([&](Transaction &tx) {
            return tx.one<qint64>("SELECT count(*) FROM audit_heads WHERE tenant_id = $1", scope.tenantId);
        }),
                 qint64(0));
    }

    // Beside a server that runs on its own PostgreSQL.
    void besideARunningServer()
    {
        TestServer server;
        QVERIFY(!server.token(u"acme"_s, u"owner"_s).isEmpty());
        const Verdict verdict = run({u"audit"_s, u"verify"_s, u"--data"_s, server.folder() + u"/data"_s});
        QVERIFY2(verdict.exitCode == 0, qPrintable(verdict.text));
        QVERIFY(verdict.text.contains(u" acme\n"_s));
        QCOMPARE(server.get(u"/readyz"_s, {}).status, 200);
    }

private:
    struct Verdict
    {
        int exitCode = -1;
        QString text;
    };

    static Verdict run(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.waitForFinished(60'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAll())};
    }

    Verdict verify(const QStringList &options)
    {
        return run(QStringList{u"audit"_s, u"verify"_s, u"--database-url"_s, QString::fromStdString(m_test->ownerUrl())}
                   + options);
    }

    void expect(const QString &slug, const QString &fault, qint64 sequence, const QUuid &id)
    {
        const Verdict verdict = verify({u"--tenant"_s, slug});
        QString line = u"WRONG %1: %2 at sequence %3"_s.arg(slug, fault).arg(sequence);
        if (!id.isNull())
            line += u", id %1, time 2"_s.arg(id.toString(QUuid::WithoutBraces));
        QVERIFY2(verdict.text.contains(line), qPrintable(line + u"\nis not in\n"_s + verdict.text));
        QCOMPARE(verdict.exitCode, 1);
    }

    static QString newSlug()
    {
        static int number = 0;
        return u"tampered-%1"_s.arg(++number);
    }
    static QString idOf(const TenantScope &scope) { return scope.tenantId.toString(QUuid::WithoutBraces); }

    void fill(const TenantScope &scope, int count)
    {
        for (int i = 0; i < count; ++i)
            m_test->database().transaction(scope,
                                           [&](Transaction &tx) { AuditLog::record(tx, somebody(scope), change(i)); });
    }

    TenantScope filled(const QString &slug)
    {
        const TenantScope scope = m_test->makeTenant(slug);
        fill(scope, entries);
        return scope;
    }

    // As the superuser, with what such a person would write for the purpose.
    void tamper(const TenantScope &scope, const QString &sql)
    {
        static const QString tools = uR"(
            CREATE FUNCTION pg_temp.rehash(which bigint) RETURNS void LANGUAGE sql AS $$
                UPDATE audit_entries SET hash = sha256(previous_hash || platform.audit_digest(ARRAY[
                    id::text, (extract(epoch FROM at) * 1000)::bigint::text, actor_id::text, actor_name, session_id::text,
                    address, request_id, action, subject_type, subject_id, subject_label, outcome, times::text,
                    before::text, after::text, reason, search_text])) WHERE sequence = which $$;
            CREATE FUNCTION pg_temp.shift(first bigint, by bigint) RETURNS void LANGUAGE sql AS $$
                UPDATE audit_entries SET sequence = -sequence WHERE sequence >= first;
                UPDATE audit_entries SET sequence = -sequence + by WHERE sequence < 0 $$;
            CREATE FUNCTION pg_temp.rebuild() RETURNS void LANGUAGE plpgsql AS $$
            DECLARE
                tenant uuid := substr(current_schema, 3)::uuid;
                number bigint;
                link bytea := sha256(convert_to(substr(current_schema, 3)::uuid::text, 'UTF8'));
            BEGIN
                FOR number IN SELECT sequence FROM audit_entries ORDER BY sequence LOOP
                    UPDATE audit_entries SET previous_hash = link WHERE sequence = number;
                    PERFORM pg_temp.rehash(number);
                    SELECT hash INTO link FROM audit_entries WHERE sequence = number;
                END LOOP;
                UPDATE platform.audit_heads SET sequence = number, hash = link WHERE tenant_id = tenant;
            END $$;)"_s;
        QString script = sql;
        for (const char *tool : {"rehash(", "shift(", "rebuild("})
            script.replace(QString::fromLatin1(tool), u"pg_temp."_s + QString::fromLatin1(tool));
        database::Session session({.url = m_test->ownerUrl()});
        session.runScript((u"SET search_path = "_s + QString::fromStdString(database::tenantName(scope.tenantId)) + u';'
                           + tools + script)
                              .toStdString());
    }

    template<class T> T owner(const TenantScope &scope, database::Statement<0> sql)
    {
        database::Session session({.url = m_test->ownerUrl()});
        session.begin("SET LOCAL search_path = " + database::tenantName(scope.tenantId));
        const T value = Transaction(session).one<T>(sql);
        session.rollback();
        return value;
    }

    QUuid rowId(const TenantScope &scope, qint64 sequence)
    {
        database::Session session({.url = m_test->ownerUrl()});
        session.begin("SET LOCAL search_path = " + database::tenantName(scope.tenantId));
        const QUuid id = Transaction(session).one<QUuid>("SELECT id FROM audit_entries WHERE sequence = $1", sequence);
        session.rollback();
        return id;
    }

    std::optional<TestDatabase> m_test;
};

QTEST_GUILESS_MAIN(TestAuditChain)
#include "tst_audit_chain.moc"
