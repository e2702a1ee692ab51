// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/address_policy.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QDirIterator>
#include <QHostInfo>
#include <QJsonArray>
#include <QMutex>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString keysPath = u"/api/v1/credentials"_s;
const QByteArray acmeKey = "sk-acme-0123456789-secret-wxyz";
const QByteArray northwindKey = "sk-nwnd-9876543210-secret-abcd";

QByteArray serverLog; // everything that the server said, human form
QMutex logMutex;
QtMessageHandler previous;

void remember(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    {
        const QMutexLocker lock(&logMutex);
        serverLog += message.toUtf8() + '\n';
    }
    previous(type, context, message);
}

} // namespace

// From a key that a tenant sets to the provider that sees it, and to every place where it must not be seen.
class TestCredentialCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        previous = qInstallMessageHandler(remember);
        QVERIFY(m_provider.listen());
        m_server = std::make_unique<TestServer>([](Config &config) {
            config.privateProviderAddresses = true; // the provider is on this machine
            config.jobBackoff = {std::chrono::milliseconds(10)};
            config.answerLimit = 5000;
        });
        QVERIFY(!owner(acme).isEmpty());
        QVERIFY(!owner(northwind).isEmpty());
    }

    void cleanupTestCase() { qInstallMessageHandler(previous); }

    void cleanup()
    {
        if (m_isStopped)
            return;
        for (const QString &tenant : {acme, northwind}) {
            const QJsonArray all = m_server->get(keysPath, owner(tenant)).json()[u"items"_s].toArray();
            for (const QJsonValue one : all)
                QCOMPARE(remove(tenant, one[u"id"_s].toString()), 204);
        }
        m_provider.reset();
    }

    void eachTenantCallsWithItsOwnKey_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("kind");
        for (const QString &kind : {u"openai"_s, u"anthropic"_s, u"google"_s}) {
            QTest::addRow("%s", qPrintable(kind)) << kind << kind;
            QTest::addRow("%s under another name", qPrintable(kind)) << u"own-"_s + kind << kind;
        }
    }
    void eachTenantCallsWithItsOwnKey()
    {
        QFETCH(const QString, provider);
        QFETCH(const QString, kind);
        QCOMPARE(set(acme, provider, kind, acmeKey).status, 201);
        QCOMPARE(set(northwind, provider, kind, northwindKey).status, 201);
        const QString named = kind == u"google" ? u"llama-3"_s : u"llama/3"_s;
        const QString model = provider + u'/' + named;
        QCOMPARE(ask(acme, model)[u"state"_s], u"completed"_s);
        QCOMPARE(ask(northwind, model)[u"state"_s], u"completed"_s);
        QCOMPARE(ask(acme, model)[u"state"_s], u"completed"_s);
        QCOMPARE(m_provider.requestsByKey(), (QMap<QByteArray, int>{{acmeKey, 2}, {northwindKey, 1}}));
        QCOMPARE(m_provider.byModel().keys(), QStringList{named});
        // No price is known: the tokens are counted, the cost is not made up.
        const QJsonObject job = ask(acme, model);
        QVERIFY(job[u"outputTokens"_s].toInt() > 0);
        QVERIFY(job[u"costNanos"_s].isNull());
    }

    void withoutAKeyItSaysWhoCanSetOne()
    {
        set(acme, u"vllm"_s, u"openai"_s, acmeKey);
        for (const QString &model : {u"openai/gpt-4o"_s, u"vllm/m"_s}) {
            const HttpAnswer refused = generate(northwind, model, u"?wait=20"_s);
            QCOMPARE(refused.status, 422);
            QCOMPARE(refused.json()[u"errors"_s][0][u"pointer"_s], u"/model"_s);
            const QString detail = refused.json()[u"detail"_s].toString();
            QVERIFY2(detail.contains(u"owner or administrator") && detail.contains(u"Provider keys"),
                     qPrintable(detail));
        }
        QCOMPARE(m_provider.total().requests, 0);
    }

    void changesApplyToTheNextCall()
    {
        const QString id = set(acme, u"vllm"_s, u"openai"_s, "sk-first").json()[u"id"_s].toString();
        ask(acme, u"vllm/m"_s);
        QCOMPARE(m_server
                     ->send("PATCH", keysPath + u'/' + id, {{u"key"_s, u"sk-second"_s}},
                            {.token = owner(acme), .more = {{"If-Match", "\"1\""}}})
                     .status,
                 200);
        ask(acme, u"vllm/m"_s);
        QCOMPARE(m_provider.requestsByKey(), (QMap<QByteArray, int>{{"sk-first", 1}, {"sk-second", 1}}));

        // A job that waits is not refused any more when it is its turn, but it does not go out either.
        const QString waiting =
            generate(acme, u"vllm/m"_s, {}, QDateTime::currentDateTimeUtc().addMSecs(600)).json()[u"id"_s].toString();
        QCOMPARE(remove(acme, id), 204);
        QCOMPARE(generate(acme, u"vllm/m"_s, {}).status, 422);
        QTRY_COMPARE_WITH_TIMEOUT(job(acme, waiting)[u"state"_s].toString(), u"failed"_s, 20'000);
        const QJsonObject error = job(acme, waiting)[u"error"_s].toObject();
        QCOMPARE(error[u"code"_s], u"not_configured"_s);
        QVERIFY2(error[u"message"_s].toString().contains(u"no provider “vllm”"),
                 qPrintable(error[u"message"_s].toString()));
        QCOMPARE(m_provider.total().requests, 2);
    }

    void aServerMayAskForNoKey()
    {
        QCOMPARE(set(acme, u"ollama"_s, u"openai"_s, {}).status, 201);
        // The provider of these tests does ask for one; what counts is that none was sent.
        const QJsonObject job = ask(acme, u"ollama/m"_s);
        QCOMPARE(job[u"error"_s][u"code"_s], u"authentication_failed"_s);
        QCOMPARE(m_provider.requestsByKey(), (QMap<QByteArray, int>{{"", 1}}));
    }

    void testingSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("behaviour");
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("words");
        const QByteArray none;
        QTest::newRow("works") << u"ok"_s << none << u"ok"_s << u"names 3 models"_s;
        QTest::newRow("wrong key") << u"echo-key"_s << none << u"authentication_failed"_s << u"refused the API key"_s;
        QTest::newRow("not allowed") << u"403"_s << none << u"permission_denied"_s << u"does not allow"_s;
        QTest::newRow("wrong address") << u"404"_s << none << u"not_found"_s << u"/v1"_s;
        QTest::newRow("no money") << u"402"_s << none << u"quota_exhausted"_s << u"no money"_s;
        QTest::newRow("redirect") << u"redirect"_s << none << u"invalid_request"_s << u"not followed"_s;
        QTest::newRow("a page") << u"ok"_s << QByteArray("<html>") << u"malformed_answer"_s << u"no list of models"_s;
        QTest::newRow("other JSON") << u"ok"_s << QByteArray("{}") << u"malformed_answer"_s << u"no list of models"_s;
    }
    void testingSaysWhatIsWrong()
    {
        QFETCH(const QString, behaviour);
        QFETCH(const QByteArray, raw);
        QFETCH(const QString, code);
        QFETCH(const QString, words);
        const QString id = set(acme, u"vllm"_s, u"openai"_s, acmeKey).json()[u"id"_s].toString();
        Behaviour planned = Behaviour::named(behaviour).value();
        if (!raw.isEmpty())
            planned.raw = raw;
        m_provider.plan(planned, 1, u"models"_s);
        const HttpAnswer answer = m_server->post(keysPath + u'/' + id + u"/test"_s, {}, owner(acme));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()[u"code"_s], code);
        QCOMPARE(answer.json()[u"works"_s].toBool(), code == u"ok"_s);
        QVERIFY2(answer.json()[u"message"_s].toString().contains(words), answer.body.constData());
        QVERIFY(!answer.body.contains(acmeKey));
        QCOMPARE(m_provider.requestsByKey(), (QMap<QByteArray, int>{{acmeKey, 1}}));
        // It stands in the list afterwards.
        QCOMPARE(m_server->get(keysPath + u'/' + id, owner(acme)).json()[u"lastCheck"_s], QJsonValue(answer.json()));
    }

    void testingWhatDoesNotAnswer()
    {
        QTcpServer silent; // takes the connection and says nothing; closed, it refuses
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QString url = u"http://127.0.0.1:%1/v1"_s.arg(silent.serverPort());
        silent.close();
        const QString id =
            m_server
                ->post(keysPath, {{u"provider"_s, u"gone"_s}, {u"kind"_s, u"openai"_s}, {u"baseUrl"_s, url}},
                       owner(acme))
                .json()[u"id"_s]
                .toString();
        const HttpAnswer answer = m_server->post(keysPath + u'/' + id + u"/test"_s, {}, owner(acme));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.json()[u"code"_s], u"connection_failed"_s);
    }

    void modelsThatItNamesCanBeChosen()
    {
        const auto names = [this](const QString &tenant) {
            QStringList callable;
            const QJsonArray items =
                m_server->get(u"/api/v1/models"_s, m_server->token(tenant, u"viewer"_s)).json()[u"items"_s].toArray();
            for (const QJsonValue item : items)
                if (item[u"configured"_s].toBool())
                    callable.append(item[u"name"_s].toString());
            return callable;
        };
        const QStringList demo{u"demo/echo"_s, u"demo/fast"_s, u"demo/slow"_s};
        QCOMPARE(names(acme), demo);
        const QString id = set(acme, u"vllm"_s, u"openai"_s, acmeKey).json()[u"id"_s].toString();
        QCOMPARE(names(acme), demo);
        m_server->post(keysPath + u'/' + id + u"/test"_s, {}, owner(acme));
        QStringList all =
            demo + QStringList{u"vllm/test-429-after-2s"_s, u"vllm/test-ok"_s, u"vllm/test-slow-stream-50ms"_s};
        QCOMPARE(names(acme), all);
        QCOMPARE(names(northwind), demo);
        // OpenAI itself has the models of the price book.
        m_server->post(
            keysPath,
            {{u"provider"_s, u"openai"_s}, {u"kind"_s, u"openai"_s}, {u"key"_s, QString::fromLatin1(acmeKey)}},
            owner(acme));
        QVERIFY(names(acme).contains(u"openai/gpt-4o-mini"_s));
        QCOMPARE(names(northwind), demo);
    }

    // The limit on answers reaches the worker.
    void longAnswersFailTheAttempt()
    {
        set(acme, u"vllm"_s, u"openai"_s, acmeKey);
        const QJsonObject job = ask(acme, u"vllm/test-endless-stream"_s);
        QCOMPARE(job[u"state"_s], u"failed"_s);
        QCOMPARE(job[u"error"_s][u"code"_s], u"answer_too_large"_s);
        QVERIFY(job[u"outputTokens"_s].toInt() > 1000); // what was made until then is on record
    }

    // Where the operator does not allow it, a name does not lead into the server's own networks either.
    void privateAddressesByName()
    {
        TestServer strict;
        const QByteArray token = strict.token(acme, u"owner"_s);
        QString host;
        for (const QString &name : {QHostInfo::localHostName(), u"ip6-localhost"_s, u"ip6-loopback"_s}) {
            const auto found = QHostInfo::fromName(name).addresses();
            if (host.isEmpty() && !found.isEmpty()
                && std::none_of(found.begin(), found.end(), providers::isPublicAddress))
                host = name;
        }
        QVERIFY2(!host.isEmpty(), "this machine has no name for a private address");
        const HttpAnswer made = strict.post(keysPath,
                                            {{u"provider"_s, u"inside"_s},
                                             {u"kind"_s, u"openai"_s},
                                             {u"key"_s, QString::fromLatin1(acmeKey)},
                                             {u"baseUrl"_s, u"https://%1:%2/v1"_s.arg(host).arg(m_provider.port())}},
                                            token);
        QCOMPARE(made.status, 201);
        const HttpAnswer tested =
            strict.post(keysPath + u'/' + made.json()[u"id"_s].toString() + u"/test"_s, {}, token);
        QCOMPARE(tested.json()[u"code"_s], u"address_refused"_s);
        const QJsonObject question{
            {u"model"_s, u"inside/m"_s},
            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"x"_s}}}}};
        const QJsonObject job = strict.post(u"/api/v1/generate?wait=20"_s, question, token).json();
        QCOMPARE(job[u"error"_s][u"code"_s], u"address_refused"_s);
        QCOMPARE(job[u"attemptCount"_s], 1);
        QCOMPARE(m_provider.connections(), m_seen);
    }

    // Last, when all of the above has been written, logged and answered.
    void theKeyIsNowhereElse()
    {
        const QString marker = u"findable-provider"_s; // shows that the search below would find it
        QCOMPARE(set(acme, marker, u"openai"_s, acmeKey).status, 201);
        ask(acme, marker + u"/test-echo-key"_s); // the provider repeats the key in its error
        const QString id = m_server->get(keysPath, owner(acme)).json()[u"items"_s][0][u"id"_s].toString();
        m_server->post(keysPath + u'/' + id + u"/test"_s, {}, owner(acme));
        QCOMPARE(m_server
                     ->send("POST", keysPath,
                            {{u"provider"_s, marker},
                             {u"kind"_s, u"openai"_s},
                             {u"key"_s, QString::fromLatin1(acmeKey)},
                             {u"baseUrl"_s, m_provider.openAiBaseUrl().toString()}},
                            {.token = owner(acme), .more = {{"Idempotency-Key", "again"}}})
                     .status,
                 409);
        for (const QString &path :
             {keysPath, u"/api/v1/jobs"_s, u"/api/v1/models"_s, u"/api/v1/usage"_s, u"/metrics"_s, u"/openapi.json"_s})
            QVERIFY2(!m_server->get(path, owner(acme)).body.contains("-secret-"), qPrintable(path));
        const QString folder = m_server->folder();
        m_isStopped = true;
        m_server->stop(); // everything is on the disk

        bool foundMarker = false;
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = file.readAll();
            foundMarker = foundMarker || bytes.contains(marker.toUtf8());
            for (const QByteArray &key : {acmeKey, northwindKey})
                for (const QByteArray &form : {key, key.toHex(), key.toBase64()})
                    QVERIFY2(!bytes.contains(form), qPrintable(file.fileName()));
        }
        QVERIFY(foundMarker);
        const QMutexLocker lock(&logMutex);
        QVERIFY(!serverLog.isEmpty());
        QVERIFY(!serverLog.contains("-secret-"));
    }

    void init() { m_seen = m_provider.connections(); }

