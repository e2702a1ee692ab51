// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/body_purge.h"
#include "server/gateway/gateway_body_store.h"
#include "server/usage/usage_store.h"
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using UsageStore::CallStatus;

namespace {

const QString path = u"/api/v1/gateway-calls"_s;

} // namespace

// Calls one by one, and what was sent and answered in them.
class TestCallLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pagesFromTheLatest();
    void filters_data();
    void filters();
    void refusals_data();
    void refusals();
    void lostCallsThatTurnedUpStandOnce();
    void showsWhatIsKept();
    void longBodiesAreCutAloud();
    void saysWhyNothingIsKept();
    void oldBodiesGo();
    void settingsOfNowHold();

private:
    struct Made
    {
        int minutesAgo = 0;
        QString model = u"openai/gpt"_s;
        CallStatus status = CallStatus::Succeeded;
        bool isOfKey = true;
        bool isCacheHit = false;
    };
    UsageStore::Call callOf(const Made &made) const
    {
        UsageStore::Call call;
        call.attemptId = newId();
        call.calledAt = m_start.addSecs(-60 * made.minutesAgo);
        call.userId = m_user;
        call.userName = u"Ann"_s;
        if (made.isOfKey) {
            call.keyId = m_key;
            call.keyName = u"Web shop"_s;
        }
        call.model = made.model;
        call.status = made.status;
        call.isCacheHit = made.isCacheHit;
        call.usage.input = 10;
        call.usage.cachedInput = 3;
        call.usage.output = 5;
        call.costNanos = 1234;
        call.firstTokenMs = 7;
        call.totalMs = 20;
        return call;
    }
    template<class Work> auto inTenant(Work work) { return m_database->transaction({m_tenant}, work); }
    QUuid record(const Made &made)
    {
        const UsageStore::Call call = callOf(made);
        inTenant([&](Transaction &tx) { UsageStore::record(tx, {call}); });
        return call.attemptId;
    }
    QJsonArray list(const QString &query = {})
    {
        return m_server.get(path + query, m_owner).json()[u"items"_s].toArray();
    }
    HttpAnswer bodiesOf(const QUuid &id)
    {
        return m_server.get(path + u'/' + id.toString(QUuid::WithoutBraces) + u"/bodies"_s, m_owner);
    }
    QJsonObject one(const QUuid &id)
    {
        return m_server.get(path + u'/' + id.toString(QUuid::WithoutBraces), m_owner).json();
    }
    void keepFor(std::optional<int> days)
    {
        const QString settings = u"/api/v1/gateway-settings"_s;
        QJsonObject body;
        if (days)
            body[u"bodyDays"_s] = *days;
        const QByteArray etag = m_server.get(settings, m_owner).headers.value("etag");
        QCOMPARE(m_server.send("PUT", settings, body, {.token = m_owner, .more = {{"If-Match", etag}}}).status, 200);
    }
    qint64 stored()
    {
        return inTenant([](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM gateway_bodies"); });
    }

    TestServer m_server{[](Config &config) { config.demoHistory = false; }};
    std::unique_ptr<Database> m_database;
    QByteArray m_owner;
    QUuid m_tenant, m_user = newId(), m_key = newId();
    const QDateTime m_start = QDateTime::currentDateTimeUtc().addSecs(-60);
};

void TestCallLog::initTestCase()
{
    m_owner = m_server.token(u"acme"_s, u"owner"_s);
    m_tenant = QUuid::fromString(m_server.get(u"/api/v1/me"_s, m_owner).json()[u"tenantId"_s].toString());
    m_database = std::make_unique<Database>(
        DatabaseOptions{.session = {.url = u"host='%1/data/postgres/socket' port=5432 dbname=patio user=patio_app"_s
                                               .arg(m_server.folder())
                                               .toStdString()},
                        .connections = 2});
    QVERIFY(!m_tenant.isNull());
    for (int i = 0; i < 5; ++i)
        record({.minutesAgo = 10 * i});
    record({.minutesAgo = 5, .model = u"demo/fast"_s, .isCacheHit = true});
    record({.minutesAgo = 15, .status = CallStatus::Failed});
    record({.minutesAgo = 25, .isOfKey = false});
    // Two at the same time.
    inTenant([&](Transaction &tx) {
        UsageStore::record(tx, {callOf({.minutesAgo = 50}), callOf({.minutesAgo = 50})});
    });
}

void TestCallLog::pagesFromTheLatest()
{
    QStringList whole, paged;
    QString last;
    for (const QJsonValue &row : list()) {
        whole.append(row[u"id"_s].toString());
        QVERIFY(last.isEmpty() || row[u"calledAt"_s].toString() <= last);
        last = row[u"calledAt"_s].toString();
    }
    QCOMPARE(whole.size(), qsizetype(10));
    QString cursor;
    do {
        const QJsonObject page =
            m_server.get(path + u"?limit=1"_s + (cursor.isEmpty() ? QString() : u"&cursor="_s + cursor), m_owner)
                .json();
        for (const QJsonValue &row : page[u"items"_s].toArray())
            paged.append(row[u"id"_s].toString());
        cursor = page[u"nextCursor"_s].toString();
    } while (!cursor.isEmpty() && paged.size() < 20);
    QCOMPARE(paged, whole);

    const QJsonObject row = list()[0].toObject();
    QCOMPARE(row[u"model"_s].toString(), u"openai/gpt"_s);
    QCOMPARE(row[u"status"_s].toString(), u"succeeded"_s);
    QCOMPARE(row[u"keyName"_s].toString(), u"Web shop"_s);
    QCOMPARE(row[u"userName"_s].toString(), u"Ann"_s);
    QCOMPARE(row[u"inputTokens"_s].toInt(), 10);
    QCOMPARE(row[u"cachedInputTokens"_s].toInt(), 3);
    QCOMPARE(row[u"outputTokens"_s].toInt(), 5);
    QCOMPARE(row[u"costNanos"_s].toInt(), 1234);
    QCOMPARE(row[u"firstTokenMs"_s].toInt(), 7);
    QCOMPARE(row[u"totalMs"_s].toInt(), 20);
    QCOMPARE(row[u"isCacheHit"_s].toBool(true), false);
    QCOMPARE(row[u"hasBodies"_s].toBool(true), false);
    QCOMPARE(one(QUuid::fromString(row[u"id"_s].toString())), row);
    QCOMPARE(list(u"?model=demo/fast"_s)[0][u"isCacheHit"_s].toBool(), true);
}

void TestCallLog::filters_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("rows");
    const auto at = [this](int minutes) { return m_start.addSecs(-60 * minutes).toString(Qt::ISODateWithMs); };
    QTest::newRow("model") << u"?model=demo/fast"_s << 1;
    QTest::newRow("status") << u"?status=failed"_s << 1;
    QTest::newRow("key") << u"?keyId="_s + m_key.toString(QUuid::WithoutBraces) << 9;
    QTest::newRow("other key") << u"?keyId="_s + newId().toString(QUuid::WithoutBraces) << 0;
    QTest::newRow("person") << u"?userId="_s + m_user.toString(QUuid::WithoutBraces) << 10;
    QTest::newRow("from") << u"?from="_s + at(10) << 3;
    QTest::newRow("to") << u"?to="_s + at(10) << 7;
    QTest::newRow("between") << u"?from="_s + at(30) + u"&to="_s + at(10) << 4;
    QTest::newRow("two") << u"?status=succeeded&model=demo/fast"_s << 1;
}

