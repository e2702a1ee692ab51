// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/suite_command.h"

#include "server/evaluations/suite/suite_runner.h"
#include "server/signals.h"

#include <QHostAddress>
#include <QSaveFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace evaluations {
namespace {

void print(const QString &text)
{
    std::fputs((text + u'\n').toUtf8().constData(), stdout);
    std::fflush(stdout);
}
void complain(const QString &text) { std::fputs((u"patiod: "_s + text + u'\n').toUtf8().constData(), stderr); }

const QString usage =
    uR"(Usage: patiod eval run --file SUITE [--server URL] [--junit FILE] [--timeout SECONDS] [--quiet]

Runs a suite of evaluations (YAML or JSON) on a running server and says whether it passed.

  --file SUITE       what to ask, of whom, and what must come of it
  --server URL       of the server [PATIO_SERVER]
  --junit FILE       write the results as JUnit XML, for CI
  --timeout SECONDS  cancel the run after that time [3600]
  --quiet            no progress, only what came of it

PATIO_API_KEY holds the secret of a gateway key whose owner may run evaluations.
Exit codes: 0 passed, 1 failed or worse than the baseline, 2 wrong use, no connection, or not run.)"_s;

struct Settings
{
    QString file;
    QUrl server;
    QString junit;
    int timeout = 3600;
    bool isQuiet = false;
    QByteArray key;
};

[[noreturn]] void wrong(const QString &what) { throw SuiteError(what.toStdString()); }

Settings settingsOf(const QStringList &arguments, const QHash<QString, QString> &environment)
{
    Settings settings;
    QString server = environment.value(u"PATIO_SERVER"_s);
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &name = arguments[i];
        const auto value = [&] {
            if (++i == arguments.size())
                wrong(name + u" needs a value; --help says more"_s);
            return arguments[i];
        };
        if (name == "--file"_L1)
            settings.file = value();
        else if (name == "--server"_L1)
            server = value();
        else if (name == "--junit"_L1)
            settings.junit = value();
        else if (name == "--timeout"_L1)
            settings.timeout = value().toInt();
        else if (name == "--quiet"_L1)
            settings.isQuiet = true;
        else
            wrong(u"there is no option “%1”; --help lists them"_s.arg(name));
    }
    settings.server = QUrl(server, QUrl::StrictMode);
    settings.key = environment.value(u"PATIO_API_KEY"_s).toLatin1().trimmed();
    if (settings.file.isEmpty())
        wrong(u"say which suite: --file FILE"_s);
    if (!settings.server.isValid() || settings.server.host().isEmpty()
        || !settings.server.scheme().startsWith("http"_L1) || !settings.server.userInfo().isEmpty())
        wrong(u"say which server: --server https://… or PATIO_SERVER"_s);
    if (settings.timeout <= 0)
        wrong(u"--timeout must be a number of seconds"_s);
    if (settings.key.isEmpty())
        wrong(u"put the secret of a gateway key into the environment as PATIO_API_KEY"_s);
    const QHostAddress host(settings.server.host());
    if (settings.server.scheme() == "http"_L1 && !host.isLoopback() && settings.server.host() != "localhost"_L1)
        complain(u"the key travels unencrypted to %1; use https"_s.arg(settings.server.host()));
    return settings;
}

void printTable(const SuiteVerdict &verdict)
{
    print(u"\n%1 %2 %3 %4 %5 %6 %7"_s.arg(u"column"_s, -48)
              .arg(u"passed"_s, 9)
              .arg(u"failed"_s, 7)
              .arg(u"errors"_s, 7)
              .arg(u"score"_s, 6)
              .arg(u"US$"_s, 9)
              .arg(u"worse/better"_s, 13));
    for (const RunColumn &column : verdict.run.columns) {
        QString change = u"-"_s;
        if (verdict.comparison)
            if (const auto &beside = verdict.comparison->columns.value(column.column); beside.baselineColumn)
                change = u"%1/%2"_s.arg(beside.regressions).arg(beside.improvements);
        print(u"%1 %2 %3 %4 %5 %6 %7"_s
                  .arg(u"%1 v%2 %3"_s.arg(column.templateSlug).arg(column.version).arg(column.model), -48)
                  .arg(u"%1/%2"_s.arg(column.passed).arg(column.answers), 9)
                  .arg(column.failed, 7)
                  .arg(column.errors, 7)
                  .arg(column.score ? QString::number(*column.score, 'f', 3) : u"-"_s, 6)
                  .arg(double(column.costNanos + column.judgeCostNanos) / 1e9, 9, 'f', 6)
                  .arg(change, 13));
    }
}

void writeReport(const Settings &settings, const SuiteVerdict &verdict)
{
    if (settings.junit.isEmpty())
        return;
    const EvaluationRun &run = verdict.run.run;
    QSaveFile file(settings.junit);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(junit::print(run.name.isEmpty() ? run.datasetName : run.name, verdict.report)) < 0
        || !file.commit())
        wrong(u"%1 cannot be written: %2"_s.arg(settings.junit, file.errorString()));
}

} // namespace

int runSuite(QStringList arguments, const QHash<QString, QString> &environment)
try {
    if (arguments.contains("--help"_L1) || arguments.contains("-h"_L1)) {
        print(usage);
        return SuitePassed;
    }
    const Settings settings = settingsOf(arguments, environment);
    const Suite suite = readSuite(settings.file);
    bool isStopped = false;
    const Signals stopping({.stop = [&] { isStopped = true; }, .reload = [] {}});
    SuiteClient client(settings.server, settings.key);
    SuiteRunner runner(client, suite,
                       {.timeout = std::chrono::seconds(settings.timeout),
                        .print = [&](const QString &line) { settings.isQuiet ? void() : print(line); },
                        .isStopped = [&] { return isStopped; }});
    const SuiteVerdict verdict = runner.run();
    printTable(verdict);
    writeReport(settings, verdict);
    for (const QString &reason : verdict.reasons)
        print(u"FAILED "_s + reason);
    if (verdict.reasons.isEmpty())
        print(u"passed"_s);
    return verdict.reasons.isEmpty() ? SuitePassed : SuiteFailed;
} catch (const SuiteError &error) {
    complain(QString::fromUtf8(error.what()));
    return SuiteNotRun;
} catch (const ApiError &error) {
    complain(error.detail);
    for (const json::Problem &problem : error.errors)
        complain(problem.pointer + u' ' + problem.message);
    return SuiteNotRun;
}

} // namespace evaluations
