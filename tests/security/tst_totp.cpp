// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/base32.h"
#include "server/security/totp.h"
#include "tests/support/authenticator_app.h"

#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

class TestTotp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsOfTheRfc_data();
    void vectorsOfTheRfc();
    void base32Vectors_data();
    void base32Vectors();
    void neighboursAreTaken();
    void eachStepOnce();
    void notACode_data();
    void notACode();
    void leadingZerosCount();
    void uri();

private:
    const QByteArray m_secret = "12345678901234567890"; // of RFC 6238, appendix B
    const qint64 m_time = 1111111111;
};

// RFC 6238, appendix B, SHA-1. Its eight digits end in our six.
void TestTotp::vectorsOfTheRfc_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QString>("eightDigits");
    QTest::newRow("1970") << qint64(59) << u"94287082"_s;
    QTest::newRow("2005, before the step") << qint64(1111111109) << u"07081804"_s;
    QTest::newRow("2005, after the step") << qint64(1111111111) << u"14050471"_s;
    QTest::newRow("2009") << qint64(1234567890) << u"89005924"_s;
    QTest::newRow("2033") << qint64(2000000000) << u"69279037"_s;
    QTest::newRow("2603") << qint64(20000000000) << u"65353130"_s;
}

void TestTotp::vectorsOfTheRfc()
{
    QFETCH(const qint64, time);
    QFETCH(const QString, eightDigits);
    QCOMPARE(totp::code(m_secret, totp::stepAt(time)), eightDigits.right(6));
    QCOMPARE(totp::match(m_secret, eightDigits.right(6), time, {}), totp::stepAt(time));
    // So does what the tests take for an app.
    QCOMPARE(AuthenticatorApp(QString::fromLatin1(base32::encode(m_secret))).code(time), eightDigits.right(6));
}

// RFC 4648, section 10, without padding.
void TestTotp::base32Vectors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0") << QByteArray() << QByteArray();
    QTest::newRow("1") << QByteArray("f") << QByteArray("MY");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("MZXQ");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("MZXW6");
    QTest::newRow("4") << QByteArray("foob") << QByteArray("MZXW6YQ");
    QTest::newRow("5") << QByteArray("fooba") << QByteArray("MZXW6YTB");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("MZXW6YTBOI");
    QTest::newRow("all ones") << QByteArray(5, '\xff') << QByteArray("77777777");
}

void TestTotp::base32Vectors()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, text);
    QCOMPARE(base32::encode(bytes), text);
    QCOMPARE(AuthenticatorApp(QString::fromLatin1(text)).secret(), bytes);
}

void TestTotp::neighboursAreTaken()
{
    const qint64 now = totp::stepAt(m_time);
    for (const qint64 step : {now - 1, now, now + 1})
        QCOMPARE(totp::match(m_secret, totp::code(m_secret, step), m_time, {}), step);
    for (const qint64 step : {now - 2, now + 2})
        QVERIFY(!totp::match(m_secret, totp::code(m_secret, step), m_time, {}));
}

void TestTotp::eachStepOnce()
{
    const qint64 now = totp::stepAt(m_time);
    QVERIFY(totp::match(m_secret, totp::code(m_secret, now), m_time, now - 1));
    QVERIFY(!totp::match(m_secret, totp::code(m_secret, now), m_time, now));
    QVERIFY(!totp::match(m_secret, totp::code(m_secret, now - 1), m_time, now)); // nor an older one
    QVERIFY(totp::match(m_secret, totp::code(m_secret, now + 1), m_time, now));
}

void TestTotp::notACode_data()
{
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QString();
    QTest::newRow("five digits") << u"05047"_s;
    QTest::newRow("seven digits") << u"0504710"_s;
    QTest::newRow("eight digits") << u"14050471"_s;
    QTest::newRow("one off") << u"050472"_s;
    QTest::newRow("letters") << u"O5O471"_s;
    QTest::newRow("other digits") << u"٠٥٠٤٧١"_s;
    QTest::newRow("NUL behind") << u"050471"_s + QChar(u'\0');
}

void TestTotp::notACode()
{
    QFETCH(const QString, code);
    QVERIFY(totp::match(m_secret, u"050471"_s, m_time, {}));
    QVERIFY(!totp::match(m_secret, code, m_time, {}));
}

void TestTotp::leadingZerosCount() { QCOMPARE(totp::code(m_secret, totp::stepAt(1234567890)), u"005924"_s); }

void TestTotp::uri()
{
    const QUrl url(totp::uri(m_secret, u"Patio & Co"_s, u"ana+1@example.com"_s));
    QCOMPARE(url.scheme(), u"otpauth"_s);
    QCOMPARE(url.host(), u"totp"_s);
    QCOMPARE(url.path(), u"/Patio & Co:ana+1@example.com"_s);
    const QUrlQuery query(url);
    QCOMPARE(query.queryItemValue(u"secret"_s), u"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s);
    QCOMPARE(query.queryItemValue(u"issuer"_s, QUrl::FullyDecoded), u"Patio & Co"_s);
    QCOMPARE(query.queryItemValue(u"algorithm"_s), u"SHA1"_s);
    QCOMPARE(query.queryItemValue(u"digits"_s), u"6"_s);
    QCOMPARE(query.queryItemValue(u"period"_s), u"30"_s);
    QCOMPARE(totp::makeSecret().size(), 20);
    QVERIFY(totp::makeSecret() != totp::makeSecret());
}

QTEST_APPLESS_MAIN(TestTotp)
#include "tst_totp.moc"
