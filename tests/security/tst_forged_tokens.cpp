// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/signing_keys.h"
#include "server/security/base64.h"
#include "shared/id.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QMessageAuthenticationCode>
#include <QMutex>
#include <QTest>

#include <sodium.h>

using namespace Qt::StringLiterals;

namespace {

QMutex logMutex;
QString logText; // everything that the server wrote while the tests ran

void keepLog(QtMsgType, const QMessageLogContext &, const QString &message)
{
    const QMutexLocker lock(&logMutex);
    logText += message + u'\n';
}

QByteArray part(const QByteArray &json) { return base64::encode(json); }
QByteArray part(const QJsonObject &object) { return part(json::print(object)); }

QByteArray signedBy(const SigningKey &key, const QByteArray &content)
{
    QByteArray signature(crypto_sign_BYTES, Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char *>(content.constData()), quint64(content.size()),
                         reinterpret_cast<const unsigned char *>(key.secretKey.constData()));
    return content + '.' + base64::encode(signature);
}

QByteArray mac(const QByteArray &content, const QByteArray &key, QCryptographicHash::Algorithm method)
{
    return content + '.' + base64::encode(QMessageAuthenticationCode::hash(content, key, method));
}

} // namespace

// Tokens that somebody made up, on a real route of a real server. What is signed here with the server's own key shows
// that each claim is looked at, and not only the signature.
class TestForgedTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refused_data();
    void refused();
    void ofAnEndedSession();
    void ofASuspendedUser();
    void stolenRefreshTokenEndsTheSession();
    void nothingOfThemIsLogged();

private:
    QJsonObject header() const
    {
        return {{u"alg"_s, u"EdDSA"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, QString::fromLatin1(m_key.id)}};
    }
    QJsonObject header(const QString &name, const QJsonValue &value) const
    {
        QJsonObject changed = header();
        changed.insert(name, value);
        return changed;
    }
    QByteArray ownSigned(const QJsonObject &header, const QJsonObject &claims) const
    {
        return signedBy(m_key, part(header) + '.' + part(claims));
    }
    QByteArray withHeader(const QString &name, const QJsonValue &value) const
    {
        return ownSigned(header(name, value), m_claims);
    }
    QByteArray withClaim(const QString &name, const QJsonValue &value) const
    {
        QJsonObject changed = m_claims;
        changed.insert(name, value); // undefined: takes it out
        return ownSigned(header(), changed);
    }
    HttpAnswer login(const QString &role)
    {
        const QJsonObject user = m_server->demoUser(u"acme"_s, role);
        return m_server->post(
            u"/api/v1/auth/login"_s,
            {{u"tenant"_s, u"acme"_s}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}}, {});
    }
    int statusWith(const QByteArray &token) { return m_server->get(u"/api/v1/templates"_s, token).status; }

    std::optional<TestServer> m_server;
    SigningKey m_key; // the server's own
    QByteArray m_good; // a living session's token
    QJsonObject m_claims; // what it says
};

void TestForgedTokens::initTestCase()
{
    qInstallMessageHandler(keepLog);
    m_server.emplace();
    const SecretBox box = SecretBox::fromFile(m_server->folder() + u"/data/master.key"_s);
    const QString socket = m_server->folder() + u"/data/postgres/socket"_s;
    Database database({.session = {.url = "host=" + socket.toStdString() + " user=patio_app dbname=patio"}});
    AccessTokens tokens;
    SigningKeys(database, box, tokens).load();
    m_key = tokens.keys()->keys.first();

    m_good = m_server->token(u"acme"_s, u"viewer"_s);
    m_claims = json::object(*base64::decode(m_good.split('.')[1]));
    QCOMPARE(statusWith(m_good), 200);
    QCOMPARE(statusWith(ownSigned(header(), m_claims)), 200); // so that each row below fails for its own reason
}

