// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/base64.h"
#include "server/security/random.h"
#include "server/security/secret_box.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;

class TestSecretBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void refusesAnotherPlace();
    void refusesEveryChange();
    void rotation();
    void keyFileIsMadeOnce();
    void keyFileOfOthersIsRefused();
    void badKeyTexts_data();
    void badKeyTexts();
    void startedTogetherTheyAgree();
    void base64HasOneSpelling_data();
    void base64HasOneSpelling();
};

void TestSecretBox::roundTrip()
{
    const SecretBox box = SecretBox::random();
    for (const QByteArray &secret : {QByteArray(), QByteArray("sk-abc"), QByteArray(100'000, 'x')}) {
        const QByteArray sealed = box.seal(secret, "credential acme");
        QCOMPARE(box.open(sealed, "credential acme"), secret);
        QVERIFY(secret.isEmpty() || !sealed.contains(secret));
        QVERIFY(box.seal(secret, "credential acme") != sealed);
    }
}

void TestSecretBox::refusesAnotherPlace()
{
    const SecretBox box = SecretBox::random();
    QVERIFY_EXCEPTION_THROWN(box.open(box.seal("secret", "credential acme"), "credential northwind"), SecretBoxError);
}

void TestSecretBox::refusesEveryChange()
{
    const SecretBox box = SecretBox::random();
    const QByteArray sealed = box.seal("secret", "x");
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray changed = sealed;
        changed[i] = char(changed[i] ^ 1);
        QVERIFY_EXCEPTION_THROWN(box.open(changed, "x"), SecretBoxError);
        QVERIFY_EXCEPTION_THROWN(box.open(sealed.left(i), "x"), SecretBoxError);
    }
}

void TestSecretBox::rotation()
{
    const QByteArray old(64, '1'), fresh(64, '2');
    const QByteArray sealed = SecretBox::fromText(old).seal("secret", "x");
    const SecretBox both = SecretBox::fromText(fresh + "\n# the key of last year\n" + old);
    QCOMPARE(both.open(sealed, "x"), QByteArray("secret"));
    QCOMPARE(SecretBox::fromText(fresh).open(both.seal("new", "x"), "x"), QByteArray("new"));
    QVERIFY_EXCEPTION_THROWN(SecretBox::fromText(fresh).open(sealed, "x"), SecretBoxError);
    QCOMPARE(both.derive("tokens").size(), 2);
    QCOMPARE(both.derive("tokens").last(), SecretBox::fromText(old).derive("tokens").first());
    QVERIFY(both.derive("tokens").first() != both.derive("others").first());
}

void TestSecretBox::keyFileIsMadeOnce()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"deep/master.key"_s);
    const QByteArray sealed = SecretBox::fromFile(path).seal("secret", "x");
    QCOMPARE(SecretBox::fromFile(path).open(sealed, "x"), QByteArray("secret"));
    QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
}

void TestSecretBox::keyFileOfOthersIsRefused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"master.key"_s);
    SecretBox::fromFile(path);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadGroup));
    try {
        SecretBox::fromFile(path);
        QFAIL("was accepted");
    } catch (const SecretBoxError &error) {
        QVERIFY(QString::fromUtf8(error.what()).contains(u"chmod 600 "_s + path));
    }
}

void TestSecretBox::badKeyTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("comment only") << QByteArray("# nothing\n");
    QTest::newRow("short") << QByteArray(62, 'a');
    QTest::newRow("long") << QByteArray(66, 'a');
    QTest::newRow("not hexadecimal") << QByteArray(64, 'g');
    QTest::newRow("one digit wrong") << QByteArray(63, 'a') + 'x';
}

void TestSecretBox::badKeyTexts()
{
    QFETCH(QByteArray, text);
    QVERIFY_EXCEPTION_THROWN(SecretBox::fromText(text), SecretBoxError);
}

void TestSecretBox::startedTogetherTheyAgree()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"master.key"_s);
    QList<QByteArray> ids(4);
    std::vector<std::thread> threads;
    for (QByteArray &id : ids)
        threads.emplace_back([&] { id = SecretBox::fromFile(path).keyId(); });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(ids, QList<QByteArray>(4, ids.first()));
}

void TestSecretBox::base64HasOneSpelling_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << QByteArray("") << true;
    QTest::newRow("one byte") << QByteArray("AA") << true;
    QTest::newRow("the alphabet of addresses") << QByteArray("-_-_") << true;
    QTest::newRow("the other alphabet") << QByteArray("+/+/") << false;
    QTest::newRow("padding") << QByteArray("AA==") << false;
    QTest::newRow("left-over bits") << QByteArray("AB") << false;
    QTest::newRow("one character") << QByteArray("A") << false;
    QTest::newRow("space") << QByteArray("AA AA") << false;
    QTest::newRow("line end") << QByteArray("AAAA\n") << false;
}

void TestSecretBox::base64HasOneSpelling()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    const auto bytes = base64::decode(text);
    QCOMPARE(bytes.has_value(), good);
    if (bytes)
        QCOMPARE(base64::encode(*bytes), text);
}

QTEST_APPLESS_MAIN(TestSecretBox)
#include "tst_secret_box.moc"
