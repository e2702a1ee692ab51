// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/id.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestAuthService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void signsIn();
    void emailAndTenantWithoutRegardToCase();
    void wrongIsWrong_data();
    void wrongIsWrong();
    void wrongTakesTheSameTime();
    void risenCostIsTakenOver();
    void passwordsStayOutOfTheDatabase();
    void refreshRotates();
    void refreshTokenSeenTwiceEndsTheSession();
    void oldestRefreshTokenIsRecognisedToo();
    void madeUpRefreshTokens_data();
    void madeUpRefreshTokens();
    void parallelRefreshesLetOneThrough();
    void logoutEndsTheSession();
    void guessingIsSlowed();
    void guessesFromManyPlacesAskTheDatabaseOnce();
    void sessionsAreBounded();
    void tenantsDoNotMeet();

private:
    std::optional<TestDatabase> m_database;
    std::optional<TestIdentity> m_identity;
};

void TestAuthService::initTestCase()
{
    m_database.emplace();
    m_identity.emplace(*m_database);
}

void TestAuthService::signsIn()
{
    const auto person = m_identity->addPerson(Role::PromptEngineer);
    const ::SignedIn signedIn = m_identity->signIn(person);
    QCOMPARE(signedIn.expiresIn, 900);
    QCOMPARE(signedIn.profile.email, person.email);
    QCOMPARE(signedIn.profile.userId, person.userId);
    QCOMPARE(signedIn.profile.tenantId, person.scope.tenantId);
    QCOMPARE(signedIn.profile.tenantSlug, person.tenant);
    QCOMPARE(signedIn.profile.roles, QList{Role::PromptEngineer});
    QVERIFY(signedIn.profile.abilities.contains(Ability::TemplatesCreate));
    QVERIFY(!signedIn.profile.abilities.contains(Ability::UsersRead));

    const Caller caller = m_identity->caller(signedIn);
    QCOMPARE(caller.userId, person.userId);
    QCOMPARE(caller.sessionId, signedIn.profile.sessionId);
    QVERIFY(caller.may(Ability::TemplatesCreate));
    QVERIFY(!caller.may(Ability::UsersRead));
    QCOMPARE(m_identity->identity.profile.show(caller).userId, person.userId);
    const User user = *m_identity->database.transaction(
        person.scope, [&](Transaction &tx) { return UserStore::find(tx, person.userId); });
    QVERIFY(user.lastSignInAt.has_value());
    QCOMPARE(user.revision, 1); // signing in is no change that somebody could overwrite
}

void TestAuthService::emailAndTenantWithoutRegardToCase()
{
    const auto scope = m_identity->addPerson(Role::Viewer).scope;
    const QString slug = m_identity->tenants.get(scope.tenantId).slug;
    m_identity->database.transaction(scope, [&](Transaction &tx) {
        UserStore::insert(tx, {u"Ana.Müller@Grün.example"_s, u"Ana"_s, {}, {Role::Viewer}},
                          QString::fromLatin1(m_identity->passwords.hash(TestIdentity::password())));
    });
    m_identity->auth.login({slug.toUpper(), u" ANA.MÜLLER@GRÜN.example "_s, TestIdentity::password(), {}}, "192.0.2.2");
}

void TestAuthService::wrongIsWrong_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"password", "email", "tenant", "suspended user", "suspended tenant", "invited user",
                             "empty email", "other tenant"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

