// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

#include <latch>

using namespace Qt::StringLiterals;

class TestUserService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void giving_data();
    void giving();
    void managingMoreThanOneHolds_data();
    void managingMoreThanOneHolds();
    void lastOwnerStays_data();
    void lastOwnerStays();
    void lastOwnersLeavingTogether();
    void suspendedOwnersDoNotCount();
    void lastOperatorStays();
    void rolesAreReadAnew();
    void operatorsOnlyInThePlatform();
    void changesKeepWhatIsAbsent();
    void pagesInOrderOfNames();
    void searchesWithoutRegardToCaseAndAccents();
    void tenantsDoNotMeet();

private:
    NewUser newUser(const QList<Role> &roles, const QString &name = u"Bob"_s) const
    {
        return {newId().toString(QUuid::Id128) + u"@example.com"_s, name, TestIdentity::password(), roles};
    }
    UserChange roles(const QList<Role> &roles) const { return {.roles = roles}; }

    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
};

void TestUserService::initTestCase()
{
    m_database.emplace();
    m_identity.emplace(*m_database);
}

void TestUserService::giving_data()
{
    QTest::addColumn<Role>("giver");
    QTest::addColumn<Role>("given");
    QTest::addColumn<int>("status");
    QTest::newRow("owner gives owner") << Role::Owner << Role::Owner << 0;
    QTest::newRow("owner gives admin") << Role::Owner << Role::Admin << 0;
    QTest::newRow("admin gives admin") << Role::Admin << Role::Admin << 0;
    QTest::newRow("admin gives engineer") << Role::Admin << Role::PromptEngineer << 0;
    QTest::newRow("admin gives service") << Role::Admin << Role::Service << 0;
    QTest::newRow("admin gives owner") << Role::Admin << Role::Owner << 403;
    QTest::newRow("engineer gives viewer") << Role::PromptEngineer << Role::Viewer << 0;
    QTest::newRow("engineer gives admin") << Role::PromptEngineer << Role::Admin << 403;
    QTest::newRow("viewer gives engineer") << Role::Viewer << Role::PromptEngineer << 403;
    QTest::newRow("owner gives operator") << Role::Owner << Role::Operator << 422;
}

void TestUserService::giving()
{
    QFETCH(Role, giver);
    QFETCH(Role, given);
    QFETCH(int, status);
    const auto person = m_identity->addPerson(giver);
    const auto somebody = m_identity->addPerson(Role::Viewer, person.scope);
    Caller caller = m_identity->callerOf(person);
    caller.policy = nullptr; // whoever they are, they manage people: what they may give is another question
    caller.abilities.set();
    QCOMPARE(refusalOf([&] { m_identity->users.create(caller, newUser({given})); }).status, status);
    QCOMPARE(refusalOf([&] {
                 m_identity->users.create(caller, newUser({Role::Viewer, given}));
             }).status,
             given == Role::Viewer ? 422 : status); // the weak beside the strong hides nothing
    QCOMPARE(refusalOf([&] { m_identity->users.update(caller, somebody.userId, 1, roles({given})); }).status, status);
}

void TestUserService::managingMoreThanOneHolds_data()
{
    QTest::addColumn<UserChange>("change");
    QTest::newRow("demote") << roles({Role::Viewer});
    QTest::newRow("suspend") << UserChange{.status = UserStatus::Suspended};
    QTest::newRow("rename") << UserChange{.displayName = u"Mallory"_s};
}

void TestUserService::managingMoreThanOneHolds()
{
    QFETCH(UserChange, change);
    const auto owner = m_identity->addPerson(Role::Owner);
    m_identity->addPerson(Role::Owner, owner.scope); // not the last one
    const Caller admin = m_identity->callerOf(m_identity->addPerson(Role::Admin, owner.scope));
    QCOMPARE(refusalOf([&] { m_identity->users.update(admin, owner.userId, 1, change); }).status, 403);
    QCOMPARE(refusalOf([&] { m_identity->users.remove(admin, owner.userId, 1); }).status, 403);
    QCOMPARE(m_identity->users.get(admin, owner.userId).revision, 1);
}

