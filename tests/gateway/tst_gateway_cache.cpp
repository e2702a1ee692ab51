// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "tests/gateway/wire_format.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString model = u"openai/gpt-4o-mini"_s; // which has a price
const QByteArray masterKey(64, 'a'); // of all processes

void eachAnswer()
{
    QTest::addColumn<const WireFormat *>("format");
    QTest::addColumn<bool>("stream");
    for (const WireFormat *format : WireFormat::ofAnswers())
        for (const bool stream : {false, true})
            QTest::addRow("%s, %s", format->name, stream ? "streamed" : "whole") << format << stream;
}

void eachCall()
{
    eachAnswer();
    for (const WireFormat *format : WireFormat::all())
        if (format->isOfVectors)
            QTest::newRow(format->name) << format << false;
}

} // namespace

// Answers that are given again, bodies that are kept, and where the time of a call has gone: in every format.
class TestGatewayCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_stage.start([](Config &config) { config.masterKey = masterKey; });
    }
    void init()
    {
        m_text = u"What is %1 of %2?"_s.arg(QString::fromLatin1(QTest::currentTestFunction()),
                                            QString::fromLatin1(QTest::currentDataTag()));
    }
    void cleanup()
    {
        m_stage.provider.reset();
        m_stage.settle({});
    }

    void givenAgainForNothing_data() { eachAnswer(); }
    void givenAgainForNothing();
    void programsMayGoRound_data() { eachAnswer(); }
    void programsMayGoRound();
    void ofOneTenantAlone_data() { eachAnswer(); }
    void ofOneTenantAlone();
    void forItsTime_data() { eachAnswer(); }
    void forItsTime();
    void notWhereItIsOff_data() { eachAnswer(); }
    void notWhereItIsOff();
    void rulesOfNowHold_data() { eachAnswer(); }
    void rulesOfNowHold();
    void bodiesAreKeptWhereAsked_data() { eachCall(); }
    void bodiesAreKeptWhereAsked();
    void bodiesBelongToTheCallThatAnswered();
    void bodiesGoAfterTheirTime();
    void timesAreTold_data() { eachCall(); }
    void timesAreTold();

private:
    HttpAnswer ask(const WireFormat &format, bool stream, const QByteArray &key, const QByteArray &cacheControl = {})
    {
        WireFormat::Way way{.stream = stream, .key = key};
        if (!cacheControl.isEmpty())
            way.more.emplaceBack("Cache-Control", cacheControl);
        return format.ask(*m_stage.server, model, m_text, way);
    }
    static QByteArray cacheOf(const HttpAnswer &answer)
    {
        return answer.status == 200 ? answer.headers.value("x-patio-cache") : answer.body;
    }
    // The calls of a key as people see them, the latest first.
    QJsonArray callsOf(const QString &keyId)
    {
        return m_stage.server->get(u"/api/v1/gateway-calls?keyId="_s + keyId, m_stage.owner())
            .json()[u"items"_s]
            .toArray();
    }
    QString callPath(const HttpAnswer &answer)
    {
        return u"/api/v1/gateway-calls/"_s + QString::fromLatin1(answer.headers.value("x-patio-call"));
    }
    HttpAnswer bodiesOf(const HttpAnswer &answer)
    {
        return m_stage.server->get(callPath(answer) + u"/bodies"_s, m_stage.owner());
    }
    qint64 requests() const { return m_stage.provider.total().requests; }

    GatewayStage m_stage;
    QString m_text;
};

void TestGatewayCache::givenAgainForNothing()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    m_stage.settle({{u"cacheSeconds"_s, 600}});
    const GatewayStage::Key key = m_stage.newKey(u"Again"_s);
    const HttpAnswer first = ask(*format, stream, key.secret);
    QCOMPARE(cacheOf(first), "miss"_ba);
    const HttpAnswer again = ask(*format, stream, key.secret);
    QCOMPARE(cacheOf(again), "hit"_ba);
    QCOMPARE(format->saidIn(again, stream), format->saidIn(first, stream));
    QVERIFY(format->saidIn(again, stream).endsWith(m_text));
    QCOMPARE(again.headers.value("content-type"), first.headers.value("content-type"));
    QVERIFY(again.headers.value("x-patio-call") != first.headers.value("x-patio-call"));
    // Also to whoever wants it the other way.
    const HttpAnswer otherwise = ask(*format, !stream, key.secret);
    QCOMPARE(cacheOf(otherwise), "hit"_ba);
    QCOMPARE(format->saidIn(otherwise, !stream), format->saidIn(first, stream));
    QCOMPARE(requests(), 1);

    QTRY_COMPARE(callsOf(key.id).size(), 3);
    const QJsonArray calls = callsOf(key.id);
    QCOMPARE(calls[2][u"isCacheHit"_s].toBool(true), false);
    const qint64 cost = calls[2][u"costNanos"_s].toInteger();
    QVERIFY(cost > 0);
    for (const int i : {0, 1}) {
        QCOMPARE(calls[i][u"isCacheHit"_s].toBool(), true);
        QCOMPARE(calls[i][u"costNanos"_s].toInteger(-1), 0);
    }
    const QJsonObject usage = m_stage.server->get(u"/api/v1/usage?keyId="_s + key.id, m_stage.owner()).json();
    QCOMPARE(usage[u"total"_s][u"costNanos"_s].toInteger(), cost);
}

