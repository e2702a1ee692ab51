// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <string>

struct EmbeddedPostgresOptions
{
    QString dataFolder; // of the server; everything here is in "postgres" below it
    int maxConnections = 40; // the pools of all processes, listeners, and a few for people
    bool durable = true; // false: forgets on a crash of the machine; for tests
};

// A private PostgreSQL cluster in the server's data folder, reachable only through a socket there:
//
//   postgres/lock      held by the server that uses the folder
//   postgres/cluster   the data, made by initdb under the name cluster.new and renamed when complete
//   postgres/socket    mode 0700; a path too long for a socket moves it to a private folder in the temporary one
//   postgres/log       what PostgreSQL says, cut at each start
//   postgres/local.conf  optional: settings of the operator, which win over ours
//
// Users are checked by the operating system (peer): whoever runs the server is patio_owner (superuser) and patio_app.
// It ends with the server; what a killed server left behind is stopped at the next start. When PostgreSQL itself ends,
// it is started again. Lives in the thread that starts it, which must outlive it and have an event loop for restarts.
class EmbeddedPostgres : public QObject
{
    Q_OBJECT

public:
    explicit EmbeddedPostgres(EmbeddedPostgresOptions options, QObject *parent = nullptr);
    ~EmbeddedPostgres() override; // stops

    void start(); // returns when it accepts connections; throws SetupError saying what to do
    void stop();

    std::string ownerUrl() const { return url("patio_owner"); } // migrations, backups
    std::string appUrl() const { return url("patio_app"); } // the pool
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void stoppedByItself(); // it is being started again

private:
    struct Lock;

    QString path(const char *name) const;
    std::string url(const char *user, const char *databaseName = "patio") const;
    int clusterMajor() const;
    void makeCluster() const;
    void stopLeftOver() const;
    void chooseSocketFolder();
    void writeSettings() const;
    void launch();
    void waitUntilReady();
    void makeDatabase() const;
    void restart();

    const EmbeddedPostgresOptions m_options;
    std::unique_ptr<Lock> m_lock;
    QString m_postgres; // the program
    QString m_initdb;
    QString m_socketFolder;
    QProcess m_process;
    QTimer m_restart;
    bool m_running = false; // between start() and stop()
};
