// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/embedded_postgres.h"
#include "shared/json/json.h"
#include "tests/faults/server_process.h"
#include "tests/gateway/load_program.h"
#include "tests/limits/redis_server.h"
#include "tests/support/provider_server.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QPointer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // milliseconds
constexpr int minute = 60'000;
const QString limitsPath = u"/api/v1/gateway-limits"_s;

QByteArray chat(const QString &model)
{
    return json::print(
        QJsonObject{{u"model"_s, model},
                    {u"max_tokens"_s, 100},
                    {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Hello"_s}}}}});
}

// A field of an answer's head.
QByteArray headerOf(const QByteArray &answer, const QByteArray &name)
{
    for (const QByteArray &line : answer.first(answer.indexOf("\r\n\r\n")).split('\n'))
        if (line.toLower().startsWith(name + ':'))
            return line.sliced(name.size() + 1).trimmed();
    return {};
}

QJsonObject errorOf(const QByteArray &answer)
{
    return json::object(answer.sliced(answer.indexOf("\r\n\r\n") + 4))[u"error"_s].toObject();
}

} // namespace

// Two servers that share a database and a Redis, and limits that hold for both together: N means N, whichever of them
// is asked, and also when one of them dies.
class TestSharedLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void exactlyWhatIsAllowed_data();
    void exactlyWhatIsAllowed();
    void noMinuteHoldsMore();
    void aKilledProcessFreesItsPlaces();

private:
    struct Key
    {
        QString id;
        QByteArray secret;
    };
    Key newKey(const QString &name);
    QString newLimit(const QString &keyId, const QString &kind, qint64 amount);
    bool areKnownToBoth(); // the limits that were made
    void call(ServerProcess &server, const QByteArray &secret, const QString &model);
    int running() const { return m_provider.openCalls(); }
    qint64 usedOf(const QString &limit)
    {
        return m_first->send("GET", limitsPath + u'/' + limit).json[u"used"_s].toInteger(-1);
    }

    QTemporaryDir m_folder;
    EmbeddedPostgres m_postgres{{.dataFolder = m_folder.path(), .settings = {.maxConnections = 100}}};
    RedisServer m_redis;
    ProviderServer m_provider;
    std::optional<ServerProcess> m_first, m_second;
    QElapsedTimer m_clock;
    QList<QPointer<LoadProgram>> m_programs;
    struct Admitted // between these two moments
    {
        qint64 sentAt = 0;
        qint64 answeredAt = 0;
    };
    QList<Admitted> m_admitted; // and answered
    QByteArrayList m_refusals, m_others;
};

void TestSharedLimits::initTestCase()
{
    if (!RedisServer::isInstalled())
        QSKIP("There is no redis-server");
    QVERIFY(m_redis.start());
    QVERIFY(m_provider.listen());
    QStringList arguments{u"--log-level"_s,
                          u"warning"_s,
                          u"--redis-url"_s,
                          m_redis.url(),
                          u"--database-connections"_s,
                          u"4"_s,
                          u"--connections-per-address"_s,
                          u"2000"_s};
    const QHash<QString, QString> environment{{u"PATIO_MASTER_KEY"_s, QString(64, u'a')},
                                              {u"OPENAI_API_KEY"_s, u"key"_s},
                                              {u"OPENAI_BASE_URL"_s, m_provider.openAiBaseUrl().toString()}};
    m_postgres.start();
    arguments += {u"--database-url"_s, QString::fromStdString(m_postgres.appUrl()), u"--database-owner-url"_s,
                  QString::fromStdString(m_postgres.ownerUrl())};
    m_first.emplace(arguments, environment);
    QVERIFY(m_first->start());
    QVERIFY(m_first->signIn(u"acme"_s, u"owner"_s));
    m_second.emplace(arguments + QStringList{u"--demo=false"_s}, environment);
    QVERIFY(m_second->start());
    m_clock.start();
}

void TestSharedLimits::cleanup()
{
    for (const auto &program : std::as_const(m_programs))
        if (program)
            program->abort();
    m_programs.clear();
    QTRY_COMPARE(running(), 0);
    m_admitted.clear();
    m_refusals.clear();
    m_others.clear();
}

TestSharedLimits::Key TestSharedLimits::newKey(const QString &name)
{
    const QJsonObject made = m_first->send("POST", u"/api/v1/gateway-keys"_s, {{u"name"_s, name}}).json;
    return {made[u"key"_s][u"id"_s].toString(), made[u"secret"_s].toString().toLatin1()};
}

QString TestSharedLimits::newLimit(const QString &keyId, const QString &kind, qint64 amount)
{
    return m_first
        ->send("POST", limitsPath,
               {{u"subject"_s, u"key"_s}, {u"subjectId"_s, keyId}, {u"kind"_s, kind}, {u"amount"_s, amount}})
        .json[u"id"_s]
        .toString();
}

// A process that knows the latest limit of a tenant knows those before it.
bool TestSharedLimits::areKnownToBoth()
{
    static qint64 amount = 1'000'000;
    const Key probe = newKey(u"Probe"_s);
    if (newLimit(probe.id, u"requestsPerMinute"_s, ++amount).isEmpty())
        return false;
    for (ServerProcess *const server : {&*m_first, &*m_second}) {
        bool isKnown = false;
        const bool isTold = QTest::qWaitFor(
            [&] {
                bool hasAnswered = false;
                new LoadProgram(server->address(), "/v1/chat/completions", chat(u"openai/test-ok"_s), probe.secret, {},
                                [&](int status, const QByteArray &answer) {
                                    hasAnswered = true;
                                    isKnown = status == 200
                                        && headerOf(answer, "x-ratelimit-limit-requests").toLongLong() == amount;
                                });
                return QTest::qWaitFor([&] { return hasAnswered; }, patience) && isKnown;
            },
            patience);
        if (!isTold)
            return false;
    }
    return true;
}

void TestSharedLimits::call(ServerProcess &server, const QByteArray &secret, const QString &model)
{
    const qint64 sentAt = m_clock.elapsed();
    m_programs.append(new LoadProgram(server.address(), "/v1/chat/completions", chat(model), secret, {},
                                      [this, sentAt](int status, const QByteArray &answer) {
                                          if (status == 200)
                                              m_admitted.append({sentAt, m_clock.elapsed()});
                                          else if (status == 429)
                                              m_refusals.append(answer);
                                          else
                                              m_others.append(answer);
                                      }));
}

void TestSharedLimits::exactlyWhatIsAllowed_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("amount");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGivenBack"); // when the calls end without an answer
    QTest::newRow("requests") << u"requestsPerMinute"_s << 37 << u"Shared: 37 requests a minute"_s << false;
    QTest::newRow("tokens") << u"tokensPerMinute"_s << 4321 << u"Shared: 4321 tokens a minute"_s << true;
    QTest::newRow("concurrent") << u"concurrentRequests"_s << 37 << u"Shared: 37 requests at a time"_s << true;
}