void TestUserService::lastOwnerStays_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"demote", "suspend", "remove"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestUserService::lastOwnerStays()
{
    QFETCH(QString, what);
    const auto owner = m_identity->addPerson(Role::Owner);
    m_identity->addPerson(Role::Admin, owner.scope);
    const Caller caller = m_identity->callerOf(owner);
    const auto leave = [&] {
        if (what == u"demote")
            m_identity->users.update(caller, owner.userId, 1, roles({Role::Admin}));
        else if (what == u"suspend")
            m_identity->users.update(caller, owner.userId, 1, {.status = UserStatus::Suspended});
        else
            m_identity->users.remove(caller, owner.userId, std::nullopt);
    };
    const ApiError error = refusalOf(leave);
    QCOMPARE(error.status, 409);
    QVERIFY2(error.detail.contains(u"owner"_s), qPrintable(error.detail));
    QCOMPARE(m_identity->users.get(caller, owner.userId).roles, QList{Role::Owner});
    // With a second one it works, and the other way of leaving does not matter.
    m_identity->addPerson(Role::Owner, owner.scope);
    QCOMPARE(refusalOf(leave).status, 0);
}

void TestUserService::lastOwnersLeavingTogether()
{
    for (int round = 0; round < 5; ++round) {
        const auto one = m_identity->addPerson(Role::Owner);
        const auto two = m_identity->addPerson(Role::Owner, one.scope);
        const Caller callers[] = {m_identity->callerOf(one), m_identity->callerOf(two)};
        const QUuid targets[] = {two.userId, one.userId};
        std::atomic<int> done = 0;
        std::latch start(2);
        std::vector<std::thread> threads;
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                done += refusalOf([&] {
                            m_identity->users.update(callers[i], targets[i], 1, roles({Role::Viewer}));
                        }).status
                    == 0;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(done, 1);
        const auto owners = m_identity->database.transaction(
            one.scope, [](Transaction &tx) { return UserStore::holdActive(tx, Role::Owner).size(); });
        QCOMPARE(owners, 1);
    }
}

void TestUserService::suspendedOwnersDoNotCount()
{
    const auto owner = m_identity->addPerson(Role::Owner);
    const auto second = m_identity->addPerson(Role::Owner, owner.scope);
    const Caller caller = m_identity->callerOf(owner);
    m_identity->users.update(caller, second.userId, 1, {.status = UserStatus::Suspended});
    QCOMPARE(refusalOf([&] { m_identity->users.remove(caller, owner.userId, std::nullopt); }).status, 409);
    m_identity->users.remove(caller, second.userId, 2); // a suspended one may go
}

void TestUserService::lastOperatorStays()
{
    const auto person = m_identity->addPerson(Role::Operator);
    const Caller caller = m_identity->callerOf(person);
    const auto others = m_identity->database.transaction(
        person.scope, [](Transaction &tx) { return UserStore::holdActive(tx, Role::Operator); });
    QCOMPARE(others, QList{person.userId});
    QCOMPARE(refusalOf([&] { m_identity->users.remove(caller, person.userId, std::nullopt); }).status, 409);
    const User second = m_identity->users.create(caller, newUser({Role::Operator}));
    m_identity->users.remove(caller, second.id, std::nullopt);
}

void TestUserService::rolesAreReadAnew()
{
    // What the caller carries was true a moment ago.
    const auto owner = m_identity->addPerson(Role::Owner);
    const auto other = m_identity->addPerson(Role::Owner, owner.scope);
    const Caller stale = m_identity->callerOf(other);
    m_identity->users.update(m_identity->callerOf(owner), other.userId, 1, roles({Role::Viewer}));
    QCOMPARE(refusalOf([&] { m_identity->users.create(stale, newUser({Role::Admin})); }).status, 403);
    m_identity->users.remove(m_identity->callerOf(owner), other.userId, std::nullopt);
    QCOMPARE(refusalOf([&] { m_identity->users.create(stale, newUser({Role::Viewer})); }).status, 401);
}

void TestUserService::operatorsOnlyInThePlatform()
{
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Operator));
    const ApiError error = refusalOf([&] {
        m_identity->users.create(caller, newUser({Role::Operator, Role::Viewer}));
    });
    QCOMPARE(error.status, 422);
    QCOMPARE(error.errors.first().pointer, u"/roles/1"_s);
}

