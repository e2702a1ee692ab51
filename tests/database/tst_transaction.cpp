// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/error.h"
#include "tests/database/sample.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;

class TestTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_test.emplace(); }
    void cleanupTestCase() { m_test.reset(); }

    void everyTypeComesBackAsItWent();
    void nothingIsNull();
    void timesKeepTheirMilliseconds_data();
    void timesKeepTheirMilliseconds();
    void numbersKeepTheirValue();
    void textThatCannotBeKeptIsRefused_data();
    void textThatCannotBeKeptIsRefused();
    void scalarsAndLists();
    void manyRowsInOneStatement();
    void wrongRowsAreErrors();
    void unreadableColumnsAreNamed_data();
    void unreadableColumnsAreNamed();
    void aSwallowedRefusalCommitsNothing();
    void statementsArePreparedOnce();
    void aChangedTableIsReadAgain();

private:
    Database &database() { return m_test->database(); }
    std::optional<TestDatabase> m_test;
};

void TestTransaction::everyTypeComesBackAsItWent()
{
    const Everything sent{.someText = u"“quoted”, \\back\\slash 'single' {brace} NULL 😀"_s,
                          .bytes = QByteArray("\0\x01\xff\\x00", 7),
                          .id = QUuid::createUuid(),
                          .createdAt = QDateTime::fromMSecsSinceEpoch(1'714'558'830'007, Qt::UTC),
                          .isOn = true,
                          .small = std::numeric_limits<int>::min(),
                          .large = std::numeric_limits<qint64>::max(),
                          .real = 0.1 + 0.2,
                          .object = {{u"a"_s, QJsonArray{1, 2.5, QJsonValue::Null, u"\\u0000 é"_s}}},
                          .value = u"only text"_s,
                          .colour = Colour::DarkBlue,
                          .maybeText = {},
                          .maybeColour = Colour::DarkBlue,
                          .texts = {u""_s, u"NULL"_s, u"a,b"_s, u"\"q\" \\ {x}"_s, u" space "_s, u"日本"_s},
                          .numbers = {},
                          .colours = {Colour::DarkBlue, Colour::Red},
                          .gaps = {1, std::nullopt, -3},
                          .blobs = {QByteArray(), QByteArray("\0\\\"", 3)},
                          .part = {u"bolt"_s, 3},
                          .parts = {{u"nut"_s, 1}, {u"\"washer\""_s, 2}}};
    const Everything got = database().platform([&](Transaction &tx) {
        return tx.one<Everything>(R"(
            SELECT $1::text AS some_text, $2::bytea AS bytes, $3::uuid AS id, $4::timestamptz AS created_at,
                   $5::boolean AS is_on, $6::int AS small, $7::bigint AS large, $8::float8 AS "real", $9::jsonb AS object,
                   $10::jsonb AS value, $11::text AS colour, $12::text AS maybe_text, $13::text AS maybe_colour,
                   $14::text[] AS texts, $15::bigint[] AS numbers, $16::text[] AS colours, $17::int[] AS gaps,
                   $18::bytea[] AS blobs, $19::jsonb AS part, $20::jsonb AS parts)",
                                  sent.someText, sent.bytes, sent.id, sent.createdAt, sent.isOn, sent.small, sent.large,
                                  sent.real, sent.object, sent.value, sent.colour, sent.maybeText, sent.maybeColour,
                                  sent.texts, sent.numbers, sent.colours, sent.gaps, sent.blobs, sent.part, sent.parts);
    });
    QCOMPARE(got.someText, sent.someText);
    QCOMPARE(got.bytes, sent.bytes);
    QCOMPARE(got.createdAt, sent.createdAt);
    QCOMPARE(got.real, sent.real);
    QCOMPARE(got.object, sent.object);
    QCOMPARE(got.texts, sent.texts);
    QCOMPARE(got.blobs, sent.blobs);
    QVERIFY(got == sent);
}