void TestCallLog::filters()
{
    QFETCH(QString, query);
    QFETCH(int, rows);
    QCOMPARE(list(query).size(), qsizetype(rows));
}

void TestCallLog::refusals_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    QTest::newRow("status") << u"?status=good"_s << 422;
    QTest::newRow("limit") << u"?limit=0"_s << 422;
    QTest::newRow("cursor") << u"?cursor=abc"_s << 422;
    QTest::newRow("key") << u"?keyId=abc"_s << 422;
    QTest::newRow("none such") << u'/' + newId().toString(QUuid::WithoutBraces) << 404;
    QTest::newRow("bodies of none such") << u'/' + newId().toString(QUuid::WithoutBraces) + u"/bodies"_s << 404;
}

void TestCallLog::refusals()
{
    QFETCH(QString, query);
    QFETCH(int, status);
    QCOMPARE(m_server.get(path + query, m_owner).status, status);
    QCOMPARE(m_server.get(path + query, m_server.token(u"acme"_s, u"viewer"_s)).status, 403);
}

void TestCallLog::lostCallsThatTurnedUpStandOnce()
{
    UsageStore::Call lost = callOf({.minutesAgo = 0, .model = u"x/lost"_s, .status = CallStatus::Lost});
    UsageStore::Call gone = callOf({.minutesAgo = 0, .model = u"x/lost"_s, .status = CallStatus::Lost});
    UsageStore::Call corrected = lost;
    corrected.entry = UsageStore::Entry::Correction;
    corrected.status = CallStatus::Succeeded;
    corrected.usage.output = 99;
    inTenant([&](Transaction &tx) { UsageStore::record(tx, {lost, gone}); });
    QCOMPARE(list(u"?model=x/lost&status=lost"_s).size(), qsizetype(2));
    inTenant([&](Transaction &tx) { UsageStore::record(tx, {UsageStore::reversal(lost), corrected}); });
    QCOMPARE(list(u"?model=x/lost"_s).size(), qsizetype(2));
    QCOMPARE(list(u"?model=x/lost&status=lost"_s).size(), qsizetype(1));
    QCOMPARE(one(lost.attemptId)[u"status"_s].toString(), u"succeeded"_s);
    QCOMPARE(one(lost.attemptId)[u"outputTokens"_s].toInt(), 99);
    QCOMPARE(one(gone.attemptId)[u"status"_s].toString(), u"lost"_s);
}

