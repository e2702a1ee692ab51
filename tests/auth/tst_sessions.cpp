// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listsOwn();
    void pages();
    void badCursors_data();
    void badCursors();
    void othersNeedTheAbility();
    void endsOwn();
    void endingOthersNeedsTheAbility();
    void tenantsDoNotMeet();

private:
    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
};

void TestSessions::initTestCase()
{
    m_database.emplace();
    m_identity.emplace(*m_database);
}

void TestSessions::listsOwn()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    m_identity->callerOf(m_identity->addPerson(Role::Viewer, person.scope));
    const ::SignedIn laptop = m_identity->signIn(person, "192.0.2.1");
    m_identity->signIn(person, "2001:db8::1");
    const auto page = m_identity->sessions.list(m_identity->caller(laptop), {});
    QCOMPARE(page.items.size(), 2);
    QVERIFY(!page.nextCursor);
    QCOMPARE(page.items[0].address, u"2001:db8::1"_s); // the latest first
    QVERIFY(!page.items[0].current);
    QCOMPARE(page.items[1].id, laptop.profile.sessionId);
    QVERIFY(page.items[1].current);
    QCOMPARE(page.items[1].device, u"test"_s);
    QCOMPARE(page.items[1].userName, u"Ana viewer"_s);
    QCOMPARE(page.items[1].userId, person.userId);
}

void TestSessions::pages()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    QSet<QUuid> made;
    for (int i = 0; i < 7; ++i)
        made.insert(m_identity->signIn(person).profile.sessionId);
    const Caller caller = m_identity->callerOf(person);
    made.insert(caller.sessionId);
    QSet<QUuid> seen;
    QList<qsizetype> sizes;
    SessionFilter filter{.userId = {}, .limit = 3, .cursor = {}};
    do {
        const auto page = m_identity->sessions.list(caller, filter);
        for (const Session &session : page.items)
            seen.insert(session.id);
        sizes.append(page.items.size());
        filter.cursor = page.nextCursor;
    } while (filter.cursor);
    QCOMPARE(sizes, (QList<qsizetype>{3, 3, 2}));
    QCOMPARE(seen, made);
}

void TestSessions::badCursors_data()
{
    QTest::addColumn<QString>("cursor");
    for (const char *text : {"", "x", "!!!", "WzFd", "W10", "bnVsbA", "WyJ4Il0", "W10="})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestSessions::badCursors()
{
    QFETCH(QString, cursor);
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Viewer));
    const ApiError error = refusalOf([&] { m_identity->sessions.list(caller, {{}, {}, cursor}); });
    QCOMPARE(error.status, 422);
    QCOMPARE(error.errors.first().pointer, u"/cursor"_s);
}

void TestSessions::othersNeedTheAbility()
{
    const auto admin = m_identity->addPerson(Role::Admin);
    const auto viewer = m_identity->addPerson(Role::Viewer, admin.scope);
    const Caller adminCaller = m_identity->callerOf(admin);
    const Caller viewerCaller = m_identity->callerOf(viewer);
    QCOMPARE(
        m_identity->sessions.list(adminCaller, {.userId = viewer.userId, .limit = {}, .cursor = {}}).items.first().id,
        viewerCaller.sessionId);
    QCOMPARE(refusalOf([&] { m_identity->sessions.list(viewerCaller, {admin.userId, {}, {}}); }).status, 403);
    QCOMPARE(refusalOf([&] { m_identity->sessions.list(viewerCaller, {newId(), {}, {}}); }).status, 403);
    QCOMPARE(m_identity->sessions.list(viewerCaller, {viewer.userId, {}, {}}).items.size(), 1);
}

void TestSessions::endsOwn()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn lost = m_identity->signIn(person);
    const Caller caller = m_identity->callerOf(person);
    m_identity->sessions.end(caller, lost.profile.sessionId);
    QCOMPARE(refusalOf([&] { m_identity->caller(lost); }).status, 401);
    QCOMPARE(refusalOf([&] { m_identity->auth.refresh({lost.refreshToken}, {}); }).status, 401);
    QCOMPARE(m_identity->sessions.list(caller, {}).items.size(), 1);
    QCOMPARE(refusalOf([&] { m_identity->sessions.end(caller, lost.profile.sessionId); }).status, 404);
}

void TestSessions::endingOthersNeedsTheAbility()
{
    const auto admin = m_identity->addPerson(Role::Admin);
    const auto viewer = m_identity->addPerson(Role::Viewer, admin.scope);
    const Caller adminCaller = m_identity->callerOf(admin);
    const ::SignedIn viewerIn = m_identity->signIn(viewer);
    const Caller viewerCaller = m_identity->caller(viewerIn);
    const ApiError ofAdmin = refusalOf([&] { m_identity->sessions.end(viewerCaller, adminCaller.sessionId); });
    const ApiError ofNobody = refusalOf([&] { m_identity->sessions.end(viewerCaller, newId()); });
    QCOMPARE(ofAdmin.status, 404);
    QCOMPARE(ofAdmin.detail, ofNobody.detail); // nothing tells that there is one
    m_identity->sessions.end(adminCaller, viewerCaller.sessionId);
    QCOMPARE(refusalOf([&] { m_identity->caller(viewerIn); }).status, 401);
}

void TestSessions::tenantsDoNotMeet()
{
    const Caller here = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn there = m_identity->signIn(person);
    QCOMPARE(refusalOf([&] { m_identity->sessions.end(here, there.profile.sessionId); }).status, 404);
    QCOMPARE(refusalOf([&] { m_identity->sessions.list(here, {.userId = person.userId}); }).status, 404);
    QCOMPARE(m_identity->caller(there).userId, person.userId);
}

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
