// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/embedded_postgres.h"

#include "server/database/folder_lock.h"
#include "server/database/postgres_cluster.h"
#include "server/database/postgres_processes.h"
#include "server/database/postgres_programs.h"
#include "server/database/session.h"
#include "server/database/setup_error.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QTemporaryDir>

#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcPostgres, "server.database.postgresql")

constexpr std::chrono::milliseconds shortestPause = 100ms;
constexpr std::chrono::milliseconds longestPause = 10s;
constexpr qint64 largestLog = 10 * 1024 * 1024;
constexpr qsizetype longestSocketPath = 107; // sockaddr_un
constexpr auto socketName = "/.s.PGSQL.5432"_L1;
constexpr auto shortFolder = "/patio-postgres-"_L1; // in the temporary folder

QByteArray lastLines(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - 2000));
    return file.readAll().trimmed();
}

// Within single quotes, for a connection string.
std::string quoted(const QString &text)
{
    QString escaped = text;
    return u"'%1'"_s.arg(escaped.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s)).toStdString();
}

// Where the PostgreSQL of this cluster listens, or listened when it was killed.
QString socketFolderOf(const QString &cluster)
{
    QFile pidFile(cluster + u"/postmaster.pid"_s);
    return pidFile.open(QIODevice::ReadOnly) ? QString::fromLocal8Bit(pidFile.readAll().split('\n').value(4))
                                             : QString();
}

std::string urlOf(const QString &socketFolder, const char *user, const char *databaseName)
{
    return "host=" + quoted(socketFolder) + " port=5432 dbname=" + databaseName + " user=" + user;
}

void removeShortFolder(const QString &folder)
{
    if (folder.startsWith(QDir::tempPath() + shortFolder))
        QDir(folder).removeRecursively();
}

} // namespace

EmbeddedPostgres::EmbeddedPostgres(EmbeddedPostgresOptions options, QObject *parent)
    : QObject(parent),
      m_settings(options.settings),
      m_folder(QFileInfo(options.dataFolder).absoluteFilePath() + u"/postgres"_s),
      m_pause(shortestPause)
{
    m_restart.setSingleShot(true);
    connect(&m_restart, &QTimer::timeout, this, &EmbeddedPostgres::launch);
    connect(&m_process, &QProcess::finished, this, &EmbeddedPostgres::restart);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            restart();
    });
}

EmbeddedPostgres::~EmbeddedPostgres() { stop(); }

std::string EmbeddedPostgres::url(const char *user, const char *databaseName) const
{
    return urlOf(m_socketFolder, user, databaseName);
}

std::optional<std::string> EmbeddedPostgres::runningOwnerUrl(const QString &dataFolder)
{
    const QString socketFolder = socketFolderOf(QFileInfo(dataFolder).absoluteFilePath() + u"/postgres/cluster"_s);
    if (socketFolder.isEmpty())
        return std::nullopt;
    try {
        const std::string url = urlOf(socketFolder, "patio_owner", "patio");
        database::Session session({.url = url});
        return url;
    } catch (const pqxx::failure &) {
        return std::nullopt; // the file was left behind
    }
}

void EmbeddedPostgres::start()
{
    if (!QDir().mkpath(m_folder))
        throw SetupError(u"Cannot make the folder %1."_s.arg(m_folder));
    m_lock = std::make_unique<FolderLock>(m_folder + u"/lock"_s);
    m_cluster = std::make_unique<PostgresCluster>(m_folder + u"/cluster"_s);
    try {
        stopLeftOver();
        openTheWay();
        const PostgresPrograms programs = PostgresPrograms::choose(m_cluster->major());
        if (!m_cluster->major())
            m_cluster->create(programs.initdb(), m_settings.durable);
        m_cluster->writeSettings(m_settings);
        m_program = programs.postgres();
        chooseSocketFolder();
        launch();
        waitUntilReady();
        makeDatabase();
        qCInfo(lcPostgres) << "PostgreSQL" << programs.major << "is ready, process" << m_process.processId();
    } catch (...) {
        stop();
        throw;
    }
    m_running = true;
}

// Of a server that was killed: the lock is ours, so nobody uses it.
void EmbeddedPostgres::stopLeftOver() const
{
    const QString socketFolder = socketFolderOf(m_cluster->folder());
    postgresProcesses::stopAll(m_cluster->folder());
    m_cluster->removeUnfinished();
    removeShortFolder(socketFolder);
    QDir(m_folder + u"/socket"_s).removeRecursively(); // has a lock file with a process id as well
}

