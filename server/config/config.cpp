// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/config.h"

#include "server/limits/redis_address.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>

#include <toml++/toml.h>

#include <functional>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr auto defaultFile = "/etc/patio/patiod.toml"_L1;

[[noreturn]] void fail(const QString &problem) { throw ConfigError(problem.toStdString()); }

// Text of a flag, a variable or the file to a member; the source names where the text stood.
using Set = std::function<void(Config &, const QString &text, const QString &source)>;
using Show = std::function<QString(const Config &)>;

struct Setting
{
    QLatin1StringView name; // flag --name, variable PATIO_NAME, key name in the file
    QLatin1StringView plainVariable; // another variable that is read as well
    const char *help;
    Set set;
    Show show;
    bool isSwitch = false;
};

Setting text(QLatin1StringView name, QString Config::*member, const char *help, QLatin1StringView plain = {})
{
    return {name, plain, help, [member](Config &c, const QString &value, const QString &) { c.*member = value; },
            [member](const Config &c) { return c.*member; }};
}

Setting secret(QLatin1StringView name, QByteArray Config::*member, const char *help, QLatin1StringView plain = {})
{
    return {name, plain, help,
            [member](Config &c, const QString &value, const QString &) { c.*member = value.trimmed().toUtf8(); },
            [member](const Config &c) { return (c.*member).isEmpty() ? QString() : u"(set)"_s; }};
}

template<class Number> qint64 parseNumber(const QString &value, const QString &source, Number least, Number most)
{
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    if (!isNumber || number < least || number > most)
        fail(u"%1: “%2” must be a whole number from %3 to %4."_s.arg(source, value).arg(least).arg(most));
    return number;
}

template<class Number>
Setting number(QLatin1StringView name, Number Config::*member, Number least, Number most, const char *help)
{
    return {name,
            {},
            help,
            [=](Config &c, const QString &value, const QString &source) {
                c.*member = Number(parseNumber(value, source, least, most));
            },
            [member](const Config &c) { return QString::number(c.*member); }};
}