void TestForgedTokens::refused_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray claims = part(m_claims);
    const QByteArray ours = part(header()) + '.' + claims;

    QTest::newRow("alg none, no signature") << part(header(u"alg"_s, u"none"_s)) + '.' + claims + '.';
    QTest::newRow("alg NONE, our signature") << withHeader(u"alg"_s, u"NONE"_s);
    QTest::newRow("HS256 with the public key")
        << mac(part(header(u"alg"_s, u"HS256"_s)) + '.' + claims, m_key.publicKey, QCryptographicHash::Sha256);
    QTest::newRow("HS256 with the public key as published") << mac(
        part(header(u"alg"_s, u"HS256"_s)) + '.' + claims, base64::encode(m_key.publicKey), QCryptographicHash::Sha256);
    QTest::newRow("HS512 called EdDSA") << mac(ours, m_key.publicKey, QCryptographicHash::Sha512);
    for (const char *name : {"HS256", "RS256", "ES256", "eddsa", "EDDSA", "Ed25519"})
        QTest::addRow("%s, our signature", name) << withHeader(u"alg"_s, QString::fromLatin1(name));

    const SigningKey foreign = SigningKey::generate();
    const QJsonObject jwk{{u"kty"_s, u"OKP"_s},
                          {u"crv"_s, u"Ed25519"_s},
                          {u"x"_s, QString::fromLatin1(base64::encode(foreign.publicKey))}};
    const QString evil = u"https://evil.example/keys.json"_s;
    QTest::newRow("foreign key under our id") << signedBy(foreign, ours);
    QTest::newRow("foreign key under its own id")
        << signedBy(foreign, part(header(u"kid"_s, QString::fromLatin1(foreign.id))) + '.' + claims);
    QTest::newRow("jwk") << signedBy(foreign, part(header(u"jwk"_s, jwk)) + '.' + claims);
    QTest::newRow("jku") << signedBy(foreign, part(header(u"jku"_s, evil)) + '.' + claims);
    QTest::newRow("x5u") << signedBy(foreign, part(header(u"x5u"_s, evil)) + '.' + claims);
    QTest::newRow("x5c") << signedBy(foreign, part(header(u"x5c"_s, QJsonArray{u"MIIB"_s})) + '.' + claims);
    QTest::newRow("crit") << withHeader(u"crit"_s, QJsonArray{u"b64"_s});
    QTest::newRow("crit, empty") << withHeader(u"crit"_s, QJsonArray());

    QTest::newRow("kid a path") << withHeader(u"kid"_s, u"../../../dev/null"_s);
    QTest::newRow("kid SQL") << withHeader(u"kid"_s, u"' OR '1'='1' --"_s);
    QTest::newRow("kid with NUL") << withHeader(u"kid"_s, QString::fromLatin1(m_key.id) + QChar(u'\0'));
    QTest::newRow("kid unknown") << withHeader(u"kid"_s, u"unknown"_s);
    QTest::newRow("kid empty") << withHeader(u"kid"_s, QString());
    QTest::newRow("kid null") << withHeader(u"kid"_s, QJsonValue::Null);
    QTest::newRow("kid a list") << withHeader(u"kid"_s, QJsonArray{QString::fromLatin1(m_key.id)});

    const qint64 now = secondsNow();
    QTest::newRow("expired") << withClaim(u"exp"_s, now - 60);
    QTest::newRow("without an end") << withClaim(u"exp"_s, QJsonValue::Undefined);
    QTest::newRow("not yet valid") << withClaim(u"nbf"_s, now + 3600);
    QTest::newRow("made in the future") << withClaim(u"iat"_s, now + 3600);
    QTest::newRow("other audience") << withClaim(u"aud"_s, u"another"_s);
    QTest::newRow("other issuer") << withClaim(u"iss"_s, u"https://evil.example"_s);
    QTest::newRow("other tenant") << withClaim(
        u"tid"_s, m_server->get(u"/api/v1/me"_s, m_server->token(u"northwind"_s, u"owner"_s)).json()[u"tenantId"_s]);
    QTest::newRow("tenant that never was") << withClaim(u"tid"_s, newId().toString(QUuid::WithoutBraces));
    QTest::newRow("other session") << withClaim(u"sid"_s, newId().toString(QUuid::WithoutBraces));
    QTest::newRow("other user") << withClaim(
        u"sub"_s, m_server->get(u"/api/v1/me"_s, m_server->token(u"acme"_s, u"owner"_s)).json()[u"userId"_s]);

    const QByteArray plainHeader = json::print(header()), plainClaims = json::print(m_claims);
    QTest::newRow("alg twice") << signedBy(m_key, part(R"({"alg":"none",)" + plainHeader.mid(1)) + '.' + claims);
    QTest::newRow("sub twice") << signedBy(
        m_key,
        part(header()) + '.' + part(plainClaims.chopped(1) + R"(,"sub":)" + json::print(m_claims[u"sub"_s]) + '}'));
    QTest::newRow("bytes behind the claims") << signedBy(m_key, part(header()) + '.' + part(plainClaims + "{}"));
    QTest::newRow("bytes behind the token") << m_good + "AAAA";
    QTest::newRow("a part more") << m_good + ".AAAA";
    QTest::newRow("padding") << m_good + "==";
    QTest::newRow("signature of another token") << ours + '.' + m_server->token(u"acme"_s, u"owner"_s).split('.')[2];
    QTest::newRow("signature of zeros") << ours + '.' + base64::encode(QByteArray(64, '\0'));
}