void TestTransaction::nothingIsNull()
{
    database().platform([&](Transaction &tx) {
        QVERIFY(tx.one<bool>("SELECT $1::int IS NULL", std::nullopt));
        QVERIFY(tx.one<bool>("SELECT $1::int IS NULL", std::optional<int>()));
        QVERIFY(tx.one<bool>("SELECT $1::bytea IS NOT NULL", QByteArray()));
        QVERIFY(tx.one<bool>("SELECT $1::text = ''", QString()));
        QVERIFY(!tx.one<std::optional<qint64>>("SELECT max(n) FROM generate_series(1, 0) AS n"));
        QCOMPARE(tx.one<std::optional<qint64>>("SELECT 7"), std::optional<qint64>(7));
    });
}

void TestTransaction::timesKeepTheirMilliseconds_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("expected");
    QTest::newRow("cut off") << u"2024-02-29 23:59:59.999999+00"_s << u"2024-02-29T23:59:59.999Z"_s;
    QTest::newRow("one digit") << u"2024-01-01 00:00:00.5+00"_s << u"2024-01-01T00:00:00.500Z"_s;
    QTest::newRow("whole") << u"2024-01-01 00:00:00+00"_s << u"2024-01-01T00:00:00.000Z"_s;
    QTest::newRow("other zone") << u"2024-01-01 00:30:00.25+05:30"_s << u"2023-12-31T19:00:00.250Z"_s;
    QTest::newRow("before 1970") << u"1969-12-31 23:59:59.001+00"_s << u"1969-12-31T23:59:59.001Z"_s;
    QTest::newRow("first year") << u"0001-01-01 00:00:00+00"_s << u"0001-01-01T00:00:00.000Z"_s;
    QTest::newRow("last year") << u"9999-12-31 23:59:59.999+00"_s << u"9999-12-31T23:59:59.999Z"_s;
}

void TestTransaction::timesKeepTheirMilliseconds()
{
    QFETCH(QString, sql);
    QFETCH(QString, expected);
    database().platform([&](Transaction &tx) {
        const QDateTime got = tx.one<QDateTime>("SELECT $1::timestamptz", sql);
        QCOMPARE(got.toString(Qt::ISODateWithMs), expected);
        QCOMPARE(tx.one<QDateTime>("SELECT $1::timestamptz", got), got);
    });
}

void TestTransaction::numbersKeepTheirValue()
{
    database().platform([](Transaction &tx) {
        for (const double value :
             {0.0, -0.1, 1e-310, 1.7976931348623157e308, 123456789.123456789, std::numeric_limits<double>::infinity()})
            QCOMPARE(tx.one<double>("SELECT $1::float8", value), value);
        QVERIFY(qIsNaN(tx.one<double>("SELECT $1::float8", std::numeric_limits<double>::quiet_NaN())));
        QCOMPARE(tx.one<qint64>("SELECT sum(n) FROM unnest($1::bigint[]) AS n", QList<qint64>{1LL << 61, 1LL << 61}),
                 1LL << 62);
        QCOMPARE(tx.one<qint64>("SELECT $1::bigint", std::numeric_limits<qint64>::min()),
                 std::numeric_limits<qint64>::min());
    });
}

void TestTransaction::textThatCannotBeKeptIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("NUL") << u"a\0b"_s;
    QTest::newRow("NUL after a backslash") << u"\\\0"_s;
    QTest::newRow("first half of a pair") << QString(QChar(0xD83D));
    QTest::newRow("second half first") << QString(QChar(0xDE00)) + QChar(0xD83D);
}