// "250ms", "30s", "5m", "2h"
milliseconds parseDuration(const QString &value, const QString &source)
{
    static const QList<std::pair<QLatin1StringView, qint64>> units{
        {"ms"_L1, 1}, {"s"_L1, 1000}, {"m"_L1, 60'000}, {"h"_L1, 3'600'000}};
    for (const auto &[unit, factor] : units) {
        if (!value.endsWith(unit))
            continue;
        bool isNumber = false;
        const qint64 count = value.chopped(unit.size()).trimmed().toLongLong(&isNumber);
        if (isNumber && count >= 0 && count < 100'000'000)
            return milliseconds(count * factor);
    }
    fail(u"%1: “%2” must be a time such as 500ms, 30s, 5m or 1h."_s.arg(source, value));
}

QString printDuration(milliseconds value)
{
    return value.count() % 1000 ? u"%1ms"_s.arg(value.count()) : u"%1s"_s.arg(value.count() / 1000);
}

template<class Duration> Setting duration(QLatin1StringView name, Duration Config::*member, const char *help)
{
    return {name,
            {},
            help,
            [member](Config &c, const QString &value, const QString &source) {
                c.*member = std::chrono::duration_cast<Duration>(parseDuration(value, source));
            },
            [member](const Config &c) { return printDuration(c.*member); }};
}

// As a flag it may stand alone.
Setting truth(QLatin1StringView name, bool Config::*member, const char *help)
{
    return {name,
            {},
            help,
            [=](Config &c, const QString &value, const QString &source) {
                if (value != "true"_L1 && value != "false"_L1)
                    fail(u"%1: must be true or false."_s.arg(source));
                c.*member = value == "true"_L1;
            },
            [member](const Config &c) { return c.*member ? u"true"_s : u"false"_s; },
            true};
}

Setting oneOf(QLatin1StringView name, QString Config::*member, const QStringList &known, const char *help)
{
    return {name,
            {},
            help,
            [=](Config &c, const QString &value, const QString &source) {
                if (!known.contains(value))
                    fail(u"%1: “%2” must be one of %3."_s.arg(source, value, known.join(", "_L1)));
                c.*member = value;
            },
            [member](const Config &c) { return c.*member; }};
}

QStringList parts(const QString &value)
{
    QStringList list;
    for (const QString &part : value.split(u',', Qt::SkipEmptyParts))
        list.append(part.trimmed());
    return list;
}

void setListen(Config &config, const QString &value, const QString &source)
{
    const auto colon = value.lastIndexOf(u':');
    QString host = value.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (colon < 0 || host.isEmpty())
        fail(u"%1: “%2” must be HOST:PORT, such as 127.0.0.1:8420 or [::]:8420."_s.arg(source, value));
    config.listenHost = host;
    config.listenPort = int(parseNumber<qint64>(value.mid(colon + 1), source, 0, 65535));
}

void setRoles(Config &config, const QString &value, const QString &source)
{
    const QList<std::pair<QLatin1StringView, bool Roles::*>> known{{"api"_L1, &Roles::api},
                                                                   {"worker"_L1, &Roles::worker},
                                                                   {"scheduler"_L1, &Roles::scheduler},
                                                                   {"relay"_L1, &Roles::relay}};
    Roles roles{false, false, false, false};
    for (const QString &name : parts(value)) {
        const auto found =
            std::find_if(known.begin(), known.end(), [&](const auto &role) { return name == role.first; });
        if (found == known.end())
            fail(u"%1: “%2” is no role; there are api, worker, scheduler and relay."_s.arg(source, name));
        roles.*(found->second) = true;
    }
    if (parts(value).isEmpty())
        fail(u"%1: name at least one role."_s.arg(source));
    config.roles = roles;
}

QString showRoles(const Config &config)
{
    QStringList list;
    if (config.roles.api)
        list.append(u"api"_s);
    if (config.roles.worker)
        list.append(u"worker"_s);
    if (config.roles.scheduler)
        list.append(u"scheduler"_s);
    if (config.roles.relay)
        list.append(u"relay"_s);
    return list.join(u',');
}

void setBackoff(Config &config, const QString &value, const QString &source)
{
    config.jobBackoff.clear();
    for (const QString &part : parts(value))
        config.jobBackoff.append(parseDuration(part, source));
    if (config.jobBackoff.isEmpty())
        fail(u"%1: give at least one time, such as 1s,3s,10s."_s.arg(source));
}

void setJobLimits(Config &config, const QString &value, const QString &source)
{
    config.jobLimits.clear();
    for (const QString &part : parts(value)) {
        bool isNumber = false;
        const RunningLimit limit{part.section(u'=', 0, -2).trimmed(), part.section(u'=', -1).toInt(&isNumber)};
        if (limit.model.isEmpty() || !isNumber || limit.amount < 0)
            fail(u"%1: “%2” is no limit, such as anthropic=20 or openai/gpt-5=5."_s.arg(source, part));
        config.jobLimits.append(limit);
    }
}

QString showJobLimits(const Config &config)
{
    QStringList list;
    for (const RunningLimit &limit : config.jobLimits)
        list.append(u"%1=%2"_s.arg(limit.model).arg(limit.amount));
    return list.join(u',');
}

void setTrustedProxies(Config &config, const QString &value, const QString &source)
{
    config.trustedProxies.clear();
    for (const QString &part : parts(value)) {
        const auto network =
            QHostAddress::parseSubnet(part.contains(u'/') ? part : part + (part.contains(u':') ? u"/128"_s : u"/32"_s));
        if (network.first.isNull() || network.second < 0)
            fail(u"%1: “%2” is no address and no network, such as 10.0.0.7 or 10.0.0.0/8."_s.arg(source, part));
        config.trustedProxies.append(network);
    }
}

QString showTrustedProxies(const Config &config)
{
    QStringList list;
    for (const auto &[address, prefix] : config.trustedProxies)
        list.append(address.toString() + u'/' + QString::number(prefix));
    return list.join(u',');
}

QString showBackoff(const Config &config)
{
    QStringList list;
    for (const milliseconds pause : config.jobBackoff)
        list.append(printDuration(pause));
    return list.join(u',');
}

// The address may carry a password: show where it leads, not how to get in.
QString withoutPassword(const QString &url)
{
    const auto scheme = url.indexOf("://"_L1);
    const auto at = url.lastIndexOf(u'@');
    return scheme < 0 || at < 0 ? (url.isEmpty() ? QString() : u"(set)"_s)
                                : url.left(scheme + 3) + u"…"_s + url.mid(at);
}

Setting address(QLatin1StringView name, QString Config::*member, const char *help)
{
    Setting setting = text(name, member, help);
    setting.show = [member](const Config &c) { return withoutPassword(c.*member); };
    return setting;
}

const QList<Setting> &settings()
{
    static const QList<Setting> table{
        {"listen"_L1,
         {},
         "HOST:PORT to serve on; port 0 takes a free one",
         setListen,
         [](const Config &c) { return u"%1:%2"_s.arg(c.listenHost).arg(c.listenPort); }},
        text("data"_L1, &Config::dataFolder, "folder of the server's own data"),
        {"roles"_L1, {}, "what this process does: api, worker, scheduler, relay", setRoles, showRoles},
        truth("demo"_L1, &Config::demo,
              "make the tenants acme and northwind with sample people; passwords go to DIR/demo.json"),
        truth("demo-history"_L1, &Config::demoHistory, "with --demo: sample jobs and costs of the last 30 days"),
        text("public-url"_L1, &Config::publicUrl, "address under which clients reach the server"),
        address("database-url"_L1, &Config::databaseUrl,
                "PostgreSQL of your own, as patio_app; without it a private one is run"),
        address("database-owner-url"_L1, &Config::databaseOwnerUrl,
                "the same as the owner of the tables, for migrations"),
        address("redis-url"_L1, &Config::redisUrl,
                "Redis that counts the gateway's limits for several processes together; without it each counts alone"),
        number("database-connections"_L1, &Config::databaseConnections, 2, 500, "connections and worker threads"),
        number("password-threads"_L1, &Config::passwordThreads, 0, 64,
               "threads that hash passwords; 0: half the processors, two at least"),
        number("password-memory"_L1, &Config::passwordMemory, 19, 1024,
               "MiB that hashing a password takes; who signs in after it was raised is hashed anew"),
        number("database-queue"_L1, &Config::databaseQueue, 1, 1'000'000,
               "requests that may wait for a connection before 503"),
        number("io-threads"_L1, &Config::ioThreads, 0, 256,
               "threads that read and write sockets; 0: half the processors, two at least"),
        number("body-limit"_L1, &Config::bodyLimit, qint64(1024), qint64(1) << 30, "largest request body in bytes"),
        number("connections"_L1, &Config::connections, 1, 1'000'000, "open connections before 503"),
        number("connections-per-address"_L1, &Config::connectionsPerAddress, 1, 1'000'000, "the same for one address"),
        duration("head-timeout"_L1, &Config::headTimeout, "time for a request head"),
        duration("idle-timeout"_L1, &Config::idleTimeout, "time between two requests of a connection"),
        duration("shutdown-grace"_L1, &Config::shutdownGrace, "time for running work after SIGTERM"),
        text("tls-certificate"_L1, &Config::tlsCertificate, "PEM file with the certificate chain"),
        text("tls-key"_L1, &Config::tlsKey, "PEM file with its private key"),
        {"cors-origins"_L1,
         {},
         "origins of web pages that may call the API, separated by commas",
         [](Config &c, const QString &value, const QString &) { c.corsOrigins = parts(value); },
         [](const Config &c) { return c.corsOrigins.join(u','); }},
        {"trusted-proxies"_L1,
         {},
         "addresses or networks of proxies whose X-Forwarded-For says where a request comes from, separated by commas",
         setTrustedProxies,
         showTrustedProxies},
        oneOf("log-format"_L1, &Config::logFormat, {u"auto"_s, u"json"_s, u"human"_s},
              "json, human, or auto: human on a terminal"),
        oneOf("log-level"_L1, &Config::logLevel, {u"debug"_s, u"info"_s, u"warning"_s, u"error"_s},
              "lowest level that is logged"),
        secret("master-key"_L1, &Config::masterKey,
               "64 hexadecimal digits that seal secrets; without it DIR/master.key is made"),
        number("job-concurrency"_L1, &Config::jobConcurrency, 1, 10'000, "provider calls at a time in this process"),
        number("job-attempts"_L1, &Config::jobAttempts, 1, 20,
               "tries at a provider before a job becomes a dead letter"),
        {"job-limits"_L1,
         {},
         "running jobs at a time with providers or models, over all processes: anthropic=20,openai/gpt-5=5",
         setJobLimits,
         showJobLimits},
        duration("job-lease"_L1, &Config::jobLease,
                 "time after which another worker takes over a silent worker's jobs"),
        duration("job-cache-time"_L1, &Config::jobCacheTime, "how long a result answers equal requests"),
        {"job-backoff"_L1, {}, "pauses before the second, third, … attempt", setBackoff, showBackoff},
        duration("provider-first-byte-timeout"_L1, &Config::providerFirstByteTimeout,
                 "time until a provider begins to answer"),
        duration("provider-idle-timeout"_L1, &Config::providerIdleTimeout,
                 "time between two pieces of a streamed answer"),
        duration("provider-answer-timeout"_L1, &Config::providerAnswerTimeout,
                 "time until a provider has answered to the end"),
        number("answer-limit"_L1, &Config::answerLimit, qint64(1024), qint64(64) << 20,
               "longest answer of a provider in characters"),
        number("answer-cache-megabytes"_L1, &Config::answerCacheMegabytes, 0, 1'000'000,
               "memory for answers of the gateway that are given again, where a tenant wants that; 0: none"),
        truth("private-provider-addresses"_L1, &Config::privateProviderAddresses,
              "let tenants name provider addresses in private networks, and http ones: only where all of them are "
              "trusted"),
        secret("openai-key"_L1, &Config::openaiKey, "API key of OpenAI or of a compatible server", "OPENAI_API_KEY"_L1),
        text("openai-base-url"_L1, &Config::openaiBaseUrl, "address of an OpenAI-compatible API", "OPENAI_BASE_URL"_L1),
        secret("anthropic-key"_L1, &Config::anthropicKey, "API key of Anthropic", "ANTHROPIC_API_KEY"_L1),
        text("anthropic-base-url"_L1, &Config::anthropicBaseUrl, "address of an Anthropic-compatible API",
             "ANTHROPIC_BASE_URL"_L1),
        secret("google-key"_L1, &Config::googleKey, "API key of Google's Gemini", "GEMINI_API_KEY"_L1),
        text("google-base-url"_L1, &Config::googleBaseUrl, "address of a Gemini-compatible API", "GEMINI_BASE_URL"_L1),
    };
    return table;
}

const Setting *find(QStringView name)
{
    for (const Setting &setting : settings())
        if (name == setting.name)
            return &setting;
    return nullptr;
}

QString variableOf(const Setting &setting) { return u"PATIO_"_s + QString(setting.name).toUpper().replace(u'-', u'_'); }

void readFile(Config &config, const QString &path)
{
    toml::table table;
    try {
        table = toml::parse_file(path.toStdString());
    } catch (const toml::parse_error &error) {
        fail(u"%1, line %2: %3"_s.arg(path)
                 .arg(error.source().begin.line)
                 .arg(QString::fromStdString(std::string(error.description()))));
    }
    for (const auto &[key, node] : table) {
        const QString name = QString::fromStdString(std::string(key.str()));
        const Setting *setting = find(name);
        if (!setting)
            fail(u"%1: there is no setting “%2”; `patiod serve --help` lists them."_s.arg(path, name));
        QString value;
        if (const auto text = node.value_exact<std::string>())
            value = QString::fromStdString(*text);
        else if (const auto number = node.value_exact<int64_t>())
            value = QString::number(*number);
        else if (const auto truth = node.value_exact<bool>())
            value = *truth ? u"true"_s : u"false"_s;
        else
            fail(u"%1: “%2” must be text, a whole number, true or false."_s.arg(path, name));
        setting->set(config, value, u"%1: %2"_s.arg(path, name));
    }
}

void readEnvironment(Config &config, const QHash<QString, QString> &environment)
{
    for (const Setting &setting : settings()) {
        for (const QString &variable : {QString(setting.plainVariable), variableOf(setting)})
            if (!variable.isEmpty() && environment.contains(variable))
                setting.set(config, environment.value(variable), variable);
    }
    for (auto it = environment.begin(); it != environment.end(); ++it) {
        if (!it.key().startsWith("PATIO_"_L1) || it.key() == "PATIO_CONFIG"_L1
            || it.key().startsWith("PATIO_POSTGRES_"_L1))
            continue;
        const QString name = it.key().mid(6).toLower().replace(u'_', u'-');
        if (!find(name))
            fail(u"%1: there is no such setting; `patiod serve --help` lists them."_s.arg(it.key()));
    }
}

void readFlags(Config &config, const QStringList &arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const auto equals = argument.indexOf(u'=');
        const QString name = argument.mid(2, equals < 0 ? -1 : equals - 2);
        const Setting *setting = argument.startsWith("--"_L1) ? find(name) : nullptr;
        if (name == "config"_L1) {
            i += equals < 0; // read before
            continue;
        }
        if (!setting)
            fail(u"There is no option “%1”; see --help."_s.arg(argument));
        if (equals < 0 && !setting->isSwitch && i + 1 == arguments.size())
            fail(u"%1 needs a value."_s.arg(argument));
        const QString value = equals >= 0 ? argument.mid(equals + 1) : setting->isSwitch ? u"true"_s : arguments[++i];
        setting->set(config, value, u"--"_s + setting->name);
    }
}

QString chosenFile(const QStringList &arguments, const QHash<QString, QString> &environment)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--config"_L1 && i + 1 < arguments.size())
            return arguments[i + 1];
        if (arguments[i].startsWith("--config="_L1))
            return arguments[i].mid(9);
    }
    return environment.value(u"PATIO_CONFIG"_s);
}

