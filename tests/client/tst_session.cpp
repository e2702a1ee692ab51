// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/demo_file.h"
#include "client/session/keychain.h"
#include "client/session/start_options.h"
#include "client/session/workspace.h"
#include "shared/auth/endpoints.h"
#include "tests/client/wire_server.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

SignedIn signedIn()
{
    SignedIn result;
    result.accessToken = u"access"_s;
    result.expiresIn = 900;
    result.refreshToken = u"refresh-secret"_s;
    result.profile.userId = result.profile.tenantId = result.profile.sessionId = QUuid::createUuid();
    result.profile.displayName = u"Ana Prado"_s;
    result.profile.tenantName = u"Acme"_s;
    result.profile.theme = {{u"accent"_s, u"#12A594"_s}};
    result.profile.abilities = {Ability::TemplatesRead, Ability::JobsRead};
    return result;
}

WireAnswer problem(ApiError error) { return {.status = error.status, .body = json::print(error)}; }

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addressesAsTyped_data();
    void addressesAsTyped();
    void accountsAreKeptWithoutSecrets();
    void signInTellsNames();
    void signInProblems_data();
    void signInProblems();
    void abilitiesAreKnownOfflineToo();
    void noSecretReachesAFile();
    void theKeychainMayAnswerLate();
    void demoFileGivesThePromptEngineer();
    void demoFileProblems_data();
    void demoFileProblems();
    void demoSignsInByItselfWhenTheServerComes();
    void pagesThatOpenFromTheCacheWaitForTheSignIn();
    void commandLine_data();
    void commandLine();

private:
    Account account() const
    {
        return {m_server->url().toString(), u"acme"_s, u"ana@acme.example"_s, {}, {}, {}, false, {}};
    }

    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSession::init()
{
    m_server = std::make_unique<WireServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server->script = [](const WireRequest &) { return WireAnswer{.body = json::print(signedIn())}; };
}

void TestSession::addressesAsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address");
    QTest::addRow("name") << u" ops.acme.example "_s << u"https://ops.acme.example"_s;
    QTest::addRow("port") << u"ops.acme.example:8443"_s << u"https://ops.acme.example:8443"_s;
    QTest::addRow("this machine") << u"localhost:8080"_s << u"http://localhost:8080"_s;
    QTest::addRow("loopback") << u"127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s;
    QTest::addRow("whole") << u"http://ops.example/"_s << u"http://ops.example"_s;
    QTest::addRow("path") << u"https://ops.example/sign-in?x=1"_s << u"https://ops.example"_s;
    QTest::addRow("nothing") << u"  "_s << QString();
    QTest::addRow("another scheme") << u"ftp://ops.example"_s << QString();
    QTest::addRow("password inside") << u"https://ana:secret@ops.example"_s << QString();
    QTest::addRow("spaces") << u"ops example"_s << QString();
}

void TestSession::addressesAsTyped()
{
    QFETCH(QString, typed);
    QFETCH(QString, address);
    QCOMPARE(serverAddress(typed).toString(), address);
}

void TestSession::accountsAreKeptWithoutSecrets()
{
    const QString file = m_folder->filePath(u"accounts.json"_s);
    Account ana = account();
    Account bo = account();
    bo.email = u"bo@acme.example"_s;
    {
        AccountList list(file);
        QVERIFY(!list.lastUsed());
        list.put(ana);
        list.put(bo);
        ana.displayName = u"Ana"_s;
        list.put(ana);
    }
    AccountList list(file);
    QCOMPARE(list.accounts().size(), 2);
    QCOMPARE(list.lastUsed()->displayName, u"Ana"_s);
    list.remove(ana);
    QCOMPARE(AccountList(file).lastUsed()->email, u"bo@acme.example"_s);
    QVERIFY(ana.folderName() != bo.folderName());
}

void TestSession::signInTellsNames()
{
    SignInAttempt attempt;
    QSignalSpy succeeded(&attempt, &SignInAttempt::succeeded);
    attempt.start(account(), u"correct horse"_s);
    QTRY_COMPARE(succeeded.size(), 1);
    const Account named = succeeded.first().first().value<Account>();
    QCOMPARE(named.displayName, u"Ana Prado"_s);
    QCOMPARE(named.accent, u"#12A594"_s);
    const auto sent = json::parse<SignIn>(m_server->requests.first().body);
    QCOMPARE(sent.tenant, u"acme"_s);
    QCOMPARE(sent.password, u"correct horse"_s);
    QVERIFY(sent.device && sent.device->startsWith(u"Patio on "_s));
    QVERIFY(!m_server->requests.first().headers.contains("authorization"));
}

