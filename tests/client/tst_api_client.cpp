// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/api_client.h"
#include "shared/audit/endpoints.h"
#include "shared/auth/endpoints.h"
#include "shared/templates/endpoints.h"
#include "tests/client/wire_server.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray emptyList = R"({"items":[],"nextCursor":null})";

SignedIn signedIn(const QString &access, const QString &refresh)
{
    SignedIn result;
    result.accessToken = access;
    result.expiresIn = 900;
    result.refreshToken = refresh;
    result.profile.userId = result.profile.tenantId = result.profile.sessionId = QUuid::createUuid();
    return result;
}

WireAnswer problem(int status, const char *code)
{
    return {.status = status,
            .body = json::print(ApiError::make(status, code, u"As scripted."_s)),
            .contentType = "application/problem+json"};
}

} // namespace

class TestApiClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aListComesBackTyped();
    void inputOfAGetTravelsInTheQuery();
    void postsCarryAKeyThatASecondTryRepeats();
    void revisionGoesIntoIfMatch();
    void aFileGoesWhereItIsToGo_data();
    void aFileGoesWhereItIsToGo();
    void refusals_data();
    void refusals();
    void networkFailures_data();
    void networkFailures();
    void tokenIsRenewedOnceForAllCalls();
    void endedSessionIsToldOnceAndStopsTrying();
    void failedRenewalByNetworkKeepsTheSession();
    void callsWaitForTheSignInThatIsUnderWay();
    void nothingIsCalledAfterTheReceiverIsGone();
    void nothingIsCalledAfterCancelling();

private:
    template<class T> std::optional<Result<T>> waitFor(std::optional<Result<T>> &reply)
    {
        if (!QTest::qWaitFor([&] { return reply.has_value(); }, 10'000))
            qWarning("no answer");
        return reply;
    }
    std::optional<Result<Page<PromptTemplate>>> list(const CallOptions &options = {})
    {
        std::optional<Result<Page<PromptTemplate>>> reply;
        m_api->call(
            endpoints::templates::list, {}, this, [&](const auto &answer) { reply = answer; }, options);
        return waitFor(reply);
    }

    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<ApiClient> m_api;
};

void TestApiClient::init()
{
    m_server = std::make_unique<WireServer>();
    m_api = std::make_unique<ApiClient>();
    m_api->setServer(m_server->url());
}

void TestApiClient::aListComesBackTyped()
{
    PromptTemplate one;
    one.id = QUuid::createUuid();
    one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
    one.name = u"Cartas à São João"_s;
    m_server->script = [&](const WireRequest &) {
        return WireAnswer{.body = json::print(Page<PromptTemplate>{{one}, u"next"_s})};
    };
    const auto reply = list();
    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->items.first().name, one.name);
    QCOMPARE((*reply)->nextCursor, u"next"_s);
}

void TestApiClient::inputOfAGetTravelsInTheQuery()
{
    m_server->script = [](const WireRequest &) { return WireAnswer{.body = emptyList}; };
    std::optional<Result<Page<PromptTemplate>>> reply;
    m_api->call(endpoints::templates::list, {.search = u"a&b=é +"_s, .limit = 20}, this,
                [&](const auto &answer) { reply = answer; });
    waitFor(reply);
    QCOMPARE(m_server->requests.first().path, "/api/v1/templates?limit=20&search=a%26b%3D%C3%A9%20%2B");
    QVERIFY(m_server->requests.first().body.isEmpty());
    QVERIFY(!m_server->requests.first().headers.contains("idempotency-key"));
}

void TestApiClient::postsCarryAKeyThatASecondTryRepeats()
{
    m_api->setTokens(signedIn(u"old"_s, u"refresh-1"_s));
    m_server->script = [](const WireRequest &request) -> WireAnswer {
        if (request.path == "/api/v1/auth/refresh")
            return {.body = json::print(signedIn(u"new"_s, u"refresh-2"_s))};
        if (request.headers.value("authorization") == "Bearer old")
            return problem(401, "unauthenticated");
        return {.status = 201,
                .body = json::print(
                    TemplateVersion{.templateId = QUuid::createUuid(), .createdAt = QDateTime::currentDateTimeUtc()})};
    };
    std::optional<Result<TemplateVersion>> reply;
    m_api->call(endpoints::templates::saveVersion.at(QUuid::createUuid()), {}, this,
                [&](const auto &answer) { reply = answer; });
    QVERIFY(waitFor(reply) && *reply);
    QCOMPARE(m_server->requests.size(), 3);
    const QByteArray key = m_server->requests.first().headers.value("idempotency-key");
    QVERIFY(!QUuid::fromString(QString::fromLatin1(key)).isNull());
    QCOMPARE(m_server->requests.last().headers.value("idempotency-key"), key);
    QCOMPARE(m_server->requests.last().body, m_server->requests.first().body);
}

