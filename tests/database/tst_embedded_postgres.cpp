// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/database.h"
#include "server/database/embedded_postgres.h"
#include "server/database/postgres_programs.h"
#include "server/database/service_account.h"
#include "server/database/setup_error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

EmbeddedPostgresOptions options(const QString &folder)
{
    return {.dataFolder = folder, .settings = {.maxConnections = 20, .durable = false}};
}

QString refusal(const QString &folder)
{
    try {
        EmbeddedPostgres(options(folder)).start();
    } catch (const SetupError &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

std::string ask(EmbeddedPostgres &postgres, const char *sql)
{
    database::Session owner({.url = postgres.ownerUrl()});
    return owner.runScript(sql)[0][0].c_str();
}

mode_t modeOf(const QString &path)
{
    struct stat info = {};
    stat(QFile::encodeName(path).constData(), &info);
    return info.st_mode & 07777;
}

bool isRunning(qint64 pid)
{
    QFile status(u"/proc/%1/stat"_s.arg(pid));
    return status.open(QIODevice::ReadOnly) && !status.readAll().contains(") Z ");
}

qint64 postmasterOf(const QString &folder)
{
    QFile file(folder + u"/postgres/cluster/postmaster.pid"_s);
    return file.open(QIODevice::ReadOnly) ? file.readLine().trimmed().toLongLong() : 0;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly) && file.write(text) == text.size(), qPrintable(path));
}

// This program as a server of its own (see main), so that it can be killed.
class OtherServer
{
public:
    explicit OtherServer(const QString &folder)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {u"--serve"_s, folder});
    }
    ~OtherServer() { kill(); }
    bool isReady() { return m_process.waitForReadyRead(30000) && m_process.readLine() == "ready\n"; }
    qint64 pid() const { return m_process.processId(); }
    void kill()
    {
        m_process.kill(); // SIGKILL
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

} // namespace

class TestEmbeddedPostgres : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        QFile::setPermissions(path(), QFile::permissions(path()) | QFile::ExeOther); // PostgreSQL's user passes through
    }
    void cleanup() { m_folder.reset(); }

    void isPrivateAndCareful();
    void keepsDataFromStartToStart();
    void operatorSettingsWinExceptForTheSocket();
    void isStartedAgainWhenItEnds();
    void endsWithAKilledServer();
    void recoversWhenEverythingIsKilled();
    void stopsWhatAnEarlierServerLeft();
    void aStalePidFileIsNoObstacle_data();
    void aStalePidFileIsNoObstacle();
    void aSecondServerIsRefused();
    void anInterruptedInitdbIsDoneAgain();
    void somethingElseInItsPlaceIsRefused();
    void anotherMajorVersionIsRefused();
    void missingProgramsAreSaid();
    void longAndOddPathsWork_data();
    void longAndOddPathsWork();
    void aFolderOutOfReachIsNamed();
    void otherUsersStayOut();

private:
    QString path() const { return m_folder->path(); }
    QString cluster() const { return path() + u"/postgres/cluster"_s; }
    std::optional<QTemporaryDir> m_folder;
};

