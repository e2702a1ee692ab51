// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/embedded_postgres.h"
#include "shared/json/json.h"
#include "tests/chat/chat_client.h"
#include "tests/faults/server_process.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr int people = 20;
constexpr int channelCount = 5;
constexpr int messages = 20'000;
constexpr int kills = 8;
constexpr int cutEvery = 40; // milliseconds
constexpr int patience = 600'000; // milliseconds
const QString password = u"correct horse battery staple"_s;

} // namespace

// 20 people in 5 channels, on two servers with one database that are killed in turn, over sockets that break: everybody
// sees every message once and in order, and none is lost that its sender saw accepted.
class TestChatDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyMessageOnceAndInOrder();

private:
    QByteArray signIn(const QString &email);
    bool isSeenByAll() const;

    QTemporaryDir m_folder;
    EmbeddedPostgres m_postgres{{.dataFolder = m_folder.path(), .settings = {.maxConnections = 100}}};
    std::optional<ServerProcess> m_first, m_second;
    QStringList m_channels;
    std::vector<std::unique_ptr<ChatClient>> m_clients;
};

QByteArray TestChatDelivery::signIn(const QString &email)
{
    return m_first
        ->send("POST", u"/api/v1/auth/login"_s,
               {{u"tenant"_s, u"acme"_s}, {u"email"_s, email}, {u"password"_s, password}})
        .json[u"accessToken"_s]
        .toString()
        .toLatin1();
}

void TestChatDelivery::initTestCase()
{
    m_postgres.start();
    const QStringList arguments{u"--log-level"_s,
                                u"warning"_s,
                                u"--database-connections"_s,
                                u"6"_s,
                                u"--connections-per-address"_s,
                                u"2000"_s,
                                u"--database-url"_s,
                                QString::fromStdString(m_postgres.appUrl()),
                                u"--database-owner-url"_s,
                                QString::fromStdString(m_postgres.ownerUrl())};
    const QHash<QString, QString> environment{{u"PATIO_MASTER_KEY"_s, QString(64, u'a')}};
    m_first.emplace(arguments, environment);
    QVERIFY(m_first->start());
    QVERIFY(m_first->signIn(u"acme"_s, u"owner"_s));
    m_second.emplace(arguments + QStringList{u"--demo=false"_s}, environment);
    QVERIFY(m_second->start());

    QJsonArray ids;
    QStringList emails;
    for (int i = 0; i < people; ++i) {
        emails.append(u"person%1@acme.example"_s.arg(i));
        const auto made = m_first->send("POST", u"/api/v1/users"_s,
                                        {{u"email"_s, emails.last()},
                                         {u"displayName"_s, u"Person %1"_s.arg(i)},
                                         {u"password"_s, password},
                                         {u"roles"_s, QJsonArray{u"agent"_s}}});
        QCOMPARE(made.status, 201);
        ids.append(made.json[u"id"_s]);
    }
    for (int i = 0; i < channelCount; ++i) {
        const auto made = m_first->send("POST", u"/api/v1/channels"_s,
                                        {{u"kind"_s, i % 2 ? u"private"_s : u"public"_s},
                                         {u"name"_s, u"channel-%1"_s.arg(i)},
                                         {u"memberIds"_s, ids}});
        QCOMPARE(made.status, 201);
        m_channels.append(made.json[u"channel"_s][u"id"_s].toString());
    }
    for (const QString &email : emails) {
        const QByteArray token = signIn(email);
        QVERIFY(!token.isEmpty());
        m_clients.push_back(
            std::make_unique<ChatClient>(QStringList{m_first->address(), m_second->address()}, token, m_channels));
        m_clients.back()->follow();
    }
    for (const auto &client : m_clients)
        QTRY_VERIFY_WITH_TIMEOUT(client->isFollowing(), 60'000);
}

bool TestChatDelivery::isSeenByAll() const
{
    return std::all_of(m_clients.begin(), m_clients.end(), [](const auto &client) {
        qsizetype seen = 0;
        for (const QStringList &ids : client->seen())
            seen += ids.size();
        return seen >= messages || !client->mistakes().isEmpty();
    });
}

void TestChatDelivery::everyMessageOnceAndInOrder()
{
    QTimer cuts;
    connect(&cuts, &QTimer::timeout, this,
            [&] { m_clients[QRandomGenerator::global()->bounded(quint32(m_clients.size()))]->cut(); });
    cuts.start(cutEvery);
    for (const auto &client : m_clients)
        client->send(messages / people);
    const auto accepted = [&] {
        int sum = 0;
        for (const auto &client : m_clients)
            sum += client->accepted();
        return sum;
    };
    for (int kill = 1; kill <= kills; ++kill) {
        QVERIFY(QTest::qWaitFor([&] { return accepted() >= messages * kill / (kills + 1); }, patience));
        ServerProcess &victim = kill % 2 ? *m_first : *m_second;
        victim.kill();
        QVERIFY(victim.start());
    }
    QTRY_VERIFY_WITH_TIMEOUT(
        std::all_of(m_clients.begin(), m_clients.end(), [](const auto &client) { return client->isDone(); }), patience);
    QCOMPARE(accepted(), messages);
    cuts.stop();
    QTRY_VERIFY_WITH_TIMEOUT(isSeenByAll(), 120'000);

    QSet<QString> distinct;
    const auto &first = m_clients.front()->seen();
    for (const QStringList &ids : first)
        distinct += QSet(ids.begin(), ids.end());
    for (const auto &client : m_clients) {
        QCOMPARE(client->mistakes(), QStringList());
        QVERIFY(client->seen() == first); // the same messages in the same order
        for (const ChatClient::Accepted &one : client->acceptedOnes())
            QCOMPARE(first.value(one.channel).value(one.sequence - 1), one.id);
    }
    QCOMPARE(distinct.size(), messages); // no resend became a second message
}

QTEST_GUILESS_MAIN(TestChatDelivery)
#include "tst_chat_delivery.moc"
