// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/server_process.h"

#include <QJsonArray>
#include <QSaveFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

// Names whose addresses change after they were given as a provider's, with a resolver that the test answers for
// (nss_wrapper): what a tenant chose never leads into the private network, whatever the name said before.
class TestRebinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_private.listen(QHostAddress::LocalHost));
        connect(&m_private, &QTcpServer::newConnection, this, [this] {
            ++m_connections;
            m_private.nextPendingConnection()->abort();
        });
        QVERIFY(m_folder.isValid());
        QVERIFY(QFile::setPermissions(m_folder.path(),
                                      QFile::permissions(m_folder.path()) | QFile::ReadOther | QFile::ExeOther));
        say({});
        m_server = started({});
        QVERIFY(m_server);
    }
    void init() { ++m_number; } // names are remembered for some seconds: each test has its own

    void privateAddresses_data()
    {
        QTest::addColumn<QString>("addresses");
        for (const char *address :
             {"127.0.0.1", "127.8.9.10", "10.0.0.5", "172.16.3.4", "192.168.0.1", "100.64.0.9", "169.254.169.254",
              "0.0.0.0", "::1", "fe80::1", "fd00::5", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "10.0.0.5 127.0.0.1"})
            QTest::newRow(address) << QString::fromLatin1(address);
    }
    void privateAddresses()
    {
        QFETCH(const QString, addresses);
        say(addresses.split(u' '));
        QVERIFY(addProvider(*m_server));
        const ServerProcess::Answer answer = ask(*m_server);
        QCOMPARE(answer.status, 502);
        QCOMPARE(answer.json[u"error"_s][u"code"_s], u"address_refused"_s);
        QCOMPARE(m_connections, 0);
    }

    void addressThatChanges()
    {
        say({u"93.184.216.34"_s});
        QVERIFY(addProvider(*m_server));
        const ServerProcess::Answer before = ask(*m_server); // nobody answers there
        QVERIFY(before.status == 502 || before.status == 504);
        QVERIFY(before.json[u"error"_s][u"code"_s] != u"address_refused"_s);
        say({u"127.0.0.1"_s});
        QTRY_COMPARE_WITH_TIMEOUT(ask(*m_server).json[u"error"_s][u"code"_s], u"address_refused"_s, 60'000);
        QCOMPARE(m_connections, 0);
        // Nor does testing the key lead there.
        const ServerProcess::Answer test =
            m_server->send("POST", u"/api/v1/credentials/%1/test"_s.arg(m_credential), {});
        QCOMPARE(test.status, 200);
        QCOMPARE(test.json[u"works"_s].toBool(), false);
        QCOMPARE(m_connections, 0);
    }

    // Without the policy the same name does lead there, so that the tests above can fail.
    void whereTheOperatorAllowsIt()
    {
        auto open = started({u"--private-provider-addresses"_s});
        QVERIFY(open);
        QVERIFY(addProvider(*open));
        say({u"127.0.0.1"_s});
        QCOMPARE(ask(*open).status, 502); // it hangs up
        QTRY_VERIFY(m_connections > 0);
    }

private:
    void say(const QStringList &addresses)
    {
        QSaveFile file(m_folder.filePath(u"hosts"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("127.0.0.1 localhost\n");
        for (const QString &address : addresses)
            file.write(address.toLatin1() + ' ' + host().toLatin1() + '\n');
        QVERIFY(file.commit());
        QVERIFY(QFile::setPermissions(file.fileName(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    }
    std::unique_ptr<ServerProcess> started(const QStringList &flags)
    {
        auto server = std::make_unique<ServerProcess>(
            QStringList{u"--log-level"_s, u"warning"_s} + flags,
            QHash<QString, QString>{{u"LD_PRELOAD"_s, QStringLiteral(NSS_WRAPPER)},
                                    {u"NSS_WRAPPER_HOSTS"_s, m_folder.filePath(u"hosts"_s)}});
        return server->start() && server->signIn(u"acme"_s, u"owner"_s) ? std::move(server) : nullptr;
    }
    QString host() const { return u"models%1.rebinding.example"_s.arg(m_number); }
    QString provider() const { return u"rebinding-%1"_s.arg(m_number); }
    bool addProvider(ServerProcess &server)
    {
        const QString url = u"https://%1:%2/v1"_s.arg(host()).arg(m_private.serverPort());
        const auto made = server.send("POST", u"/api/v1/credentials"_s,
                                      {{u"provider"_s, provider()},
                                       {u"kind"_s, u"openai"_s},
                                       {u"key"_s, u"sk-of-the-tenant"_s},
                                       {u"baseUrl"_s, url}});
        m_credential = made.json[u"id"_s].toString();
        m_key = server.send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, u"Key"_s}})
                    .json[u"secret"_s]
                    .toString()
                    .toLatin1();
        return made.status == 201 && !m_key.isEmpty();
    }
    ServerProcess::Answer ask(ServerProcess &server)
    {
        std::optional<ServerProcess::Answer> answer;
        server.send(
            "POST", u"/v1/chat/completions"_s,
            {{u"model"_s, provider() + u"/any"_s},
             {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Who is there?"_s}}}}},
            {{"Authorization", "Bearer " + m_key}}, [&](const ServerProcess::Answer &a) { answer = a; });
        return QTest::qWaitFor([&] { return answer.has_value(); }, 60'000) ? *answer : ServerProcess::Answer();
    }

    QTemporaryDir m_folder;
    QTcpServer m_private;
    int m_connections = 0;
    int m_number = 0;
    std::unique_ptr<ServerProcess> m_server;
    QString m_credential;
    QByteArray m_key;
};

QTEST_GUILESS_MAIN(TestRebinding)
#include "tst_rebinding.moc"