void TestGatewayCache::programsMayGoRound()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    m_stage.settle({{u"cacheSeconds"_s, 600}});
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key, "no-store")), "bypass"_ba);
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key)), "miss"_ba); // nothing was kept
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key, "no-cache")), "bypass"_ba);
    QCOMPARE(requests(), 3);
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key)), "hit"_ba);
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key, "max-age=0")), "miss"_ba);
    QCOMPARE(requests(), 4);
}

void TestGatewayCache::ofOneTenantAlone()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    const QString northwind = u"northwind"_s;
    for (const QString &tenant : {u"acme"_s, northwind})
        m_stage.settle({{u"cacheSeconds"_s, 600}}, tenant);
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key)), "miss"_ba);
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.newKey(u"Another"_s).secret)), "hit"_ba);
    const QByteArray stranger = m_stage.newKey(u"Stranger"_s, northwind).secret;
    QCOMPARE(cacheOf(ask(*format, stream, stranger)), "miss"_ba);
    QCOMPARE(requests(), 2);
    QCOMPARE(cacheOf(ask(*format, stream, stranger)), "hit"_ba);
    m_stage.settle({}, northwind);
}

void TestGatewayCache::forItsTime()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    m_stage.settle({{u"cacheSeconds"_s, 1}});
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key)), "miss"_ba);
    QVERIFY(QTest::qWaitFor([&] { return cacheOf(ask(*format, stream, m_stage.key)) == "miss"; }, 20'000));
    QCOMPARE(requests(), 2);
}

void TestGatewayCache::notWhereItIsOff()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    m_stage.settle({{u"cacheSeconds"_s, 600}});
    QCOMPARE(cacheOf(ask(*format, stream, m_stage.key)), "miss"_ba);
    m_stage.settle({});
    const HttpAnswer answer = ask(*format, stream, m_stage.key);
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.headers.contains("x-patio-cache"));
    QCOMPARE(requests(), 2);
}

// What was answered before a text was denied is not given any more.
void TestGatewayCache::rulesOfNowHold()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    Behaviour behaviour = *Behaviour::named(u"ok"_s);
    behaviour.text = u"It is swordfish"_s;
    m_stage.provider.plan(behaviour);
    m_stage.settle({{u"cacheSeconds"_s, 600}});
    QCOMPARE(format->saidIn(ask(*format, stream, m_stage.key), stream), *behaviour.text);
    m_stage.settle({{u"cacheSeconds"_s, 600}, {u"deniedPatterns"_s, QJsonArray{u"swordfish"_s}}});
    const HttpAnswer answer = ask(*format, stream, m_stage.key);
    QCOMPARE(answer.status, stream ? 200 : 403);
    QCOMPARE(answer.headers.value("x-patio-cache"), "hit"_ba);
    QVERIFY2(!answer.body.contains("swordfish") && answer.body.contains("deniedPatterns/0"), answer.body);
    QCOMPARE(requests(), 1);
}

void TestGatewayCache::bodiesAreKeptWhereAsked()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    const QString called = format->isOfVectors ? u"openai/text-embedding-3-small"_s : model;
    m_text += u" Tell ana@example.com"_s;
    const auto ask = [&] {
        return format->ask(*m_stage.server, called, m_text, {.stream = stream, .key = m_stage.key});
    };
    const HttpAnswer before = ask();
    QCOMPARE(before.status, 200);
    QTRY_COMPARE(m_stage.server->get(callPath(before), m_stage.owner()).status, 200);

    m_stage.settle({{u"bodyDays"_s, 1}, {u"masks"_s, QJsonArray{u"email"_s}}});
    const HttpAnswer after = ask();
    QCOMPARE(after.status, 200);
    QTRY_COMPARE(bodiesOf(after).status, 200);
    QCOMPARE(m_stage.server->get(callPath(after), m_stage.owner()).json()[u"hasBodies"_s].toBool(), true);
    const QJsonObject bodies = bodiesOf(after).json();
    QJsonObject sent = format->body(called, QString(m_text).replace(u"ana@example.com"_s, u"[email]"_s));
    if (stream && sent.contains(u"model"_s))
        sent.insert(u"stream"_s, true);
    QCOMPARE(json::object(bodies[u"request"_s].toString().toUtf8()), sent);
    const QJsonObject answer = json::object(bodies[u"answer"_s].toString().toUtf8());
    if (stream)
        QCOMPARE(format->said(answer), format->saidIn(after, true)); // whole, as it would have come otherwise
    else
        QCOMPARE(answer, after.json());
    QCOMPARE(bodiesOf(before).status, 404); // nobody had asked for them
}