void TestApiClient::revisionGoesIntoIfMatch()
{
    m_server->script = [](const WireRequest &) { return problem(412, "changed"); };
    const auto reply = list({.revision = 7});
    QCOMPARE(m_server->requests.first().headers.value("if-match"), "\"7\"");
    QCOMPARE(reply->error().status, 412);
}

void TestApiClient::aFileGoesWhereItIsToGo_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isCut");
    QTest::newRow("whole") << 200 << false;
    QTest::newRow("refused") << 403 << false;
    QTest::newRow("cut off") << 200 << true;
}

// What is longer than memory should hold goes to the sink as it comes; a refusal does not end up in the file.
void TestApiClient::aFileGoesWhereItIsToGo()
{
    QFETCH(const int, status);
    QFETCH(const bool, isCut);
    const QByteArray content(3'000'000, 'x');
    m_server->script = [&](const WireRequest &) {
        if (status != 200)
            return problem(status, "forbidden");
        return WireAnswer{.body = content,
                          .contentType = "text/csv",
                          .way = isCut ? WireAnswer::Way::CutInTheMiddle : WireAnswer::Way::Whole};
    };
    QBuffer file;
    QVERIFY(file.open(QIODevice::WriteOnly));
    std::optional<Result<Nothing>> reply;
    m_api->call(endpoints::audit::exported, {}, this, [&](const auto &answer) { reply = answer; }, {.sink = &file});
    QVERIFY(waitFor(reply));
    QCOMPARE(bool(*reply), status == 200 && !isCut);
    if (status != 200)
        QCOMPARE(reply->error().status, status);
    if (!isCut)
        QCOMPARE(file.data(), status == 200 ? content : QByteArray());
}

void TestApiClient::refusals_data()
{
    QTest::addColumn<WireAnswer>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::addRow("problem") << problem(403, "forbidden") << 403 << u"forbidden"_s;
    QTest::addRow("proxy page") << WireAnswer{.status = 502,
                                              .body = "<html>Bad gateway</html>",
                                              .contentType = "text/html"}
                                << 502 << u"refused"_s;
    QTest::addRow("redirect") << WireAnswer{.status = 302, .headers = {{"Location", "http://elsewhere.example/"}}}
                              << 302 << u"refused"_s;
    QTest::addRow("not JSON") << WireAnswer{.body = "hello"} << 0 << u"bad_reply"_s;
    QTest::addRow("another form") << WireAnswer{.body = R"({"items":7})"} << 0 << u"bad_reply"_s;
    QTest::addRow("cut") << WireAnswer{.body = emptyList, .way = WireAnswer::Way::CutInTheMiddle} << 0 << u"offline"_s;
}

void TestApiClient::refusals()
{
    QFETCH(WireAnswer, answer);
    QFETCH(int, status);
    QFETCH(QString, code);
    answer.headers.emplaceBack("X-Request-Id", "req-42");
    m_server->script = [&](const WireRequest &) { return answer; };
    const auto reply = list();
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().status, status);
    QCOMPARE(reply->error().code, code);
    QCOMPARE(reply->error().requestId, u"req-42"_s);
    QVERIFY(!reply->error().detail.isEmpty());
}

void TestApiClient::networkFailures_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("says");
    QTest::addRow("no such name") << u"http://no-such-host.invalid"_s
                                  << u"No server is called “no-such-host.invalid”"_s;
    QTest::addRow("nothing listens") << u"http://127.0.0.1:1"_s << u"Nothing answers at 127.0.0.1:1."_s;
    QTest::addRow("silence") << QString() << u"took too long"_s;
    QTest::addRow("no TLS there") << u"tls"_s << u"secure connection"_s;
}

void TestApiClient::networkFailures()
{
    QFETCH(QString, server);
    QFETCH(QString, says);
    m_server->script = [](const WireRequest &) { return WireAnswer{.way = WireAnswer::Way::Silence}; };
    if (server == u"tls"_s) {
        connect(m_server.get(), &QTcpServer::newConnection, this, [] {});
        QUrl url = m_server->url();
        url.setScheme(u"https"_s);
        m_api->setServer(url);
        // A TLS greeting is no HTTP: this end hangs up, as other programs on such a port do.
        QTimer::singleShot(300, m_server.get(), [this] { m_server->stop(); });
        says = u"127.0.0.1"_s;
    } else if (!server.isEmpty()) {
        m_api->setServer(QUrl(server));
    }
    const auto reply = list({.timeout = std::chrono::milliseconds(700)});
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().status, 0);
    QCOMPARE(reply->error().code, u"offline"_s);
    QVERIFY2(reply->error().detail.contains(says), qPrintable(reply->error().detail));
    QVERIFY(reply->error().requestId.has_value());
}

