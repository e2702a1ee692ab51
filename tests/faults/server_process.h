// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>
#include <string>

// The program `patiod` with the demo tenants in a folder of its own, its embedded PostgreSQL included, to be killed and
// started again. Its address stays the same.
class ServerProcess
{
public:
    ServerProcess(QStringList arguments, QHash<QString, QString> environment);
    ~ServerProcess(); // as kill(), then the PostgreSQL that is left

    bool start(); // false when it does not become ready; the log is printed
    void kill(); // SIGKILL; its PostgreSQL lives on
    void killPostgres(); // SIGKILL, all processes
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    std::string databaseUrl() const; // as patio_app
    QString address() const { return m_address; } // host:port
    double memory() const; // resident, MB

    struct Answer
    {
        int status = 0; // 0: none, because the server died
        QJsonObject json;
    };
    // Runs the event loop until the answer is there.
    Answer send(const QByteArray &method, const QString &path, const QJsonObject &body = {});
    void send(const QByteArray &method, const QString &path, const QJsonObject &body,
              const QList<std::pair<QByteArray, QByteArray>> &headers, std::function<void(const Answer &)> done);
    bool signIn(const QString &tenant, const QString &role); // for the requests after it, also of later processes

private:
    QString cluster() const { return m_folder.filePath(QStringLiteral("data/postgres/cluster")); }

    QTemporaryDir m_folder;
    const QStringList m_arguments;
    QString m_address;
    QProcess m_process;
    QNetworkAccessManager m_network;
    QByteArray m_token;
};