// All of them hang at the provider, so that none ends while others are still asked for.
void TestSharedLimits::exactlyWhatIsAllowed()
{
    QFETCH(const QString, kind);
    QFETCH(const int, amount);
    QFETCH(const QString, name);
    QFETCH(const bool, isGivenBack);
    constexpr int calls = 400;
    const Key key = newKey(u"Shared"_s);
    const QString limit = newLimit(key.id, kind, amount);
    QVERIFY(!limit.isEmpty());
    QVERIFY(areKnownToBoth());
    for (int i = 0; i < calls; ++i)
        call(i % 2 ? *m_first : *m_second, key.secret, u"openai/test-hang"_s);
    QVERIFY(QTest::qWaitFor([&] { return m_refusals.size() + running() == calls || !m_others.isEmpty(); }, patience));
    QCOMPARE(m_others, QByteArrayList());

    int allowed = amount;
    for (const QByteArray &refusal : std::as_const(m_refusals)) {
        const QJsonObject error = errorOf(refusal);
        const QString message = error[u"message"_s].toString();
        QCOMPARE(error[u"code"_s], u"rate_limit_exceeded"_s);
        QVERIFY2(message.contains(u'“' + name + u'”'), qPrintable(message));
        QCOMPARE(headerOf(refusal, "x-patio-refused-by"), "limit " + limit.toLatin1());
        QVERIFY(headerOf(refusal, "retry-after").toInt() >= 1);
        QVERIFY(headerOf(refusal, "retry-after-ms").toInt() <= minute + 100);
        if (kind == u"tokensPerMinute"_s) { // "it may use 105 tokens, and …"
            const int each = message.section(u"it may use "_s, 1).section(u' ', 0, 0).toInt();
            QVERIFY2(each > 100, qPrintable(message));
            allowed = amount / each;
        }
    }
    QCOMPARE(running(), allowed);
    QCOMPARE(m_refusals.size(), calls - allowed);
    const qint64 used = usedOf(limit);
    QVERIFY2(used <= amount && used >= amount - amount / allowed, QByteArray::number(used));

    for (const auto &program : std::as_const(m_programs))
        if (program)
            program->abort();
    QTRY_COMPARE(running(), 0);
    if (!isGivenBack) {
        QCOMPARE(usedOf(limit), amount);
        return;
    }
    QTRY_COMPARE(usedOf(limit), 0);
    call(*m_first, key.secret, u"openai/test-hang"_s);
    call(*m_second, key.secret, u"openai/test-hang"_s);
    QTRY_COMPARE(running(), 2);
}

