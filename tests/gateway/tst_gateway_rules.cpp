// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/listener.h"
#include "server/gateway/gateway_settings_book.h"
#include "server/gateway/gateway_settings_service.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString acme = u"acme"_s;
const QString path = u"/api/v1/gateway-settings"_s;

} // namespace

// The gateway's settings as administrators keep them, and as calls find them.
class TestGatewayRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_owner = m_server.token(acme, u"owner"_s);
        QVERIFY(!m_owner.isEmpty());
    }

    void areOffAtFirst();
    void areReplacedWhole();
    void changesAreNotLost();
    void refusals_data();
    void refusals();
    void areRememberedAndForgotten();
    void areRememberedForASecondWithoutWord();

private:
    HttpAnswer put(const QJsonObject &settings, QByteArray etag = {})
    {
        if (etag.isEmpty())
            etag = m_server.get(path, m_owner).headers.value("etag");
        return m_server.send("PUT", path, settings, {.token = m_owner, .more = {{"If-Match", etag}}});
    }

    TestServer m_server;
    QByteArray m_owner;
};

void TestGatewayRules::areOffAtFirst()
{
    const HttpAnswer answer = m_server.get(path, m_server.token(u"northwind"_s, u"owner"_s));
    QCOMPARE(answer.status, 200);
    const QJsonObject settings = answer.json();
    QVERIFY(settings[u"cacheSeconds"_s].isNull());
    QVERIFY(settings[u"bodyDays"_s].isNull());
    QCOMPARE(settings[u"masks"_s].toArray(), QJsonArray());
    QCOMPARE(settings[u"deniedPatterns"_s].toArray(), QJsonArray());
    QCOMPARE(settings[u"masksAnswers"_s].toBool(), false);
    QCOMPARE(answer.headers.value("etag"), "\"1\"");
}

void TestGatewayRules::areReplacedWhole()
{
    const QJsonObject all{{u"cacheSeconds"_s, 60},
                          {u"bodyDays"_s, 30},
                          {u"deniedPatterns"_s, QJsonArray{u"\\bfalcon\\b"_s, u"x+"_s}},
                          {u"requiredPatterns"_s, QJsonArray{u"^Ticket"_s}},
                          {u"mostPromptCharacters"_s, 1000},
                          {u"mostAnswerCharacters"_s, 2000},
                          {u"masks"_s, QJsonArray{u"card"_s, u"email"_s, u"card"_s}},
                          {u"masksAnswers"_s, true}};
    QJsonObject kept = put(all).json();
    QVERIFY(kept.take(u"revision"_s).toInteger() > 1);
    QJsonObject expected = all;
    expected[u"masks"_s] = QJsonArray{u"email"_s, u"card"_s};
    QCOMPARE(kept, expected);
    QCOMPARE(m_server.get(path, m_owner).json()[u"bodyDays"_s].toInt(), 30);
    const QJsonObject gone = put({}).json(); // what is not given is off
    QVERIFY(gone[u"bodyDays"_s].isNull());
    QCOMPARE(gone[u"masks"_s].toArray(), QJsonArray());
}

void TestGatewayRules::changesAreNotLost()
{
    const QByteArray etag = m_server.get(path, m_owner).headers.value("etag");
    QCOMPARE(put({{u"cacheSeconds"_s, 5}}, etag).status, 200);
    const HttpAnswer late = put({{u"cacheSeconds"_s, 6}}, etag);
    QCOMPARE(late.status, 412);
    QCOMPARE(m_server.get(path, m_owner).json()[u"cacheSeconds"_s].toInt(), 5);
    QCOMPARE(m_server.send("PUT", path, {}, {.token = m_owner}).status, 428);
}

void TestGatewayRules::refusals_data()
{
    QTest::addColumn<QJsonObject>("settings");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("message");
    QTest::newRow("pattern") << QJsonObject{{u"deniedPatterns"_s, QJsonArray{u"a"_s, u"b"_s, u"c"_s, u"(d"_s}}}
                             << u"/deniedPatterns/3"_s << u"at character 2"_s;
    QTest::newRow("required pattern") << QJsonObject{{u"requiredPatterns"_s, QJsonArray{u"(?!x)"_s}}}
                                      << u"/requiredPatterns/0"_s << u"look-around"_s;
    QTest::newRow("everything") << QJsonObject{{u"deniedPatterns"_s, QJsonArray{u".*"_s}}} << u"/deniedPatterns/0"_s
                                << u"every text"_s;
    QTest::newRow("days") << QJsonObject{{u"bodyDays"_s, 0}} << u"/bodyDays"_s << u""_s;
    QTest::newRow("seconds") << QJsonObject{{u"cacheSeconds"_s, 2'592'001}} << u"/cacheSeconds"_s << u""_s;
    QTest::newRow("mask") << QJsonObject{{u"masks"_s, QJsonArray{u"name"_s}}} << u"/masks/0"_s << u""_s;
    QJsonArray many;
    for (int i = 0; i < 101; ++i)
        many.append(u"a"_s);
    QTest::newRow("many") << QJsonObject{{u"deniedPatterns"_s, many}} << u"/deniedPatterns"_s << u""_s;
}

void TestGatewayRules::refusals()
{
    QFETCH(QJsonObject, settings);
    QFETCH(QString, pointer);
    QFETCH(QString, message);
    const HttpAnswer answer = put(settings);
    QCOMPARE(answer.status, 422);
    const QJsonObject error = answer.json()[u"errors"_s][0].toObject();
    QCOMPARE(error[u"pointer"_s].toString(), pointer);
    QVERIFY2(error[u"message"_s].toString().contains(message), qPrintable(error[u"message"_s].toString()));
}

// As in another process, which hears of changes from within the database.
void TestGatewayRules::areRememberedAndForgotten()
{
    TestDatabase database;
    const QUuid tenant = database.makeTenant().tenantId, other = database.makeTenant().tenantId;
    GatewaySettingsBook here(database.database()), there(database.database());
    Listener listener(database.appUrl(), {QString::fromLatin1(GatewaySettingsBook::channel)});
    there.follow(listener);
    listener.start();
    QTRY_VERIFY(listener.isConnected());

    QVERIFY(!there.remembered(tenant));
    QVERIFY(!there.of(tenant)->guardrails.guardsRequests());
    const auto ofOther = there.of(other);
    QCOMPARE(there.remembered(tenant), there.of(tenant));

    GatewaySettingsService service(database.database(), here);
    const Caller caller{.userId = QUuid::createUuid(), .tenantId = tenant, .displayName = u"Ann"_s};
    GatewaySettings settings;
    settings.deniedPatterns = {u"falcon"_s};
    service.put(caller, 1, settings);
    QVERIFY(here.of(tenant)->guardrails.guardsRequests()); // at once
    QTRY_VERIFY(!there.remembered(tenant)); // within moments
    QCOMPARE(there.of(tenant)->settings.deniedPatterns, settings.deniedPatterns);
    QCOMPARE(there.remembered(other), ofOther);
    there.forget(tenant);
    QVERIFY(!there.remembered(tenant));
}

void TestGatewayRules::areRememberedForASecondWithoutWord()
{
    TestDatabase database;
    const QUuid tenant = database.makeTenant().tenantId;
    GatewaySettingsBook book(database.database()); // follows nobody
    (void)book.of(tenant);
    QTRY_VERIFY(!book.remembered(tenant));
    QVERIFY_THROWS_EXCEPTION(ApiError, book.of(QUuid::createUuid()));
}

QTEST_GUILESS_MAIN(TestGatewayRules)
#include "tst_gateway_rules.moc"
