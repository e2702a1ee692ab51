// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"
#include "tests/support/test_server.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;

namespace {

constexpr int soon = 1000; // milliseconds
constexpr int patience = 20'000;
const QString acme = u"acme"_s, northwind = u"northwind"_s;

// A PNG of one pixel, and the same said to be so wide and high.
QByteArray picture(int side = 1)
{
    QByteArray png = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA"
                                            "60e6kgAAAABJRU5ErkJggg==");
    for (const int at : {16, 20})
        for (int i = 0; i < 4; ++i)
            png[at + i] = char(side >> 8 * (3 - i));
    return png;
}

} // namespace

// Plans and limits as operators set them, and the tenant as its own people see and change it; in two processes on one
// database.
class TestPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void life();
    void badPlans_data();
    void badPlans();
    void aPlanInUseStays();
    void unknownPlansAreRefused();
    void aPlanIsTheCeiling();
    void limitsAreKept_data();
    void limitsAreKept();
    void limitsAreExact();
    void ownTenant();
    void badLogos_data();
    void badLogos();
    void logosStayOutOfLists();
    void nobodyElse();

private:
    HttpAnswer send(const QByteArray &token, const QByteArray &method, const QString &path,
                    const QJsonObject &body = {})
    {
        TestServer::RequestHeaders headers{.token = token};
        if (method == "PATCH" || method == "PUT")
            headers.more.append({"If-Match", m_first->get(path, token).headers.value("etag")});
        return m_first->send(method, path, body, headers);
    }
    HttpAnswer asOperator(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        return send(m_first->operatorToken(), method, path, body);
    }
    HttpAnswer asOwner(const QByteArray &method, const QString &path, const QJsonObject &body = {})
    {
        return send(m_first->token(northwind, u"owner"_s), method, path, body);
    }
    // The tenant in which these tests set things.
    QString northwindPath()
    {
        const QString id =
            m_first->get(u"/api/v1/me"_s, m_first->token(northwind, u"owner"_s)).json()[u"tenantId"_s].toString();
        return u"/api/v1/tenants/"_s + id;
    }
    void change(const QJsonObject &members)
    {
        const HttpAnswer answer = asOperator("PATCH", northwindPath(), members);
        QVERIFY2(answer.status == 200, answer.body.constData());
    }
    static QJsonObject letter(const QString &name)
    {
        return {{u"name"_s, name},
                {u"version"_s,
                 QJsonObject{
                     {u"systemPrompt"_s, QString()}, {u"userPrompt"_s, u"Hi"_s}, {u"defaultModel"_s, u"demo/fast"_s}}}};
    }
    qint64 used(const QString &kind)
    {
        return asOwner("GET", u"/api/v1/tenant"_s).json()[u"use"_s][kind].toInteger(-1);
    }

    std::optional<TestServer> m_first;
    std::optional<TestServer> m_second;
};

void TestPlans::initTestCase()
{
    const QByteArray key(64, 'b');
    m_first.emplace([&](Config &config) { config.masterKey = key; });
    m_second.emplace([&](Config &config) {
        config.masterKey = key;
        config.demo = false;
        config.roles.worker = false;
        const QString url = u"host='%1/data/postgres/socket' port=5432 dbname=patio user=%2"_s.arg(m_first->folder());
        config.databaseUrl = url.arg(u"patio_app"_s);
        config.databaseOwnerUrl = url.arg(u"patio_owner"_s);
    });
    QVERIFY(!m_first->operatorToken().isEmpty());
}

