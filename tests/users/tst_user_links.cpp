// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_link_service.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString newPassword = u"another long password"_s;

} // namespace

// Invitations and password resets in one process.
class TestUserLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void invitedAcceptsAndIsIn();
    void nobodyInvitesAboveThemselves();
    void addressTakenOrWrong();
    void linksAreGoodOnce();
    void oneOfManyAtOnceGoesOn();
    void linksEnd();
    void renewedLinkReplacesTheOther();
    void revokedInvitationLeavesNothing();
    void madeUpLinksCostNoHash_data();
    void madeUpLinksCostNoHash();
    void suspendedTenantLetsNobodyIn();
    void invitationIsNoResetAndTheOtherWayRound();
    void resetEndsAllSessions();
    void resetNeedsTheRight();
    void resetKeepsTheSecondFactor();
    void tokensStayOutOfTheDatabase();
    void tenantsDoNotMeet();

private:
    static Caller nobody() { return {.address = "192.0.2.1"}; } // not signed in yet
    UserLinkService &links() { return m_identity->identity.links; }
    Caller boss() { return m_identity->callerOf(m_owner); }
    UserLink invite(Role role = Role::Viewer)
    {
        return links().invite(boss(), {u"%1@example.com"_s.arg(++m_people), {}, {role}});
    }
    ::SignedIn accept(const UserLink &link)
    {
        return links().accept({link.token, u"Bia"_s, newPassword, {}}, nobody());
    }
    ApiError acceptRefusal(const UserLink &link)
    {
        return refusalOf([&] { accept(link); });
    }
    ApiError resetRefusal(const QString &token)
    {
        return refusalOf([&] { links().reset({token, newPassword}, nobody()); });
    }

    std::optional<TestDatabase> m_database;
    const SecretBox m_box = SecretBox::random();
    std::optional<TestIdentity> m_identity;
    TestIdentity::Person m_owner;
    int m_people = 0;
};

void TestUserLinks::initTestCase() { m_database.emplace(); }

void TestUserLinks::init()
{
    m_identity.emplace(*m_database, m_box);
    m_owner = m_identity->addPerson(Role::Owner);
}

void TestUserLinks::invitedAcceptsAndIsIn()
{
    const UserLink link = links().invite(boss(), {u" Bia@Example.com"_s, {}, {Role::PromptEngineer}});
    QCOMPARE(link.user.email, u"Bia@Example.com"_s);
    QCOMPARE(link.user.displayName, u"Bia"_s); // until she says otherwise
    QCOMPARE(link.user.status, UserStatus::Invited);
    const qint64 days = QDateTime::currentDateTimeUtc().daysTo(link.expiresAt);
    QVERIFY(days >= 6 && days <= 7);
    // There is no way in before.
    QCOMPARE(refusalOf([&] {
                 m_identity->auth.login({m_owner.tenant, link.user.email, newPassword, {}}, "192.0.2.1");
             }).code,
             u"wrong_credentials"_s);

    const ::SignedIn signedIn = links().accept({link.token, u" Bia Lima "_s, newPassword, u"Bia's laptop"_s}, nobody());
    QCOMPARE(signedIn.profile.displayName, u"Bia Lima"_s);
    QCOMPARE(signedIn.profile.tenantSlug, m_owner.tenant);
    QVERIFY(m_identity->caller(signedIn).may(Ability::TemplatesCreate));
    const User user = m_identity->users.get(boss(), link.user.id);
    QCOMPARE(user.status, UserStatus::Active);
    QVERIFY(user.lastSignInAt.has_value());
    m_identity->auth.login({m_owner.tenant, u"bia@example.com"_s, newPassword, {}}, "192.0.2.1");
    const auto found = m_identity->users.list(boss(), {.search = u"lima"_s});
    QCOMPARE(found.items.size(), 1);
}

