// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job_settings.h"

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <stdexcept>

// A setting that cannot be used: names it, and says what is allowed.
class ConfigError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

// What a process does.
struct Roles
{
    bool api = true;
    bool worker = true;
    bool scheduler = true;
    bool relay = true;
};

// Everything that can be set, as one value. Flags win over the environment, the environment over the file, the file
// over the defaults below. The table in config.cpp names each setting once.
struct Config
{
    QString listenHost = QStringLiteral("127.0.0.1");
    int listenPort = 8420;
    QString dataFolder; // empty: $XDG_DATA_HOME/patio, for root /var/lib/patio
    Roles roles;
    bool demo = false;
    bool demoHistory = true; // with it, jobs and costs of the last 30 days
    QString publicUrl; // as clients reach the server; empty: from the address

    QString databaseUrl; // as patio_app; empty: the embedded PostgreSQL
    QString databaseOwnerUrl; // for migrations; empty: databaseUrl
    QString redisUrl; // what counts the gateway's limits for all processes; empty: each counts for itself
    int databaseConnections = 8;
    int databaseQueue = 1000; // requests that wait for a connection before 503
    int passwordThreads = 0; // 0: half the processors, two at least
    int passwordMemory = 32; // MiB that each of them takes while it hashes

    int ioThreads = 0; // 0: half the processors
    qint64 bodyLimit = 1024 * 1024; // bytes
    int connections = 20'000;
    int connectionsPerAddress = 1000;
    std::chrono::milliseconds headTimeout{5000};
    std::chrono::milliseconds idleTimeout{60'000};
    std::chrono::milliseconds shutdownGrace{20'000};
    QString tlsCertificate, tlsKey; // PEM files; both or none
    QStringList corsOrigins;
    QList<std::pair<QHostAddress, int>> trustedProxies; // networks whose X-Forwarded-For is believed

    QString logFormat = QStringLiteral("auto"); // json, human; auto: human on a terminal
    QString logLevel = QStringLiteral("info");
    QByteArray masterKey; // see SecretBox::fromText; empty: DIR/master.key

    int jobConcurrency = 64; // provider calls at a time in this process
    int jobAttempts = 3;
    QList<RunningLimit> jobLimits; // running jobs with a provider or model, over all processes
    std::chrono::milliseconds jobLease{30'000};
    std::chrono::seconds jobCacheTime{3600};
    QList<std::chrono::milliseconds> jobBackoff{std::chrono::seconds(1), std::chrono::seconds(3),
                                                std::chrono::seconds(10)};
    std::chrono::milliseconds providerFirstByteTimeout{30'000};
    std::chrono::milliseconds providerIdleTimeout{60'000};
    std::chrono::milliseconds providerAnswerTimeout{900'000}; // to the end of an answer
    qint64 answerLimit = 1024 * 1024; // characters of an answer
    int answerCacheMegabytes = 64; // of answers of the gateway that are kept in memory; 0: none
    bool privateProviderAddresses = false; // tenants may name base URLs in the server's own networks

    QByteArray openaiKey, anthropicKey, googleKey;
    QString openaiBaseUrl, anthropicBaseUrl, googleBaseUrl; // empty: the provider's own
};

// One setting, for --help and for `patiod doctor`.
struct SettingDoc
{
    QString flag; // "--listen"
    QString environment; // "PATIO_LISTEN"
    QString fileKey; // "listen"
    QString help;
    QString value; // of a given configuration; secrets as "(set)"
};

// Reads flags, the environment and the file. Throws ConfigError.
Config loadConfig(const QStringList &arguments, const QHash<QString, QString> &environment);
QHash<QString, QString> processEnvironment();
QList<SettingDoc> describe(const Config &config);