void TestPlans::life()
{
    const HttpAnswer made = asOperator("POST", u"/api/v1/plans"_s,
                                       {{u"name"_s, u"small-team"_s},
                                        {u"subjects"_s, QJsonArray{u"templates"_s, u"jobs"_s}},
                                        {u"limits"_s, QJsonObject{{u"users"_s, 5}}}});
    QCOMPARE(made.status, 201);
    QCOMPARE(made.headers.value("etag"), QByteArray("\"1\""));
    const QString path = u"/api/v1/plans/small-team"_s;
    QCOMPARE(asOperator("GET", path).json(), made.json());
    QCOMPARE(made.json()[u"tenants"_s], 0);
    QCOMPARE(made.json()[u"limits"_s][u"users"_s], 5);
    QVERIFY(made.json()[u"limits"_s][u"templates"_s].isNull());
    QCOMPARE(asOperator("POST", u"/api/v1/plans"_s, {{u"name"_s, u"small-team"_s}}).status, 409);

    QCOMPARE(m_first->send("PUT", path, {}, {.token = m_first->operatorToken()}).status, 428);
    const HttpAnswer replaced = asOperator("PUT", path, {{u"description"_s, u"For a few."_s}});
    QCOMPARE(replaced.status, 200);
    QVERIFY(replaced.json()[u"subjects"_s].isNull()); // everything
    QVERIFY(replaced.json()[u"limits"_s][u"users"_s].isNull());
    QStringList names;
    for (const QJsonValue plan : asOperator("GET", u"/api/v1/plans"_s).json()[u"items"_s].toArray())
        names.append(plan[u"name"_s].toString());
    QCOMPARE(names, (QStringList{u"small-team"_s, u"standard"_s}));
    QCOMPARE(asOperator("DELETE", path).status, 204);
    QCOMPARE(asOperator("GET", path).status, 404);
}

void TestPlans::badPlans_data()
{
    QTest::addColumn<QJsonObject>("plan");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("capital letters") << QJsonObject{{u"name"_s, u"Small"_s}} << u"/name"_s;
    QTest::newRow("no name") << QJsonObject{} << u"/name"_s;
    QTest::newRow("unknown subject") << QJsonObject{{u"name"_s, u"a"_s},
                                                    {u"subjects"_s, QJsonArray{u"jobs"_s, u"cars"_s}}}
                                     << u"/subjects/1"_s;
    QTest::newRow("subject twice") << QJsonObject{{u"name"_s, u"a"_s},
                                                  {u"subjects"_s, QJsonArray{u"jobs"_s, u"jobs"_s}}}
                                   << u"/subjects/1"_s;
    QTest::newRow("less than nothing") << QJsonObject{{u"name"_s, u"a"_s}, {u"limits"_s, QJsonObject{{u"users"_s, -1}}}}
                                       << u"/limits/users"_s;
    QTest::newRow("unknown limit") << QJsonObject{{u"name"_s, u"a"_s}, {u"limits"_s, QJsonObject{{u"cars"_s, 1}}}}
                                   << u"/limits/cars"_s;
}

void TestPlans::badPlans()
{
    QFETCH(QJsonObject, plan);
    const HttpAnswer answer = asOperator("POST", u"/api/v1/plans"_s, plan);
    QCOMPARE(answer.status, 422);
    QTEST(answer.json()[u"errors"_s][0][u"pointer"_s].toString(), "pointer");
}

void TestPlans::aPlanInUseStays()
{
    const HttpAnswer refused = asOperator("DELETE", u"/api/v1/plans/standard"_s);
    QCOMPARE(refused.status, 409);
    QVERIFY(refused.body.contains("tenants are on this plan"));
}

void TestPlans::unknownPlansAreRefused()
{
    const HttpAnswer refused = asOperator("PATCH", northwindPath(), {{u"plan"_s, u"gold"_s}});
    QCOMPARE(refused.status, 422);
    QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], u"/plan"_s);
    QVERIFY(refused.body.contains("standard"));
}