void TestEmbeddedPostgres::isPrivateAndCareful()
{
    EmbeddedPostgres postgres({.dataFolder = path(), .settings = {.maxConnections = 20}});
    postgres.start();
    QCOMPARE(ask(postgres, "SHOW listen_addresses"), std::string());
    QCOMPARE(ask(postgres, "SHOW data_checksums"), std::string("on"));
    QCOMPARE(ask(postgres, "SHOW fsync"), std::string("on"));
    QCOMPARE(ask(postgres, "SHOW max_connections"), std::string("20"));
    QCOMPARE(ask(postgres, "SHOW server_encoding"), std::string("UTF8"));
    QCOMPARE(ask(postgres, "SELECT datcollate FROM pg_database WHERE datname = current_database()"), std::string("C"));
    QCOMPARE(ask(postgres, "SELECT current_user"), std::string("patio_owner"));
    QCOMPARE(modeOf(path() + u"/postgres/socket"_s), mode_t(0700));
    QCOMPARE(modeOf(cluster()), mode_t(0700));
    QCOMPARE(modeOf(cluster() + u"/pg_hba.conf"_s), mode_t(0600));
    struct stat process = {};
    QCOMPARE(stat(("/proc/" + std::to_string(postgres.processId())).c_str(), &process), 0);
    QVERIFY(process.st_uid != 0);
    QCOMPARE(getpgid(pid_t(postgres.processId())), pid_t(postgres.processId())); // Ctrl+C is not for it

    const qint64 pid = postgres.processId();
    postgres.stop();
    QVERIFY(!isRunning(pid));
    QVERIFY(!QFileInfo::exists(cluster() + u"/postmaster.pid"_s));
    QCOMPARE(QDir(path() + u"/postgres/socket"_s).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList());
}

void TestEmbeddedPostgres::keepsDataFromStartToStart()
{
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    ask(postgres, "CREATE TABLE kept AS SELECT 42 AS n; SELECT 1");
    postgres.stop();
    postgres.start();
    QCOMPARE(ask(postgres, "SELECT n FROM kept"), std::string("42"));
    postgres.stop();
    EmbeddedPostgres another(options(path()));
    another.start();
    QCOMPARE(ask(another, "SELECT n FROM kept"), std::string("42"));
}

void TestEmbeddedPostgres::operatorSettingsWinExceptForTheSocket()
{
    QDir(path()).mkdir(u"postgres"_s);
    write(path() + u"/postgres/local.conf"_s,
          "work_mem = 7MB\nmax_connections = 33\nlisten_addresses = '*'\nport = 5999\n");
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    QCOMPARE(ask(postgres, "SHOW work_mem"), std::string("7MB"));
    QCOMPARE(ask(postgres, "SHOW max_connections"), std::string("33"));
    QCOMPARE(ask(postgres, "SHOW listen_addresses"), std::string());
}

void TestEmbeddedPostgres::isStartedAgainWhenItEnds()
{
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    ask(postgres, "CREATE TABLE kept AS SELECT 42 AS n; SELECT 1");
    QSignalSpy ended(&postgres, &EmbeddedPostgres::stoppedByItself);
    Database pool({.session = {.url = postgres.ownerUrl()}, .connections = 2});
    const auto isBack = [&] {
        try {
            return ask(postgres, "SELECT n FROM kept") == "42";
        } catch (const pqxx::failure &) {
            return false;
        }
    };
    for (int round = 1; round <= 3; ++round) {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"PostgreSQL ended by itself and is started again"_s));
        const qint64 before = postgres.processId();
        ::kill(pid_t(before), SIGKILL);
        QTRY_COMPARE(ended.size() > 0, true);
        QTRY_VERIFY_WITH_TIMEOUT(isBack(), 20000);
        QVERIFY(postgres.processId() != before);
        ended.clear();
    }
}

void TestEmbeddedPostgres::endsWithAKilledServer()
{
    OtherServer server(path());
    QVERIFY(server.isReady());
    const qint64 postmaster = postmasterOf(path());
    QVERIFY(isRunning(postmaster));
    server.kill();
    QTRY_VERIFY_WITH_TIMEOUT(!isRunning(postmaster), 20000);
    QCOMPARE(refusal(path()), QString());
}

void TestEmbeddedPostgres::recoversWhenEverythingIsKilled()
{
    {
        EmbeddedPostgres postgres(options(path()));
        postgres.start();
        ask(postgres, "CREATE TABLE kept AS SELECT 42 AS n; SELECT 1");
    }
    for (int round = 0; round < 3; ++round) {
        OtherServer server(path());
        QVERIFY(server.isReady());
        ::kill(pid_t(postmasterOf(path())), SIGKILL); // its children live on for a moment
        server.kill();
        EmbeddedPostgres postgres(options(path()));
        postgres.start();
        QCOMPARE(ask(postgres, "SELECT n FROM kept"), std::string("42"));
    }
}