void checkTogether(const Config &config)
{
    if (config.tlsCertificate.isEmpty() != config.tlsKey.isEmpty())
        fail(u"Give both --tls-certificate and --tls-key, or neither."_s);
    if (!config.databaseOwnerUrl.isEmpty() && config.databaseUrl.isEmpty())
        fail(u"--database-owner-url needs --database-url."_s);
    if (!config.redisUrl.isEmpty()) {
        try {
            limits::RedisAddress::parse(config.redisUrl);
        } catch (const std::exception &error) {
            fail(u"--redis-url: %1"_s.arg(QString::fromUtf8(error.what())));
        }
    }
}

QString defaultDataFolder(const QHash<QString, QString> &environment)
{
    const QString base = environment.value(u"XDG_DATA_HOME"_s);
    if (!base.isEmpty())
        return base + u"/patio"_s;
    const QString home = environment.value(u"HOME"_s);
    // Root's home is closed to the unprivileged user that PostgreSQL runs as.
    return home.isEmpty() || home == "/root"_L1 ? u"/var/lib/patio"_s : home + u"/.local/share/patio"_s;
}

} // namespace

Config loadConfig(const QStringList &arguments, const QHash<QString, QString> &environment)
{
    Config config;
    const QString file = chosenFile(arguments, environment);
    if (!file.isEmpty() && !QFileInfo(file).isReadable())
        fail(u"The configuration file %1 cannot be read."_s.arg(file));
    if (!file.isEmpty())
        readFile(config, file);
    else if (QFileInfo(defaultFile).isReadable())
        readFile(config, defaultFile);
    readEnvironment(config, environment);
    readFlags(config, arguments);
    if (config.dataFolder.isEmpty())
        config.dataFolder = defaultDataFolder(environment);
    config.dataFolder = QDir::cleanPath(QDir().absoluteFilePath(config.dataFolder));
    checkTogether(config);
    return config;
}

QHash<QString, QString> processEnvironment()
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    QHash<QString, QString> values;
    const auto keys = environment.keys();
    for (const QString &key : keys)
        values.insert(key, environment.value(key));
    return values;
}

QList<SettingDoc> describe(const Config &config)
{
    QList<SettingDoc> list;
    for (const Setting &setting : settings())
        list.append({u"--"_s + setting.name, variableOf(setting), setting.name, QString::fromUtf8(setting.help),
                     setting.show(config)});
    return list;
}
