// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/client/demo_stack.h"

#include "client/session/one_time_link.h"
#include "shared/auth/endpoints.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int startTime = 90'000; // ms; PostgreSQL makes its cluster on a busy machine
constexpr int stopTime = 20'000;

} // namespace

DemoStack::~DemoStack() { stop(); }

bool DemoStack::start()
{
    if (m_provider.port() == 0 && !m_provider.listen())
        return false;
    // Started by root, PostgreSQL runs as another user, who has to get through.
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFile::ExeGroup | QFile::ExeOther);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OPENAI_API_KEY"_s, u"test-key"_s);
    environment.insert(u"OPENAI_BASE_URL"_s, m_provider.openAiBaseUrl().toString());
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
    environment.insert(u"ANTHROPIC_BASE_URL"_s, m_provider.anthropicBaseUrl().toString());
    m_process.setProcessEnvironment(environment);
    m_process.setStandardOutputFile(m_folder.filePath(u"server.log"_s));
    m_process.setStandardErrorFile(m_folder.filePath(u"server.log"_s), QProcess::Append);
    m_process.start(u"" PATIO_BINARY_DIR "/bin/patiod"_s,
                    {u"serve"_s, u"--demo"_s, u"--demo-history=false"_s, u"--private-provider-addresses"_s,
                     u"--listen"_s, m_listen, u"--data"_s, m_folder.filePath(u"data"_s)});
    const bool ready = QTest::qWaitFor(
        [this] { return m_process.state() == QProcess::NotRunning || QFile::exists(demoFile()); }, startTime);
    const auto demo = readDemoFile(demoFile());
    if (!ready || !demo) {
        QFile log(m_folder.filePath(u"server.log"_s));
        qWarning("patiod did not start: %s", log.open(QFile::ReadOnly) ? log.readAll().constData() : "");
        return false;
    }
    m_demo = *demo;
    m_listen = QUrl(m_demo.baseUrl).authority();
    // The file is there a moment before the port answers, and at a second start from the beginning: with the passwords
    // that stay.
    return QTest::qWaitFor(
        [this] {
            QTcpSocket probe;
            probe.connectToHost(QHostAddress::LocalHost, quint16(QUrl(m_demo.baseUrl).port()));
            return probe.waitForConnected(1000);
        },
        startTime);
}

void DemoStack::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, stopTime))
        kill();
}

void DemoStack::kill()
{
    m_process.kill();
    m_process.waitForFinished(stopTime);
}

DemoUser DemoStack::user(Role role) const
{
    for (const DemoTenant &tenant : m_demo.tenants)
        for (const DemoUser &user : tenant.users)
            if (tenant.slug == u"acme"_s && user.role == role)
                return user;
    qFatal("the demo has nobody of this role");
}

bool DemoStack::runSql(const QString &file)
{
    QFile pidFile(m_folder.filePath(u"data/postgres/cluster/postmaster.pid"_s));
    if (!pidFile.open(QFile::ReadOnly))
        return false;
    const QString socketFolder = QString::fromLocal8Bit(pidFile.readAll().split('\n').value(4));
    QProcess psql;
    psql.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    psql.start(u"psql"_s,
               {u"--quiet"_s, u"--set"_s, u"ON_ERROR_STOP=1"_s, u"--host"_s, socketFolder, u"--username"_s,
                u"patio_owner"_s, u"--dbname"_s, u"patio"_s, u"--file"_s, file});
    return psql.waitForFinished(startTime) && psql.exitStatus() == QProcess::NormalExit && psql.exitCode() == 0;
}

std::unique_ptr<ApiClient> DemoStack::signedIn(Role role) { return signedIn(u"acme"_s, user(role)); }

QString DemoStack::setupLink()
{
    static const QRegularExpression printed(u"patio://setup\\S+"_s);
    QString link;
    const bool isOffered = QTest::qWaitFor(
        [&] {
            QFile log(m_folder.filePath(u"server.log"_s));
            if (log.open(QFile::ReadOnly))
                link = printed.match(QString::fromUtf8(log.readAll())).captured(0);
            return !link.isEmpty();
        },
        startTime);
    return isOffered ? link : QString();
}

DemoUser DemoStack::makeOperator()
{
    const auto link = OneTimeLink::parse(setupLink());
    if (!link)
        qFatal("the server offers no first operator");
    DemoUser made{u"olga@platform.example"_s, u"Olga Reis"_s, Role::Operator, u"a password of Olga's"_s};
    ApiClient api;
    api.setServer(link->server);
    bool done = false;
    api.call(endpoints::auth::firstOperator, {link->token, made.email, made.displayName, made.password}, &api,
             [&](const Result<Nothing> &reply) { done = bool(reply); });
    if (!QTest::qWaitFor([&] { return done; }, stopTime))
        qFatal("the first operator could not be made");
    return made;
}

std::unique_ptr<ApiClient> DemoStack::signedIn(const QString &tenant, const DemoUser &person)
{
    auto api = std::make_unique<ApiClient>();
    api->setServer(QUrl(m_demo.baseUrl));
    bool done = false;
    api->call(endpoints::auth::login, {tenant, person.email, person.password, {}}, api.get(),
              [&](const Result<SignedIn> &reply) {
                  if (reply)
                      api->setTokens(*reply);
                  done = true;
              });
    return QTest::qWaitFor([&] { return done; }, stopTime) ? std::move(api) : nullptr;
}