private:
    QByteArray owner(const QString &tenant) { return m_server->token(tenant, u"owner"_s); }

    HttpAnswer set(const QString &tenant, const QString &provider, const QString &kind, const QByteArray &key)
    {
        const QUrl url = kind == u"openai" ? m_provider.openAiBaseUrl() : m_provider.anthropicBaseUrl();
        QJsonObject body{{u"provider"_s, provider}, {u"kind"_s, kind}, {u"baseUrl"_s, url.toString()}};
        if (!key.isEmpty())
            body.insert(u"key"_s, QString::fromLatin1(key));
        return m_server->post(keysPath, body, owner(tenant));
    }

    int remove(const QString &tenant, const QString &id)
    {
        return m_server->send("DELETE", keysPath + u'/' + id, {}, {.token = owner(tenant)}).status;
    }

    HttpAnswer generate(const QString &tenant, const QString &model, const QString &query, const QDateTime &runAt = {})
    {
        QJsonObject request{
            {u"model"_s, model},
            {u"cache"_s, u"bypass"_s},
            {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"one two three"_s}}}}};
        if (runAt.isValid())
            request.insert(u"runAt"_s, runAt.toString(Qt::ISODateWithMs));
        return m_server->post(u"/api/v1/generate"_s + query, request, owner(tenant));
    }

    QJsonObject ask(const QString &tenant, const QString &model)
    {
        return generate(tenant, model, u"?wait=20"_s).json();
    }

    QJsonObject job(const QString &tenant, const QString &id)
    {
        return m_server->get(u"/api/v1/jobs/"_s + id, owner(tenant)).json()[u"job"_s].toObject();
    }

    const QString acme = u"acme"_s, northwind = u"northwind"_s;
    ProviderServer m_provider;
    bool m_isStopped = false;
    std::unique_ptr<TestServer> m_server;
    qint64 m_seen = 0;
};

QTEST_GUILESS_MAIN(TestCredentialCalls)
#include "tst_credential_calls.moc"
