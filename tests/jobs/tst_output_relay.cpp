// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/listener.h"
#include "server/database/worker_pool.h"
#include "server/jobs/output_relay.h"
#include "shared/id.h"
#include "tests/jobs/event_reader.h"
#include "tests/live/live_reader.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000; // milliseconds

// What a process has of the output of jobs.
struct Side
{
    Side(TestDatabase &database, bool hasWorker)
        : pool(2, 1000),
          relay(
              database.database(), hub, [this](std::function<void()> work) { return pool.post(std::move(work)); },
              hasWorker),
          listener(database.appUrl(), relay.channels())
    {
        hub.subscribe([this](const OutputPiece &piece) { pieces.append(piece); });
        relay.follow(listener);
        listener.start();
    }
    ~Side() { pool.drain(); }

    QString heard(const QUuid &job) const
    {
        QString text;
        for (const OutputPiece &piece : pieces)
            if (piece.jobId == job && piece.offset == text.size())
                text += piece.text;
        return text;
    }

    OutputHub hub;
    WorkerPool pool;
    OutputRelay relay;
    Listener listener;
    QList<OutputPiece> pieces;
};

} // namespace

// Jobs run in one process and are read in another.
class TestOutputRelay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void textsArriveToTheUnit();
    void lateReadersGetAllOfIt();
    void nothingIsSentToNobody();
    void aTextStaysOnlyWhileItIsRead();
    void streamsReachOtherProcesses();
    void socketsReachOtherProcesses();

private:
    double relayed() const; // pieces that the worker's process has sent, by its metrics
    QNetworkRequest request(TestServer &server, const QString &path);
    static QJsonObject question(const QString &text, const QString &model);

    std::optional<TestDatabase> m_database;
    ProviderServer m_provider;
    std::optional<TestServer> m_reading; // api only
    std::optional<TestServer> m_working;
    QNetworkAccessManager m_network;
    QByteArray m_token;
};

void TestOutputRelay::initTestCase()
{
    m_database.emplace();
    QVERIFY(m_provider.listen());
    const auto both = [this](Config &config) {
        config.masterKey = QByteArray(64, 'a');
        config.openaiKey = "key";
        config.openaiBaseUrl = m_provider.openAiBaseUrl().toString();
    };
    m_reading.emplace([&](Config &config) {
        both(config);
        config.roles.worker = false;
    });
    m_working.emplace([&](Config &config) {
        both(config);
        config.demo = false;
        const QString url = u"host='%1/data/postgres/socket' port=5432 dbname=patio user=%2"_s.arg(m_reading->folder());
        config.databaseUrl = url.arg(u"patio_app"_s);
        config.databaseOwnerUrl = url.arg(u"patio_owner"_s);
    });
    m_token = m_reading->token(u"acme"_s, u"owner"_s);
    QVERIFY(!m_token.isEmpty());
}