void TestEmbeddedPostgres::stopsWhatAnEarlierServerLeft()
{
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    postgres.stop();
    // As on a system where the end of the parent goes unnoticed.
    const PostgresPrograms programs = PostgresPrograms::choose(0);
    QProcess left;
    left.setWorkingDirectory(u"/"_s);
    const ServiceAccount account = ServiceAccount::choose(cluster());
    account.runAs(left);
    left.start(programs.postgres(),
               {u"-D"_s, cluster(), u"-c"_s, u"listen_addresses="_s, u"-c"_s,
                u"unix_socket_directories="_s + path() + u"/postgres/socket"_s});
    QTRY_VERIFY(postmasterOf(path()) == left.processId());
    const qint64 pid = left.processId();
    postgres.start();
    QVERIFY(left.waitForFinished());
    QVERIFY(postgres.processId() != pid);
    QCOMPARE(ask(postgres, "SELECT 1"), std::string("1"));
}

void TestEmbeddedPostgres::aStalePidFileIsNoObstacle_data()
{
    QTest::addColumn<QByteArray>("pid");
    QProcess ended;
    ended.start(u"true"_s, QStringList());
    const QByteArray gone = QByteArray::number(ended.processId());
    ended.waitForFinished();
    QTest::newRow("of no process") << gone;
    QTest::newRow("of another program") << QByteArray::number(qint64(getpid()));
    QTest::newRow("of the first process") << "1"_ba;
    QTest::newRow("of nothing at all") << "x"_ba;
}

void TestEmbeddedPostgres::aStalePidFileIsNoObstacle()
{
    QFETCH(QByteArray, pid);
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    postgres.stop();
    const QByteArray folder = QFile::encodeName(cluster());
    write(cluster() + u"/postmaster.pid"_s,
          pid + '\n' + folder + "\n1700000000\n5432\n/nowhere\n\n  5432001         0\nready   \n");
    postgres.start();
    QCOMPARE(ask(postgres, "SELECT 1"), std::string("1"));
}

void TestEmbeddedPostgres::aSecondServerIsRefused()
{
    OtherServer server(path());
    QVERIFY(server.isReady());
    const QString message = refusal(path());
    QVERIFY2(message.contains(QString::number(server.pid())) && message.contains(path()), qPrintable(message));
    QVERIFY(isRunning(postmasterOf(path()))); // undisturbed
    server.kill();
    QCOMPARE(refusal(path()), QString());
}

void TestEmbeddedPostgres::anInterruptedInitdbIsDoneAgain()
{
    const auto unfinished = [&] { return QDir(path() + u"/postgres"_s).entryList({u"cluster.new*"_s}, QDir::Dirs); };
    {
        OtherServer server(path());
        QTRY_VERIFY(!unfinished().isEmpty()
                    && QFileInfo::exists(path() + u"/postgres/"_s + unfinished()[0] + u"/base"_s));
        server.kill();
    }
    QVERIFY(!QFileInfo::exists(cluster()));
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    QCOMPARE(ask(postgres, "SELECT 1"), std::string("1"));
    postgres.stop();
    postgres.start(); // by now the other initdb has noticed that it is alone
    QCOMPARE(unfinished(), QStringList());
}

void TestEmbeddedPostgres::somethingElseInItsPlaceIsRefused()
{
    QVERIFY(QDir().mkpath(cluster()));
    write(cluster() + u"/diary.txt"_s, "dear diary");
    QVERIFY(refusal(path()).contains(u"not a PostgreSQL cluster"_s));
    QVERIFY(QFileInfo::exists(cluster() + u"/diary.txt"_s));
}

