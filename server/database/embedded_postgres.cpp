// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/embedded_postgres.h"

#include "server/database/postgres_processes.h"
#include "server/database/postgres_programs.h"
#include "server/database/service_account.h"
#include "server/database/session.h"
#include "server/database/setup_error.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSaveFile>
#include <QTemporaryDir>

#include <csignal>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcPostgres, "server.database.postgresql")

constexpr qsizetype longestSocketPath = 107; // sockaddr_un
constexpr auto socketName = "/.s.PGSQL.5432"_L1;
constexpr auto shortFolder = "/patio-postgres-"_L1; // in the temporary folder

QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"LC_ALL"_s, u"C"_s);
    return environment;
}

void save(const QString &path, const QByteArray &text, const ServiceAccount &account)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()
        || !QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner))
        throw SetupError(u"Cannot write %1: %2."_s.arg(path, file.errorString()));
    account.own(path);
}

QByteArray lastLines(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - 2000));
    return file.readAll().trimmed();
}

// Within single quotes, for a connection string and for postgresql.conf alike.
std::string quoted(const QString &text)
{
    QString escaped = text;
    return u"'%1'"_s.arg(escaped.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s)).toStdString();
}

} // namespace

// Taken by the operating system when the process ends, however it ends.
struct EmbeddedPostgres::Lock
{
    explicit Lock(const QString &path)
        : descriptor(open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        if (descriptor < 0)
            throw SetupError(u"Cannot open %1: %2."_s.arg(path, QString::fromLocal8Bit(strerror(errno))));
        if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            char holder[32] = {};
            const bool known = read(descriptor, holder, sizeof holder - 1) > 0;
            close(descriptor);
            throw SetupError(u"Another server%1 uses the data folder %2. Stop it, or choose another folder."_s.arg(
                known ? u" (process %1)"_s.arg(QString::fromLatin1(holder).trimmed()) : QString(),
                QFileInfo(path).dir().path()));
        }
        const QByteArray own = QByteArray::number(getpid()) + '\n';
        if (ftruncate(descriptor, 0) != 0 || write(descriptor, own.constData(), size_t(own.size())) != own.size())
            qCWarning(lcPostgres) << "Cannot write the process id into" << path;
    }
    ~Lock() { close(descriptor); }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

    int descriptor;
};

EmbeddedPostgres::EmbeddedPostgres(EmbeddedPostgresOptions options, QObject *parent)
    : QObject(parent),
      m_options(std::move(options))
{
    m_restart.setSingleShot(true);
    m_restart.setInterval(100);
    connect(&m_restart, &QTimer::timeout, this, &EmbeddedPostgres::launch);
    connect(&m_process, &QProcess::finished, this, &EmbeddedPostgres::restart);
}

EmbeddedPostgres::~EmbeddedPostgres() { stop(); }

QString EmbeddedPostgres::path(const char *name) const
{
    return m_options.dataFolder + u"/postgres/"_s + QLatin1StringView(name);
}

std::string EmbeddedPostgres::url(const char *user, const char *databaseName) const
{
    return "host=" + quoted(m_socketFolder) + " port=5432 dbname=" + databaseName + " user=" + user;
}

void EmbeddedPostgres::start()
{
    if (!QDir().mkpath(m_options.dataFolder + u"/postgres"_s))
        throw SetupError(u"Cannot make the folder %1/postgres."_s.arg(m_options.dataFolder));
    m_lock = std::make_unique<Lock>(path("lock"));
    stopLeftOver();

    const PostgresPrograms programs = PostgresPrograms::choose(clusterMajor());
    m_postgres = programs.postgres();
    m_initdb = programs.initdb();
    const ServiceAccount account = ServiceAccount::choose(path("cluster"));
    if (geteuid() == 0) {
        // The data folder is the server's own: others may pass through it, but not look into it.
        for (const QString &folder : {m_options.dataFolder, m_options.dataFolder + u"/postgres"_s})
            QFile::setPermissions(folder, QFile::permissions(folder) | QFile::ExeOther);
        account.requireReach(m_options.dataFolder + u"/postgres"_s);
    }
    if (!clusterMajor())
        makeCluster();
    chooseSocketFolder();
    writeSettings();
    m_running = true;
    try {
        launch();
        waitUntilReady();
        makeDatabase();
    } catch (...) {
        stop();
        throw;
    }
    qCInfo(lcPostgres) << "PostgreSQL" << programs.major << "is ready, process" << m_process.processId();
}