void TestCallLog::showsWhatIsKept()
{
    keepFor(30);
    const QUuid id = record({.minutesAgo = 1, .model = u"x/kept"_s});
    const QDateTime calledAt = m_start.addSecs(-60);
    inTenant([&](Transaction &tx) {
        const QList<GatewayBodies> bodies{GatewayBodies::of(id, calledAt, 30, R"({"a":"é"})", "{\"b\":\"\0\"}"_ba)};
        GatewayBodyStore::record(tx, bodies);
        GatewayBodyStore::record(tx, bodies); // written again after a failure
    });
    QCOMPARE(one(id)[u"hasBodies"_s].toBool(), true);
    const HttpAnswer answer = bodiesOf(id);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"request"_s].toString(), uR"({"a":"é"})"_s);
    QVERIFY(answer.json()[u"answer"_s].toString().startsWith(u"{\"b\":"));
    QCOMPARE(answer.json()[u"requestIsCut"_s].toBool(true), false);
    QCOMPARE(QDateTime::fromString(answer.json()[u"deletedAt"_s].toString(), Qt::ISODateWithMs), calledAt.addDays(30));
    // Who looked is written down.
    const QJsonArray entries =
        m_server.get(u"/api/v1/audit?action=gatewayCalls.bodies"_s, m_owner).json()[u"items"_s].toArray();
    QCOMPARE(entries.size(), qsizetype(1));
    QCOMPARE(entries[0][u"subjectId"_s].toString(), id.toString(QUuid::WithoutBraces));
    QCOMPARE(
        m_server
            .get(path + u'/' + id.toString(QUuid::WithoutBraces) + u"/bodies"_s, m_server.token(u"acme"_s, u"viewer"_s))
            .status,
        403);
}

