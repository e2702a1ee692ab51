// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/security/passwords.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {
constexpr PasswordCost cheap{1, 8 * 1024};
}

class TestPasswords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesCarryTheirParameters();
    void composedAndDecomposedAreTheSame();
    void hostileHashes_data();
    void hostileHashes();
    void outdatedOnlyWhenTheCostRises();
    void nobodyCostsTheSame();
};

void TestPasswords::hashesCarryTheirParameters()
{
    const Passwords passwords;
    const QByteArray hash = passwords.hash(u"correct horse battery staple"_s);
    QVERIFY2(hash.startsWith("$argon2id$v=19$m=32768,t=2,p=1$"), hash.constData());
    QVERIFY(passwords.matches(u"correct horse battery staple"_s, hash));
    QVERIFY(!passwords.matches(u"correct horse battery stapl"_s, hash));
    QVERIFY(!passwords.matches(QString(), hash));
    QVERIFY(passwords.hash(u"correct horse battery staple"_s) != hash); // each has its own salt
}

void TestPasswords::composedAndDecomposedAreTheSame()
{
    const Passwords passwords(cheap);
    QVERIFY(passwords.matches(u"sa\u0303o"_s, passwords.hash(u"s\u00e3o"_s)));
}

void TestPasswords::hostileHashes_data()
{
    QTest::addColumn<QByteArray>("hash");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("secret");
    QTest::newRow("other algorithm") << QByteArray("$2b$12$abcdefghijklmnopqrstuv");
    QTest::newRow("cut") << Passwords(cheap).hash(u"secret"_s).chopped(10);
}

void TestPasswords::hostileHashes()
{
    QFETCH(QByteArray, hash);
    QVERIFY(!Passwords(cheap).matches(u"secret"_s, hash));
}

void TestPasswords::outdatedOnlyWhenTheCostRises()
{
    const QByteArray hash = Passwords({2, 16 * 1024}).hash(u"secret"_s);
    QVERIFY(!Passwords({2, 16 * 1024}).isOutdated(hash));
    QVERIFY(Passwords({3, 16 * 1024}).isOutdated(hash));
    QVERIFY(Passwords({2, 32 * 1024}).isOutdated(hash));
    QVERIFY(!Passwords({1, 8 * 1024}).isOutdated(hash));
    QVERIFY(Passwords({3, 32 * 1024}).matches(u"secret"_s, hash));
}

void TestPasswords::nobodyCostsTheSame()
{
    const Passwords passwords(cheap);
    const quint64 before = passwords.computations();
    passwords.matchNobody(u"secret"_s);
    QCOMPARE(passwords.computations(), before + 1);
}

QTEST_APPLESS_MAIN(TestPasswords)
#include "tst_passwords.moc"