// Whoever asks all the time, and of both, gets as many within any 60 seconds as are allowed, and again as many later.
void TestSharedLimits::noMinuteHoldsMore()
{
    constexpr int amount = 10;
    constexpr int early = 4; // of them; the others some time later, so that the window has to slide
    constexpr int between = 12'000; // milliseconds
    constexpr int pace = 50;
    const Key key = newKey(u"Sliding"_s);
    QVERIFY(!newLimit(key.id, u"requestsPerMinute"_s, amount).isEmpty());
    QVERIFY(areKnownToBoth());
    const auto both = [&](int number) -> ServerProcess & { return number % 2 ? *m_first : *m_second; };
    for (int i = 0; i < early; ++i)
        call(both(i), key.secret, u"openai/test-ok"_s);
    QTRY_COMPARE(m_admitted.size(), early);
    const qint64 begun = m_admitted.first().sentAt;
    QVERIFY(QTest::qWaitFor([&] { return m_clock.elapsed() - begun > between; }, patience));
    int sent = 0;
    qint64 askedAt = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            if (m_clock.elapsed() - askedAt >= pace && m_admitted.size() < 2 * amount) {
                askedAt = m_clock.elapsed();
                for (int i = 0; i < 4; ++i)
                    call(both(sent++), key.secret, u"openai/test-ok"_s);
            }
            return m_admitted.size() >= 2 * amount;
        },
        2 * minute));
    QCOMPARE(m_others, QByteArrayList());
    QVERIFY(m_refusals.size() > 100);
    std::sort(m_admitted.begin(), m_admitted.end(),
              [](const Admitted &one, const Admitted &other) { return one.sentAt < other.sentAt; });
    for (int i = 0; i + amount < m_admitted.size(); ++i) {
        qint64 last = 0;
        for (int k = i; k <= i + amount; ++k)
            last = std::max(last, m_admitted[k].answeredAt);
        const qint64 time = last - m_admitted[i].sentAt;
        QVERIFY2(time >= minute, QByteArray::number(time)); // no 60 s have had one more
    }
    qInfo("%d calls let through and %lld refused in %lld ms", int(m_admitted.size()), qint64(m_refusals.size()),
          m_clock.elapsed() - begun);
}

void TestSharedLimits::aKilledProcessFreesItsPlaces()
{
    constexpr int amount = 6;
    const Key key = newKey(u"Killed"_s);
    QVERIFY(!newLimit(key.id, u"concurrentRequests"_s, amount).isEmpty());
    QVERIFY(areKnownToBoth());
    for (int i = 0; i < amount; ++i)
        call(i % 2 ? *m_first : *m_second, key.secret, u"openai/test-hang"_s);
    QTRY_COMPARE(running(), amount);
    m_first->kill();
    QTRY_COMPARE(running(), amount / 2);
    QElapsedTimer time;
    time.start();
    const auto isLetThrough = [&] {
        const qsizetype before = m_admitted.size() + m_refusals.size();
        call(*m_second, key.secret, u"openai/test-ok"_s);
        return QTest::qWaitFor([&] { return m_admitted.size() + m_refusals.size() > before; }, 5000)
            && !m_admitted.isEmpty();
    };
    QVERIFY(!isLetThrough()); // nobody can know yet that it is gone
    constexpr int slack = 2000; // for the asking
    QVERIFY2(QTest::qWaitFor(isLetThrough, minute + slack), m_others.value(amount / 2));
    qInfo("the places of a killed process were free after %lld ms", time.elapsed());
    // Those of the other are not.
    m_refusals.clear();
    constexpr int calls = 20;
    for (int i = 0; i < calls; ++i)
        call(*m_second, key.secret, u"openai/test-hang"_s);
    QVERIFY(QTest::qWaitFor([&] { return m_refusals.size() + running() == calls + amount / 2; }, patience));
    QCOMPARE(running(), amount);
    QCOMPARE(m_others.size(), amount / 2); // those that were cut off by its death
}

QTEST_GUILESS_MAIN(TestSharedLimits)
#include "tst_shared_limits.moc"