int EmbeddedPostgres::clusterMajor() const
{
    QFile file(path("cluster/PG_VERSION"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toInt() : 0;
}

void EmbeddedPostgres::makeCluster() const
{
    const ServiceAccount account = ServiceAccount::choose(path("cluster"));
    if (QFileInfo::exists(path("cluster")))
        throw SetupError(
            u"%1 exists, but is not a PostgreSQL cluster. Move it away and start again."_s.arg(path("cluster")));
    QDir(path("cluster.new")).removeRecursively(); // of a start that was cut off
    account.makeFolder(path("cluster.new"), 0700);

    QProcess process;
    process.setProcessEnvironment(plainEnvironment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(u"/"_s);
    account.runAs(process);
    QStringList arguments{u"--pgdata"_s,        path("cluster.new"),    u"--username"_s,
                          u"patio_owner"_s,     u"--auth-local=peer"_s, u"--auth-host=reject"_s,
                          u"--encoding=UTF8"_s, u"--locale=C"_s,        u"--data-checksums"_s};
    if (!m_options.durable)
        arguments.append(u"--no-sync"_s);
    process.start(m_initdb, arguments);
    const bool finished = process.waitForFinished(300'000);
    if (!finished || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        throw SetupError(u"Making the database in %1 failed: %2"_s.arg(
            path("cluster.new"),
            QString::fromLocal8Bit(process.readAll().right(2000)).trimmed() + process.errorString()));
    if (!QFile::rename(path("cluster.new"), path("cluster")))
        throw SetupError(u"Cannot rename %1 to %2."_s.arg(path("cluster.new"), path("cluster")));
}

void EmbeddedPostgres::stopLeftOver() const
{
    QFile pidFile(path("cluster/postmaster.pid"));
    QString socketFolder;
    if (pidFile.open(QIODevice::ReadOnly))
        socketFolder = QString::fromLocal8Bit(pidFile.readAll().split('\n').value(4));
    postgresProcesses::stopAll(path("cluster"));
    if (socketFolder.startsWith(QDir::tempPath() + shortFolder))
        QDir(socketFolder).removeRecursively();
}

void EmbeddedPostgres::chooseSocketFolder()
{
    const ServiceAccount account = ServiceAccount::choose(path("cluster"));
    m_socketFolder = QFileInfo(path("cluster")).dir().absolutePath() + u"/socket"_s;
    const bool fits = QFile::encodeName(m_socketFolder).size() + socketName.size() <= longestSocketPath;
    if (!fits || m_socketFolder.contains(u',')) { // libpq would take a comma for a list of hosts
        QTemporaryDir folder(QDir::tempPath() + shortFolder + u"XXXXXX"_s);
        if (!folder.isValid())
            throw SetupError(
                u"Cannot make a folder for the socket in %1: %2."_s.arg(QDir::tempPath(), folder.errorString()));
        folder.setAutoRemove(false); // stop() does, or the next start
        m_socketFolder = folder.path();
    }
    account.makeFolder(m_socketFolder, 0700);
}

void EmbeddedPostgres::writeSettings() const
{
    const ServiceAccount account = ServiceAccount::choose(path("cluster"));
    QByteArray settings =
        "# Written at each start. Your own settings belong into ../local.conf, which wins.\n"
        "shared_buffers = 64MB\n"
        "dynamic_shared_memory_type = posix\n"
        "wal_level = minimal\n"
        "max_wal_senders = 0\n"
        "jit = off\n"
        "random_page_cost = 1.1\n"
        "max_locks_per_transaction = 512\n" // a backup or a large tenant's removal touches many tables
        "recovery_init_sync_method = "
#ifdef Q_OS_LINUX
        "syncfs\n"
#else
        "fsync\n"
#endif
        "timezone = 'UTC'\n"
        "log_timezone = 'UTC'\n"
        "lc_messages = 'C'\n"
        // What the server is told it logs itself; statements and values are private.
        "log_min_messages = log\n"
        "log_min_error_statement = panic\n"
        "log_error_verbosity = terse\n"
        "log_checkpoints = off\n"
        "log_line_prefix = '%m [%p] '\n";
    settings += "max_connections = " + QByteArray::number(m_options.maxConnections) + '\n';
    if (!m_options.durable)
        settings += "fsync = off\nfull_page_writes = off\n";
    settings += "include_if_exists = '../local.conf'\n";
    save(path("cluster/postgresql.conf"), settings, account);
    save(path("cluster/pg_hba.conf"), "local all all peer map=patio\n", account);

    QByteArray users;
    const QString self = ServiceAccount::currentUser();
    for (const char *role : {"patio_owner", "patio_app"})
        users += "patio \"" + self.toLocal8Bit() + "\" " + role + '\n';
    if (account.name() != self)
        users += "patio \"" + account.name().toLocal8Bit() + "\" patio_owner\n"; // pg_dump and the like
    save(path("cluster/pg_ident.conf"), users, account);
}

void EmbeddedPostgres::launch()
{
    const QString log = path("log");
    m_process.setProcessEnvironment(plainEnvironment());
    m_process.setWorkingDirectory(u"/"_s);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(log, m_restart.interval() > 100 ? QIODevice::Append : QIODevice::Truncate);
    m_process.setStandardErrorFile(log, QIODevice::Append);
    ServiceAccount::choose(path("cluster")).runAs(m_process);
    QString socketList = m_socketFolder;
    socketList = u"\"%1\""_s.arg(socketList.replace(u'"', u"\"\""_s));
    m_process.start(m_postgres,
                    {u"-D"_s, path("cluster"), u"-c"_s, u"listen_addresses="_s, u"-c"_s, u"port=5432"_s, u"-c"_s,
                     u"unix_socket_directories="_s + socketList, u"-c"_s, u"unix_socket_permissions=0700"_s, u"-c"_s,
                     u"logging_collector=off"_s});
}

void EmbeddedPostgres::waitUntilReady()
{
    const auto deadline = std::chrono::steady_clock::now() + 10min; // recovery may have much to do
    std::string problem;
    for (auto pause = 5ms; std::chrono::steady_clock::now() < deadline; pause = std::min(pause * 2, 100ms)) {
        if (m_process.waitForFinished(int(pause.count())) || m_process.state() == QProcess::NotRunning)
            throw SetupError(u"PostgreSQL did not start: %1"_s.arg(QString::fromUtf8(lastLines(path("log")))));
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
    qCCritical(lcPostgres).noquote() << "PostgreSQL ended by itself and is started again:" << lastLines(path("log"));
    m_restart.start();
    m_restart.setInterval(std::min(m_restart.interval() * 2, 10'000));
    Q_EMIT stoppedByItself();
}

void EmbeddedPostgres::stop()
{
    m_running = false;
    m_restart.stop();
    if (m_process.state() != QProcess::NotRunning) {
        for (const auto &[signal, patience] : {std::pair(SIGINT, 60'000), std::pair(SIGQUIT, 10'000)}) {
            kill(pid_t(m_process.processId()), signal);
            if (m_process.waitForFinished(patience))
                break;
        }
        m_process.kill();
        m_process.waitForFinished(5000);
    }
    if (m_socketFolder.startsWith(QDir::tempPath() + shortFolder))
        QDir(m_socketFolder).removeRecursively();
    m_lock.reset();
}