void TestUserService::changesKeepWhatIsAbsent()
{
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    const User made = m_identity->users.create(caller, newUser({Role::Agent, Role::Finance}, u" Bob "_s));
    QCOMPARE(made.displayName, u"Bob"_s);
    QCOMPARE(made.status, UserStatus::Active);
    QCOMPARE(made.revision, 1);
    User expected = made;
    expected.locale = u"pt-BR"_s;
    expected.timeZone = u"America/Sao_Paulo"_s;
    expected.revision = 2;
    const User changed =
        m_identity->users.update(caller, made.id, 1, {.locale = u"pt-BR"_s, .timeZone = u"America/Sao_Paulo"_s});
    QCOMPARE(json::print(changed), json::print(expected));
    QCOMPARE(json::print(m_identity->users.get(caller, made.id)), json::print(expected));
    QCOMPARE(m_identity->users.update(caller, made.id, 2, {.locale = QString()}).locale, QString());
}

void TestUserService::pagesInOrderOfNames()
{
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    QStringList names{u"Ana owner"_s};
    for (const QString &name : {u"zoe"_s, u"Émile"_s, u"Bruno"_s, u"bruno"_s, u"Ana"_s, u"Ângela"_s}) {
        m_identity->users.create(caller, newUser({Role::Viewer}, name));
        names.append(name);
    }
    QStringList seen;
    UserFilter filter{.limit = 2};
    do {
        const auto page = m_identity->users.list(caller, filter);
        QVERIFY(page.items.size() <= 2);
        for (const User &user : page.items)
            seen.append(user.displayName);
        filter.cursor = page.nextCursor;
    } while (filter.cursor);
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()), QSet<QString>(names.begin(), names.end()));
    QCOMPARE(seen.size(), names.size());
    QCOMPARE(seen.last(), u"zoe"_s);
    QVERIFY(seen.indexOf(u"Ângela"_s) < seen.indexOf(u"Bruno"_s));
    QVERIFY(seen.indexOf(u"Émile"_s) < seen.indexOf(u"zoe"_s));
}

void TestUserService::searchesWithoutRegardToCaseAndAccents()
{
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    NewUser angela = newUser({Role::Viewer}, u"Ângela Núñez"_s);
    angela.email = u"A.Nunez@Example.org"_s;
    const User made = m_identity->users.create(caller, angela);
    m_identity->users.update(caller, made.id, 1, {.status = UserStatus::Suspended});
    for (const QString &search : {u"angela"_s, u"NÚÑ"_s, u"nunez@EXAMPLE.org"_s}) {
        const auto found = m_identity->users.list(caller, {.search = search}).items;
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().id, made.id);
    }
    QVERIFY(m_identity->users.list(caller, {.search = u"%"_s}).items.isEmpty()); // no pattern
    QVERIFY(m_identity->users.list(caller, {.search = u"ang%"_s}).items.isEmpty());
    QCOMPARE(m_identity->users.list(caller, {.status = UserStatus::Suspended}).items.size(), 1);
    QCOMPARE(m_identity->users.list(caller, {.search = u"angela"_s, .status = UserStatus::Active}).items.size(), 0);
}

void TestUserService::tenantsDoNotMeet()
{
    const auto here = m_identity->addPerson(Role::Owner);
    const auto there = m_identity->addPerson(Role::Owner);
    const Caller caller = m_identity->callerOf(here);
    QCOMPARE(refusalOf([&] { m_identity->users.get(caller, there.userId); }).status, 404);
    QCOMPARE(refusalOf([&] { m_identity->users.update(caller, there.userId, 1, roles({Role::Viewer})); }).status, 404);
    QCOMPARE(refusalOf([&] { m_identity->users.remove(caller, there.userId, std::nullopt); }).status, 404);
    QCOMPARE(m_identity->users.list(caller, {}).items.size(), 1);
    // The same person may be in both.
    NewUser same = newUser({Role::Viewer});
    same.email = there.email;
    m_identity->users.create(caller, same);
}

QTEST_GUILESS_MAIN(TestUserService)
#include "tst_user_service.moc"
