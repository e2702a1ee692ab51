// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/server_process.h"
#include "tests/support/provider_server.h"

#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

constexpr int caseCount = 60;

} // namespace

// `patiod eval run` beside the real program, and a server that is killed in the middle of a run.
class TestEvaluationSuite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_provider.listen());
        m_server = std::make_unique<ServerProcess>(
            QStringList{u"--job-lease"_s, u"2s"_s},
            QHash<QString, QString>{{u"OPENAI_API_KEY"_s, u"sk-test"_s},
                                    {u"OPENAI_BASE_URL"_s, m_provider.openAiBaseUrl().toString()}});
        QVERIFY(m_server->start());
        QVERIFY(m_server->signIn(u"acme"_s, u"owner"_s));
        const auto version = [](const QString &prompt) {
            return QJsonObject{{u"userPrompt"_s, prompt}, {u"defaultModel"_s, u"openai/gpt-4o-mini"_s}};
        };
        const auto made = m_server->send(
            "POST", u"/api/v1/templates"_s,
            {{u"name"_s, u"Reply"_s}, {u"slug"_s, u"reply"_s}, {u"version"_s, version(u"one {{input}}"_s)}});
        QCOMPARE(made.status, 201);
        const QString versions = u"/api/v1/templates/%1/versions"_s.arg(made.json[u"template"_s][u"id"_s].toString());
        QCOMPARE(m_server->send("POST", versions, version(u"oops {{input}}"_s)).status, 201);
        const auto key = m_server->send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, u"CI"_s}});
        QCOMPARE(key.status, 201);
        m_key = key.json[u"secret"_s].toString();
    }

    void aSuiteThatPasses()
    {
        QCOMPARE(run(suite(1), {}), 0);
        QVERIFY2(m_said.contains("passed"), m_said);
        QVERIFY(m_said.contains("60/60"));
        QCOMPARE(report(), (QList<int>{caseCount, 0, 0, 0}));
    }

    // The second version does worse: the reason is said, and CI sees it by the exit code and the report.
    void aSuiteThatFails()
    {
        QCOMPARE(run(suite(2), {}), 1);
        QVERIFY2(m_said.contains("60 of 60 answers do not pass"), m_said);
        QCOMPARE(run(suite(2, "baseline: last\n"), {}), 0); // nothing got worse since then
        QCOMPARE(report(), (QList<int>{caseCount, 0, 0, caseCount}));
        QCOMPARE(run(suite(2, "baseline: {template: reply, version: 1}\n"), {}), 1);
        QVERIFY2(m_said.contains("60 of 60 cases do worse"), m_said);
        QCOMPARE(report(), (QList<int>{caseCount, caseCount, 0, 0}));
        QCOMPARE(run(suite(1, "baseline: last\n"), {}), 0);
        QVERIFY2(m_said.contains("0/60"), m_said); // better
    }

    void casesAreBroughtAsTheyAre()
    {
        const auto cases = [&] {
            const QString dataset =
                m_server->send("GET", u"/api/v1/datasets?search=suite"_s).json[u"items"_s][0][u"id"_s].toString();
            return m_server->send("GET", u"/api/v1/datasets/%1/cases?limit=200"_s.arg(dataset))
                .json[u"items"_s]
                .toArray();
        };
        QHash<QString, QString> before;
        for (const QJsonValue one : cases())
            before.insert(one[u"variables"_s][u"input"_s].toString(), one[u"id"_s].toString());
        QCOMPARE(before.size(), caseCount);
        QByteArray changed = suite(1);
        changed.replace("{variables: {input: q7}, expected: \"Answer to: one q7\"}",
                        "{variables: {input: q7}, expected: \"Answer to: one q8\"}");
        changed.replace("    - {variables: {input: q9}, expected: \"Answer to: one q9\"}\n", "");
        QCOMPARE(run(changed, {}), 1);
        const QJsonArray after = cases();
        QCOMPARE(after.size(), caseCount - 1);
        for (const QJsonValue one : after)
            QCOMPARE(one[u"id"_s].toString(), before[one[u"variables"_s][u"input"_s].toString()]);
        QVERIFY2(m_said.contains("1 of 59 answers do not pass"), m_said);
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("said");
        const QStringList good{u"--file"_s, u"{file}"_s, u"--server"_s, u"{server}"_s};
        QTest::newRow("no file") << QStringList{} << u"x"_s << QByteArray("--file");
        QTest::newRow("no key") << good << QString() << QByteArray("PATIO_API_KEY");
        QTest::newRow("a wrong key") << good << u"patio_key_wrong"_s << QByteArray("gateway key");
        QTest::newRow("an unknown option")
            << good + QStringList{u"--api-key"_s, u"x"_s} << u"x"_s << QByteArray("--api-key");
        QTest::newRow("no such file") << QStringList{u"--file"_s, u"/nowhere.yaml"_s, u"--server"_s, u"{server}"_s}
                                      << u"x"_s << QByteArray("/nowhere.yaml");
        QTest::newRow("a server that is none")
            << QStringList{u"--file"_s, u"{file}"_s, u"--server"_s, u"nonsense"_s} << u"x"_s << QByteArray("--server");
    }
    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(const QString, key);
        QFETCH(const QByteArray, said);
        write(suite(1));
        for (QString &one : arguments)
            one.replace(u"{file}"_s, file()).replace(u"{server}"_s, u"http://"_s + m_server->address());
        QCOMPARE(command(arguments, key), 2);
        QVERIFY2(m_said.contains(said), m_said);
        QVERIFY(!m_said.contains(m_key.toLatin1()));
    }

    void whatTheServerRefuses()
    {
        QByteArray text = suite(1);
        text.replace("template: reply", "template: nobody");
        QCOMPARE(run(text, {}), 2);
        QVERIFY2(m_said.contains("names no template"), m_said);
        QCOMPARE(run("dataset: nowhere\nversions: [{template: reply}]\n", {}), 2);
        QVERIFY2(m_said.contains("names no dataset"), m_said);
    }

    // kill -9 in the middle: the run ends all the same, each answer scored once.
    void aKilledServerLosesNothing()
    {
        QByteArray changed = suite(1);
        changed.replace("expected: \"Answer to: one q7\"", "expected: \"Answer to: one q8\"");
        QCOMPARE(run(changed, {}), 1);
        const auto dataset = m_server->send("GET", u"/api/v1/datasets?search=suite"_s).json[u"items"_s][0];
        const QJsonObject body{{u"datasetId"_s, dataset[u"id"_s]},
                               {u"models"_s, QJsonArray{u"openai/test-slow-stream-50ms"_s}},
                               {u"versions"_s, QJsonArray{QJsonObject{{u"template"_s, u"reply"_s}, {u"version"_s, 1}}}},
                               {u"repeats"_s, 3}};
        const auto started = m_server->send("POST", u"/api/v1/evaluation-runs"_s, body);
        QCOMPARE(started.status, 202);
        const QString run = u"/api/v1/evaluation-runs/"_s + started.json[u"run"_s][u"id"_s].toString();
        const auto detail = [&] { return m_server->send("GET", run).json; };
        for (int kills = 0; kills < 3; ++kills) {
            const int done = detail()[u"run"_s][u"done"_s].toInt();
            QVERIFY(QTest::qWaitFor([&] { return detail()[u"run"_s][u"done"_s].toInt() > done; }, 60'000));
            m_server->kill();
            QVERIFY(m_server->start());
        }
        QVERIFY(QTest::qWaitFor([&] { return detail()[u"run"_s][u"state"_s] == u"completed"_s; }, 120'000));
        const QJsonObject ended = detail();
        const int answers = started.json[u"run"_s][u"answers"_s].toInt();
        QCOMPARE(ended[u"run"_s][u"done"_s], answers);
        const QJsonValue column = ended[u"columns"_s][0];
        QCOMPARE(column[u"passed"_s].toInt() + column[u"failed"_s].toInt(), answers);
        QCOMPARE(column[u"failed"_s], 3); // the case that expects something else, each time
    }

private:
    static QByteArray suite(int version, const QByteArray &more = {})
    {
        QByteArray text = "name: Suite\n"
                          "dataset:\n"
                          "  name: suite\n"
                          "  assertions: [{kind: equals}]\n"
                          "  cases:\n";
        for (int i = 1; i <= caseCount; ++i) {
            const QByteArray input = 'q' + QByteArray::number(i);
            text += "    - {variables: {input: " + input + "}, expected: \"Answer to: one " + input + "\"}\n";
        }
        return text + "versions: [{template: reply, version: " + QByteArray::number(version) + "}]\n" + more;
    }

    QString file() const { return m_folder.filePath(u"suite.yaml"_s); }
    void write(const QByteArray &text)
    {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }

    int run(const QByteArray &text, const QStringList &more)
    {
        write(text);
        return command(QStringList{u"--file"_s, file(), u"--server"_s, u"http://"_s + m_server->address(), u"--junit"_s,
                                   m_folder.filePath(u"junit.xml"_s)}
                           + more,
                       m_key);
    }

    int command(const QStringList &arguments, const QString &key)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"PATIO_SERVER"_s);
        environment.insert(u"PATIO_API_KEY"_s, key);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"" PATIO_BINARY_DIR "/bin/patiod"_s, QStringList{u"eval"_s, u"run"_s} + arguments);
        // The provider answers in this thread's event loop.
        (void)QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 120'000);
        m_said = process.readAll();
        return process.exitStatus() == QProcess::NormalExit && process.state() == QProcess::NotRunning
            ? process.exitCode()
            : -1;
    }

    // Tests, failures, errors and skipped of the report, once it was found to be of the form.
    QList<int> report()
    {
        const QString name = m_folder.filePath(u"junit.xml"_s);
        const QString lint = QStandardPaths::findExecutable(u"xmllint"_s);
        if (!lint.isEmpty()) {
            QProcess process;
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(lint, {u"--noout"_s, u"--schema"_s, QStringLiteral(JUNIT_SCHEMA), name});
            process.waitForFinished();
            if (process.exitCode() != 0) {
                qWarning() << process.readAll();
                return {};
            }
        }
        QFile in(name);
        if (!in.open(QIODevice::ReadOnly))
            return {};
        QXmlStreamReader reader(&in);
        QHash<QString, int> count;
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement)
                ++count[reader.name().toString()];
        if (reader.hasError() || count[u"testsuites"_s] != 1)
            return {};
        return {count[u"testcase"_s], count[u"failure"_s], count[u"error"_s], count[u"skipped"_s]};
    }

    ProviderServer m_provider;
    std::unique_ptr<ServerProcess> m_server;
    QTemporaryDir m_folder;
    QString m_key;
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(TestEvaluationSuite)
#include "tst_evaluation_suite.moc"