void TestForgedTokens::refused()
{
    QFETCH(const QByteArray, token);
    for (const char *path : {"/api/v1/templates", "/api/v1/me"}) {
        const HttpAnswer answer = m_server->get(QString::fromLatin1(path), token);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.code(), u"unauthenticated"_s);
        QCOMPARE(answer.headers.value("www-authenticate"), QByteArray("Bearer"));
    }
    QCOMPARE(statusWith(m_good), 200); // and the one that it was made from goes on
}

void TestForgedTokens::ofAnEndedSession()
{
    const HttpAnswer signedIn = login(u"prompt-engineer"_s);
    const QByteArray token = signedIn.json()[u"accessToken"_s].toString().toLatin1();
    QCOMPARE(statusWith(token), 200);
    QCOMPARE(m_server->post(u"/api/v1/auth/logout"_s, {}, token).status, 204);
    QCOMPARE(statusWith(token), 401);
}

void TestForgedTokens::ofASuspendedUser()
{
    const HttpAnswer signedIn = login(u"prompt-engineer"_s);
    const QByteArray token = signedIn.json()[u"accessToken"_s].toString().toLatin1();
    QCOMPARE(statusWith(token), 200);
    const QByteArray owner = m_server->token(u"acme"_s, u"owner"_s);
    const QString path = u"/api/v1/users/"_s + signedIn.json()[u"profile"_s][u"userId"_s].toString();
    const auto change = [&](const QString &status) {
        const QByteArray etag = m_server->get(path, owner).headers.value("etag");
        return m_server->send("PATCH", path, {{u"status"_s, status}}, {.token = owner, .more = {{"If-Match", etag}}});
    };
    QCOMPARE(change(u"suspended"_s).status, 200);
    QCOMPARE(statusWith(token), 401);
    QCOMPARE(change(u"active"_s).status, 200);
    QCOMPARE(statusWith(token), 401); // the session has ended for good
}

// Whoever comes second with a refresh token, thief or owner, ends the session of both.
void TestForgedTokens::stolenRefreshTokenEndsTheSession()
{
    const auto refresh = [&](const QString &token) {
        return m_server->post(u"/api/v1/auth/refresh"_s, {{u"refreshToken"_s, token}}, {});
    };
    const QString stolen = login(u"prompt-engineer"_s).json()[u"refreshToken"_s].toString();
    const HttpAnswer owner = refresh(stolen);
    QCOMPARE(owner.status, 200);
    const QByteArray token = owner.json()[u"accessToken"_s].toString().toLatin1();
    QCOMPARE(statusWith(token), 200);
    const HttpAnswer thief = refresh(stolen);
    QCOMPARE(thief.status, 401);
    QCOMPARE(thief.code(), u"session_ended"_s);
    QCOMPARE(statusWith(token), 401);
    QCOMPARE(refresh(owner.json()[u"refreshToken"_s].toString()).status, 401);
}

// Last: looks at what the functions above made the server write.
void TestForgedTokens::nothingOfThemIsLogged()
{
    const QMutexLocker lock(&logMutex);
    QVERIFY(logText.contains(u"GET /api/v1/templates 401"_s));
    QVERIFY(!logText.contains(QString::fromLatin1(m_good.split('.')[1].left(40)))); // the claims
    QVERIFY(!logText.contains(u"eyJ"_s)); // how each encoded JSON object begins
    QVERIFY(!logText.contains(u"patio_refresh_"_s));
    for (const QString &hint : {u"evil.example"_s, u"dev/null"_s, u"OR '1'='1'"_s})
        QVERIFY2(!logText.contains(hint), qPrintable(hint));
}

QTEST_GUILESS_MAIN(TestForgedTokens)
#include "tst_forged_tokens.moc"
