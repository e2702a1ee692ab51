// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/access_tokens.h"
#include "tests/support/authenticator_app.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

// Setting up and using a second factor, as a program sees it over HTTP.
class TestSecondFactorRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeWay();
    void anAnswerWithASecretIsNotKept();
    void settingsNeedTheirAbility();
    void aSessionThatMayOnlySetItUp();

private:
    HttpAnswer login(const QString &tenant, const QString &role, const QString &code = {})
    {
        const QJsonObject user = m_server.demoUser(tenant, role);
        QJsonObject input{{u"tenant"_s, tenant}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}};
        if (!code.isEmpty())
            input.insert(u"code"_s, code);
        return m_server.post(u"/api/v1/auth/login"_s, input, {});
    }
    static QByteArray tokenOf(const HttpAnswer &answer)
    {
        return answer.json()[u"accessToken"_s].toString().toLatin1();
    }
    QJsonObject passwordOf(const QString &tenant, const QString &role) const
    {
        return {{u"password"_s, m_server.demoUser(tenant, role)[u"password"_s]}};
    }
    HttpAnswer changeSettings(const QByteArray &token, bool required)
    {
        const HttpAnswer now = m_server.get(u"/api/v1/settings"_s, token);
        return m_server.send("PATCH", u"/api/v1/settings"_s, {{u"requireSecondFactor"_s, required}},
                             {.token = token, .more = {{"If-Match", now.headers.value("etag")}}});
    }

    TestServer m_server;
};

void TestSecondFactorRoutes::wholeWay()
{
    const QString totp = u"/api/v1/auth/totp"_s;
    const QByteArray token = tokenOf(login(u"acme"_s, u"viewer"_s));
    QCOMPARE(m_server.get(totp, token).json()[u"enabled"_s], false);
    QCOMPARE(m_server.get(totp, {}).status, 401);
    const HttpAnswer wrong = m_server.post(totp, {{u"password"_s, u"wrong"_s}}, token);
    QCOMPARE(wrong.status, 422);
    QCOMPARE(wrong.json()[u"errors"_s][0][u"pointer"_s], u"/password"_s);

    const HttpAnswer offer = m_server.post(totp, passwordOf(u"acme"_s, u"viewer"_s), token);
    QCOMPARE(offer.status, 200);
    QCOMPARE(offer.headers.value("cache-control"), QByteArray("no-store"));
    const AuthenticatorApp app(offer.json()[u"secret"_s].toString());
    const HttpAnswer refused = m_server.post(totp + u"/confirm"_s, {{u"code"_s, u"000000"_s}}, token);
    QCOMPARE(refused.status, 422);
    QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], u"/code"_s);
    const HttpAnswer on = m_server.post(totp + u"/confirm"_s, {{u"code"_s, app.code(secondsNow())}}, token);
    QCOMPARE(on.status, 200);
    const QJsonArray recoveryCodes = on.json()[u"recoveryCodes"_s].toArray();
    QCOMPARE(recoveryCodes.size(), 10);
    QCOMPARE(m_server.get(totp, token).json()[u"recoveryCodesLeft"_s], 10);

    const HttpAnswer asked = login(u"acme"_s, u"viewer"_s);
    QCOMPARE(asked.status, 401);
    QCOMPARE(asked.code(), u"code_required"_s);
    QCOMPARE(login(u"acme"_s, u"viewer"_s, u"000000"_s).code(), u"wrong_code"_s);
    const QString next = app.code(secondsNow() + 30);
    QCOMPARE(login(u"acme"_s, u"viewer"_s, next).status, 200);
    QCOMPARE(login(u"acme"_s, u"viewer"_s, next).code(), u"wrong_code"_s);
    QCOMPARE(login(u"acme"_s, u"viewer"_s, recoveryCodes[0].toString()).status, 200);

    QJsonObject both = passwordOf(u"acme"_s, u"viewer"_s);
    both.insert(u"code"_s, recoveryCodes[1]);
    const HttpAnswer renewed = m_server.post(totp + u"/recovery-codes"_s, both, token);
    QCOMPARE(renewed.status, 200);
    QCOMPARE(m_server.send("DELETE", totp, both, {.token = token}).status, 422); // it was among the old ones
    both.insert(u"code"_s, renewed.json()[u"recoveryCodes"_s][0]);
    QCOMPARE(m_server.send("DELETE", totp, both, {.token = token}).status, 204);
    QCOMPARE(login(u"acme"_s, u"viewer"_s).status, 200);
}

