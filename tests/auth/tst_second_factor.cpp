// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/authenticator_app.h"
#include "tests/support/refusal.h"
#include "tests/support/test_identity.h"

#include <QTest>

using namespace Qt::StringLiterals;

// The second factor in one process, with a clock that the test sets.
class TestSecondFactor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void beginsWithThePassword();
    void offeredAsksForNoCodeYet();
    void confirmedByItsFirstCode();
    void confirmingEndsTheOtherSessions();
    void askedForAfterTheRightPasswordOnly();
    void eachCodeOnce();
    void oneOfManyAtOnceGetsIn();
    void olderAndLaterCodes();
    void recoveryCodesAreGoodOnce();
    void renewedCodesReplaceTheOthers();
    void guessingCodesIsSlowed();
    void askingForTheCodeIsNoFailure();
    void guessingThePasswordAgainIsSlowed();
    void turnedOffWithBoth();
    void secretsStayOutOfTheDatabase();
    void resetBySomebodyWhoMay();
    void demandedByTheTenant();

private:
    struct Enrolled
    {
        TestIdentity::Person person;
        AuthenticatorApp app;
        QList<QString> recoveryCodes;
        Caller caller; // the session that set it up
    };
    // Its first code, of the present step, has been taken.
    Enrolled enrol(Role role = Role::Viewer, std::optional<TenantScope> scope = {})
    {
        Enrolled made{.person = m_identity->addPerson(role, scope), .app = {}, .recoveryCodes = {}, .caller = {}};
        made.caller = m_identity->callerOf(made.person);
        made.app = AuthenticatorApp(m_identity->secondFactor.begin(made.caller, {TestIdentity::password()}).secret);
        made.recoveryCodes =
            m_identity->secondFactor.confirm(made.caller, {made.app.code(m_identity->codeTime)}).recoveryCodes;
        return made;
    }
    ApiError signInRefusal(const TestIdentity::Person &person, const std::optional<QString> &code)
    {
        return refusalOf([&] { m_identity->signIn(person, "192.0.2.1", code); });
    }
    void nextStep() { m_identity->codeTime += 30; }

    std::optional<TestDatabase> m_database;
    const SecretBox m_box = SecretBox::random();
    std::optional<TestIdentity> m_identity;
};

void TestSecondFactor::initTestCase() { m_database.emplace(); }
void TestSecondFactor::init() { m_identity.emplace(*m_database, m_box); }

void TestSecondFactor::beginsWithThePassword()
{
    const Caller caller = m_identity->callerOf(m_identity->addPerson(Role::Viewer));
    const ApiError error = refusalOf([&] { m_identity->secondFactor.begin(caller, {u"wrong"_s}); });
    QCOMPARE(error.status, 422);
    QCOMPARE(error.errors.first().pointer, u"/password"_s);
    const SecondFactorOffer offer = m_identity->secondFactor.begin(caller, {TestIdentity::password()});
    QCOMPARE(offer.secret.size(), 32);
    QVERIFY(offer.uri.contains(u"secret="_s + offer.secret));
    QCOMPARE(m_identity->secondFactor.show(caller).enabled, false);
}

void TestSecondFactor::offeredAsksForNoCodeYet()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const Caller caller = m_identity->callerOf(person);
    const AuthenticatorApp first(m_identity->secondFactor.begin(caller, {TestIdentity::password()}).secret);
    m_identity->signIn(person);
    const AuthenticatorApp second(m_identity->secondFactor.begin(caller, {TestIdentity::password()}).secret);
    const qint64 now = m_identity->codeTime;
    const ApiError error = refusalOf([&] { m_identity->secondFactor.confirm(caller, {first.code(now)}); });
    QCOMPARE(error.status, 422); // the latest offer counts
    QCOMPARE(error.errors.first().pointer, u"/code"_s);
    m_identity->secondFactor.confirm(caller, {second.code(now)});
}

