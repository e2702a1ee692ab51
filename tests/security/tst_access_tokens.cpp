// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/access_tokens.h"
#include "server/security/base64.h"
#include "server/security/random.h"
#include "shared/id.h"
#include "shared/json/json.h"

#include <QMessageAuthenticationCode>
#include <QTest>

#include <sodium.h>

using namespace Qt::StringLiterals;
using Verdict = AccessTokens::Verdict;
Q_DECLARE_METATYPE(Verdict)

namespace {

constexpr qint64 today = 1'800'000'000;

QByteArray encoded(const QJsonObject &object) { return base64::encode(json::print(object)); }

QByteArray signedBy(const SigningKey &key, const QByteArray &content)
{
    QByteArray signature(crypto_sign_BYTES, Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char *>(content.constData()), quint64(content.size()),
                         reinterpret_cast<const unsigned char *>(key.secretKey.constData()));
    return content + '.' + base64::encode(signature);
}

} // namespace

class TestAccessTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void roundTrip();
    void hostile_data();
    void hostile();
    void everyChangedCharacterIsRefused();
    void repeatsCostNoSignatureCheck();
    void cachedTokensExpire();
    void cacheIsBounded();
    void removedKeysStopAtOnce();
    void oldKeysVerifyWhileTheyArePublished();
    void publishedKeys();

private:
    AccessTokenOptions options()
    {
        AccessTokenOptions options;
        options.now = [this] { return m_now; };
        return options;
    }
    QJsonObject header() const
    {
        return {{u"alg"_s, u"EdDSA"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, QString::fromLatin1(m_key.id)}};
    }
    QJsonObject claims() const
    {
        return {{u"iss"_s, u"patio"_s},
                {u"aud"_s, u"patio"_s},
                {u"sub"_s, newId().toString(QUuid::WithoutBraces)},
                {u"tid"_s, newId().toString(QUuid::WithoutBraces)},
                {u"sid"_s, newId().toString(QUuid::WithoutBraces)},
                {u"iat"_s, today},
                {u"exp"_s, today + 900}};
    }
    QByteArray token(const QJsonObject &header, const QJsonObject &claims) const
    {
        return signedBy(m_key, encoded(header) + '.' + encoded(claims));
    }

    qint64 m_now = today;
    SigningKey m_key;
};

void TestAccessTokens::initTestCase() { m_key = SigningKey::generate(); }

void TestAccessTokens::roundTrip()
{
    AccessTokens tokens(options());
    tokens.setKeys({{m_key}});
    const QUuid user = newId(), tenant = newId(), session = newId();
    const auto answer = tokens.verify(tokens.issue(user, tenant, session));
    QCOMPARE(answer.verdict, Verdict::Good);
    QCOMPARE(answer.claims.userId, user);
    QCOMPARE(answer.claims.tenantId, tenant);
    QCOMPARE(answer.claims.sessionId, session);
    QCOMPARE(answer.claims.issuedAt, today);
    QCOMPARE(answer.claims.expiresAt, today + 15 * 60);
}