void TestPlans::aPlanIsTheCeiling()
{
    const QByteArray token = m_first->token(northwind, u"owner"_s);
    const auto there = [&](const QString &path) { return m_second->get(path, token).status; };
    QCOMPARE(there(u"/api/v1/jobs"_s), 200);
    QCOMPARE(asOperator("POST", u"/api/v1/plans"_s,
                        {{u"name"_s, u"writers"_s}, {u"subjects"_s, QJsonArray{u"templates"_s, u"settings"_s}}})
                 .status,
             201);
    change({{u"plan"_s, u"writers"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(there(u"/api/v1/jobs"_s), 403, soon);
    QCOMPARE(there(u"/api/v1/templates"_s), 200);
    QCOMPARE(m_second->get(u"/api/v1/jobs"_s, m_first->token(acme, u"owner"_s)).status, 200); // is on another plan
    // The plan itself changes.
    QCOMPARE(asOperator("PUT", u"/api/v1/plans/writers"_s, {}).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(there(u"/api/v1/jobs"_s), 200, soon);
    change({{u"plan"_s, u"standard"_s}});
    QCOMPARE(asOperator("DELETE", u"/api/v1/plans/writers"_s).status, 204);
}

void TestPlans::limitsAreKept_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("one");
    QTest::addColumn<QJsonObject>("another");
    QTest::addColumn<int>("status");
    const auto person = [](const QString &name) {
        return QJsonObject{{u"email"_s, name + u"@northwind.example"_s},
                           {u"displayName"_s, name},
                           {u"password"_s, u"correct horse battery"_s},
                           {u"roles"_s, QJsonArray{u"viewer"_s}}};
    };
    const auto guest = [](const QString &name) {
        return QJsonObject{{u"email"_s, name + u"@northwind.example"_s}, {u"roles"_s, QJsonArray{u"viewer"_s}}};
    };
    const auto job = [](const QString &text, const QString &runAt = {}) {
        QJsonObject request{{u"model"_s, u"demo/fast"_s},
                            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}}};
        if (!runAt.isEmpty())
            request[u"runAt"_s] = runAt;
        return request;
    };
    const QString later = QDateTime::currentDateTimeUtc().addDays(1).toString(Qt::ISODate);
    QTest::newRow("users") << u"users"_s << u"/api/v1/users"_s << person(u"kim"_s) << person(u"lee"_s) << 201;
    QTest::newRow("invitations") << u"users"_s << u"/api/v1/users/invitations"_s << guest(u"max"_s) << guest(u"noa"_s)
                                 << 201;
    QTest::newRow("templates") << u"templates"_s << u"/api/v1/templates"_s << letter(u"One"_s) << letter(u"Two"_s)
                               << 201;
    QTest::newRow("jobs a day") << u"jobsPerDay"_s << u"/api/v1/generate"_s << job(u"One"_s) << job(u"Two"_s) << 202;
    QTest::newRow("waiting jobs") << u"waitingJobs"_s << u"/api/v1/generate"_s << job(u"Third"_s, later)
                                  << job(u"Fourth"_s, later) << 202;
}

// Of the tenant itself and of its plan alike.
void TestPlans::limitsAreKept()
{
    QFETCH(QString, kind);
    QFETCH(QString, path);
    QFETCH(QJsonObject, one);
    QFETCH(QJsonObject, another);
    QFETCH(int, status);
    const auto limit = [&] { return asOwner("GET", u"/api/v1/tenant"_s).json()[u"limits"_s][kind]; };
    if (path.endsWith(u"generate")) // what other rows made is to be done
        QTRY_COMPARE_WITH_TIMEOUT(used(u"waitingJobs"_s), 0, patience);
    const qint64 room = used(kind) + 1;
    change({{u"limits"_s, QJsonObject{{kind, room}}}});
    QCOMPARE(limit().toInteger(), room);
    QCOMPARE(asOwner("POST", path, one).status, status);
    const HttpAnswer refused = asOwner("POST", path, another);
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.code(), u"limit_reached"_s);
    QVERIFY(refused.body.contains(QByteArray::number(room)));
    QCOMPARE(used(kind), room);

    change({{u"limits"_s, QJsonObject{}}});
    QVERIFY(limit().isNull());
    QCOMPARE(asOperator("PUT", u"/api/v1/plans/standard"_s, {{u"limits"_s, QJsonObject{{kind, room}}}}).status, 200);
    QCOMPARE(asOwner("POST", path, another).code(), u"limit_reached"_s);
    QCOMPARE(asOperator("PUT", u"/api/v1/plans/standard"_s, {}).status, 200);
    QCOMPARE(asOwner("POST", path, another).status, status);
}