// The data folder is the server's own: PostgreSQL's user may pass through it, but not look into it.
void EmbeddedPostgres::openTheWay() const
{
    if (geteuid() != 0)
        return;
    for (const QString &folder : {QFileInfo(m_folder).path(), m_folder})
        QFile::setPermissions(folder, QFile::permissions(folder) | QFile::ExeOther);
    m_cluster->account().requireReach(m_folder);
}

void EmbeddedPostgres::chooseSocketFolder()
{
    m_socketFolder = m_folder + u"/socket"_s;
    const bool fits = QFile::encodeName(m_socketFolder).size() + socketName.size() <= longestSocketPath;
    if (!fits || m_socketFolder.contains(u',')) { // libpq would take a comma for a list of hosts
        QTemporaryDir folder(QDir::tempPath() + shortFolder + u"XXXXXX"_s);
        if (!folder.isValid())
            throw SetupError(
                u"Cannot make a folder for the socket in %1: %2."_s.arg(QDir::tempPath(), folder.errorString()));
        folder.setAutoRemove(false); // stop() removes it, or the next start
        m_socketFolder = folder.path();
    }
    m_cluster->account().makeFolder(m_socketFolder, 0700);
}

void EmbeddedPostgres::launch()
{
    const QString log = logFile();
    if (QFileInfo(log).size() > largestLog) {
        QFile::remove(log + u".old"_s);
        QFile::rename(log, log + u".old"_s);
    }
    m_launched = std::chrono::steady_clock::now();
    PostgresCluster::prepare(m_process, m_cluster->account());
    m_process.setStandardOutputFile(log, QIODevice::Append);
    m_process.setStandardErrorFile(log, QIODevice::Append);
    QString socketFolder = m_socketFolder;
    QStringList arguments{u"-D"_s, m_cluster->folder()};
    // What local.conf must not change.
    for (const QString &setting :
         {u"listen_addresses="_s, u"port=5432"_s, u"unix_socket_permissions=0700"_s, u"logging_collector=off"_s,
          u"unix_socket_directories=\"%1\""_s.arg(socketFolder.replace(u'"', u"\"\""_s))})
        arguments += {u"-c"_s, setting};
    m_process.start(m_program, arguments);
}

void EmbeddedPostgres::waitUntilReady()
{
    const auto deadline = std::chrono::steady_clock::now() + 10min; // recovery may have much to do
    std::string problem;
    for (auto pause = 5ms; std::chrono::steady_clock::now() < deadline; pause = std::min(pause * 2, 100ms)) {
        if (m_process.waitForFinished(int(pause.count())) || m_process.state() == QProcess::NotRunning)
            throw SetupError(u"PostgreSQL did not start: %1"_s.arg(QString::fromUtf8(lastLines(logFile()))));
        try {
            database::Session session({.url = url("patio_owner", "postgres")});
            return;
        } catch (const pqxx::failure &error) {
            problem = error.what();
        }
    }
    throw SetupError(u"PostgreSQL does not become ready: %1"_s.arg(QString::fromStdString(problem)));
}

void EmbeddedPostgres::makeDatabase() const
{
    database::Session session({.url = url("patio_owner", "postgres")});
    if (session.runScript("SELECT FROM pg_database WHERE datname = 'patio'").empty())
        session.runScript("CREATE DATABASE patio");
}

void EmbeddedPostgres::restart()
{
    if (!m_running)
        return;
    qCCritical(lcPostgres).noquote() << "PostgreSQL ended by itself and is started again:" << lastLines(logFile());
    if (std::chrono::steady_clock::now() - m_launched > 1min)
        m_pause = shortestPause;
    m_restart.start(m_pause); // its children may need a moment to end
    m_pause = std::min(m_pause * 2, longestPause);
    Q_EMIT stoppedByItself();
}

void EmbeddedPostgres::stop()
{
    m_running = false;
    m_restart.stop();
    for (const auto &[signal, patience] :
         {std::pair(SIGINT, 60'000), std::pair(SIGQUIT, 10'000), std::pair(SIGKILL, 5000)}) {
        if (m_process.state() == QProcess::NotRunning)
            break;
        kill(pid_t(m_process.processId()), signal);
        m_process.waitForFinished(patience);
    }
    removeShortFolder(m_socketFolder);
    m_lock.reset();
}