void TestAccessTokens::hostile_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<Verdict>("verdict");
    const auto withHeader = [&](const QString &name, const QJsonValue &value) {
        QJsonObject changed = header();
        changed.insert(name, value);
        return token(changed, claims());
    };
    const auto withClaim = [&](const QString &name, const QJsonValue &value) {
        QJsonObject changed = claims();
        changed.insert(name, value);
        return token(header(), changed);
    };
    const auto withoutClaim = [&](const QString &name) {
        QJsonObject changed = claims();
        changed.remove(name);
        return token(header(), changed);
    };
    const QByteArray good = token(header(), claims());
    const QByteArray unsignedPart = good.left(good.lastIndexOf('.'));
    const QByteArray plainHeader = json::print(header());
    const QByteArray plainClaims = json::print(claims());

    QTest::newRow("the form that all others change") << good << Verdict::Good;
    QTest::newRow("empty") << QByteArray() << Verdict::Malformed;
    QTest::newRow("two dots") << QByteArray("..") << Verdict::Malformed;
    QTest::newRow("no signature") << unsignedPart + '.' << Verdict::Malformed;
    QTest::newRow("two parts") << unsignedPart << Verdict::Malformed;
    QTest::newRow("four parts") << good + ".x" << Verdict::Malformed;
    QTest::newRow("endless") << good + QByteArray(100'000, 'A') << Verdict::Malformed;
    QTest::newRow("alg none, no signature")
        << encoded({{u"alg"_s, u"none"_s}, {u"kid"_s, QString::fromLatin1(m_key.id)}}) + '.' + encoded(claims()) + '.'
        << Verdict::Malformed;
    QTest::newRow("alg none, signed") << withHeader(u"alg"_s, u"none"_s) << Verdict::Malformed;
    for (const char *name : {"HS256", "RS256", "ES256", "eddsa", "EdDSA ", "Ed25519"})
        QTest::newRow(name) << withHeader(u"alg"_s, QString::fromLatin1(name)) << Verdict::Malformed;
    QTest::newRow("alg missing") << token({{u"kid"_s, QString::fromLatin1(m_key.id)}}, claims()) << Verdict::Malformed;
    QTest::newRow("alg list") << withHeader(u"alg"_s, QJsonArray{u"EdDSA"_s}) << Verdict::Malformed;
    {
        // The public key used as a shared secret.
        QJsonObject changed = header();
        changed.insert(u"alg"_s, u"HS256"_s);
        const QByteArray content = encoded(changed) + '.' + encoded(claims());
        const QByteArray mac = QMessageAuthenticationCode::hash(content, m_key.publicKey, QCryptographicHash::Sha256);
        QTest::newRow("HS256 with the public key") << content + '.' + base64::encode(mac) << Verdict::Malformed;
        QJsonObject asEdDsa = header();
        const QByteArray content2 = encoded(asEdDsa) + '.' + encoded(claims());
        const QByteArray mac2 = QMessageAuthenticationCode::hash(content2, m_key.publicKey, QCryptographicHash::Sha512);
        QTest::newRow("a MAC of the right length") << content2 + '.' + base64::encode(mac2) << Verdict::BadSignature;
    }
    const SigningKey foreign = SigningKey::generate();
    QJsonObject foreignHeader = header();
    QTest::newRow("foreign key under our id")
        << signedBy(foreign, encoded(header()) + '.' + encoded(claims())) << Verdict::BadSignature;
    foreignHeader.insert(u"kid"_s, QString::fromLatin1(foreign.id));
    QTest::newRow("foreign key") << signedBy(foreign, encoded(foreignHeader) + '.' + encoded(claims()))
                                 << Verdict::UnknownKey;
    foreignHeader.insert(u"jwk"_s,
                         QJsonObject{{u"kty"_s, u"OKP"_s},
                                     {u"crv"_s, u"Ed25519"_s},
                                     {u"x"_s, QString::fromLatin1(base64::encode(foreign.publicKey))}});
    QTest::newRow("embedded jwk") << signedBy(foreign, encoded(foreignHeader) + '.' + encoded(claims()))
                                  << Verdict::UnknownKey;
    foreignHeader.insert(u"kid"_s, QString::fromLatin1(m_key.id));
    QTest::newRow("embedded jwk under our id")
        << signedBy(foreign, encoded(foreignHeader) + '.' + encoded(claims())) << Verdict::BadSignature;
    QTest::newRow("kid missing") << token({{u"alg"_s, u"EdDSA"_s}}, claims()) << Verdict::UnknownKey;
    QTest::newRow("kid number") << withHeader(u"kid"_s, 0) << Verdict::UnknownKey;
    QTest::newRow("kid a path") << withHeader(u"kid"_s, u"../../dev/null"_s) << Verdict::UnknownKey;
    QTest::newRow("critical extension") << withHeader(u"crit"_s, QJsonArray{u"b64"_s}) << Verdict::Malformed;
    QTest::newRow("expired") << withClaim(u"exp"_s, today - 5) << Verdict::TooOld;
    QTest::newRow("expired within the leeway") << withClaim(u"exp"_s, today - 4) << Verdict::Good;
    QTest::newRow("expired in the distant past")
        << withClaim(u"exp"_s, std::numeric_limits<qint64>::min() + 1) << Verdict::TooOld;
    QTest::newRow("exp missing") << withoutClaim(u"exp"_s) << Verdict::WrongClaims;
    QTest::newRow("exp text") << withClaim(u"exp"_s, QString::number(today + 900)) << Verdict::WrongClaims;
    QTest::newRow("exp fraction") << withClaim(u"exp"_s, double(today) + 900.5) << Verdict::WrongClaims;
    QTest::newRow("not yet") << withClaim(u"nbf"_s, today + 60) << Verdict::TooEarly;
    QTest::newRow("nbf now") << withClaim(u"nbf"_s, today) << Verdict::Good;
    QTest::newRow("nbf text") << withClaim(u"nbf"_s, u"now"_s) << Verdict::WrongClaims;
    QTest::newRow("made tomorrow") << withClaim(u"iat"_s, today + 86400) << Verdict::TooEarly;
    QTest::newRow("iat missing") << withoutClaim(u"iat"_s) << Verdict::WrongClaims;
    QTest::newRow("other audience") << withClaim(u"aud"_s, u"gateway"_s) << Verdict::WrongClaims;
    QTest::newRow("audience list") << withClaim(u"aud"_s, QJsonArray{u"patio"_s}) << Verdict::WrongClaims;
    QTest::newRow("aud missing") << withoutClaim(u"aud"_s) << Verdict::WrongClaims;
    QTest::newRow("other issuer") << withClaim(u"iss"_s, u"https://evil.example"_s) << Verdict::WrongClaims;
    QTest::newRow("iss missing") << withoutClaim(u"iss"_s) << Verdict::WrongClaims;
    for (const char *name : {"sub", "tid", "sid"}) {
        QTest::addRow("%s missing", name) << withoutClaim(QString::fromLatin1(name)) << Verdict::WrongClaims;
        QTest::addRow("%s no uuid", name) << withClaim(QString::fromLatin1(name), u"1"_s) << Verdict::WrongClaims;
    }
    const auto raw = [&](const QByteArray &head, const QByteArray &body) {
        return signedBy(m_key, base64::encode(head) + '.' + base64::encode(body));
    };
    QTest::newRow("claims twice") << raw(plainHeader, R"({"sub":"a",)" + plainClaims.mid(1)) << Verdict::Malformed;
    QTest::newRow("claims no JSON") << raw(plainHeader, "{") << Verdict::Malformed;
    QTest::newRow("claims a list") << raw(plainHeader, "[]") << Verdict::Malformed;
    QTest::newRow("claims with text behind") << raw(plainHeader, plainClaims + "x") << Verdict::Malformed;
    QTest::newRow("claims not UTF-8") << raw(plainHeader, "{\"a\":\"\xff\"}") << Verdict::Malformed;
    QTest::newRow("header twice alg") << raw(R"({"alg":"none",)" + plainHeader.mid(1), plainClaims)
                                      << Verdict::Malformed;
    QTest::newRow("padding") << good + "==" << Verdict::Malformed;
    QTest::newRow("space in front") << ' ' + good << Verdict::Malformed;
    QTest::newRow("line end behind") << good + '\n' << Verdict::Malformed;
    QTest::newRow("NUL behind") << good + '\0' << Verdict::Malformed;
    QTest::newRow("signature cut") << good.chopped(2) << Verdict::Malformed;
    QTest::newRow("signature longer") << good + "AAAA" << Verdict::Malformed;
    QTest::newRow("zero signature") << unsignedPart + '.' + base64::encode(QByteArray(64, '\0'))
                                    << Verdict::BadSignature;
    QTest::newRow("claims of another token")
        << encoded(header()) + '.' + encoded(claims()) + '.' + good.mid(good.lastIndexOf('.') + 1)
        << Verdict::BadSignature;
}