void TestOutputRelay::textsArriveToTheUnit()
{
    Side here(*m_database, false), there(*m_database, true);
    const QUuid tenant = newId(), job = newId();
    const auto reading = here.hub.watch(job);
    // Letters of one to four bytes, U+0000, and halves of a pair on both sides of a border.
    QString all;
    while (all.size() < 30'000)
        all += u"plain é 漢字 🎈 "_s + QChar(u'\0') + QString::number(all.size()) + QChar(0xD83C);
    QTRY_VERIFY_WITH_TIMEOUT(here.listener.isConnected() && there.listener.isConnected(), patience);
    qint64 offset = 0;
    for (int step = 1; offset < all.size(); step = step * 3 % 997) {
        const QString text = all.mid(offset, step);
        there.hub.append({tenant, job, 1, offset, text});
        offset += text.size();
        if (step % 10 == 0)
            QCoreApplication::processEvents();
    }
    QTRY_COMPARE_WITH_TIMEOUT(here.heard(job).size(), all.size(), patience);
    QCOMPARE(here.heard(job), all);
    QVERIFY(here.pieces.first().tenantId == tenant);
    QVERIFY(here.hub.snapshot(tenant, job)->text == all);
    QVERIFY(!here.hub.snapshot(newId(), job)); // another tenant
    // A second attempt begins anew.
    here.pieces.clear();
    there.hub.append({tenant, job, 2, 0, u"again"_s});
    QTRY_COMPARE_WITH_TIMEOUT(here.heard(job), u"again"_s, patience);
    QCOMPARE(here.pieces.last().attempt, 2);
}

void TestOutputRelay::lateReadersGetAllOfIt()
{
    Side there(*m_database, true), first(*m_database, false), second(*m_database, true);
    const QUuid tenant = newId(), job = newId();
    auto reading = first.hub.watch(job);
    there.hub.append({tenant, job, 1, 0, QString(100'000, u'a')});
    QTRY_COMPARE_WITH_TIMEOUT(first.heard(job).size(), 100'000, patience);
    QVERIFY(second.pieces.isEmpty());
    const auto late = second.hub.watch(job);
    QTRY_COMPARE_WITH_TIMEOUT(second.heard(job).size(), 100'000, patience);
    // Who comes back gets all of it again.
    reading.reset();
    QVERIFY(!first.hub.snapshot(tenant, job));
    first.pieces.clear();
    there.hub.append({tenant, job, 1, 100'000, u"more"_s});
    QTRY_VERIFY_WITH_TIMEOUT(second.heard(job).endsWith(u"more"_s), patience);
    reading = first.hub.watch(job);
    QTRY_COMPARE_WITH_TIMEOUT(first.heard(job).size(), 100'004, patience);
    QCOMPARE(second.relay.published(), 0); // what it only reads it does not pass on
}

void TestOutputRelay::nothingIsSentToNobody()
{
    Side here(*m_database, false), there(*m_database, true);
    const QUuid tenant = newId(), read = newId(), unread = newId();
    there.hub.append({tenant, unread, 1, 0, u"nobody"_s});
    auto reading = here.hub.watch(read);
    there.hub.append({tenant, read, 1, 0, u"somebody"_s});
    QTRY_COMPARE_WITH_TIMEOUT(here.heard(read), u"somebody"_s, patience);
    QCOMPARE(here.heard(unread), QString());
    reading.reset();
    // The wish is taken back; whether that has arrived, a later one shows.
    auto other = here.hub.watch(newId());
    const qint64 before = there.relay.published();
    const QUuid last = newId();
    const auto lastReading = here.hub.watch(last);
    there.hub.append({tenant, last, 1, 0, u"x"_s});
    QTRY_COMPARE_WITH_TIMEOUT(here.heard(last), u"x"_s, patience);
    there.hub.append({tenant, read, 1, 8, u" and nobody"_s});
    there.hub.complete({read});
    there.hub.append({tenant, last, 1, 1, u"y"_s});
    QTRY_COMPARE_WITH_TIMEOUT(here.heard(last), u"xy"_s, patience);
    QCOMPARE(there.relay.published(), before + 2);
}

void TestOutputRelay::aTextStaysOnlyWhileItIsRead()
{
    Side here(*m_database, false), there(*m_database, true);
    const QUuid tenant = newId(), job = newId();
    auto reading = here.hub.watch(job);
    auto another = here.hub.watch(job);
    there.hub.append({tenant, job, 1, 0, u"some text"_s});
    QTRY_VERIFY_WITH_TIMEOUT(here.hub.snapshot(tenant, job), patience);
    reading.reset();
    QVERIFY(here.hub.snapshot(tenant, job));
    there.hub.complete({job});
    there.hub.end(job);
    QTRY_VERIFY_WITH_TIMEOUT(!here.hub.snapshot(tenant, job), patience);
}

double TestOutputRelay::relayed() const
{
    const QByteArray metrics = const_cast<TestServer &>(*m_working).get(u"/metrics"_s, {}).body;
    static const QRegularExpression figure(u"\\npatio_output_relayed_total (\\S+)"_s);
    return figure.match(QString::fromUtf8(metrics)).captured(1).toDouble();
}

QNetworkRequest TestOutputRelay::request(TestServer &server, const QString &path)
{
    QNetworkRequest request(server.url(path));
    request.setRawHeader("Authorization", "Bearer " + m_token);
    return request;
}

QJsonObject TestOutputRelay::question(const QString &text, const QString &model)
{
    return {{u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}},
            {u"model"_s, model},
            {u"cache"_s, u"bypass"_s}};
}

void TestOutputRelay::streamsReachOtherProcesses()
{
    EventReader reader(m_network, request(*m_reading, u"/api/v1/generate"_s),
                       question(u"one two three four five six seven eight"_s, u"openai/test-slow-stream-100ms"_s));
    QVERIFY(reader.waitFor([&] { return reader.isFinished(); }));
    QString text;
    int pieces = 0;
    for (const StreamEvent &event : reader.events) {
        if (event.name != "output")
            continue;
        QCOMPARE(event.data[u"offset"_s].toInteger(), text.size());
        text += event.data[u"text"_s].toString();
        ++pieces;
    }
    QVERIFY2(pieces >= 3, qPrintable(QString::number(pieces))); // as it was made, not in the end
    QCOMPARE(reader.events.last().name, QByteArray("done"));
    QCOMPARE(reader.events.last().data[u"output"_s].toString(), text);
    QVERIFY(text.endsWith(u"eight"_s));

    // Who leaves is sent nothing more.
    EventReader leaving(m_network, request(*m_reading, u"/api/v1/generate"_s),
                        question(u"a b c d e f g h i j k l m n o p"_s, u"openai/test-slow-stream-200ms"_s));
    QVERIFY(leaving.waitFor([&] {
        return std::any_of(leaving.events.begin(), leaving.events.end(),
                           [](const StreamEvent &event) { return event.name == "output"; });
    }));
    const QString id = leaving.events.first().data[u"id"_s].toString();
    leaving.leave();
    double sent = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(sent, relayed()) == sent, patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_reading->get(u"/api/v1/jobs/"_s + id, m_token).json()[u"job"_s][u"state"_s] == u"completed"_s, patience);
    QVERIFY(relayed() <= sent + 1);
}

void TestOutputRelay::socketsReachOtherProcesses()
{
    QUrl address = m_reading->url(u"/api/v1/live"_s);
    address.setScheme(u"ws"_s);
    LiveReader reader(address);
    QTRY_VERIFY_WITH_TIMEOUT(reader.isOpen(), patience);
    reader.say({{u"type"_s, u"authenticate"_s}, {u"token"_s, QString::fromLatin1(m_token)}});
    QTRY_VERIFY_WITH_TIMEOUT(!reader.of(u"ready"_s).isEmpty(), patience);
    const QString id =
        m_reading
            ->post(u"/api/v1/generate"_s,
                   question(u"one two three four five six seven eight"_s, u"openai/test-slow-stream-100ms"_s), m_token)
            .json()[u"id"_s]
            .toString();
    reader.say({{u"type"_s, u"subscribe"_s}, {u"topics"_s, QJsonArray{u"job/"_s + id}}});
    QTRY_VERIFY_WITH_TIMEOUT(
        !reader.of(u"event"_s).isEmpty() && reader.of(u"event"_s).last()[u"name"_s] == u"job.completed"_s, patience);
    QString text;
    for (const QJsonObject &piece : reader.of(u"output"_s)) {
        QCOMPARE(piece[u"offset"_s].toInteger(), text.size());
        text += piece[u"text"_s].toString();
    }
    QVERIFY(reader.of(u"output"_s).size() >= 3);
    QCOMPARE(text, reader.of(u"event"_s).last()[u"data"_s][u"output"_s].toString());
}

QTEST_GUILESS_MAIN(TestOutputRelay)
#include "tst_output_relay.moc"