void TestSecondFactorRoutes::anAnswerWithASecretIsNotKept()
{
    const QByteArray token = tokenOf(login(u"acme"_s, u"prompt-engineer"_s));
    const TestServer::RequestHeaders headers{.token = token, .more = {{"Idempotency-Key", "again"}}};
    const QJsonObject password = passwordOf(u"acme"_s, u"prompt-engineer"_s);
    const HttpAnswer first = m_server.send("POST", u"/api/v1/auth/totp"_s, password, headers);
    const HttpAnswer second = m_server.send("POST", u"/api/v1/auth/totp"_s, password, headers);
    QCOMPARE(second.status, 200);
    QVERIFY(!second.headers.contains("idempotency-replayed"));
    QVERIFY(first.json()[u"secret"_s] != second.json()[u"secret"_s]);
}

void TestSecondFactorRoutes::settingsNeedTheirAbility()
{
    const QByteArray viewer = m_server.token(u"acme"_s, u"viewer"_s);
    QCOMPARE(m_server.get(u"/api/v1/settings"_s, viewer).status, 403);
    QCOMPARE(m_server
                 .send("PATCH", u"/api/v1/settings"_s, {{u"requireSecondFactor"_s, true}},
                       {.token = viewer, .more = {{"If-Match", "\"1\""}}})
                 .status,
             403);
    const QByteArray owner = m_server.token(u"acme"_s, u"owner"_s);
    const HttpAnswer settings = m_server.get(u"/api/v1/settings"_s, owner);
    QCOMPARE(settings.json()[u"requireSecondFactor"_s], false);
    QVERIFY(settings.headers.contains("etag"));
    QCOMPARE(m_server.send("PATCH", u"/api/v1/settings"_s, {}, {.token = owner}).status, 428);
}

void TestSecondFactorRoutes::aSessionThatMayOnlySetItUp()
{
    const QByteArray owner = m_server.token(u"northwind"_s, u"owner"_s);
    const QByteArray viewer = m_server.token(u"northwind"_s, u"viewer"_s);
    QCOMPARE(m_server.get(u"/api/v1/templates"_s, viewer).status, 200);
    QCOMPARE(changeSettings(owner, true).status, 200);

    // Every operation that is not about oneself, of the document itself.
    const QJsonObject paths = m_server.get(u"/openapi.json"_s, {}).json()[u"paths"_s].toObject();
    int refused = 0;
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QJsonObject operations = path->toObject();
        for (auto operation = operations.begin(); operation != operations.end(); ++operation) {
            const QString ability = (*operation)[u"x-ability"_s].toString();
            QVERIFY2(!ability.isEmpty(), qPrintable(path.key()));
            // The gateway takes keys and no sessions.
            if (ability == u"public"_s || ability == u"signedIn"_s || ability == u"gateway.call"_s)
                continue;
            QString address = path.key();
            address.replace(u"{id}"_s, u"01a1fc13-d235-72d9-81fa-483a17126b9b"_s).replace(u"{version}"_s, u"1"_s);
            const HttpAnswer answer =
                m_server.send(operation.key().toUpper().toLatin1(), address, {}, {.token = viewer});
            QCOMPARE(answer.status, 403);
            QCOMPARE(answer.code(), u"second_factor_required"_s);
            ++refused;
        }
    }
    QVERIFY(refused >= 20);
    QCOMPARE(m_server.get(u"/api/v1/me"_s, viewer).json()[u"needsSecondFactor"_s], true);
    const HttpAnswer fresh = login(u"northwind"_s, u"viewer"_s);
    QCOMPARE(fresh.status, 200);
    QCOMPARE(fresh.json()[u"profile"_s][u"needsSecondFactor"_s], true);
    QCOMPARE(m_server.get(u"/api/v1/sessions"_s, tokenOf(fresh)).status, 200);

    // The way out, also for the owner who demanded it.
    for (const QString &role : {u"viewer"_s, u"owner"_s}) {
        const QByteArray token = m_server.token(u"northwind"_s, role);
        const HttpAnswer offer = m_server.post(u"/api/v1/auth/totp"_s, passwordOf(u"northwind"_s, role), token);
        const AuthenticatorApp app(offer.json()[u"secret"_s].toString());
        QCOMPARE(m_server.post(u"/api/v1/auth/totp/confirm"_s, {{u"code"_s, app.code(secondsNow())}}, token).status,
                 200);
        QCOMPARE(m_server.get(u"/api/v1/templates"_s, token).status, 200);
    }
    QCOMPARE(changeSettings(owner, false).status, 200);
}

QTEST_GUILESS_MAIN(TestSecondFactorRoutes)
#include "tst_second_factor_routes.moc"
