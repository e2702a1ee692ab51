// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/service_account.h"

#include "server/database/setup_error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>
#include <csignal>
#include <cstring>

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void fail(const QString &what, const QString &path)
{
    throw SetupError(u"%1 %2: %3."_s.arg(what, path, QString::fromLocal8Bit(std::strerror(errno))));
}

QString modeText(mode_t mode) { return QString::number(mode & 07777, 8).rightJustified(4, u'0'); }

} // namespace

ServiceAccount ServiceAccount::choose(const QString &existingCluster)
{
    const passwd *entry = nullptr;
    struct stat cluster;
    if (geteuid() != 0) {
        entry = getpwuid(geteuid());
        if (!entry)
            throw SetupError(u"The user %1 who runs the server has no entry in the user database, which PostgreSQL "
                             "needs."_s.arg(geteuid()));
    } else if (stat(QFile::encodeName(existingCluster).constData(), &cluster) == 0 && cluster.st_uid != 0) {
        entry = getpwuid(cluster.st_uid);
        if (!entry)
            throw SetupError(
                u"The user %1 who owns %2 does not exist any more."_s.arg(cluster.st_uid).arg(existingCluster));
    } else {
        for (const char *name : {"patio", "postgres", "nobody"}) {
            if (!entry)
                entry = getpwnam(name);
        }
        if (!entry || entry->pw_uid == 0)
            throw SetupError(u"PostgreSQL does not run as root, and there is no other user for it. Make one with "
                             "“useradd --system patio”, or start the server as an ordinary user."_s);
    }
    ServiceAccount account;
    account.m_name = QString::fromLocal8Bit(entry->pw_name);
    account.m_user = entry->pw_uid;
    account.m_group = entry->pw_gid;
    account.m_switch = geteuid() == 0;
    account.m_groups = {account.m_group};
    return account;
}

QString ServiceAccount::currentUser()
{
    const passwd *entry = getpwuid(geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(geteuid());
}

void ServiceAccount::makeFolder(const QString &path, unsigned mode) const
{
    const QByteArray name = QFile::encodeName(path);
    if (mkdir(name.constData(), mode) != 0 && errno != EEXIST)
        fail(u"Cannot make the folder"_s, path);
    if (chmod(name.constData(), mode) != 0) // mkdir() minds the umask
        fail(u"Cannot set the rights of"_s, path);
    own(path);
}

void ServiceAccount::own(const QString &path) const
{
    if (m_switch && chown(QFile::encodeName(path).constData(), m_user, m_group) != 0)
        fail(u"Cannot change the owner of"_s, path);
}

bool ServiceAccount::mayPass(const QString &folder) const
{
    struct stat info;
    if (stat(QFile::encodeName(folder).constData(), &info) != 0)
        fail(u"Cannot look at"_s, folder);
    if (info.st_uid == m_user)
        return info.st_mode & S_IXUSR;
    const bool inGroup = std::find(m_groups.begin(), m_groups.end(), info.st_gid) != m_groups.end();
    return info.st_mode & (inGroup ? S_IXGRP : S_IXOTH);
}

void ServiceAccount::requireReach(const QString &path) const
{
    if (!m_switch)
        return;
    for (QString folder = QFileInfo(path).canonicalFilePath(); folder != u"/"; folder = QFileInfo(folder).path()) {
        struct stat info;
        if (mayPass(folder) || stat(QFile::encodeName(folder).constData(), &info) != 0)
            continue;
        throw SetupError(
            u"PostgreSQL runs as the user “%1”, because it refuses to run as root, and this user may not pass through "
            "%2 (mode %3). Choose another data folder, such as /var/lib/patio, or allow it with “chmod o+x %2”."_s.arg(
                m_name, folder, modeText(info.st_mode)));
    }
}

void ServiceAccount::runAs(QProcess &process) const
{
    // Runs between fork and exec: system calls only, everything else was prepared.
    process.setChildProcessModifier(
        [user = m_user, group = m_group, groups = m_groups, change = m_switch, parent = getpid()] {
            setsid();
            if (change && (setgroups(groups.size(), groups.data()) != 0 || setgid(group) != 0 || setuid(user) != 0))
                _exit(126);
#ifdef Q_OS_LINUX
            prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            prctl(PR_SET_PDEATHSIG, SIGINT);
            if (getppid() != parent) // it ended before it could be watched
                _exit(126);
#endif
        });
}
