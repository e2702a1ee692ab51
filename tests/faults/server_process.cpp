// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/server_process.h"

#include "shared/json/json.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr int startTime = 90'000; // ms; PostgreSQL makes its cluster on a busy machine

QString freeAddress()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return u"127.0.0.1:%1"_s.arg(probe.serverPort());
}

// The children of a process, by what Linux tells of each.
QList<pid_t> childrenOf(pid_t parent)
{
    QList<pid_t> children;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(u"/proc/%1/stat"_s.arg(name));
        if (name.toInt() > 0 && file.open(QIODevice::ReadOnly)) {
            const QByteArray text = file.readAll();
            if (text.mid(text.lastIndexOf(')') + 2).split(' ').value(1).toInt() == parent)
                children.append(name.toInt());
        }
    }
    return children;
}

} // namespace

ServerProcess::ServerProcess(QStringList arguments, QHash<QString, QString> environment)
    : m_arguments(std::move(arguments)),
      m_address(freeAddress())
{
    // Started by root, PostgreSQL runs as another user, who has to get through.
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFile::ExeGroup | QFile::ExeOther);
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (auto it = environment.cbegin(); it != environment.cend(); ++it)
        all.insert(it.key(), it.value());
    m_process.setProcessEnvironment(all);
    m_process.setStandardErrorFile(m_folder.filePath(u"log"_s), QIODevice::Append);
}

ServerProcess::~ServerProcess()
{
    kill();
    killPostgres();
}

bool ServerProcess::start()
{
    m_process.start(u"" PATIO_BINARY_DIR "/bin/patiod"_s,
                    QStringList{u"serve"_s, u"--demo"_s, u"--demo-history=false"_s, u"--listen"_s, m_address,
                                u"--data"_s, m_folder.filePath(u"data"_s)}
                        + m_arguments);
    QByteArray said;
    const bool ready = QTest::qWaitFor(
        [&] {
            said += m_process.readAllStandardOutput();
            return !isRunning() || said.contains("patiod is ready");
        },
        startTime);
    if (ready && isRunning())
        return true;
    QFile log(m_folder.filePath(u"log"_s));
    qWarning("patiod did not start: %s", log.open(QFile::ReadOnly) ? log.readAll().right(4000).constData() : "");
    return false;
}

void ServerProcess::kill()
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), SIGKILL);
    m_process.waitForFinished();
}

void ServerProcess::killPostgres()
{
    QFile file(cluster() + u"/postmaster.pid"_s);
    const pid_t leader = file.open(QIODevice::ReadOnly) ? file.readLine().trimmed().toInt() : 0;
    if (leader <= 1)
        return;
    const QList<pid_t> children = childrenOf(leader); // looked up first: orphans have another parent
    ::kill(leader, SIGKILL);
    for (const pid_t child : children)
        ::kill(child, SIGKILL);
}

double ServerProcess::memory() const
{
    QFile file(u"/proc/%1/status"_s.arg(m_process.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    const auto line =
        std::find_if(lines.begin(), lines.end(), [](const QByteArray &one) { return one.startsWith("VmRSS:"); });
    return line == lines.end() ? 0 : line->simplified().split(' ').value(1).toDouble() / 1024;
}

std::string ServerProcess::databaseUrl() const
{
    return u"host='%1/data/postgres/socket' port=5432 dbname=patio user=patio_app"_s.arg(m_folder.path()).toStdString();
}

ServerProcess::Answer ServerProcess::send(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    std::optional<Answer> answer;
    send(method, path, body, {}, [&](const Answer &got) { answer = got; });
    return QTest::qWaitFor([&] { return answer.has_value(); }, 60'000) ? *answer : Answer();
}

void ServerProcess::send(const QByteArray &method, const QString &path, const QJsonObject &body,
                         const QList<std::pair<QByteArray, QByteArray>> &headers,
                         std::function<void(const Answer &)> done)
{
    QNetworkRequest request(QUrl(u"http://"_s + m_address + path));
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    QNetworkReply *reply =
        m_network.sendCustomRequest(request, method, body.isEmpty() ? QByteArray() : json::print(body));
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, done = std::move(done)] {
        Answer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        // A head may have come, and the rest not any more.
        if (reply->error() == QNetworkReply::RemoteHostClosedError)
            answer.status = 0;
        answer.json = QJsonDocument::fromJson(reply->readAll()).object();
        reply->deleteLater();
        done(answer);
    });
}

bool ServerProcess::signIn(const QString &tenant, const QString &role)
{
    QFile file(m_folder.filePath(u"data/demo.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QJsonArray tenants = json::object(file.readAll()).value(u"tenants"_s).toArray();
    for (const QJsonValue entry : tenants) {
        const QJsonArray users = entry[u"users"_s].toArray();
        for (const QJsonValue user : users) {
            if (entry[u"slug"_s] != tenant || user[u"role"_s] != role)
                continue;
            const Answer answer =
                send("POST", u"/api/v1/auth/login"_s,
                     {{u"tenant"_s, tenant}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}});
            m_token = answer.json[u"accessToken"_s].toString().toLatin1();
        }
    }
    return !m_token.isEmpty();
}
