// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/postgres_settings.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

class FolderLock;
class PostgresCluster;

struct EmbeddedPostgresOptions
{
    QString dataFolder; // of the server; everything here is in "postgres" below it
    PostgresSettings settings = {};
};

// A private PostgreSQL cluster in the server's data folder, reachable only through a socket there:
//
//   postgres/lock      held by the server that uses the folder
//   postgres/cluster   the data, made by initdb under the name cluster.new-… and renamed when complete
//   postgres/socket    mode 0700; a path too long for a socket moves it to a private folder in the temporary one
//   postgres/log       what PostgreSQL says; log.old when it had grown large
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
    // The owner's URL of the one that another process runs in this folder; nothing where none answers.
    static std::optional<std::string> runningOwnerUrl(const QString &dataFolder);
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void stoppedByItself(); // it is being started again

private:
    QString logFile() const { return m_folder + QStringLiteral("/log"); }
    std::string url(const char *user, const char *databaseName = "patio") const;
    void stopLeftOver() const;
    void openTheWay() const;
    void chooseSocketFolder();
    void launch();
    void waitUntilReady();
    void makeDatabase() const;
    void restart();

    const PostgresSettings m_settings;
    const QString m_folder;
    std::unique_ptr<FolderLock> m_lock;
    std::unique_ptr<PostgresCluster> m_cluster;
    QString m_program;
    QString m_socketFolder;
    QProcess m_process;
    QTimer m_restart;
    std::chrono::milliseconds m_pause; // before the next restart
    std::chrono::steady_clock::time_point m_launched;
    bool m_running = false; // between start() and stop()
};