void TestAccessTokens::hostile()
{
    QFETCH(QByteArray, token);
    QFETCH(Verdict, verdict);
    AccessTokens tokens(options());
    tokens.setKeys({{m_key}});
    QCOMPARE(tokens.verify(token).verdict, verdict);
    QCOMPARE(tokens.verify(token).verdict, verdict); // nothing refused is let in by the cache
}

void TestAccessTokens::everyChangedCharacterIsRefused()
{
    AccessTokens tokens(options());
    tokens.setKeys({{m_key}});
    const QByteArray good = token(header(), claims());
    QCOMPARE(tokens.verify(good).verdict, Verdict::Good);
    for (qsizetype i = 0; i < good.size(); ++i) {
        QByteArray changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        QVERIFY2(tokens.verify(changed).verdict != Verdict::Good, changed.constData());
        QVERIFY(tokens.verify(good.left(i)).verdict != Verdict::Good);
    }
}

void TestAccessTokens::repeatsCostNoSignatureCheck()
{
    AccessTokens tokens(options());
    tokens.setKeys({{m_key}});
    const QByteArray good = token(header(), claims());
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(tokens.verify(good).verdict, Verdict::Good);
    QCOMPARE(tokens.signatureChecks(), 1u);
}

void TestAccessTokens::cachedTokensExpire()
{
    AccessTokens tokens(options());
    tokens.setKeys({{m_key}});
    const QByteArray good = token(header(), claims());
    QCOMPARE(tokens.verify(good).verdict, Verdict::Good);
    m_now = today + 905;
    QCOMPARE(tokens.verify(good).verdict, Verdict::TooOld);
    m_now = today;
}