void TestTransaction::textThatCannotBeKeptIsRefused()
{
    QFETCH(QString, text);
    const auto status = [&](const auto &value) {
        try {
            database().platform([&](Transaction &tx) { return tx.one<bool>("SELECT $1::text IS NULL", value); });
        } catch (const ApiError &error) {
            return error.status;
        }
        return 200;
    };
    QCOMPARE(status(text), 422);
    QCOMPARE(status(QList<QString>{u"fine"_s, text}), 422);
    if (text.contains(u'\0')) {
        QCOMPARE(status(QJsonObject{{u"key"_s, text}}), 422);
        QCOMPARE(status(QJsonObject{{text, 1}}), 422);
        QCOMPARE(status(Part{text, 1}), 422);
    }
}

void TestTransaction::scalarsAndLists()
{
    database().platform([](Transaction &tx) {
        QCOMPARE(tx.all<int>("SELECT n FROM generate_series(1, $1) AS n", 3), (QList<int>{1, 2, 3}));
        QCOMPARE(tx.all<QString>("SELECT 'x' WHERE false"), QList<QString>());
        QCOMPARE(tx.one<QList<QString>>("SELECT ARRAY['a', 'b,c', '']"), (QList<QString>{u"a"_s, u"b,c"_s, u""_s}));
        QCOMPARE(tx.one<QList<QString>>(R"(SELECT '["a", "b"]'::jsonb)"), (QList<QString>{u"a"_s, u"b"_s}));
        QVERIFY(tx.one<Colour>("SELECT 'dark_blue'") == Colour::DarkBlue);
        QCOMPARE(tx.maybe<int>("SELECT 1 WHERE $1", true), std::optional(1));
        QCOMPARE(tx.maybe<int>("SELECT 1 WHERE $1", false), std::optional<int>());
        const auto parts =
            tx.all<Part>("SELECT 'extra' AS other, n AS count, 'p' || n AS name FROM generate_series(1, 2) n");
        QCOMPARE(parts, (QList<Part>{{u"p1"_s, 1}, {u"p2"_s, 2}}));
    });
}

void TestTransaction::manyRowsInOneStatement()
{
    const TenantScope tenant = m_test->makeTenant();
    QList<QUuid> ids;
    QList<QString> slugs;
    std::vector<std::optional<QString>> plans;
    for (int i = 0; i < 2000; ++i) {
        ids.append(QUuid::createUuid());
        slugs.append(u"many-%1"_s.arg(i));
        plans.push_back(i % 2 ? std::optional(u"pro"_s) : std::nullopt);
    }
    const qint64 inserted = database().platform([&](Transaction &tx) {
        return tx.run(R"(
            INSERT INTO tenants (id, slug, name, plan)
            SELECT id, slug, slug, coalesce(plan, 'free') FROM unnest($1::uuid[], $2::text[], $3::text[]) AS t (id, slug, plan))",
                      ids, slugs, plans);
    });
    QCOMPARE(inserted, 2000);
    database().platform([&](Transaction &tx) {
        QCOMPARE(tx.one<qint64>("SELECT count(*) FROM tenants WHERE plan = 'pro'"), 1000);
        QCOMPARE(tx.run("DELETE FROM tenants WHERE id = ANY ($1)", ids), 2000);
        QCOMPARE(tx.run("DELETE FROM tenants WHERE id = ANY ($1)", ids), 0);
    });
    Q_UNUSED(tenant)
}

void TestTransaction::wrongRowsAreErrors()
{
    database().platform([](Transaction &tx) {
        QVERIFY_EXCEPTION_THROWN(tx.one<int>("SELECT 1 WHERE false"), std::logic_error);
        QVERIFY_EXCEPTION_THROWN(tx.one<int>("SELECT generate_series(1, 2)"), std::logic_error);
        QVERIFY_EXCEPTION_THROWN(tx.maybe<int>("SELECT generate_series(1, 2)"), std::logic_error);
        QVERIFY_EXCEPTION_THROWN(tx.one<Part>("SELECT 'a' AS name"), std::logic_error); // no column count
        const QDateTime never;
        QVERIFY_EXCEPTION_THROWN(tx.one<bool>("SELECT $1::timestamptz IS NULL", never), std::invalid_argument);
    });
}