// Same answer, and the same work: two looks into the database and one hash.
void TestAuthService::wrongIsWrong()
{
    QFETCH(QString, what);
    const auto person = m_identity->addPerson(Role::Viewer);
    SignIn input{person.tenant, person.email, TestIdentity::password(), {}};
    if (what == u"password")
        input.password += u'x';
    else if (what == u"email")
        input.email.prepend(u'x');
    else if (what == u"tenant")
        input.tenant.prepend(u'x');
    else if (what == u"empty email")
        input.email.clear();
    else if (what == u"other tenant")
        input.tenant = m_identity->addPerson(Role::Viewer).tenant;
    else if (what == u"suspended user")
        m_identity->database.transaction(person.scope,
                                         [&](Transaction &tx) { tx.run("UPDATE users SET status = 'suspended'"); });
    else if (what == u"invited user")
        m_identity->database.transaction(person.scope, [&](Transaction &tx) {
            tx.run("UPDATE users SET status = 'invited', password_hash = NULL");
        });
    else if (what == u"suspended tenant")
        m_identity->database.platform([&](Transaction &tx) {
            tx.run("UPDATE tenants SET status = 'suspended' WHERE id = $1", person.scope.tenantId);
        });

    const quint64 hashes = m_identity->passwords.computations();
    const ApiError error = refusalOf([&] { m_identity->auth.login(input, "192.0.2.3"); });
    QCOMPARE(m_identity->passwords.computations(), hashes + 1);
    QCOMPARE(error.status, 401);
    QCOMPARE(error.code, u"wrong_credentials"_s);
    QCOMPARE(error.detail, u"The tenant, the e-mail address or the password is wrong."_s);
    QVERIFY(error.errors.isEmpty());
}

void TestAuthService::wrongTakesTheSameTime()
{
    // At a cost that is large beside everything else. The medians of the kinds may not differ by more than a third.
    TestIdentity costly(*m_database, m_identity->box, {2, 16 * 1024 * 1024});
    const auto person = costly.addPerson(Role::Viewer);
    const auto suspended = costly.addPerson(Role::Viewer);
    costly.database.transaction(suspended.scope,
                                [&](Transaction &tx) { tx.run("UPDATE users SET status = 'suspended'"); });
    const QList<SignIn> kinds{{person.tenant, person.email, u"wrong"_s, {}},
                              {person.tenant, u"nobody@example.com"_s, u"wrong"_s, {}},
                              {u"no-such-tenant"_s, person.email, u"wrong"_s, {}},
                              {suspended.tenant, suspended.email, TestIdentity::password(), {}}};
    QList<QList<qint64>> times(kinds.size());
    for (int round = 0; round < 9; ++round) {
        for (qsizetype i = 0; i < kinds.size(); ++i) {
            costly.now += std::chrono::hours(1);
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(refusalOf([&] { costly.auth.login(kinds[i], "192.0.2.4"); }).status, 401);
            times[i].append(timer.nsecsElapsed());
        }
    }
    QList<qint64> medians;
    for (QList<qint64> &list : times) {
        std::sort(list.begin(), list.end());
        medians.append(list[list.size() / 2]);
    }
    const auto [shortest, longest] = std::minmax_element(medians.begin(), medians.end());
    QVERIFY2(double(*longest) / double(*shortest) < 1.33, qPrintable(u"%1 and %2 ns"_s.arg(*shortest).arg(*longest)));
}

void TestAuthService::risenCostIsTakenOver()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const auto hash = [&] {
        return *m_identity->database
                    .transaction(person.scope,
                                 [&](Transaction &tx) { return UserStore::findCredentials(tx, person.email); })
                    ->passwordHash;
    };
    QVERIFY(hash().contains(u"m=8,t=1"_s));
    TestIdentity costlier(*m_database, m_identity->box, {2, 16 * 1024});
    costlier.signIn(person);
    QVERIFY2(hash().contains(u"m=16,t=2"_s), qPrintable(hash()));
    m_identity->signIn(person); // an older process goes on and lowers nothing
    QVERIFY(hash().contains(u"m=16,t=2"_s));
}

void TestAuthService::passwordsStayOutOfTheDatabase()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn signedIn = m_identity->signIn(person);
    const QString rows = m_identity->database.transaction(person.scope, [](Transaction &tx) {
        return tx.one<QString>(
            "SELECT (SELECT json_agg(u)::text FROM users u) || (SELECT json_agg(s)::text FROM sessions s)");
    });
    QVERIFY(rows.contains(person.email));
    QVERIFY(!rows.contains(TestIdentity::password()));
    QVERIFY(!rows.contains(signedIn.refreshToken));
    QVERIFY(!rows.contains(signedIn.accessToken));
}