void TestAccessTokens::cacheIsBounded()
{
    AccessTokenOptions small = options();
    small.cacheSize = 2;
    AccessTokens tokens(small);
    tokens.setKeys({{m_key}});
    const QByteArray first = token(header(), claims()), second = token(header(), claims()),
                     third = token(header(), claims());
    for (const QByteArray &each : {first, second, first, third, first})
        QCOMPARE(tokens.verify(each).verdict, Verdict::Good);
    QCOMPARE(tokens.signatureChecks(), 3u); // the second was forgotten, not the first
    QCOMPARE(tokens.verify(second).verdict, Verdict::Good);
    QCOMPARE(tokens.signatureChecks(), 4u);
}

void TestAccessTokens::removedKeysStopAtOnce()
{
    AccessTokens tokens(options());
    tokens.setKeys({{m_key}});
    const QByteArray good = token(header(), claims());
    QCOMPARE(tokens.verify(good).verdict, Verdict::Good);
    tokens.setKeys({{SigningKey::generate()}});
    QCOMPARE(tokens.verify(good).verdict, Verdict::UnknownKey);
}

void TestAccessTokens::oldKeysVerifyWhileTheyArePublished()
{
    AccessTokens tokens(options());
    SigningKey old = m_key;
    old.secretKey.clear();
    const SigningKey fresh = SigningKey::generate();
    tokens.setKeys({{fresh, old}});
    QCOMPARE(tokens.verify(token(header(), claims())).verdict, Verdict::Good);
    const QByteArray made = tokens.issue(newId(), newId(), newId());
    QVERIFY(QByteArray::fromBase64(made.left(made.indexOf('.')), QByteArray::Base64UrlEncoding).contains(fresh.id));
}

void TestAccessTokens::publishedKeys()
{
    // The pair and the thumbprint of RFC 8037, appendix A.
    const QByteArray x = *base64::decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    const QByteArray id = SigningKey::thumbprint(x);
    QCOMPARE(id, QByteArray("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
    const KeyRing ring{{SigningKey{id, x, "secret"}}};
    const QJsonObject key = json::object(ring.publicDocument()).value(u"keys"_s).toArray().first().toObject();
    QCOMPARE(key,
             (QJsonObject{{u"kty"_s, u"OKP"_s},
                          {u"crv"_s, u"Ed25519"_s},
                          {u"alg"_s, u"EdDSA"_s},
                          {u"use"_s, u"sig"_s},
                          {u"kid"_s, QString::fromLatin1(id)},
                          {u"x"_s, QString::fromLatin1(base64::encode(x))}}));
}

QTEST_APPLESS_MAIN(TestAccessTokens)
#include "tst_access_tokens.moc"