void TestPlans::limitsAreExact()
{
    const qint64 before = used(u"templates"_s);
    change({{u"limits"_s, QJsonObject{{u"templates"_s, before + 3}}}});
    QNetworkAccessManager network;
    std::vector<std::unique_ptr<QNetworkReply>> replies;
    for (int i = 0; i < 12; ++i) {
        QNetworkRequest request((i % 2 ? *m_first : *m_second).url(u"/api/v1/templates"_s));
        request.setRawHeader("Authorization", "Bearer " + m_first->token(northwind, u"owner"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        replies.emplace_back(network.post(request, json::print(letter(u"Parallel %1"_s.arg(i)))));
    }
    std::multiset<int> statuses;
    for (const auto &reply : replies) {
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), patience);
        statuses.insert(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
    }
    QCOMPARE(statuses.count(201), 3U);
    QCOMPARE(statuses.count(409), 9U);
    QCOMPARE(used(u"templates"_s), before + 3);
    change({{u"limits"_s, QJsonObject{}}});
}

void TestPlans::ownTenant()
{
    const HttpAnswer own = asOwner("GET", u"/api/v1/tenant"_s);
    QCOMPARE(own.status, 200);
    QCOMPARE(own.json()[u"slug"_s], northwind);
    QVERIFY(own.json()[u"use"_s][u"users"_s].toInt() >= 3);
    const QJsonObject theme{{u"accent"_s, u"#0B7285"_s},
                            {u"productName"_s, u"North Desk"_s},
                            {u"logo"_s, QString::fromLatin1(picture().toBase64())}};
    const HttpAnswer changed =
        asOwner("PATCH", u"/api/v1/tenant"_s, {{u"name"_s, u"Northwind Traders"_s}, {u"theme"_s, theme}});
    QVERIFY2(changed.status == 200, changed.body.constData());
    QCOMPARE(changed.json()[u"theme"_s], theme);
    const QJsonObject profile = m_second->get(u"/api/v1/me"_s, m_first->token(northwind, u"viewer"_s)).json();
    QCOMPARE(profile[u"theme"_s], theme); // who may not change it sees it as well
    QCOMPARE(profile[u"tenantName"_s], u"Northwind Traders"_s);
    const QJsonValue entry =
        asOwner("GET", u"/api/v1/audit?action=settings.update"_s).json()[u"items"_s].toArray().first();
    QCOMPARE(entry[u"subjectLabel"_s], u"Northwind Traders"_s);
    // Nobody gives themselves another plan.
    QCOMPARE(asOwner("PATCH", u"/api/v1/tenant"_s, {{u"plan"_s, u"standard"_s}}).status, 422);
}

void TestPlans::badLogos_data()
{
    QTest::addColumn<QString>("logo");
    const auto base64 = [](const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); };
    QTest::newRow("no base64") << u"§§"_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("a GIF") << base64("GIF89a and so on");
    QTest::newRow("cut off") << base64(picture().chopped(1));
    QTest::newRow("something behind") << base64(picture() + "<script>");
    QTest::newRow("too wide") << base64(picture(513));
    QTest::newRow("no size") << base64(picture(0));
    QTest::newRow("a chunk that is longer than the rest") << base64(picture().replace(33, 4, "\xff\xff\xff\xff"));
    QTest::newRow("too large") << base64(picture().left(33) + QByteArray("\0\1\0\0tEXt", 8)
                                         + QByteArray(65'536 + 4, 'x') + picture().mid(33));
}

void TestPlans::badLogos()
{
    QFETCH(QString, logo);
    const HttpAnswer answer = asOwner("PATCH", u"/api/v1/tenant"_s, {{u"theme"_s, QJsonObject{{u"logo"_s, logo}}}});
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.json()[u"errors"_s][0][u"pointer"_s], u"/theme/logo"_s);
}

void TestPlans::logosStayOutOfLists()
{
    QVERIFY(asOperator("GET", northwindPath()).json()[u"theme"_s].toObject().contains(u"logo"_s));
    for (const QJsonValue tenant : asOperator("GET", u"/api/v1/tenants"_s).json()[u"items"_s].toArray())
        QVERIFY(!tenant[u"theme"_s].toObject().contains(u"logo"_s));
}

void TestPlans::nobodyElse()
{
    for (const QString &path : {u"/api/v1/plans"_s, u"/api/v1/plans/standard"_s})
        QCOMPARE(asOwner("GET", path).status, 404); // plans are the operators'
    QCOMPARE(m_first->get(u"/api/v1/tenant"_s, m_first->token(northwind, u"viewer"_s)).status, 403);
}

QTEST_GUILESS_MAIN(TestPlans)
#include "tst_plans.moc"