void TestSecondFactor::confirmedByItsFirstCode()
{
    const Caller stranger = m_identity->callerOf(m_identity->addPerson(Role::Viewer));
    QCOMPARE(refusalOf([&] { m_identity->secondFactor.confirm(stranger, {u"123456"_s}); }).status, 409);

    const Enrolled ana = enrol();
    QCOMPARE(ana.recoveryCodes.size(), 10);
    QCOMPARE(QSet<QString>(ana.recoveryCodes.begin(), ana.recoveryCodes.end()).size(), 10);
    static const QRegularExpression form(u"^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$"_s);
    for (const QString &code : ana.recoveryCodes)
        QVERIFY2(form.match(code).hasMatch(), qPrintable(code));
    const SecondFactor shown = m_identity->secondFactor.show(ana.caller);
    QCOMPARE(shown.enabled, true);
    QVERIFY(shown.enabledAt.has_value());
    QCOMPARE(shown.recoveryCodesLeft, 10);
    QCOMPARE(refusalOf([&] { m_identity->secondFactor.begin(ana.caller, {TestIdentity::password()}); }).status, 409);
}

void TestSecondFactor::confirmingEndsTheOtherSessions()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const ::SignedIn elsewhere = m_identity->signIn(person);
    const ::SignedIn here = m_identity->signIn(person);
    const Caller caller = m_identity->caller(here);
    const AuthenticatorApp app(m_identity->secondFactor.begin(caller, {TestIdentity::password()}).secret);
    QCOMPARE(m_identity->caller(elsewhere).userId, person.userId);
    m_identity->secondFactor.confirm(caller, {app.code(m_identity->codeTime)});
    QCOMPARE(refusalOf([&] { m_identity->caller(elsewhere); }).status, 401);
    QCOMPARE(m_identity->caller(here).userId, person.userId);
}

void TestSecondFactor::askedForAfterTheRightPasswordOnly()
{
    const Enrolled ana = enrol();
    QCOMPARE(signInRefusal(ana.person, {}).code, u"code_required"_s);
    const quint64 before = m_identity->passwords.computations();
    const SignIn guess{ana.person.tenant, ana.person.email, u"wrong"_s, {}};
    SignIn guessWithCode = guess;
    guessWithCode.code = ana.app.code(m_identity->codeTime + 30);
    const ApiError withFactor = refusalOf([&] { m_identity->auth.login(guess, "192.0.2.1"); });
    const ApiError withCode = refusalOf([&] { m_identity->auth.login(guessWithCode, "192.0.2.1"); });
    const ApiError unknown = refusalOf([&] {
        m_identity->auth.login({ana.person.tenant, u"nobody@example.com"_s, u"wrong"_s, {}}, "192.0.2.1");
    });
    QCOMPARE(m_identity->passwords.computations(), before + 3); // one hash each
    QCOMPARE(json::print(withFactor), json::print(unknown));
    QCOMPARE(json::print(withCode), json::print(unknown));
    QCOMPARE(unknown.code, u"wrong_credentials"_s);
    m_identity->signIn(ana.person, "192.0.2.1", guessWithCode.code); // not used up by the wrong password
}

void TestSecondFactor::eachCodeOnce()
{
    const Enrolled ana = enrol();
    const QString confirmed = ana.app.code(m_identity->codeTime);
    QCOMPARE(signInRefusal(ana.person, confirmed).code, u"wrong_code"_s);
    nextStep();
    const QString next = ana.app.code(m_identity->codeTime);
    m_identity->signIn(ana.person, "192.0.2.1", next);
    QCOMPARE(signInRefusal(ana.person, next).code, u"wrong_code"_s);
    QCOMPARE(signInRefusal(ana.person, u"123456"_s).status, 401);
}

void TestSecondFactor::oneOfManyAtOnceGetsIn()
{
    const Enrolled ana = enrol();
    nextStep();
    const QString code = ana.app.code(m_identity->codeTime);
    std::atomic<int> good = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] { ++(signInRefusal(ana.person, code).status == 0 ? good : refused); });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(good, 1);
    QCOMPARE(refused, 5);
}

void TestSecondFactor::olderAndLaterCodes()
{
    const Enrolled ana = enrol();
    m_identity->codeTime += 300;
    QCOMPARE(signInRefusal(ana.person, ana.app.code(m_identity->codeTime - 60)).code, u"wrong_code"_s);
    QCOMPARE(signInRefusal(ana.person, ana.app.code(m_identity->codeTime + 60)).code, u"wrong_code"_s);
    m_identity->signIn(ana.person, "192.0.2.1", ana.app.code(m_identity->codeTime + 30)); // a clock that is fast
    // What was seen before that one is worth nothing.
    QCOMPARE(signInRefusal(ana.person, ana.app.code(m_identity->codeTime)).code, u"wrong_code"_s);
    const QString spaced = ana.app.code(m_identity->codeTime + 60).insert(3, u' ');
    nextStep();
    m_identity->signIn(ana.person, "192.0.2.1", spaced); // as apps show it
}