void TestCallLog::longBodiesAreCutAloud()
{
    const QUuid id = record({.minutesAgo = 1, .model = u"x/long"_s});
    const QByteArray longest(GatewayBodies::longest, 'x');
    inTenant([&](Transaction &tx) {
        GatewayBodyStore::record(tx, {GatewayBodies::of(id, m_start, 30, longest, longest.chopped(1) + "é and more")});
    });
    const QJsonObject bodies = bodiesOf(id).json();
    QCOMPARE(bodies[u"request"_s].toString().size(), GatewayBodies::longest);
    QCOMPARE(bodies[u"requestIsCut"_s].toBool(true), false);
    QCOMPARE(bodies[u"answerIsCut"_s].toBool(), true);
    const QString answer = bodies[u"answer"_s].toString();
    QVERIFY(answer.endsWith(u"x\n[cut here: the whole has 1048586 bytes]"));
}

void TestCallLog::saysWhyNothingIsKept()
{
    const auto reason = [&](const QUuid &id) {
        const HttpAnswer answer = bodiesOf(id);
        return answer.status == 404 ? answer.json()[u"detail"_s].toString() : QString();
    };
    const QUuid now = record({.minutesAgo = 1}), job = record({.minutesAgo = 1, .isOfKey = false}),
                old = record({.minutesAgo = 40 * 24 * 60});
    QVERIFY(reason(now).contains(u"not stored when it was made"));
    QVERIFY(reason(old).contains(u"deleted by now"));
    QVERIFY(reason(job).contains(u"by a job"));
    keepFor({});
    QVERIFY(reason(now).contains(u"does not store bodies"));
    keepFor(30);
}

void TestCallLog::oldBodiesGo()
{
    keepFor(30);
    const qint64 before = stored();
    QList<GatewayBodies> bodies;
    QUuid id;
    for (int i = 0; i < 450; ++i) {
        id = newId();
        bodies.append(GatewayBodies::of(id, m_start.addDays(-20), 10, "{}", "{}")); // promised for ten days
    }
    inTenant([&](Transaction &tx) { GatewayBodyStore::record(tx, bodies); });
    QCOMPARE(stored(), before + 450);
    QVERIFY(!inTenant([&](Transaction &tx) { return GatewayBodyStore::find(tx, id); }));
    BodyPurge::run(*m_database, 0s);
    QCOMPARE(stored(), before);
    // Nobody goes to a tenant again at once.
    inTenant([&](Transaction &tx) { GatewayBodyStore::record(tx, bodies); });
    BodyPurge::run(*m_database, 1h);
    QCOMPARE(stored(), before + 450);
    // By itself, on the workers of somebody else.
    int waiting = 0;
    BodyPurge purge(*m_database, [&waiting](const std::function<void()> &job) {
        ++waiting;
        QTimer::singleShot(0, [&waiting, job] {
            --waiting;
            job();
        });
        return true;
    });
    m_database->platform([](Transaction &tx) { tx.run("UPDATE gateway_body_tenants SET purged_at = '-infinity'"); });
    purge.start();
    QTRY_COMPARE(stored(), before);
    purge.stop();
    QTRY_COMPARE(waiting, 0);
}

void TestCallLog::settingsOfNowHold()
{
    keepFor(30);
    const QUuid id = record({.minutesAgo = 5 * 24 * 60});
    inTenant([&](Transaction &tx) {
        GatewayBodyStore::record(tx, {GatewayBodies::of(id, m_start.addDays(-5), 30, "{}", "{}")});
    });
    QCOMPARE(bodiesOf(id).status, 200);
    keepFor(3);
    QCOMPARE(bodiesOf(id).status, 404);
    keepFor(30); // it is there still
    QCOMPARE(bodiesOf(id).status, 200);
    keepFor({});
    QCOMPARE(bodiesOf(id).status, 404);
    BodyPurge::run(*m_database, 0s);
    QCOMPARE(stored(), qint64(0));
}

QTEST_GUILESS_MAIN(TestCallLog)
#include "tst_call_log.moc"