void TestAuthService::refreshRotates()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn first = m_identity->signIn(person);
    ::SignedIn latest = first;
    for (int i = 0; i < 5; ++i) {
        const ::SignedIn next = m_identity->auth.refresh({latest.refreshToken}, "192.0.2.5");
        QVERIFY(next.refreshToken != latest.refreshToken);
        QCOMPARE(next.profile.sessionId, first.profile.sessionId);
        latest = next;
    }
    QCOMPARE(m_identity->caller(latest).userId, person.userId);
    QCOMPARE(m_identity->caller(first).userId, person.userId); // the session is the same
}

void TestAuthService::refreshTokenSeenTwiceEndsTheSession()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn first = m_identity->signIn(person);
    const ::SignedIn other = m_identity->signIn(person);
    const ::SignedIn second = m_identity->auth.refresh({first.refreshToken}, "192.0.2.5");
    QCOMPARE(m_identity->caller(second).userId, person.userId);

    const ApiError error = refusalOf([&] { m_identity->auth.refresh({first.refreshToken}, "198.51.100.1"); });
    QCOMPARE(error.status, 401);
    QCOMPARE(error.code, u"session_ended"_s);
    QCOMPARE(refusalOf([&] { m_identity->caller(second); }).status, 401);
    QCOMPARE(refusalOf([&] { m_identity->auth.refresh({second.refreshToken}, "192.0.2.5"); }).status, 401);
    QCOMPARE(m_identity->caller(other).userId, person.userId); // other devices go on
}

void TestAuthService::oldestRefreshTokenIsRecognisedToo()
{
    const ::SignedIn first = m_identity->signIn(m_identity->addPerson(Role::Viewer));
    ::SignedIn latest = first;
    for (int i = 0; i < 4; ++i)
        latest = m_identity->auth.refresh({latest.refreshToken}, "192.0.2.5");
    QCOMPARE(refusalOf([&] { m_identity->auth.refresh({first.refreshToken}, "192.0.2.5"); }).status, 401);
    QCOMPARE(refusalOf([&] { m_identity->auth.refresh({latest.refreshToken}, "192.0.2.5"); }).status, 401);
}

void TestAuthService::madeUpRefreshTokens_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("empty") << 0;
    QTest::newRow("text") << 1;
    QTest::newRow("made with another master key") << 2;
    QTest::newRow("last character changed") << 3;
    QTest::newRow("ids changed") << 4;
    QTest::newRow("cut") << 5;
    QTest::newRow("padding") << 6;
    QTest::newRow("access token") << 7;
    QTest::newRow("tenant that never was") << 8;
}

// They are refused, and the session that they name goes on.
void TestAuthService::madeUpRefreshTokens()
{
    QFETCH(int, kind);
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn good = m_identity->signIn(person);
    QString token = good.refreshToken;
    switch (kind) {
    case 0:
        token.clear();
        break;
    case 1:
        token = u"hello"_s;
        break;
    case 2:
        token = RefreshTokens(SecretBox::random()).make(person.scope.tenantId, good.profile.sessionId).text;
        break;
    case 3:
        token[token.size() - 1] = token.back() == u'A' ? u'Q' : u'A';
        break;
    case 4:
        token[20] = token[20] == u'A' ? u'B' : u'A';
        break;
    case 5:
        token.chop(4);
        break;
    case 6:
        token += u"="_s;
        break;
    case 7:
        token = good.accessToken;
        break;
    case 8:
        token = m_identity->refreshTokens.make(newId(), newId()).text;
        break;
    }
    QCOMPARE(refusalOf([&] { m_identity->auth.refresh({token}, "192.0.2.6"); }).code, u"session_ended"_s);
    m_identity->auth.refresh({good.refreshToken}, "192.0.2.6");
}

void TestAuthService::parallelRefreshesLetOneThrough()
{
    const ::SignedIn first = m_identity->signIn(m_identity->addPerson(Role::Viewer));
    std::atomic<int> good = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            const int status = refusalOf([&] { m_identity->auth.refresh({first.refreshToken}, "192.0.2.6"); }).status;
            ++(status == 0 ? good : refused);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good, 1);
    QCOMPARE(refused, 5);
    QCOMPARE(refusalOf([&] { m_identity->caller(first); }).status, 401);
}

void TestAuthService::logoutEndsTheSession()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn signedIn = m_identity->signIn(person);
    m_identity->auth.logout(m_identity->caller(signedIn));
    QCOMPARE(refusalOf([&] { m_identity->caller(signedIn); }).status, 401);
    QCOMPARE(refusalOf([&] { m_identity->auth.refresh({signedIn.refreshToken}, "192.0.2.6"); }).status, 401);
}