void TestSecondFactor::recoveryCodesAreGoodOnce()
{
    const Enrolled ana = enrol();
    m_identity->signIn(ana.person, "192.0.2.1", ana.recoveryCodes[3]);
    QCOMPARE(signInRefusal(ana.person, ana.recoveryCodes[3]).code, u"wrong_code"_s);
    m_identity->signIn(ana.person, "192.0.2.1", ana.recoveryCodes[4].toLower().replace(u'-', u' '));
    QString misread = ana.recoveryCodes[5];
    m_identity->signIn(ana.person, "192.0.2.1", misread.replace(u'O', u'0').replace(u'I', u'1'));
    QCOMPARE(m_identity->secondFactor.show(ana.caller).recoveryCodesLeft, 7);
    // Of somebody else they are worth nothing.
    const Enrolled bob = enrol();
    QCOMPARE(signInRefusal(bob.person, ana.recoveryCodes[0]).code, u"wrong_code"_s);
}

void TestSecondFactor::renewedCodesReplaceTheOthers()
{
    const Enrolled ana = enrol();
    SecondFactorService &service = m_identity->secondFactor;
    QCOMPARE(refusalOf([&] { service.renewCodes(ana.caller, {TestIdentity::password(), u"123456"_s}); }).status, 422);
    const auto renewed = service.renewCodes(ana.caller, {TestIdentity::password(), ana.recoveryCodes[0]}).recoveryCodes;
    QCOMPARE(renewed.size(), 10);
    QCOMPARE(signInRefusal(ana.person, ana.recoveryCodes[1]).code, u"wrong_code"_s);
    m_identity->signIn(ana.person, "192.0.2.1", renewed[1]);
}

void TestSecondFactor::guessingCodesIsSlowed()
{
    const Enrolled ana = enrol();
    ApiError error;
    int tries = 0;
    while (tries < 100 && error.status != 429) {
        error = refusalOf([&] { m_identity->signIn(ana.person, "203.0.113.7", u"000000"_s); });
        ++tries;
    }
    QCOMPARE(error.status, 429);
    QVERIFY2(tries <= 12, qPrintable(QString::number(tries)));
    QVERIFY(error.retryAfter.value() >= 1);
}

void TestSecondFactor::askingForTheCodeIsNoFailure()
{
    const Enrolled ana = enrol();
    for (int i = 0; i < 60; ++i)
        QCOMPARE(signInRefusal(ana.person, {}).code, u"code_required"_s);
    nextStep();
    m_identity->signIn(ana.person, "192.0.2.1", ana.app.code(m_identity->codeTime));
}

void TestSecondFactor::guessingThePasswordAgainIsSlowed()
{
    const auto person = m_identity->addPerson(Role::Viewer);
    const Caller thief = m_identity->callerOf(person);
    ApiError error;
    for (int i = 0; i < 100 && error.status != 429; ++i)
        error = refusalOf([&] { m_identity->secondFactor.begin(thief, {u"wrong"_s}); });
    QCOMPARE(error.status, 429);
    QCOMPARE(refusalOf([&] { m_identity->secondFactor.begin(thief, {TestIdentity::password()}); }).status, 429);
    m_identity->signIn(person, "192.0.2.77"); // nobody is held up at the door
}

void TestSecondFactor::turnedOffWithBoth()
{
    const Enrolled ana = enrol();
    SecondFactorService &service = m_identity->secondFactor;
    nextStep();
    const QString code = ana.app.code(m_identity->codeTime);
    QCOMPARE(refusalOf([&] { service.remove(ana.caller, {u"wrong"_s, code}); }).errors.first().pointer, u"/password"_s);
    QCOMPARE(refusalOf([&] {
                 service.remove(ana.caller, {TestIdentity::password(), u"123456"_s});
             })
                 .errors.first()
                 .pointer,
             u"/code"_s);
    QCOMPARE(service.show(ana.caller).enabled, true);
    service.remove(ana.caller, {TestIdentity::password(), code});
    QCOMPARE(service.show(ana.caller).enabled, false);
    QCOMPARE(service.show(ana.caller).recoveryCodesLeft, 0);
    m_identity->signIn(ana.person);
    QCOMPARE(refusalOf([&] { service.remove(ana.caller, {TestIdentity::password(), code}); }).status, 409);
}