void TestApiClient::tokenIsRenewedOnceForAllCalls()
{
    m_api->setTokens(signedIn(u"old"_s, u"refresh-1"_s));
    int renewals = 0;
    m_server->script = [&](const WireRequest &request) -> WireAnswer {
        if (request.path == "/api/v1/auth/refresh") {
            ++renewals;
            if (!request.body.contains("refresh-1"))
                return problem(401, "unauthenticated"); // seen twice: the session would be ended
            return {.body = json::print(signedIn(u"new"_s, u"refresh-2"_s))};
        }
        return request.headers.value("authorization") == "Bearer new" ? WireAnswer{.body = emptyList}
                                                                      : problem(401, "unauthenticated");
    };
    QSignalSpy renewed(m_api.get(), &ApiClient::renewed);
    QSignalSpy signedOut(m_api.get(), &ApiClient::signedOut);
    int good = 0;
    for (int i = 0; i < 12; ++i)
        m_api->call(endpoints::templates::list, {}, this, [&](const auto &reply) { good += bool(reply); });
    QTRY_COMPARE(good, 12);
    QCOMPARE(renewals, 1);
    QCOMPARE(renewed.size(), 1);
    QCOMPARE(signedOut.size(), 0);
    QCOMPARE(m_api->accessToken(), "new");
}

void TestApiClient::endedSessionIsToldOnceAndStopsTrying()
{
    m_api->setTokens(signedIn(u"old"_s, u"refresh-1"_s));
    m_server->script = [](const WireRequest &) { return problem(401, "unauthenticated"); };
    QSignalSpy signedOut(m_api.get(), &ApiClient::signedOut);
    int refused = 0;
    for (int i = 0; i < 3; ++i)
        m_api->call(endpoints::templates::list, {}, this,
                    [&](const auto &reply) { refused += !reply && reply.error().status == 401; });
    QTRY_COMPARE(refused, 3);
    QCOMPARE(signedOut.size(), 1);
    const auto before = m_server->requests.size();
    QCOMPARE(list()->error().status, 401);
    QCOMPARE(m_server->requests.size(), before + 1);
}

void TestApiClient::failedRenewalByNetworkKeepsTheSession()
{
    m_api->setRefreshToken(u"refresh-1"_s);
    m_server->stop();
    QSignalSpy signedOut(m_api.get(), &ApiClient::signedOut);
    QCOMPARE(list()->error().code, u"offline"_s);
    QCOMPARE(signedOut.size(), 0);

    m_server->start();
    m_server->script = [](const WireRequest &request) -> WireAnswer {
        return {.body = request.path == "/api/v1/auth/refresh" ? json::print(signedIn(u"new"_s, u"refresh-2"_s))
                                                               : emptyList};
    };
    QVERIFY(bool(*list()));
}

void TestApiClient::callsWaitForTheSignInThatIsUnderWay()
{
    m_server->script = [](const WireRequest &request) {
        return request.headers.value("authorization") == "Bearer fresh" ? WireAnswer{.body = emptyList}
                                                                        : problem(401, "unauthenticated");
    };
    int good = 0, refused = 0;
    const auto count = [&](const auto &reply) { ++(reply ? good : refused); };
    m_api->expectTokens();
    m_api->call(endpoints::templates::list, {}, this, count);
    m_api->setTokens(signedIn(u"fresh"_s, u"refresh"_s));
    QTRY_COMPARE(good, 1);
    QCOMPARE(m_server->requests.size(), 1);

    m_api->clearTokens();
    m_api->expectTokens();
    m_api->call(endpoints::templates::list, {}, this, count);
    m_api->noTokens(ApiError::unauthenticated());
    QCOMPARE(refused, 1);
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(list()->error().status, 401); // nobody signs in any more: it goes out as it is
}

void TestApiClient::nothingIsCalledAfterTheReceiverIsGone()
{
    bool called = false;
    auto receiver = std::make_unique<QObject>();
    m_server->script = [&](const WireRequest &) {
        receiver.reset();
        return WireAnswer{.body = emptyList};
    };
    m_api->call(endpoints::templates::list, {}, receiver.get(), [&](const auto &) { called = true; });
    QTRY_VERIFY(!receiver);
    QVERIFY(bool(*list())); // a later call comes and goes meanwhile
    QVERIFY(!called);
}

void TestApiClient::nothingIsCalledAfterCancelling()
{
    bool called = false;
    m_server->script = [](const WireRequest &) { return WireAnswer{.body = emptyList}; };
    CallHandle handle = m_api->call(endpoints::templates::list, {}, this, [&](const auto &) { called = true; });
    QVERIFY(handle.isPending());
    handle.cancel();
    QVERIFY(!handle.isPending());
    handle.cancel();
    QVERIFY(bool(*list()));
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_api_client.moc"
