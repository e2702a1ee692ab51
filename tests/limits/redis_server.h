// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

// A real Redis on a free port, in a folder of its own, to be killed and started again at the same address.
class RedisServer
{
public:
    explicit RedisServer(QStringList arguments = {}) : m_arguments(std::move(arguments)) { }
    ~RedisServer() { kill(); }

    bool start(); // false when it does not become ready; its log is printed
    void kill(); // SIGKILL
    void freeze() { ::kill(pid_t(m_process.processId()), SIGSTOP); } // takes connections and answers nothing
    void thaw() { ::kill(pid_t(m_process.processId()), SIGCONT); }
    static bool isInstalled();

    int port() const { return m_port; }
    QString url() const { return QStringLiteral("redis://127.0.0.1:%1").arg(m_port); }
    // What it answers, as text; of a list the members, one a line.
    QByteArray ask(const QList<QByteArray> &words);

private:
    QTemporaryDir m_folder;
    const QStringList m_arguments;
    QProcess m_process;
    int m_port = 0;
};
