// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/listener.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// One process of several on the same database.
struct Process
{
    Process(TestDatabase &database, const SecretBox &box)
        : identity(database, box),
          listener(database.appUrl(), {QString::fromLatin1(SessionWatch::channel)})
    {
        identity.watch.follow(listener);
        identity.watch.subscribe([this](const QList<QUuid> &sessions) { told.append(sessions); });
    }

    void listen()
    {
        listener.start();
        QTRY_VERIFY(identity.watch.isComplete());
    }
    int statusOf(const ::SignedIn &signedIn)
    {
        return refusalOf([&] { identity.caller(signedIn); }).status;
    }

    TestIdentity identity;
    Listener listener;
    QList<QUuid> told;
};

} // namespace

class TestAuthenticator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void init();
    void repeatsCostNoDatabaseCall();
    void withoutListenerEveryRequestIsChecked();
    void endedSessionStopsEverywhere();
    void suspendedUserStopsEverywhere();
    void removedUserStopsEverywhere();
    void suspendedTenantStopsEverywhere();
    void changedRolesCountEverywhere();
    void afterAnInterruptionNothingIsBelieved();
    void rowChangedBehindOurBackCountsWithinAMinute();
    void nobodyIsRemembered();
    void keysOfOtherProcessesAreLearnt();
    void useIsNoted();

private:
    std::optional<TestDatabase> m_database;
    const SecretBox m_box = SecretBox::random();
    std::optional<Process> m_here;
    std::optional<Process> m_there;
};

void TestAuthenticator::initTestCase() { m_database.emplace(); }

void TestAuthenticator::init()
{
    m_here.emplace(*m_database, m_box);
    m_there.emplace(*m_database, m_box);
    m_here->listen();
    m_there->listen();
}

void TestAuthenticator::cleanup()
{
    m_here.reset();
    m_there.reset();
}

void TestAuthenticator::repeatsCostNoDatabaseCall()
{
    const auto signedIn = m_here->identity.signIn(m_here->identity.addPerson(Role::Viewer));
    Authenticator &authenticator = m_here->identity.authenticator;
    const QByteArray token = signedIn.accessToken.toLatin1();
    QVERIFY(!authenticator.remembered(token, "192.0.2.9"));
    QCOMPARE(authenticator.databaseReads(), 0u);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(authenticator.authenticate(token, "192.0.2.9").address, QByteArray("192.0.2.9"));
    QCOMPARE(authenticator.databaseReads(), 1u);
    QCOMPARE(authenticator.remembered(token, "192.0.2.10")->address, QByteArray("192.0.2.10"));
}

void TestAuthenticator::withoutListenerEveryRequestIsChecked()
{
    TestIdentity deaf(*m_database, m_box);
    const auto signedIn = deaf.signIn(deaf.addPerson(Role::Viewer));
    deaf.caller(signedIn);
    deaf.caller(signedIn);
    QCOMPARE(deaf.authenticator.databaseReads(), 2u);
    QVERIFY(!deaf.authenticator.remembered(signedIn.accessToken.toLatin1(), {}));
    m_there->identity.auth.logout(m_there->identity.caller(signedIn));
    QCOMPARE(refusalOf([&] { deaf.caller(signedIn); }).status, 401);
}

void TestAuthenticator::endedSessionStopsEverywhere()
{
    const auto signedIn = m_here->identity.signIn(m_here->identity.addPerson(Role::Viewer));
    QCOMPARE(m_there->statusOf(signedIn), 0);
    QCOMPARE(m_here->statusOf(signedIn), 0);
    m_here->identity.auth.logout(m_here->identity.caller(signedIn));
    QCOMPARE(m_here->statusOf(signedIn), 401); // at once where it happened
    QCOMPARE(m_here->told.first(), signedIn.profile.sessionId);
    QTRY_COMPARE(m_there->statusOf(signedIn), 401);
    QVERIFY(m_there->told.contains(signedIn.profile.sessionId));
}

void TestAuthenticator::suspendedUserStopsEverywhere()
{
    TestIdentity &here = m_here->identity;
    const auto owner = here.addPerson(Role::Owner);
    const auto person = here.addPerson(Role::Viewer, owner.scope);
    const auto signedIn = here.signIn(person);
    QCOMPARE(m_there->statusOf(signedIn), 0);
    here.users.update(here.callerOf(owner), person.userId, 1, {{}, UserStatus::Suspended, {}, {}, {}});
    QCOMPARE(m_here->statusOf(signedIn), 401);
    QTRY_COMPARE(m_there->statusOf(signedIn), 401);
    // Also after coming back: the session has ended for good.
    here.users.update(here.callerOf(owner), person.userId, 2, {{}, UserStatus::Active, {}, {}, {}});
    QCOMPARE(m_here->statusOf(signedIn), 401);
    here.signIn(person);
}

void TestAuthenticator::removedUserStopsEverywhere()
{
    TestIdentity &here = m_here->identity;
    const auto owner = here.addPerson(Role::Owner);
    const auto person = here.addPerson(Role::Viewer, owner.scope);
    const auto signedIn = here.signIn(person);
    QCOMPARE(m_there->statusOf(signedIn), 0);
    here.users.remove(here.callerOf(owner), person.userId, std::nullopt);
    QCOMPARE(m_here->statusOf(signedIn), 401);
    QTRY_COMPARE(m_there->statusOf(signedIn), 401);
}