void TestUserLinks::nobodyInvitesAboveThemselves()
{
    const Caller admin = m_identity->callerOf(m_identity->addPerson(Role::Admin, m_owner.scope));
    QCOMPARE(refusalOf([&] { links().invite(admin, {u"a@example.com"_s, {}, {Role::Owner}}); }).status, 403);
    const UserLink owner = invite(Role::Owner);
    QCOMPARE(refusalOf([&] { links().renewInvitation(admin, owner.user.id); }).status, 403);
    QCOMPARE(refusalOf([&] { links().revokeInvitation(admin, owner.user.id); }).status, 403);
    links().invite(admin, {u"a@example.com"_s, {}, {Role::Admin}});
    const ApiError error = refusalOf([&] { links().invite(boss(), {u"b@example.com"_s, {}, {Role::Operator}}); });
    QCOMPARE(error.errors.first().pointer, u"/roles/0"_s);
}

void TestUserLinks::addressTakenOrWrong()
{
    const UserLink link = invite();
    QCOMPARE(refusalOf([&] { links().invite(boss(), {link.user.email, {}, {Role::Viewer}}); }).status, 409);
    const ApiError error = refusalOf([&] { links().invite(boss(), {u"no address"_s, {}, {Role::Viewer}}); });
    QCOMPARE(error.errors.first().pointer, u"/email"_s);
}

void TestUserLinks::linksAreGoodOnce()
{
    const UserLink link = invite();
    accept(link);
    QCOMPARE(acceptRefusal(link).status, 403);
    QCOMPARE(acceptRefusal(link).code, u"link_refused"_s);
}

void TestUserLinks::oneOfManyAtOnceGoesOn()
{
    const UserLink link = invite();
    std::atomic<int> good = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { ++(acceptRefusal(link).status == 0 ? good : refused); });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good, 1);
    QCOMPARE(refused, 3);
}

void TestUserLinks::linksEnd()
{
    const UserLink link = invite();
    m_identity->database.transaction(
        m_owner.scope, [](Transaction &tx) { tx.run("UPDATE user_links SET expires_at = now() - interval '1 ms'"); });
    QCOMPARE(acceptRefusal(link).code, u"link_refused"_s);
    accept(links().renewInvitation(boss(), link.user.id));
}

void TestUserLinks::renewedLinkReplacesTheOther()
{
    const UserLink first = invite();
    const UserLink second = links().renewInvitation(boss(), first.user.id);
    QVERIFY(first.token != second.token);
    QCOMPARE(acceptRefusal(first).code, u"link_refused"_s);
    accept(second);
    QCOMPARE(refusalOf([&] { links().renewInvitation(boss(), first.user.id); }).status, 409); // has come
}

void TestUserLinks::revokedInvitationLeavesNothing()
{
    const UserLink link = invite();
    links().revokeInvitation(boss(), link.user.id);
    QCOMPARE(acceptRefusal(link).code, u"link_refused"_s);
    QCOMPARE(refusalOf([&] { m_identity->users.get(boss(), link.user.id); }).status, 404);
    const UserLink accepted = invite();
    accept(accepted);
    QCOMPARE(refusalOf([&] { links().revokeInvitation(boss(), accepted.user.id); }).status, 409);
}

void TestUserLinks::madeUpLinksCostNoHash_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("empty") << 0;
    QTest::newRow("text") << 1;
    QTest::newRow("made with another master key") << 2;
    QTest::newRow("last character changed") << 3;
    QTest::newRow("a refresh token") << 4;
    QTest::newRow("tenant that never was") << 5;
    QTest::newRow("user that never was") << 6;
}

void TestUserLinks::madeUpLinksCostNoHash()
{
    QFETCH(const int, kind);
    UserLink link = invite();
    const QUuid tenant = m_owner.scope.tenantId;
    QString changed = link.token;
    changed[changed.size() - 1] = changed.back() == u'A' ? u'Q' : u'A';
    const QStringList tokens{QString(),
                             u"hello"_s,
                             LinkTokens(SecretBox::random()).make(tenant, link.user.id).text,
                             changed,
                             m_identity->signIn(m_owner).refreshToken,
                             LinkTokens(m_identity->box).make(QUuid::createUuid(), link.user.id).text,
                             LinkTokens(m_identity->box).make(tenant, QUuid::createUuid()).text};
    const quint64 hashes = m_identity->passwords.computations();
    link.token = tokens[kind];
    QCOMPARE(acceptRefusal(link).code, u"link_refused"_s);
    QCOMPARE(resetRefusal(link.token).code, u"link_refused"_s);
    QCOMPARE(m_identity->passwords.computations(), hashes);
}

