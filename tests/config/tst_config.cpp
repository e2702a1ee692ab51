// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/config.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Environment = QHash<QString, QString>;

QString problemOf(const QStringList &arguments, const Environment &environment = {})
{
    try {
        loadConfig(arguments, environment);
        return {};
    } catch (const ConfigError &error) {
        return QString::fromUtf8(error.what());
    }
}

} // namespace

class TestConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flagsWinOverEnvironmentOverFile()
    {
        const QString file = write("listen = \"127.0.0.1:1\"\njob-attempts = 2\njob-backoff = \"5ms,1m\"\n");
        const Environment environment{{u"PATIO_LISTEN"_s, u"127.0.0.1:2"_s}, {u"PATIO_CONFIG"_s, file}};
        QCOMPARE(loadConfig({u"--config"_s, file}, {}).listenPort, 1);
        QCOMPARE(loadConfig({}, environment).listenPort, 2);
        const Config config = loadConfig({u"--listen=[::1]:3"_s, u"--demo"_s, u"--roles"_s, u"worker"_s}, environment);
        QCOMPARE(config.listenPort, 3);
        QCOMPARE(config.listenHost, u"::1"_s);
        QCOMPARE(config.jobAttempts, 2);
        QCOMPARE(config.jobBackoff,
                 (QList<std::chrono::milliseconds>{std::chrono::milliseconds(5), std::chrono::minutes(1)}));
        QVERIFY(config.demo);
        QVERIFY(config.roles.worker && !config.roles.api);
    }

    void providersAreFoundInTheirOwnVariables()
    {
        const Config config =
            loadConfig({}, {{u"OPENAI_API_KEY"_s, u" sk-abc "_s}, {u"ANTHROPIC_BASE_URL"_s, u"http://localhost:1"_s}});
        QCOMPARE(config.openaiKey, "sk-abc");
        QCOMPARE(config.anthropicBaseUrl, u"http://localhost:1"_s);
    }

    void secretsAreNotShown()
    {
        const Config config = loadConfig({},
                                         {{u"OPENAI_API_KEY"_s, u"sk-secret"_s},
                                          {u"PATIO_DATABASE_URL"_s, u"postgresql://me:hidden@host/db"_s},
                                          {u"PATIO_REDIS_URL"_s, u"redis://:hidden@host/1"_s}});
        QCOMPARE(config.redisUrl, u"redis://:hidden@host/1"_s);
        for (const SettingDoc &setting : describe(config)) {
            QVERIFY(!setting.value.contains(u"sk-secret"_s));
            QVERIFY(!setting.value.contains(u"hidden"_s));
        }
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown flag") << QStringList{u"--lisen=1"_s} << u"--lisen"_s;
        QTest::newRow("Redis over TLS") << QStringList{u"--redis-url=rediss://host"_s} << u"--redis-url: rediss://"_s;
        QTest::newRow("no Redis") << QStringList{u"--redis-url=localhost:6379"_s} << u"--redis-url: must be redis://"_s;
        QTest::newRow("no value") << QStringList{u"--listen"_s} << u"--listen needs a value"_s;
        QTest::newRow("no port") << QStringList{u"--listen=localhost"_s} << u"HOST:PORT"_s;
        QTest::newRow("port too large") << QStringList{u"--listen=localhost:70000"_s} << u"65535"_s;
        QTest::newRow("unknown role") << QStringList{u"--roles=api,boss"_s} << u"boss"_s;
        QTest::newRow("no unit") << QStringList{u"--idle-timeout=30"_s} << u"30s"_s;
        QTest::newRow("half a certificate") << QStringList{u"--tls-key=x.pem"_s} << u"--tls-certificate"_s;
        QTest::newRow("no network") << QStringList{u"--trusted-proxies=10.0.0.1,proxy"_s} << u"“proxy”"_s;
        QTest::newRow("no such file") << QStringList{u"--config=/nowhere.toml"_s} << u"/nowhere.toml"_s;
    }
    void mistakesAreNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, named);
        const QString problem = problemOf(arguments);
        QVERIFY2(problem.contains(named), qPrintable(problem));
    }

    void unknownNamesElsewhereAreMistakesToo()
    {
        QVERIFY(problemOf({}, {{u"PATIO_LISEN"_s, u"x"_s}}).contains(u"PATIO_LISEN"_s));
        const QString file = write("lisen = 1\n");
        QVERIFY(problemOf({u"--config"_s, file}).contains(u"lisen"_s));
        QVERIFY(problemOf({u"--config"_s, write("listen = \n")}).contains(u"line 1"_s));
    }

    void everySettingIsDescribed()
    {
        for (const SettingDoc &setting : describe(Config{})) {
            QVERIFY(!setting.help.isEmpty());
            QVERIFY(setting.environment.startsWith(u"PATIO_"_s));
        }
    }

private:
    QString write(const QByteArray &text)
    {
        QFile file(m_folder.filePath(QString::number(++m_files) + u".toml"_s));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName() : QString();
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestConfig)
#include "tst_config.moc"
