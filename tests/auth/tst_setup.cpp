// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

// The first start of a server, in order.
class TestSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongTokensAreRefused();
    void oldTokensAreRefused();
    void badInputKeepsTheToken();
    void tokenMakesOneOperator();
    void afterwardsThereIsNoToken();
    void operatorsManageTenants();

private:
    FirstOperator input(const QString &token) const
    {
        return {token, u"olga@example.com"_s, u"Olga"_s, TestIdentity::password()};
    }

    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
    QString m_first, m_second;
};

void TestSetup::initTestCase()
{
    m_database.emplace();
    m_identity.emplace(*m_database);
    m_first = m_identity->setup.offerToken().value();
    m_second = m_identity->setup.offerToken().value(); // a second process, or a second start
    QCOMPARE(m_first.size(), 43); // 256 bits
    QVERIFY(m_first != m_second);
    const QString rows = m_identity->database.platform(
        [](Transaction &tx) { return tx.one<QString>("SELECT json_agg(t)::text FROM setup_tokens t"); });
    QVERIFY(!rows.contains(m_first));
}

void TestSetup::wrongTokensAreRefused()
{
    const quint64 hashes = m_identity->passwords.computations();
    for (const QString &token : {u"x"_s, m_first.chopped(1), m_first + u'x'})
        QCOMPARE(refusalOf([&] { m_identity->setup.makeOperator(input(token)); }).code, u"setup_token_refused"_s);
    QCOMPARE(m_identity->passwords.computations(), hashes); // nobody keeps the server busy with it
}

void TestSetup::oldTokensAreRefused()
{
    const QString token = m_identity->setup.offerToken().value();
    m_identity->database.platform([](Transaction &tx) {
        tx.run("UPDATE setup_tokens SET expires_at = now() - interval '1 second' WHERE created_at = (SELECT "
               "max(created_at) FROM setup_tokens)");
    });
    QCOMPARE(refusalOf([&] { m_identity->setup.makeOperator(input(token)); }).status, 403);
}

void TestSetup::badInputKeepsTheToken()
{
    FirstOperator bad = input(m_first);
    bad.email = u"olga"_s;
    const ApiError error = refusalOf([&] { m_identity->setup.makeOperator(bad); });
    QCOMPARE(error.status, 422);
    QCOMPARE(error.errors.first().pointer, u"/email"_s);
}

void TestSetup::tokenMakesOneOperator()
{
    std::atomic<int> made = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            FirstOperator one = input(m_first);
            one.email = u"olga%1@example.com"_s.arg(i);
            if (refusalOf([&] { m_identity->setup.makeOperator(one); }).status == 0)
                ++made;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(made, 1);
}

void TestSetup::afterwardsThereIsNoToken()
{
    QVERIFY(!m_identity->setup.offerToken());
    QCOMPARE(refusalOf([&] { m_identity->setup.makeOperator(input(m_first)); }).status, 403);
    QCOMPARE(refusalOf([&] { m_identity->setup.makeOperator(input(m_second)); }).status, 403);
}

void TestSetup::operatorsManageTenants()
{
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Operator));
    QVERIFY(caller.may(Ability::TenantsCreate));
    QVERIFY(!caller.may(Ability::TemplatesRead));
    QCOMPARE(m_identity->identity.profile.show(caller).tenantSlug, u"platform"_s);
}

QTEST_GUILESS_MAIN(TestSetup)
#include "tst_setup.moc"
