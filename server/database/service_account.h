// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include <sys/types.h>

class QProcess;

// The operating-system user that PostgreSQL runs as. It refuses to run as root, so a server started by root lends it
// another user: the one that owns the cluster already, else "patio", else "postgres" (which Debian's package makes),
// else "nobody". Any other user runs PostgreSQL as itself.
class ServiceAccount
{
public:
    // Throws SetupError when root finds none of them.
    static ServiceAccount choose(const QString &existingCluster);
    static QString currentUser();

    const QString &name() const { return m_name; }
    void makeFolder(const QString &path, unsigned mode) const; // new or existing; owned by the account
    void own(const QString &path) const;
    // Throws SetupError naming the first parent folder of `path` that the account may not pass through.
    void requireReach(const QString &path) const;

    // The process will run as the account, in a session of its own so that Ctrl+C on a terminal is not for it, without
    // any way to more rights. On Linux it is interrupted (SIGINT) when the thread that starts it ends, hence also when
    // the server is killed.
    void runAs(QProcess &process) const;

private:
    bool mayPass(const QString &folder) const;

    QString m_name;
    uid_t m_user = 0;
    gid_t m_group = 0;
    std::vector<gid_t> m_groups;
    bool m_switch = false; // the server is root
};