void TestAuthService::guessingIsSlowed()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const SignIn wrong{person.tenant, person.email, u"wrong"_s, {}};
    ApiError error;
    for (int i = 0; i < 30 && error.status != 429; ++i)
        error = refusalOf([&] { m_identity->auth.login(wrong, "203.0.113.7"); });
    QCOMPARE(error.status, 429);
    QVERIFY(error.retryAfter.value() >= 1);
    // Refused before any hash is computed, the right password too.
    const quint64 hashes = m_identity->passwords.computations();
    QCOMPARE(refusalOf([&] { m_identity->signIn(person, "203.0.113.7"); }).status, 429);
    QCOMPARE(m_identity->passwords.computations(), hashes);
    // Whoever waits gets in, and others in the meantime.
    m_identity->signIn(person, "203.0.113.8");
    m_identity->now += std::chrono::seconds(*error.retryAfter);
    m_identity->signIn(person, "203.0.113.7");
}

void TestAuthService::guessesFromManyPlacesAskTheDatabaseOnce()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    m_identity->signIn(person, "203.0.113.20");
    TestIdentity fresh(*m_database, m_identity->box); // a process that has seen nobody yet
    const SignIn guess{person.tenant, person.email, u"a guess"_s, {}};
    int refused = 0;
    for (int i = 0; i < 300; ++i)
        refused += refusalOf([&] {
                       fresh.auth.admit(guess, "198.51.%1.7"_ba.replace("%1", QByteArray::number(i % 250)));
                   }).status
            == 429;
    QVERIFY(refused > 250);
    QCOMPARE(fresh.identity.places.databaseReads(), 1u);
    // Who has signed in before is known from that one look.
    fresh.signIn(person, "203.0.113.20");
    QCOMPARE(refusalOf([&] { fresh.signIn(person, "203.0.113.21"); }).status, 429);
    QCOMPARE(fresh.identity.places.databaseReads(), 1u);
}

void TestAuthService::sessionsAreBounded()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn oldest = m_identity->signIn(person);
    QCOMPARE(m_identity->caller(oldest).userId, person.userId);
    m_identity->database.transaction(person.scope, [&](Transaction &tx) {
        tx.run("UPDATE sessions SET last_used_at = now() - interval '1 day'");
        tx.run(R"(
            INSERT INTO sessions (user_id, refresh_hash, device, address, expires_at)
            SELECT $1, '', '', '', now() + interval '1 day' FROM generate_series(1, 999))",
               person.userId);
    });
    const ::SignedIn latest = m_identity->signIn(person);
    QCOMPARE(refusalOf([&] { m_identity->caller(oldest); }).status, 401);
    QCOMPARE(m_identity->caller(latest).userId, person.userId);
}

void TestAuthService::tenantsDoNotMeet()
{
    const auto here = m_identity->addPerson(Role::Owner);
    const auto there = m_identity->addPerson(Role::Owner);
    const ::SignedIn signedIn = m_identity->signIn(here);
    // A token that names another tenant finds no session there.
    const QByteArray crossed = m_identity->tokens.issue(here.userId, there.scope.tenantId, signedIn.profile.sessionId);
    QCOMPARE(refusalOf([&] { m_identity->authenticator.authenticate(crossed, {}); }).status, 401);
    const QByteArray otherUser = m_identity->tokens.issue(newId(), here.scope.tenantId, signedIn.profile.sessionId);
    QCOMPARE(refusalOf([&] { m_identity->authenticator.authenticate(otherUser, {}); }).status, 401);
    QCOMPARE(m_identity->caller(signedIn).userId, here.userId);
    // In the other order as well, when the session is already remembered.
    QCOMPARE(refusalOf([&] { m_identity->authenticator.authenticate(crossed, {}); }).status, 401);
    QCOMPARE(refusalOf([&] { m_identity->authenticator.authenticate(otherUser, {}); }).status, 401);
}

QTEST_GUILESS_MAIN(TestAuthService)
#include "tst_auth_service.moc"