void TestAuthenticator::suspendedTenantStopsEverywhere()
{
    TestIdentity &here = m_here->identity;
    const auto person = here.addPerson(Role::Owner);
    const auto bystander = here.signIn(here.addPerson(Role::Owner));
    const auto signedIn = here.signIn(person);
    QCOMPARE(m_there->statusOf(signedIn), 0);
    here.tenants.update({}, person.scope.tenantId, 1, {{}, {}, TenantStatus::Suspended, {}});
    QCOMPARE(m_here->statusOf(signedIn), 401);
    QTRY_COMPARE(m_there->statusOf(signedIn), 401);
    QCOMPARE(refusalOf([&] { here.auth.refresh({signedIn.refreshToken}, {}); }).status, 401);
    QCOMPARE(m_there->statusOf(bystander), 0);
}

void TestAuthenticator::changedRolesCountEverywhere()
{
    TestIdentity &here = m_here->identity;
    const auto owner = here.addPerson(Role::Owner);
    const auto person = here.addPerson(Role::Admin, owner.scope);
    const auto signedIn = here.signIn(person);
    QVERIFY(here.caller(signedIn).may(Ability::UsersRead));
    QVERIFY(m_there->identity.caller(signedIn).may(Ability::UsersRead));
    here.users.update(here.callerOf(owner), person.userId, 1, {{}, {}, QList{Role::Viewer}, {}, {}});
    QVERIFY(!here.caller(signedIn).may(Ability::UsersRead));
    QTRY_VERIFY(!m_there->identity.caller(signedIn).may(Ability::UsersRead));
    QVERIFY(m_there->identity.caller(signedIn).may(Ability::TemplatesRead));
}

void TestAuthenticator::afterAnInterruptionNothingIsBelieved()
{
    const auto signedIn = m_here->identity.signIn(m_here->identity.addPerson(Role::Viewer));
    QCOMPARE(m_there->statusOf(signedIn), 0);
    QSignalSpy lost(&m_there->listener, &Listener::disconnected);
    QSignalSpy back(&m_there->listener, &Listener::reconnected);
    m_database->database().platform([](Transaction &) {}); // a connection that is not the listener's
    {
        // What an administrator or a broken network does to the listener's connection.
        database::Session owner({.url = m_database->ownerUrl()});
        owner.runScript("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'");
    }
    // Ended before the listener is back, so nobody there is ever told.
    m_here->identity.auth.logout(m_here->identity.caller(signedIn));
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(m_there->statusOf(signedIn), 401);
    QTRY_COMPARE(back.size(), 1);
    QCOMPARE(m_there->statusOf(signedIn), 401);
}

void TestAuthenticator::rowChangedBehindOurBackCountsWithinAMinute()
{
    // Not waited for here; what can be seen at once is that a process which never saw the session asks the database.
    const auto person = m_here->identity.addPerson(Role::Viewer);
    const auto signedIn = m_here->identity.signIn(person);
    m_here->identity.database.transaction(
        person.scope, [](Transaction &tx) { tx.run("UPDATE sessions SET expires_at = now() - interval '1 second'"); });
    QCOMPARE(m_there->statusOf(signedIn), 401);
    QCOMPARE(refusalOf([&] { m_there->identity.auth.refresh({signedIn.refreshToken}, {}); }).status, 401);
}

void TestAuthenticator::nobodyIsRemembered()
{
    Authenticator &authenticator = m_here->identity.authenticator;
    const auto person = m_here->identity.addPerson(Role::Viewer);
    const QByteArray token = m_here->identity.tokens.issue(person.userId, person.scope.tenantId, QUuid::createUuid());
    for (int i = 0; i < 50; ++i)
        QCOMPARE(refusalOf([&] { authenticator.authenticate(token, {}); }).status, 401);
    QCOMPARE(authenticator.databaseReads(), 1u); // an ended session cannot be used to load the database
    const QByteArray nowhere = m_here->identity.tokens.issue(person.userId, QUuid::createUuid(), QUuid::createUuid());
    QCOMPARE(refusalOf([&] { authenticator.authenticate(nowhere, {}); }).status, 401);
}

void TestAuthenticator::keysOfOtherProcessesAreLearnt()
{
    m_here->identity.database.platform([](Transaction &tx) { tx.run("DELETE FROM signing_keys"); });
    TestIdentity fresh(*m_database, m_box); // makes a key that the others have not seen
    const auto signedIn = fresh.signIn(fresh.addPerson(Role::Viewer));
    QTRY_COMPARE(m_there->statusOf(signedIn), 0); // the keys are read again at most once a second
}

void TestAuthenticator::useIsNoted()
{
    const auto person = m_here->identity.addPerson(Role::Viewer);
    const auto signedIn = m_here->identity.signIn(person);
    m_here->identity.database.transaction(person.scope, [](Transaction &tx) {
        tx.run("UPDATE sessions SET last_used_at = now() - interval '10 minutes'");
    });
    const Caller caller = m_here->identity.caller(signedIn);
    const Session session = m_here->identity.sessions.list(caller, {}).items.first();
    QVERIFY(session.lastUsedAt.secsTo(QDateTime::currentDateTimeUtc()) < 60);
}

QTEST_GUILESS_MAIN(TestAuthenticator)
#include "tst_authenticator.moc"