void TestUserLinks::suspendedTenantLetsNobodyIn()
{
    const UserLink link = invite();
    const Tenant tenant = m_identity->tenants.get(m_owner.scope.tenantId);
    m_identity->tenants.update({}, tenant.id, tenant.revision, {.status = TenantStatus::Suspended});
    QCOMPARE(acceptRefusal(link).code, u"link_refused"_s);
}

void TestUserLinks::invitationIsNoResetAndTheOtherWayRound()
{
    const UserLink invitation = invite();
    QCOMPARE(resetRefusal(invitation.token).code, u"link_refused"_s);
    const auto person = m_identity->addPerson(Role::Viewer, m_owner.scope);
    UserLink reset = links().offerReset(boss(), person.userId);
    QCOMPARE(acceptRefusal(reset).code, u"link_refused"_s);
    accept(invitation);
    links().reset({reset.token, newPassword}, nobody());
}

void TestUserLinks::resetEndsAllSessions()
{
    const auto person = m_identity->addPerson(Role::Viewer, m_owner.scope);
    const ::SignedIn session = m_identity->signIn(person);
    const UserLink link = links().offerReset(boss(), person.userId);
    const qint64 hours = QDateTime::currentDateTimeUtc().secsTo(link.expiresAt) / 3600;
    QVERIFY(hours >= 23 && hours <= 24);
    QCOMPARE(m_identity->caller(session).userId, person.userId); // the old password is good until then
    links().reset({link.token, newPassword}, nobody());
    QCOMPARE(refusalOf([&] { m_identity->caller(session); }).status, 401);
    QCOMPARE(refusalOf([&] { m_identity->signIn(person); }).status, 401);
    m_identity->auth.login({person.tenant, person.email, newPassword, {}}, "192.0.2.1");
    QCOMPARE(resetRefusal(link.token).code, u"link_refused"_s);
}

void TestUserLinks::resetNeedsTheRight()
{
    const Caller admin = m_identity->callerOf(m_identity->addPerson(Role::Admin, m_owner.scope));
    QCOMPARE(refusalOf([&] { links().offerReset(admin, m_owner.userId); }).status, 403);
    QCOMPARE(refusalOf([&] { links().offerReset(admin, admin.userId); }).status, 409); // with the present one instead
    const UserLink invitation = invite();
    QCOMPARE(refusalOf([&] { links().offerReset(boss(), invitation.user.id); }).status, 409);
    accept(invitation); // and the invitation goes on
}

void TestUserLinks::resetKeepsTheSecondFactor()
{
    const auto person = m_identity->addPerson(Role::Viewer, m_owner.scope);
    m_identity->database.transaction(person.scope, [&](Transaction &tx) {
        SecondFactorStore::begin(tx, person.userId,
                                 m_identity->identity.codes.seal({person.scope.tenantId, person.userId}, "secret"));
        SecondFactorStore::confirm(tx, person.userId);
    });
    links().reset({links().offerReset(boss(), person.userId).token, newPassword}, nobody());
    QCOMPARE(refusalOf([&] {
                 m_identity->auth.login({person.tenant, person.email, newPassword, {}}, "192.0.2.1");
             }).code,
             u"code_required"_s);
}

void TestUserLinks::tokensStayOutOfTheDatabase()
{
    const UserLink link = invite();
    const QString rows = m_identity->database.transaction(
        m_owner.scope, [](Transaction &tx) { return tx.one<QString>("SELECT json_agg(l)::text FROM user_links l"); });
    QVERIFY(rows.contains(link.user.id.toString(QUuid::WithoutBraces)));
    QVERIFY(!rows.contains(link.token));
    QVERIFY(!rows.contains(link.token.mid(12, 40)));
}

void TestUserLinks::tenantsDoNotMeet()
{
    const UserLink link = invite();
    const Caller stranger = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    QCOMPARE(refusalOf([&] { links().renewInvitation(stranger, link.user.id); }).status, 404);
    QCOMPARE(refusalOf([&] { links().revokeInvitation(stranger, link.user.id); }).status, 404);
    QCOMPARE(refusalOf([&] { links().offerReset(stranger, m_owner.userId); }).status, 404);
    accept(link);
}

QTEST_GUILESS_MAIN(TestUserLinks)
#include "tst_user_links.moc"