void TestEmbeddedPostgres::anotherMajorVersionIsRefused()
{
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    postgres.stop();
    write(cluster() + u"/PG_VERSION"_s, "11\n");
    const QString message = refusal(path());
    QVERIFY2(message.contains(u"PostgreSQL 11"_s) && message.contains(u"pg_upgrade"_s), qPrintable(message));
}

void TestEmbeddedPostgres::missingProgramsAreSaid()
{
    const QByteArray before = qgetenv("PATIO_POSTGRES_BIN");
    qputenv("PATIO_POSTGRES_BIN", "/nowhere");
    const QString message = refusal(path());
    before.isNull() ? qunsetenv("PATIO_POSTGRES_BIN") : qputenv("PATIO_POSTGRES_BIN", before);
    QVERIFY2(message.contains(u"none was found"_s) && message.contains(u"PATIO_POSTGRES_BIN"_s), qPrintable(message));
}

void TestEmbeddedPostgres::longAndOddPathsWork_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("elsewhere");
    QTest::newRow("too long for a socket") << QString(u"long"_s).repeated(40) << true;
    QTest::newRow("comma") << u"a,b"_s << true;
    QTest::newRow("spaces and quotes") << u"it's \"my\" data\\x"_s << false;
    QTest::newRow("not ASCII") << u"dados_ção"_s << false;
}

void TestEmbeddedPostgres::longAndOddPathsWork()
{
    QFETCH(QString, name);
    QFETCH(bool, elsewhere);
    const QString folder = path() + u'/' + name;
    EmbeddedPostgres postgres(options(folder));
    postgres.start();
    const QString socket = QString::fromStdString(ask(postgres, "SHOW unix_socket_directories"));
    QCOMPARE(socket.startsWith(u'"' + QDir::tempPath() + u"/patio-postgres-"_s)
                 || socket.contains(u"/patio-postgres-"_s),
             elsewhere);
    QString socketFolder = socket;
    socketFolder.remove(u'"');
    if (elsewhere)
        QCOMPARE(modeOf(socketFolder), mode_t(0700));
    postgres.stop();
    if (elsewhere)
        QVERIFY(!QFileInfo::exists(socketFolder));
}

void TestEmbeddedPostgres::aFolderOutOfReachIsNamed()
{
    if (geteuid() != 0)
        QSKIP("only root lends PostgreSQL another user");
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const QString message = refusal(path() + u"/data"_s);
    QVERIFY2(message.contains(path() + u" (mode 0700)"_s) && message.contains(u"chmod o+x"_s), qPrintable(message));
}

void TestEmbeddedPostgres::otherUsersStayOut()
{
    if (geteuid() != 0)
        QSKIP("only root can try as somebody else");
    EmbeddedPostgres postgres(options(path()));
    postgres.start();
    // Even with the way to the socket open, the operating system tells PostgreSQL who is calling.
    QVERIFY(chmod(QFile::encodeName(path() + u"/postgres/socket"_s).constData(), 0777) == 0);
    QVERIFY(chmod(QFile::encodeName(path() + u"/postgres/socket/.s.PGSQL.5432"_s).constData(), 0777) == 0);
    QProcess psql;
    psql.setProcessChannelMode(QProcess::MergedChannels);
    psql.start(u"setpriv"_s,
               {u"--reuid=4711"_s, u"--regid=4711"_s, u"--clear-groups"_s, u"psql"_s,
                QString::fromStdString(postgres.ownerUrl()), u"-c"_s, u"SELECT 1"_s});
    QVERIFY(psql.waitForFinished());
    const QByteArray output = psql.readAll();
    QVERIFY2(psql.exitCode() != 0 && output.contains("eer authentication failed"), output.constData());
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (application.arguments().value(1) == u"--serve"_s) {
        EmbeddedPostgres postgres(options(application.arguments().value(2)));
        postgres.start();
        std::puts("ready");
        std::fflush(stdout);
        return application.exec();
    }
    TestEmbeddedPostgres test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_embedded_postgres.moc"
