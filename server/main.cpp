// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/application.h"
#include "server/audit/audit_verify.h"
#include "server/config/config.h"
#include "server/config/doctor.h"
#include "server/database/embedded_postgres.h"
#include "server/database/migrations.h"
#include "server/database/setup_error.h"
#include "server/evaluations/suite/suite_command.h"
#include "server/http/openapi.h"
#include "server/services.h"
#include "server/signals.h"
#include "server/telemetry/log.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QUrl>

#include <algorithm>
#include <cstdio>
#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

// What the process ends with.
enum ExitCode { Succeeded = 0, Failed = 1, WrongUse = 2 };

void print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
    std::fflush(stdout);
}
void complain(const QString &text) { std::fputs((u"patiod: "_s + text + u'\n').toUtf8().constData(), stderr); }

void installLog(const Config &config)
{
    const bool human = config.logFormat == "human"_L1
#ifdef Q_OS_UNIX
        || (config.logFormat == "auto"_L1 && isatty(STDERR_FILENO));
#else
        || config.logFormat == "auto"_L1;
#endif
    logging::install(human ? logging::Format::Human : logging::Format::Json);
    const QStringList levels{u"debug"_s, u"info"_s, u"warning"_s, u"error"_s};
    QString rules;
    for (qsizetype i = 0; i < levels.size() - 1; ++i)
        rules += u"*.%1=%2\n"_s.arg(levels[i], i >= levels.indexOf(config.logLevel) ? u"true"_s : u"false"_s);
    rules += u"qt.*.debug=false\n"_s;
    QLoggingCategory::setFilterRules(rules);
}

QString setupText(const QString &baseUrl, const QString &token)
{
    const QString link =
        u"patio://setup?server=%1&token=%2"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(baseUrl)), token);
    return u"There is no operator yet. Whoever has this link or token can become the first one, once and within a "
           u"day:\n"
           "  %1\n"
           "or POST %2/api/v1/setup with {\"token\": \"%3\", \"email\": …, \"displayName\": …, \"password\": …}\n"_s
               .arg(link, baseUrl, token);
}

// The options that a command has beside the settings, taken out of the arguments.
class Options
{
public:
    explicit Options(QStringList &arguments) : m_arguments(arguments) { }

    bool take(QLatin1StringView flag) { return m_arguments.removeAll(flag) > 0; }
    QString takeValue(QLatin1StringView flag)
    {
        const qsizetype at = m_arguments.indexOf(flag);
        if (at < 0)
            return {};
        if (at + 1 == m_arguments.size())
            throw ConfigError((flag + u" needs a value."_s).toStdString());
        m_arguments.removeAt(at);
        return m_arguments.takeAt(at);
    }

private:
    QStringList &m_arguments;
};

// Starts the private PostgreSQL where there is no other.
std::string ownerUrl(const Config &config, std::unique_ptr<EmbeddedPostgres> &postgres)
{
    if (!config.databaseUrl.isEmpty())
        return (config.databaseOwnerUrl.isEmpty() ? config.databaseUrl : config.databaseOwnerUrl).toStdString();
    postgres = std::make_unique<EmbeddedPostgres>(EmbeddedPostgresOptions{.dataFolder = config.dataFolder});
    postgres->start();
    return postgres->ownerUrl();
}

int serve(const Config &config)
{
    Application application(config);
    bool stopping = false;
    Signals signals_({.stop =
                          [&] {
                              stopping = true;
                              QCoreApplication::quit();
                          },
                      .reload = [&] { application.reload(); }});
    application.start();
    print(u"patiod is ready at %1\n"_s.arg(application.baseUrl()));
    if (const auto token = application.offerSetupToken(); token && config.roles.api)
        print(setupText(application.baseUrl(), *token));
    if (!stopping)
        QCoreApplication::exec();
    application.stop();
    return Succeeded;
}

int migrate(const Config &config)
{
    std::unique_ptr<EmbeddedPostgres> postgres;
    const auto report = Migrations(ownerUrl(config, postgres)).run();
    print(u"%1 platform files, %2 tenant files in %3 tenants\n"_s.arg(report.platformFiles)
              .arg(report.tenantFiles)
              .arg(report.tenants));
    return Succeeded;
}

// Beside a running server, or without one.
std::string joinedOwnerUrl(const Config &config, std::unique_ptr<EmbeddedPostgres> &postgres)
{
    const auto running =
        config.databaseUrl.isEmpty() ? EmbeddedPostgres::runningOwnerUrl(config.dataFolder) : std::nullopt;
    return running ? *running : ownerUrl(config, postgres);
}

int rotateKey(const Config &config, bool fromNowOn)
{
    std::unique_ptr<EmbeddedPostgres> postgres;
    Database database({.session = {.url = joinedOwnerUrl(config, postgres)}, .connections = 1});
    const SecretBox box = masterKeyOf(config);
    AccessTokens tokens;
    const QString id = SigningKeys(database, box, tokens).rotate(fromNowOn);
    print(u"The key %1 signs access tokens %2. The keys before it verify until their last token has ended.\n"_s.arg(
        id, fromNowOn ? u"from now on"_s : u"in a day, when everybody has learnt of it"_s));
    return Succeeded;
}

int verify(const Config &config, const AuditVerifyOptions &options)
{
    std::unique_ptr<EmbeddedPostgres> postgres;
    const AuditVerdict verdict = verifyAudit(joinedOwnerUrl(config, postgres), options);
    print(verdict.text);
    return verdict.isGood ? Succeeded : Failed;
}