void TestTransaction::unreadableColumnsAreNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("count");
    QTest::addColumn<QByteArray>("column");
    QTest::newRow("NULL text") << QString() << u"1"_s << "name"_ba;
    QTest::newRow("NULL number") << u"a"_s << QString() << "count"_ba;
    QTest::newRow("text") << u"a"_s << u"secret"_s << "count"_ba;
    QTest::newRow("fraction") << u"a"_s << u"1.5"_s << "count"_ba;
    QTest::newRow("too large") << u"a"_s << u"2147483648"_s << "count"_ba;
}

void TestTransaction::unreadableColumnsAreNamed()
{
    QFETCH(QString, name);
    QFETCH(QString, count);
    QFETCH(QByteArray, column);
    const auto orNull = [](const QString &text) { return text.isNull() ? std::nullopt : std::optional(text); };
    database().platform([&](Transaction &tx) {
        try {
            tx.one<Part>("SELECT $1::text AS name, $2::text AS count", orNull(name), orNull(count));
            QFAIL("it was read");
        } catch (const std::runtime_error &error) {
            QVERIFY2(QByteArray(error.what()).startsWith("column " + column), error.what());
            QVERIFY2(!QByteArray(error.what()).contains("secret"), error.what()); // values may be private
        }
    });
    database().platform([](Transaction &tx) {
        for (const QString &time : {u"infinity"_s, u"0044-03-15 12:00:00 BC"_s, u"12000-01-01"_s})
            QVERIFY_EXCEPTION_THROWN(tx.one<QDateTime>("SELECT $1::timestamptz", time), std::range_error);
        QVERIFY_EXCEPTION_THROWN(tx.one<Colour>("SELECT 'green'"), std::range_error);
        QVERIFY_EXCEPTION_THROWN(tx.one<QList<int>>("SELECT ARRAY[[1], [2]]"), std::range_error);
        QVERIFY_EXCEPTION_THROWN(tx.one<QUuid>("SELECT 'no'"), std::range_error);
    });
}

void TestTransaction::aSwallowedRefusalCommitsNothing()
{
    const auto work = [](Transaction &tx) {
        tx.run("INSERT INTO tenants (slug, name) VALUES ('swallowed', 'x')");
        try {
            tx.run("INSERT INTO tenants (slug, name) VALUES ('swallowed', 'y')");
        } catch (const pqxx::unique_violation &) {
        }
    };
    QVERIFY_EXCEPTION_THROWN(database().platform(work), std::logic_error);
    database().platform(
        [](Transaction &tx) { QVERIFY(!tx.maybe<QUuid>("SELECT id FROM tenants WHERE slug = 'swallowed'")); });
}

void TestTransaction::statementsArePreparedOnce()
{
    Database one({.session = {.url = m_test->appUrl()}, .connections = 1});
    for (int i = 0; i < 3; ++i) {
        one.platform([](Transaction &tx) { tx.one<int>("SELECT 4711"); });
        QCOMPARE(one.platform([](Transaction &tx) {
            return tx.one<qint64>("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT 4711'");
        }),
                 1);
    }
}

void TestTransaction::aChangedTableIsReadAgain()
{
    database::Session owner({.url = m_test->ownerUrl()});
    owner.runScript("CREATE TABLE platform.changing (a int); INSERT INTO platform.changing VALUES (1)");
    Database one({.session = {.url = m_test->appUrl()}, .connections = 1});
    const auto read = [&] {
        return one.platform([](Transaction &tx) { return tx.one<QString>("SELECT * FROM changing"); });
    };
    QCOMPARE(read(), u"1"_s);
    owner.runScript("ALTER TABLE platform.changing ALTER a TYPE text USING 'one'");
    QVERIFY_EXCEPTION_THROWN(read(), pqxx::feature_not_supported); // the prepared statement is stale
    QCOMPARE(read(), u"one"_s);
}

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