// After a fall-back they stand with the call that the program was told of.
void TestGatewayCache::bodiesBelongToTheCallThatAnswered()
{
    m_stage.settle({{u"bodyDays"_s, 1}});
    const QJsonArray targets{QJsonObject{{u"model"_s, u"openai/test-500"_s}}, QJsonObject{{u"model"_s, model}}};
    QCOMPARE(m_stage.server
                 ->post(u"/api/v1/gateway-routes"_s, {{u"alias"_s, u"falls-back"_s}, {u"targets"_s, targets}},
                        m_stage.owner())
                 .status,
             201);
    for (const bool stream : {false, true}) {
        const WireFormat &format = *WireFormat::ofAnswers().first();
        const HttpAnswer answer =
            format.ask(*m_stage.server, u"falls-back"_s, m_text, {.stream = stream, .key = m_stage.key});
        QCOMPARE(answer.headers.value("x-patio-model"), model.toLatin1());
        QTRY_COMPARE(bodiesOf(answer).status, 200);
        QVERIFY(bodiesOf(answer).json()[u"answer"_s].toString().contains(u"Answer to"_s));
    }
}

void TestGatewayCache::bodiesGoAfterTheirTime()
{
    m_stage.settle({{u"bodyDays"_s, 1}});
    const HttpAnswer answer = ask(*WireFormat::ofAnswers().first(), false, m_stage.key);
    QTRY_COMPARE(bodiesOf(answer).status, 200);
    const QString url =
        u"host='%1/data/postgres/socket' port=5432 dbname=patio user=%2"_s.arg(m_stage.server->folder());
    Database database({.session = {.url = url.arg(u"patio_app"_s).toStdString()}, .connections = 1});
    const QUuid tenant =
        QUuid::fromString(m_stage.server->get(u"/api/v1/me"_s, m_stage.owner()).json()[u"tenantId"_s].toString());
    const auto stored = [&] {
        return database.transaction(
            {tenant}, [](Transaction &tx) { return tx.one<qint64>("SELECT count(*) FROM gateway_bodies"); });
    };
    const qint64 before = stored();
    database.transaction({tenant}, [](Transaction &tx) { // a day later
        tx.run(R"(
            WITH stored AS (DELETE FROM gateway_bodies RETURNING *)
            INSERT INTO gateway_bodies (attempt_id, called_at, delete_at, request, answer, request_is_cut, answer_is_cut)
            SELECT attempt_id, called_at - interval '1 day', delete_at - interval '1 day', request, answer, request_is_cut,
                   answer_is_cut
            FROM stored)");
    });
    QCOMPARE(bodiesOf(answer).status, 404); // at once, though nobody has taken them away yet
    QVERIFY(before > 0);
    QCOMPARE(stored(), before);
    // A process that starts does so; the others each quarter of an hour.
    const TestServer other([&](Config &config) {
        config.masterKey = masterKey;
        config.demo = false;
        config.databaseUrl = url.arg(u"patio_app"_s);
        config.databaseOwnerUrl = url.arg(u"patio_owner"_s);
    });
    QTRY_COMPARE(stored(), 0);
}

void TestGatewayCache::timesAreTold()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    const auto partsOf = [](const HttpAnswer &answer) {
        QByteArrayList names;
        for (const QByteArray &part : answer.headers.value("server-timing").split(',')) {
            bool isNumber = false;
            const double time = part.split('=').value(1).toDouble(&isNumber);
            names.append(isNumber && time >= 0 ? part.trimmed().split(';').first() : part);
        }
        return names;
    };
    const auto ask = [&](const QString &called) {
        return format->ask(*m_stage.server, called, m_text, {.stream = stream, .key = m_stage.key});
    };
    const HttpAnswer answer = ask(u"openai/test-ok"_s);
    QVERIFY2(answer.status == 200, answer.body);
    QByteArrayList expected{"queue", "auth", "policy", "upstream"};
    if (!stream) // whose head is sent before its end
        expected.append("total");
    QCOMPARE(partsOf(answer), expected);
    // What fails says so too.
    const HttpAnswer failed = ask(u"openai/test-500"_s);
    QCOMPARE(failed.status, 502);
    QVERIFY2(partsOf(failed).contains("total"), failed.headers.value("server-timing"));
}

QTEST_GUILESS_MAIN(TestGatewayCache)
#include "tst_gateway_cache.moc"