void TestSession::signInProblems_data()
{
    QTest::addColumn<WireAnswer>("answer");
    QTest::addColumn<int>("place");
    QTest::addColumn<QString>("says");
    using Place = SignInProblem::Place;
    QTest::addRow("wrong") << problem(ApiError::unauthenticated()) << int(Place::Password)
                           << u"tenant, e-mail and password"_s;
    QTest::addRow("throttled") << problem(ApiError::tooMany(u"Slow down."_s, 17)) << int(Place::Password) << u"17"_s;
    QTest::addRow("e-mail") << problem(ApiError::invalid(u"/email"_s, u"is no address"_s)) << int(Place::Email)
                            << u"email is no address"_s;
    QTest::addRow("tenant") << problem(ApiError::invalid(u"/tenant"_s, u"is too long"_s)) << int(Place::Tenant)
                            << u"tenant is too long"_s;
    QTest::addRow("busy") << problem(ApiError::busy(3)) << int(Place::Server) << u"busy"_s;
    QTest::addRow("not Patio") << WireAnswer{.status = 404, .body = "<html>nginx</html>", .contentType = "text/html"}
                               << int(Place::Server) << u"not from a Patio server"_s;
}

void TestSession::signInProblems()
{
    QFETCH(WireAnswer, answer);
    QFETCH(int, place);
    QFETCH(QString, says);
    m_server->script = [&](const WireRequest &) { return answer; };
    SignInAttempt attempt;
    QSignalSpy failed(&attempt, &SignInAttempt::failed);
    attempt.start(account(), u"x"_s);
    QTRY_COMPARE(failed.size(), 1);
    const auto found = failed.first().first().value<SignInProblem>();
    QCOMPARE(int(found.place), place);
    QVERIFY2(found.text.contains(says), qPrintable(found.text));
    QVERIFY(found.error.requestId.has_value());
}

void TestSession::abilitiesAreKnownOfflineToo()
{
    {
        Workspace workspace(account(), m_folder->path());
        QVERIFY(!workspace.session().hasProfile());
        QVERIFY(!workspace.session().can(Ability::JobsRead));
        workspace.session().begin(signedIn());
        QVERIFY(workspace.session().can(Ability::JobsRead));
        QVERIFY(!workspace.session().can(Ability::JobsCancel));
    }
    m_server->stop();
    Workspace workspace(account(), m_folder->path());
    QVERIFY(workspace.session().hasProfile());
    QVERIFY(workspace.session().can(Ability::JobsRead));
    QCOMPARE(workspace.session().profile().displayName, u"Ana Prado"_s);
}

void TestSession::noSecretReachesAFile()
{
    {
        Account stays = account();
        stays.staysSignedIn = true;
        Workspace workspace(stays, m_folder->path());
        QSignalSpy unavailable(&workspace.session(), &AccountSession::keychainUnavailable);
        workspace.session().begin(signedIn());
        AccountList(m_folder->filePath(u"accounts.json"_s)).put(stays);
        workspace.store().waitUntilWritten();
    }
    int files = 0;
    QDirIterator all(m_folder->path(), QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains("refresh-secret") && !content.contains("\"access\""), qPrintable(file.fileName()));
        ++files;
    }
    QVERIFY(files >= 2);
}