// The document needs the route table, not a database: nothing connects before the first transaction.
int describeApi(const Config &config, bool routesOnly)
{
    Database database(DatabaseOptions{});
    Migrations migrations{std::string()};
    Services services(
        config, database, migrations, [](std::function<void()>) { return false; }, 1);
    http::Router router({});
    services.addRoutes(router);
    print(routesOnly ? QString::fromUtf8(http::routeList(router))
                     : QString::fromUtf8(json::print(http::openApi(router))) + u'\n');
    return Succeeded;
}

int doctor(const Config &config, bool asJson)
{
    const auto findings = examine(config);
    const bool allGood =
        std::all_of(findings.begin(), findings.end(), [](const Finding &finding) { return finding.good; });
    if (asJson) {
        QJsonObject settings;
        for (const SettingDoc &setting : describe(config))
            settings.insert(setting.fileKey, setting.value);
        print(QString::fromUtf8("{\"good\":" + json::print(allGood) + ",\"findings\":" + json::print(findings)
                                + ",\"settings\":" + json::print(settings) + "}\n"));
        return allGood ? Succeeded : Failed;
    }
    QString text = u"Settings\n"_s;
    for (const SettingDoc &setting : describe(config))
        text += u"  %1 %2\n"_s.arg(setting.fileKey, -30).arg(setting.value.isEmpty() ? u"-"_s : setting.value);
    text += u"\nFindings\n"_s;
    for (const Finding &finding : findings)
        text +=
            u"  %1 %2 %3\n"_s.arg(finding.good ? u"good "_s : u"WRONG"_s).arg(finding.subject, -22).arg(finding.detail);
    print(text);
    return allGood ? Succeeded : Failed;
}

// What remains of the arguments after a command's own options are settings.
Config configOf(const QStringList &arguments)
{
    Config config = loadConfig(arguments, processEnvironment());
    installLog(config);
    return config;
}

struct Command
{
    QLatin1StringView name; // of one word or two
    const char *help;
    int (*run)(QStringList arguments);
};
constexpr Command commands[] = {
    {"serve"_L1, "run the server", [](QStringList arguments) { return serve(configOf(arguments)); }},
    {"migrate"_L1, "bring the database up to date and stop",
     [](QStringList arguments) { return migrate(configOf(arguments)); }},
    {"doctor"_L1, "say what is configured and whether it works (--json: for programs)",
     [](QStringList arguments) {
         const bool asJson = Options(arguments).take("--json"_L1);
         return doctor(configOf(arguments), asJson);
     }},
    {"audit verify"_L1,
     "prove that nobody changed the audit log (--tenant SLUG: of one tenant; --anchors FILE: compare with what an "
     "earlier run printed)",
     [](QStringList arguments) {
         Options own(arguments);
         const AuditVerifyOptions options{own.takeValue("--tenant"_L1), own.takeValue("--anchors"_L1)};
         return verify(configOf(arguments), options);
     }},
    {"eval run"_L1, "run a suite of evaluations on a running server, for CI (--help: its options)",
     [](QStringList arguments) { return evaluations::runSuite(std::move(arguments), processEnvironment()); }},
    {"key rotate"_L1, "make a new key that signs access tokens in a day (--now: at once)",
     [](QStringList arguments) {
         const bool fromNowOn = Options(arguments).take("--now"_L1);
         return rotateKey(configOf(arguments), fromNowOn);
     }},
    {"openapi"_L1, "print the description of the API",
     [](QStringList arguments) { return describeApi(configOf(arguments), false); }},
    {"routes"_L1, "print one line for each route",
     [](QStringList arguments) { return describeApi(configOf(arguments), true); }},
};

void printHelp()
{
    QString text = u"Usage: patiod COMMAND [options]\n\n"_s;
    for (const Command &command : commands)
        text += u"  %1 %2\n"_s.arg(command.name, -12).arg(QString::fromUtf8(command.help));
    text += u"\nEach option can also be set in the environment (PATIO_…) and in a TOML file (--config FILE, "
            u"PATIO_CONFIG or "
            "/etc/patio/patiod.toml); options win over the environment, the environment over the file.\n\n"_s;
    for (const SettingDoc &setting : describe(Config{}))
        text += u"  %1 %2 %3\n"_s.arg(setting.flag, -32)
                    .arg(setting.help, setting.value.isEmpty() ? QString() : u"[%1]"_s.arg(setting.value));
    text += u"\nExit codes: 0 success, 1 failure, 2 wrong use.\n"_s;
    print(text);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"patiod"_s);
    QCoreApplication::setApplicationVersion(u"" PATIO_VERSION ""_s);
    QStringList arguments = app.arguments().mid(1);
    const bool hasOwnHelp = arguments.value(0) == "eval"_L1;
    if (!hasOwnHelp && (arguments.contains("--help"_L1) || arguments.contains("-h"_L1))) {
        printHelp();
        return Succeeded;
    }
    if (arguments.contains("--version"_L1)) {
        print(u"patiod %1\n"_s.arg(QCoreApplication::applicationVersion()));
        return Succeeded;
    }
    for (const Command &command : commands) {
        const QStringList words = QString(command.name).split(u' ');
        if (arguments.first(std::min(words.size(), arguments.size())) != words)
            continue;
        try {
            return command.run(arguments.sliced(words.size()));
        } catch (const ConfigError &error) {
            complain(QString::fromUtf8(error.what()));
            return WrongUse;
        } catch (const std::exception &error) {
            complain(QString::fromUtf8(error.what()));
            return Failed;
        }
    }
    complain(arguments.isEmpty() ? u"say what to do; --help lists the commands."_s
                                 : u"there is no command “%1”; --help lists them."_s.arg(arguments.first()));
    return WrongUse;
}
