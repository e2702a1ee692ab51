// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/postgres_processes.h"

#include "server/database/setup_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QProcess>

#include <cerrno>
#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcProcesses, "server.database.postgresql")

#ifdef Q_OS_LINUX
constexpr bool seesChildren = true;
#else
constexpr bool seesChildren = false;
#endif

// Every process of a cluster has the cluster as its working folder. Only Linux tells; elsewhere the pid file is
// believed.
QList<qint64> processesIn(const QString &cluster)
{
    QList<qint64> found;
#ifdef Q_OS_LINUX
    const QString canonical = QFileInfo(cluster).canonicalFilePath();
    if (canonical.isEmpty()) // no cluster yet; a process that may not be looked at would seem to match
        return found;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isPid = false;
        const qint64 pid = name.toLongLong(&isPid);
        const QString process = u"/proc/"_s + name;
        if (isPid && pid > 1 && QFile::symLinkTarget(process + u"/cwd"_s) == canonical
            && QFileInfo(QFile::symLinkTarget(process + u"/exe"_s)).fileName().startsWith(u"postgres"_s))
            found.append(pid);
    }
#else
    const qint64 pid = postgresProcesses::postmaster(cluster);
    QProcess ps;
    ps.start(u"ps"_s, {u"-p"_s, QString::number(pid), u"-o"_s, u"comm="_s});
    ps.waitForFinished();
    if (pid > 1 && ps.readAllStandardOutput().contains("postgres"))
        found.append(pid);
#endif
    return found;
}

bool endWithin(const QString &cluster, std::chrono::milliseconds limit)
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (auto pause = 5ms; !processesIn(cluster).isEmpty(); pause = std::min(pause * 2, 200ms)) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

void signalAll(const QString &cluster, int signal)
{
    for (const qint64 pid : processesIn(cluster))
        kill(pid_t(pid), signal);
}

} // namespace

namespace postgresProcesses {

qint64 postmaster(const QString &cluster)
{
    QFile file(cluster + u"/postmaster.pid"_s);
    return file.open(QIODevice::ReadOnly) ? file.readLine().trimmed().toLongLong() : 0;
}

void stopAll(const QString &cluster)
{
    const QList<qint64> left = processesIn(cluster);
    const qint64 leader = postmaster(cluster);
    if (!left.isEmpty()) {
        qCWarning(lcProcesses) << "Stopping PostgreSQL, which an earlier server left running:" << left;
        // A postmaster lets its children finish; children without one notice soon that it is gone.
        if (left.contains(leader))
            kill(pid_t(leader), SIGINT);
        if (!endWithin(cluster, 60s)) {
            signalAll(cluster, SIGQUIT);
            if (!endWithin(cluster, 10s))
                signalAll(cluster, SIGKILL);
            if (!endWithin(cluster, 5s))
                throw SetupError(u"PostgreSQL processes of an earlier start do not end. Look at the processes that use "
                                 "%1, end them and start again."_s.arg(cluster));
        }
    }
    // PostgreSQL removes a stale pid file itself, unless it is damaged or its number was given to another process. But
    // the file also keeps it from starting beside children of a killed postmaster, which only Linux lets us see.
    const bool isAnother = leader <= 1 || kill(pid_t(leader), 0) == 0 || errno == EPERM;
    if ((seesChildren || isAnother) && processesIn(cluster).isEmpty())
        QFile::remove(cluster + u"/postmaster.pid"_s);
}

} // namespace postgresProcesses