// To accounts that were closed before it answered.
void TestSession::theKeychainMayAnswerLate()
{
    for (int i = 0; i < 30; ++i) {
        Keychain early;
        early.read(u"https://ops.example|acme|%1"_s.arg(i), &early,
                   [](const Keychain::Answer &) { QFAIL("too late"); });
        early.remove(u"https://ops.example|acme|%1"_s.arg(i));
        if (i % 3 == 0)
            QCoreApplication::processEvents(); // begun, not answered
    }
    Keychain last;
    bool isAnswered = false;
    last.read(u"https://ops.example|acme|last"_s, &last, [&](const Keychain::Answer &) { isAnswered = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isAnswered, 10'000);
}

void TestSession::demoFileGivesThePromptEngineer()
{
    QFile file(m_folder->filePath(u"demo.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(R"({"baseUrl":"http://127.0.0.1:8420","tenants":[
        {"slug":"northwind","name":"Northwind","users":[{"email":"n@x.example","displayName":"N","role":"owner","password":"p"}]},
        {"slug":"acme","name":"Acme","users":[{"email":"o@x.example","displayName":"O","role":"owner","password":"p"},
                                            {"email":"e@x.example","displayName":"E","role":"prompt-engineer","password":"q"}]}]})");
    file.close();
    const auto demo = readDemoFile(file.fileName());
    QVERIFY(bool(demo));
    QCOMPARE(demo->promptEngineer({})->user.email, u"e@x.example"_s);
    QCOMPARE(demo->promptEngineer({})->tenant.slug, u"acme"_s);
    QVERIFY(!demo->promptEngineer(u"northwind"_s)); // has none
    QVERIFY(!demo->promptEngineer(u"nobody"_s));
}

void TestSession::demoFileProblems_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::addRow("absent") << QByteArray() << u"demo.json"_s;
    QTest::addRow("not JSON") << QByteArray("{") << u"demo.json"_s;
    QTest::addRow("a member missing") << QByteArray(R"({"tenants":[]})") << u"baseUrl"_s;
}

void TestSession::demoFileProblems()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    QFile file(m_folder->filePath(u"demo.json"_s));
    if (!content.isEmpty()) {
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(content);
        file.close();
    }
    const auto demo = readDemoFile(file.fileName());
    QVERIFY(!demo);
    QVERIFY2(demo.error().detail.contains(says), qPrintable(demo.error().detail));
}

void TestSession::demoSignsInByItselfWhenTheServerComes()
{
    m_server->stop();
    Workspace workspace(account(), m_folder->path());
    workspace.session().setDemoPassword(u"q"_s);
    QSignalSpy renewed(&workspace.session(), &AccountSession::tokenRenewed);
    workspace.open();
    QTRY_VERIFY(workspace.live().secondsToNextTry().has_value());
    QCOMPARE(renewed.size(), 0);
    m_server->start();
    workspace.live().retryNow();
    QTRY_COMPARE(renewed.size(), 1);
    QCOMPARE(workspace.session().profile().displayName, u"Ana Prado"_s);
}

void TestSession::pagesThatOpenFromTheCacheWaitForTheSignIn()
{
    m_server->script = [](const WireRequest &request) -> WireAnswer {
        if (request.path == "/api/v1/auth/login")
            return {.body = json::print(signedIn())};
        if (request.headers.value("authorization") != "Bearer access")
            return {.status = 401,
                    .body = json::print(ApiError::unauthenticated()),
                    .contentType = "application/problem+json"};
        return {.body = json::print(signedIn().profile)};
    };
    Workspace workspace(account(), m_folder->path());
    workspace.session().setDemoPassword(u"q"_s);
    std::optional<Result<Profile>> first, offline;
    workspace.api().call(endpoints::auth::me, {}, this, [&](const auto &reply) { first = reply; });
    workspace.open();
    QTRY_VERIFY(first.has_value());
    QVERIFY2(bool(*first), qPrintable(*first ? QString() : first->error().detail));

    m_server->stop();
    Workspace later(account(), m_folder->path());
    later.session().setDemoPassword(u"q"_s);
    later.api().call(endpoints::auth::me, {}, this, [&](const auto &reply) { offline = reply; });
    later.open();
    QTRY_VERIFY(offline.has_value());
    QCOMPARE(offline->error().code, u"offline"_s);
}

void TestSession::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says"); // empty: good
    QTest::addRow("nothing") << QStringList{} << QString();
    QTest::addRow("server and tenant") << QStringList{u"--server"_s, u"ops.example"_s, u"--tenant"_s, u"acme"_s}
                                       << QString();
    QTest::addRow("demo") << QStringList{u"--demo"_s, u"/tmp/demo.json"_s} << QString();
    QTest::addRow("link") << QStringList{u"patio://ops.example/acme/jobs"_s} << QString();
    QTest::addRow("bad server") << QStringList{u"--server"_s, u"ftp://x"_s} << u"--server"_s;
    QTest::addRow("bad link") << QStringList{u"jobs"_s} << u"patio://server"_s;
    QTest::addRow("two links") << QStringList{u"patio://a/b"_s, u"patio://c/d"_s} << u"Only one"_s;
    QTest::addRow("unknown") << QStringList{u"--sever=x"_s} << u"sever"_s;
}

void TestSession::commandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto options = parseStartOptions(QStringList{u"patio"_s} + arguments);
    QCOMPARE(bool(options), says.isEmpty());
    if (!options)
        QVERIFY2(options.error().detail.contains(says), qPrintable(options.error().detail));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