void TestSecondFactor::secretsStayOutOfTheDatabase()
{
    const Enrolled ana = enrol();
    const QString rows = m_identity->database.transaction(ana.person.scope, [](Transaction &tx) {
        return tx.one<QString>("SELECT (SELECT json_agg(f)::text FROM second_factors f)"
                               " || (SELECT json_agg(c)::text FROM recovery_codes c)");
    });
    QVERIFY(rows.contains(ana.person.userId.toString(QUuid::WithoutBraces)));
    QVERIFY(!rows.contains(QString::fromLatin1(ana.app.secret().toHex())));
    for (QString code : ana.recoveryCodes)
        QVERIFY(!rows.contains(QString::fromLatin1(code.remove(u'-').toLatin1().toHex())));
}

void TestSecondFactor::resetBySomebodyWhoMay()
{
    const auto owner = m_identity->addPerson(Role::Owner);
    const auto admin = m_identity->addPerson(Role::Admin, owner.scope);
    const Enrolled ana = enrol(Role::Viewer, owner.scope);
    const Enrolled boss = enrol(Role::Owner, owner.scope);
    SecondFactorService &service = m_identity->secondFactor;
    const Caller caller = m_identity->callerOf(admin);
    QCOMPARE(refusalOf([&] { service.reset(caller, boss.person.userId); }).status, 403); // owners by owners
    const Caller stranger = m_identity->callerOf(m_identity->addPerson(Role::Owner));
    QCOMPARE(refusalOf([&] { service.reset(stranger, ana.person.userId); }).status, 404);

    nextStep();
    const ::SignedIn session = m_identity->signIn(ana.person, "192.0.2.1", ana.app.code(m_identity->codeTime));
    service.reset(caller, ana.person.userId);
    QCOMPARE(refusalOf([&] { m_identity->caller(session); }).status, 401);
    m_identity->signIn(ana.person);
    QCOMPARE(refusalOf([&] { service.reset(caller, ana.person.userId); }).status, 409);
    service.reset(m_identity->callerOf(owner), boss.person.userId);
    m_identity->signIn(boss.person);
}

void TestSecondFactor::demandedByTheTenant()
{
    const auto owner = m_identity->addPerson(Role::Owner);
    const auto bob = m_identity->addPerson(Role::PromptEngineer, owner.scope);
    const Enrolled ana = enrol(Role::Viewer, owner.scope);
    const ::SignedIn before = m_identity->signIn(bob);
    const Caller caller = m_identity->callerOf(owner);
    QCOMPARE(m_identity->settings.get(caller).requireSecondFactor, false);
    QCOMPARE(refusalOf([&] { m_identity->settings.update(caller, 9, {true}); }).status, 412);
    QCOMPARE(m_identity->settings.update(caller, 1, {true}).requireSecondFactor, true);

    // Whoever has one goes on; the others may set one up and nothing else, in sessions old and new.
    QVERIFY(m_identity->caller(before).needsSecondFactor);
    QVERIFY(!m_identity->caller(before).may(Ability::TemplatesRead));
    const ::SignedIn after = m_identity->signIn(bob);
    QVERIFY(after.profile.needsSecondFactor);
    QCOMPARE(after.profile.abilities, (QList{Ability::Public, Ability::SignedIn}));
    nextStep();
    const ::SignedIn other = m_identity->signIn(ana.person, "192.0.2.1", ana.app.code(m_identity->codeTime));
    QVERIFY(!other.profile.needsSecondFactor);
    QVERIFY(m_identity->caller(other).may(Ability::TemplatesRead));

    const Caller restricted = m_identity->caller(after);
    QCOMPARE(m_identity->secondFactor.show(restricted).required, true);
    const AuthenticatorApp app(m_identity->secondFactor.begin(restricted, {TestIdentity::password()}).secret);
    m_identity->secondFactor.confirm(restricted, {app.code(m_identity->codeTime)});
    QVERIFY(m_identity->caller(after).may(Ability::TemplatesUpdate)); // the same session
    QVERIFY(!m_identity->identity.profile.show(m_identity->caller(after)).needsSecondFactor);
    // Turning it off again is possible, and takes the rest away.
    nextStep();
    m_identity->secondFactor.remove(restricted, {TestIdentity::password(), app.code(m_identity->codeTime)});
    QVERIFY(!m_identity->caller(after).may(Ability::TemplatesUpdate));
}

QTEST_GUILESS_MAIN(TestSecondFactor)
#include "tst_second_factor.moc"
