// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/json/json.h"
#include "tests/support/provider_server.h"
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace {

const QString acme = u"acme"_s;
const QString chatPath = u"/v1/chat/completions"_s;
const QString messagesPath = u"/v1/messages"_s;

struct Event
{
    QByteArray name;
    QByteArray data;
    QJsonObject json() const { return json::object(data); }
};

// What stands in a stream, by the rules of server-sent events and not by our own parser.
QList<Event> eventsIn(const QByteArray &body)
{
    QList<Event> events;
    qsizetype from = 0;
    for (qsizetype end; (end = body.indexOf("\n\n", from)) >= 0; from = end + 2) {
        Event event;
        for (const QByteArray &line : body.sliced(from, end - from).split('\n')) {
            if (line.startsWith("event: "))
                event.name = line.sliced(7);
            else if (line.startsWith("data: "))
                event.data += line.sliced(6);
        }
        events.append(event);
    }
    return events;
}

QJsonObject chat(const QString &model, const QString &text, bool stream = false)
{
    QJsonObject body{{u"model"_s, model},
                     {u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}}}}};
    if (stream) {
        body.insert(u"stream"_s, true);
        body.insert(u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}});
    }
    return body;
}

QJsonObject message(const QString &model, const QString &text, bool stream = false)
{
    QJsonObject body = chat(model, text, stream);
    body.remove(u"stream_options"_s);
    body.insert(u"max_tokens"_s, 100);
    return body;
}

void eachProvider()
{
    QTest::addColumn<QString>("provider");
    for (const char *provider : {"openai", "anthropic", "google"})
        QTest::newRow(provider) << QString::fromLatin1(provider);
}

} // namespace

// Programs that call the gateway in OpenAI's and Anthropic's formats, in front of a server that speaks the providers'.
class TestGatewayCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void chatWhole_data() { eachProvider(); }
    void chatWhole();
    void chatStreamed_data() { eachProvider(); }
    void chatStreamed();
    void messagesWhole_data() { eachProvider(); }
    void messagesWhole();
    void messagesStreamed_data() { eachProvider(); }
    void messagesStreamed();
    void toolsBothWays_data() { eachProvider(); }
    void toolsBothWays();
    void toolsStreamed_data() { eachProvider(); }
    void toolsStreamed();
    void failuresAreTold_data();
    void failuresAreTold();
    void failureInsideAStream();
    void wrongRequestsAreRefused_data();
    void wrongRequestsAreRefused();
    void unheardMembersAreNamed();
    void embeddings_data();
    void embeddings();
    void embeddingsThatCannotBe();
    void tokensAreCounted();
    void onlyTheModelsOfTheKey();
    void programThatLeavesStopsTheProvider();
    void theLedgerEqualsTheProvidersCount();
    void slowReaderSlowsTheProvider();

private:
    HttpAnswer ask(const QString &path, const QJsonObject &body)
    {
        const bool isAnthropic = path == messagesPath;
        TestServer::RequestHeaders headers;
        if (isAnthropic)
            headers.more = {{"x-api-key", m_key}, {"anthropic-version", "2023-06-01"}};
        else
            headers.token = m_key;
        return m_server->send("POST", path, body, headers);
    }
    QByteArray newKey(const QString &name, const QJsonArray &models = {})
    {
        return m_server->post(u"/api/v1/gateway-keys"_s, {{u"name"_s, name}, {u"models"_s, models}}, m_owner)
            .json()[u"secret"_s]
            .toString()
            .toLatin1();
    }
    // What the ledger says of the calls of a key.
    QJsonObject usageOf(const QString &key)
    {
        const QJsonArray rows = m_server->get(u"/api/v1/usage?groupBy=key"_s, m_owner).json()[u"rows"_s].toArray();
        for (const QJsonValue row : rows)
            if (row[u"keyName"_s] == key)
                return row.toObject();
        return {};
    }

    ProviderServer m_provider;
    std::unique_ptr<TestServer> m_server;
    QByteArray m_owner;
    QByteArray m_key;
};

void TestGatewayCalls::initTestCase()
{
    QVERIFY(m_provider.listen());
    m_server = std::make_unique<TestServer>([this](Config &config) {
        config.openaiKey = config.anthropicKey = config.googleKey = "sk-of-the-server";
        config.openaiBaseUrl = m_provider.openAiBaseUrl().toString();
        config.anthropicBaseUrl = m_provider.anthropicBaseUrl().toString();
        config.googleBaseUrl = m_provider.googleBaseUrl().toString();
        config.answerLimit = 64 * 1024 * 1024;
    });
    m_owner = m_server->token(acme, u"owner"_s);
    m_key = newKey(u"Web shop"_s);
    QVERIFY(!m_key.isEmpty());
}

void TestGatewayCalls::cleanup() { m_provider.reset(); }

void TestGatewayCalls::chatWhole()
{
    QFETCH(const QString, provider);
    const HttpAnswer answer = ask(chatPath, chat(provider + u"/test-ok"_s, u"one two three"_s));
    QVERIFY2(answer.status == 200, answer.body);
    const QJsonObject body = answer.json();
    QCOMPARE(body[u"object"_s], u"chat.completion"_s);
    QVERIFY(body[u"id"_s].toString().startsWith(u"chatcmpl-"_s));
    QCOMPARE(body[u"model"_s], provider + u"/test-ok"_s);
    const QJsonValue choice = body[u"choices"_s][0];
    QCOMPARE(choice[u"message"_s][u"content"_s], u"Answer to: one two three"_s);
    QCOMPARE(choice[u"message"_s][u"role"_s], u"assistant"_s);
    QCOMPARE(choice[u"finish_reason"_s], u"stop"_s);
    const ProviderServer::Counts counts = m_provider.total();
    QCOMPARE(body[u"usage"_s][u"prompt_tokens"_s].toInteger(), counts.inputTokens);
    QCOMPARE(body[u"usage"_s][u"completion_tokens"_s].toInteger(), counts.outputTokens);
    QCOMPARE(body[u"usage"_s][u"total_tokens"_s].toInteger(), counts.inputTokens + counts.outputTokens);
    QVERIFY(!answer.headers.value("x-request-id").isEmpty());
    // The provider sees the server's key and never the program's.
    QCOMPARE(m_provider.requestsByKey().keys(), QList{"sk-of-the-server"_ba});
}

void TestGatewayCalls::chatStreamed()
{
    QFETCH(const QString, provider);
    const HttpAnswer answer = ask(chatPath, chat(provider + u"/test-ok"_s, u"one two three"_s, true));
    QVERIFY2(answer.status == 200, answer.body);
    QVERIFY(answer.headers.value("content-type").startsWith("text/event-stream"));
    const QList<Event> events = eventsIn(answer.body);
    QVERIFY(events.size() > 4);
    QCOMPARE(events.last().data, "[DONE]"_ba);
    QString text, reason, id;
    for (qsizetype i = 0; i < events.size() - 2; ++i) {
        QVERIFY(events[i].name.isEmpty());
        const QJsonObject chunk = events[i].json();
        QCOMPARE(chunk[u"object"_s], u"chat.completion.chunk"_s);
        QVERIFY(chunk[u"usage"_s].isNull());
        id = id.isEmpty() ? chunk[u"id"_s].toString() : id;
        QCOMPARE(chunk[u"id"_s], id);
        text += chunk[u"choices"_s][0][u"delta"_s][u"content"_s].toString();
        reason += chunk[u"choices"_s][0][u"finish_reason"_s].toString();
    }
    QCOMPARE(events.first().json()[u"choices"_s][0][u"delta"_s][u"role"_s], u"assistant"_s);
    QCOMPARE(text, u"Answer to: one two three"_s);
    QCOMPARE(reason, u"stop"_s);
    const QJsonObject last = events[events.size() - 2].json();
    QVERIFY(last[u"choices"_s].toArray().isEmpty());
    QCOMPARE(last[u"usage"_s][u"prompt_tokens"_s].toInteger(), m_provider.total().inputTokens);
    QCOMPARE(last[u"usage"_s][u"completion_tokens"_s].toInteger(), m_provider.total().outputTokens);
}

void TestGatewayCalls::messagesWhole()
{
    QFETCH(const QString, provider);
    const HttpAnswer answer = ask(messagesPath, message(provider + u"/test-ok"_s, u"one two three"_s));
    QVERIFY2(answer.status == 200, answer.body);
    const QJsonObject body = answer.json();
    QCOMPARE(body[u"type"_s], u"message"_s);
    QVERIFY(body[u"id"_s].toString().startsWith(u"msg_"_s));
    QCOMPARE(body[u"content"_s][0][u"type"_s], u"text"_s);
    QCOMPARE(body[u"content"_s][0][u"text"_s], u"Answer to: one two three"_s);
    QCOMPARE(body[u"stop_reason"_s], u"end_turn"_s);
    QCOMPARE(body[u"usage"_s][u"input_tokens"_s].toInteger(), m_provider.total().inputTokens);
    QCOMPARE(body[u"usage"_s][u"output_tokens"_s].toInteger(), m_provider.total().outputTokens);
    QVERIFY(!answer.headers.value("request-id").isEmpty());
}

void TestGatewayCalls::messagesStreamed()
{
    QFETCH(const QString, provider);
    const HttpAnswer answer = ask(messagesPath, message(provider + u"/test-ok"_s, u"one two three"_s, true));
    QVERIFY2(answer.status == 200, answer.body);
    QString text;
    QStringList names;
    for (const Event &event : eventsIn(answer.body)) {
        const QJsonObject data = event.json();
        QCOMPARE(data[u"type"_s], QString::fromLatin1(event.name));
        if (event.name == "content_block_delta")
            text += data[u"delta"_s][u"text"_s].toString();
        else
            names.append(QString::fromLatin1(event.name));
        if (event.name == "message_delta") {
            QCOMPARE(data[u"delta"_s][u"stop_reason"_s], u"end_turn"_s);
            QCOMPARE(data[u"usage"_s][u"input_tokens"_s].toInteger(), m_provider.total().inputTokens);
            QCOMPARE(data[u"usage"_s][u"output_tokens"_s].toInteger(), m_provider.total().outputTokens);
        }
    }
    QCOMPARE(text, u"Answer to: one two three"_s);
    QCOMPARE(names,
             QStringList({u"message_start"_s, u"content_block_start"_s, u"content_block_stop"_s, u"message_delta"_s,
                          u"message_stop"_s}));
}

// The model asks for a tool in one answer, and gets its result in the next request; each format to each provider.
void TestGatewayCalls::toolsBothWays()
{
    QFETCH(const QString, provider);
    const QJsonObject parameters{{u"type"_s, u"object"_s},
                                 {u"properties"_s, QJsonObject{{u"city"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
    QJsonObject body = chat(provider + u"/test-tool"_s, u"What is the weather?"_s);
    body.insert(u"tools"_s,
                QJsonArray{QJsonObject{{u"type"_s, u"function"_s},
                                       {u"function"_s,
                                        QJsonObject{{u"name"_s, u"weather"_s},
                                                    {u"description"_s, u"Of a city"_s},
                                                    {u"parameters"_s, parameters}}}}});
    HttpAnswer answer = ask(chatPath, body);
    QVERIFY2(answer.status == 200, answer.body);
    const QJsonObject asked = answer.json()[u"choices"_s][0][u"message"_s].toObject();
    QCOMPARE(answer.json()[u"choices"_s][0][u"finish_reason"_s], u"tool_calls"_s);
    const QJsonValue call = asked[u"tool_calls"_s][0];
    QCOMPARE(call[u"function"_s][u"name"_s], u"weather"_s);
    QVERIFY(!json::object(call[u"function"_s][u"arguments"_s].toString().toUtf8()).isEmpty());
    QJsonArray messages = body[u"messages"_s].toArray();
    messages.append(asked);
    messages.append(
        QJsonObject{{u"role"_s, u"tool"_s}, {u"tool_call_id"_s, call[u"id"_s]}, {u"content"_s, u"Rain in Lisbon"_s}});
    body.insert(u"messages"_s, messages);
    body.insert(u"model"_s, provider + u"/test-ok"_s);
    answer = ask(chatPath, body);
    QVERIFY2(answer.status == 200, answer.body);

    body = message(provider + u"/test-tool"_s, u"What is the weather?"_s);
    body.insert(u"tools"_s, QJsonArray{QJsonObject{{u"name"_s, u"weather"_s}, {u"input_schema"_s, parameters}}});
    answer = ask(messagesPath, body);
    QVERIFY2(answer.status == 200, answer.body);
    QCOMPARE(answer.json()[u"stop_reason"_s], u"tool_use"_s);
    QJsonObject use;
    for (const QJsonValue block : answer.json()[u"content"_s].toArray())
        if (block[u"type"_s] == u"tool_use"_s)
            use = block.toObject();
    QCOMPARE(use[u"name"_s], u"weather"_s);
    QVERIFY(use[u"input"_s].isObject());
    messages = body[u"messages"_s].toArray();
    messages.append(QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, answer.json()[u"content"_s]}});
    messages.append(QJsonObject{
        {u"role"_s, u"user"_s},
        {u"content"_s,
         QJsonArray{QJsonObject{
             {u"type"_s, u"tool_result"_s}, {u"tool_use_id"_s, use[u"id"_s]}, {u"content"_s, u"Rain in Lisbon"_s}}}}});
    body.insert(u"messages"_s, messages);
    body.insert(u"model"_s, provider + u"/test-ok"_s);
    answer = ask(messagesPath, body);
    QVERIFY2(answer.status == 200, answer.body);
}

void TestGatewayCalls::toolsStreamed()
{
    QFETCH(const QString, provider);
    const QJsonObject parameters{{u"type"_s, u"object"_s}};
    QJsonObject body = message(provider + u"/test-tools-2"_s, u"Two tools, please"_s, true);
    body.insert(u"tools"_s,
                QJsonArray{QJsonObject{{u"name"_s, u"first"_s}, {u"input_schema"_s, parameters}},
                           QJsonObject{{u"name"_s, u"second"_s}, {u"input_schema"_s, parameters}}});
    const HttpAnswer answer = ask(messagesPath, body);
    QVERIFY2(answer.status == 200, answer.body);
    // Blocks one after the other, each with arguments that are JSON when put together.
    QStringList tools;
    QByteArray arguments;
    int open = -1, next = 0;
    for (const Event &event : eventsIn(answer.body)) {
        const QJsonObject data = event.json();
        if (event.name == "content_block_start") {
            QCOMPARE(open, -1);
            open = data[u"index"_s].toInt();
            QCOMPARE(open, next++);
            arguments.clear();
            if (data[u"content_block"_s][u"type"_s] == u"tool_use"_s)
                tools.append(data[u"content_block"_s][u"name"_s].toString());
        } else if (event.name == "content_block_delta") {
            QCOMPARE(data[u"index"_s].toInt(), open);
            arguments += data[u"delta"_s][u"partial_json"_s].toString().toUtf8();
        } else if (event.name == "content_block_stop") {
            QCOMPARE(data[u"index"_s].toInt(), open);
            if (!arguments.isEmpty())
                (void)json::object(arguments);
            open = -1;
        }
    }
    QCOMPARE(tools, QStringList({u"first"_s, u"second"_s}));
}

void TestGatewayCalls::failuresAreTold_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("shouldRetry");
    QTest::newRow("rate limit") << u"429-after-2s"_s << 429 << "true"_ba;
    QTest::newRow("no money") << u"quota"_s << 429 << "false"_ba;
    QTest::newRow("overloaded") << u"529"_s << 503 << "true"_ba;
    QTest::newRow("failure") << u"500"_s << 502 << "true"_ba;
    QTest::newRow("the server's key") << u"echo-key"_s << 502 << "false"_ba;
    QTest::newRow("cut") << u"cut-after-3"_s << 502 << "true"_ba;
    QTest::newRow("malformed") << u"malformed"_s << 502 << "false"_ba;
}

void TestGatewayCalls::failuresAreTold()
{
    QFETCH(const QString, kind);
    QFETCH(const int, status);
    QFETCH(const QByteArray, shouldRetry);
    const HttpAnswer answer = ask(chatPath, chat(u"openai/test-"_s + kind, u"hello"_s));
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.headers.value("x-should-retry"), shouldRetry);
    const QJsonValue error = answer.json()[u"error"_s];
    QVERIFY2(!error[u"message"_s].toString().isEmpty() && !error[u"code"_s].toString().isEmpty(), answer.body);
    QVERIFY(!answer.body.contains("sk-of-the-server"));
    if (kind == u"429-after-2s")
        QCOMPARE(answer.headers.value("retry-after"), "2"_ba);
    if (kind == u"quota")
        QCOMPARE(error[u"code"_s], u"insufficient_quota"_s);

    const HttpAnswer other = ask(messagesPath, message(u"anthropic/test-"_s + kind, u"hello"_s));
    QCOMPARE(other.status, status);
    QCOMPARE(other.json()[u"type"_s], u"error"_s);
    QVERIFY(!other.json()[u"error"_s][u"type"_s].toString().isEmpty());
}

// What was streamed cannot be taken back: the error comes as the SDKs of each format expect it there.
void TestGatewayCalls::failureInsideAStream()
{
    const HttpAnswer chatted = ask(chatPath, chat(u"openai/test-cut-after-3"_s, u"one two three four"_s, true));
    QCOMPARE(chatted.status, 200);
    const QList<Event> chunks = eventsIn(chatted.body);
    QVERIFY(chunks.last().json()[u"error"_s][u"message"_s].isString());
    QVERIFY(!chatted.body.contains("[DONE]"));

    const HttpAnswer asked = ask(messagesPath, message(u"anthropic/test-cut-after-3"_s, u"one two three four"_s, true));
    QCOMPARE(asked.status, 200);
    const Event last = eventsIn(asked.body).last();
    QCOMPARE(last.name, "error"_ba);
    QCOMPARE(last.json()[u"type"_s], u"error"_s);
    QVERIFY(!asked.body.contains("message_stop"));
}

void TestGatewayCalls::wrongRequestsAreRefused_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("named");
    const auto with = [](QJsonObject body, const QString &name, const QJsonValue &value) {
        body.insert(name, value);
        return body;
    };
    const QJsonObject good = chat(u"openai/test-ok"_s, u"hello"_s), other = message(u"openai/test-ok"_s, u"hello"_s);
    QTest::newRow("no model") << chatPath << with(good, u"model"_s, QJsonValue()) << 400 << u"model"_s;
    QTest::newRow("no messages") << chatPath << with(good, u"messages"_s, QJsonArray()) << 400 << u"messages"_s;
    QTest::newRow("temperature") << chatPath << with(good, u"temperature"_s, 3) << 400 << u"temperature"_s;
    QTest::newRow("two answers") << chatPath << with(good, u"n"_s, 2) << 400 << u"n"_s;
    QTest::newRow("a role") << chatPath << with(good, u"messages"_s, QJsonArray{QJsonObject{{u"role"_s, u"robot"_s}}})
                            << 400 << u"messages.0.role"_s;
    QTest::newRow("an unknown provider") << chatPath << with(good, u"model"_s, u"nobody/x"_s) << 404 << u"model"_s;
    QTest::newRow("no max_tokens") << messagesPath << with(other, u"max_tokens"_s, QJsonValue()) << 400
                                   << u"max_tokens"_s;
    QTest::newRow("a result of no call")
        << messagesPath
        << with(
               other, u"messages"_s,
               QJsonArray{QJsonObject{
                   {u"role"_s, u"user"_s},
                   {u"content"_s, QJsonArray{QJsonObject{{u"type"_s, u"tool_result"_s}, {u"tool_use_id"_s, u"x"_s}}}}}})
        << 400 << u"tool_use_id"_s;
}

void TestGatewayCalls::wrongRequestsAreRefused()
{
    QFETCH(const QString, path);
    QFETCH(const QJsonObject, body);
    QFETCH(const int, status);
    QFETCH(const QString, named);
    const HttpAnswer answer = ask(path, body);
    QVERIFY2(answer.status == status, answer.body);
    if (path == chatPath)
        QCOMPARE(answer.json()[u"error"_s][u"param"_s], named);
    else
        QVERIFY2(answer.json()[u"error"_s][u"message"_s].toString().contains(named), answer.body);
    QCOMPARE(m_provider.total().requests, 0);
}

void TestGatewayCalls::unheardMembersAreNamed()
{
    QJsonObject body = chat(u"openai/test-ok"_s, u"hello"_s);
    body.insert(u"logit_bias"_s, QJsonObject{{u"50256"_s, -100}});
    body.insert(u"metadata"_s, QJsonObject{{u"a"_s, u"b"_s}});
    const HttpAnswer answer = ask(chatPath, body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.headers.value("x-patio-unheard"), "/logit_bias"_ba);
    QVERIFY(!ask(chatPath, chat(u"openai/test-ok"_s, u"hello"_s)).headers.contains("x-patio-unheard"));
    body = chat(u"google/test-ok"_s, u"hello"_s); // has no place for it
    body.insert(u"user"_s, u"customer-7"_s);
    const HttpAnswer google = ask(chatPath, body);
    QVERIFY2(google.status == 200, google.body);
    QCOMPARE(google.headers.value("x-patio-unheard"), "/user"_ba);
    // Whatever a member is called, it makes no header of its own.
    body = chat(u"openai/test-ok"_s, u"hello"_s);
    body.insert(u"x\r\nset-cookie: a=b"_s, 1);
    const HttpAnswer odd = ask(chatPath, body);
    QCOMPARE(odd.status, 200);
    QVERIFY(!odd.headers.contains("set-cookie"));
    QVERIFY(odd.headers.value("x-patio-unheard").startsWith("/x%0D%0A"));
}

void TestGatewayCalls::embeddings_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("encoding");
    for (const char *model : {"openai/test-ok", "google/test-ok", "demo/echo"})
        for (const char *encoding : {"float", "base64"})
            QTest::addRow("%s as %s", model, encoding) << QString::fromLatin1(model) << QString::fromLatin1(encoding);
}

void TestGatewayCalls::embeddings()
{
    QFETCH(const QString, model);
    QFETCH(const QString, encoding);
    const QJsonObject question{
        {u"model"_s, model}, {u"input"_s, QJsonArray{u"first text"_s, u"second"_s}}, {u"encoding_format"_s, encoding}};
    const HttpAnswer answer = ask(u"/v1/embeddings"_s, question);
    QVERIFY2(answer.status == 200, answer.body);
    const QJsonObject body = answer.json();
    QCOMPARE(body[u"object"_s], u"list"_s);
    QCOMPARE(body[u"model"_s], model);
    const QJsonArray data = body[u"data"_s].toArray();
    QCOMPARE(data.size(), 2);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(data[i][u"index"_s].toInt(), i);
        const QJsonValue vector = data[i][u"embedding"_s];
        if (encoding == u"base64")
            QVERIFY(QByteArray::fromBase64(vector.toString().toLatin1()).size() % 4 == 0 && vector.isString());
        else
            QVERIFY(vector.toArray().size() > 2);
    }
    QVERIFY(data[0][u"embedding"_s] != data[1][u"embedding"_s]);
    QVERIFY(body[u"usage"_s][u"prompt_tokens"_s].toInteger() > 0);
    // Both encodings say the same.
    if (encoding == u"base64") {
        QJsonObject other = question;
        other.insert(u"encoding_format"_s, u"float"_s);
        const QJsonArray floats = ask(u"/v1/embeddings"_s, other).json()[u"data"_s][0][u"embedding"_s].toArray();
        const QByteArray bytes = QByteArray::fromBase64(data[0][u"embedding"_s].toString().toLatin1());
        QCOMPARE(bytes.size(), floats.size() * 4);
        for (qsizetype i = 0; i < floats.size(); ++i)
            QCOMPARE(qFromLittleEndian<float>(bytes.constData() + 4 * i), float(floats[i].toDouble()));
    }
}

void TestGatewayCalls::embeddingsThatCannotBe()
{
    const auto ask = [&](const QJsonValue &input, const QString &model = u"openai/test-ok"_s) {
        return this->ask(u"/v1/embeddings"_s, {{u"model"_s, model}, {u"input"_s, input}});
    };
    for (const QJsonValue &input :
         {QJsonValue(), QJsonValue(QJsonArray()), QJsonValue(QJsonArray{1, 2}), QJsonValue(QJsonArray{QJsonArray{1}}),
          QJsonValue(QJsonArray{u"a"_s, u""_s}), QJsonValue(7)}) {
        const HttpAnswer answer = ask(input);
        QVERIFY2(answer.status == 400, answer.body);
        QCOMPARE(answer.json()[u"error"_s][u"param"_s], u"input"_s);
    }
    QCOMPARE(ask(u"text"_s, u"anthropic/test-ok"_s).status, 400); // makes none
    QCOMPARE(m_provider.total().requests, 0);
    const HttpAnswer failed = ask(u"text"_s, u"openai/test-500"_s);
    QCOMPARE(failed.status, 502);
    QCOMPARE(failed.headers.value("x-should-retry"), "true"_ba);
}

void TestGatewayCalls::tokensAreCounted()
{
    QJsonObject body = message(u"openai/test-ok"_s, u"How many are these?"_s);
    body.remove(u"max_tokens"_s);
    const auto count = [&] {
        const HttpAnswer answer = ask(u"/v1/messages/count_tokens"_s, body);
        return answer.status == 200 ? answer.json()[u"input_tokens"_s].toInteger() : -1;
    };
    const qint64 few = count();
    QVERIFY(few > 0);
    body.insert(u"system"_s, u"And some words more that are counted as well."_s);
    QVERIFY(count() > few);
    QCOMPARE(m_provider.total().requests, 0);
}

void TestGatewayCalls::onlyTheModelsOfTheKey()
{
    const QByteArray narrow = newKey(u"Narrow"_s, {u"demo/*"_s});
    const auto as = [&](const QString &model) {
        return m_server->send("POST", chatPath, chat(model, u"hello"_s), {.token = narrow});
    };
    QCOMPARE(as(u"demo/fast"_s).status, 200);
    const HttpAnswer refused = as(u"openai/test-ok"_s);
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.json()[u"error"_s][u"code"_s], u"model_not_allowed"_s);
    QCOMPARE(as(u"test-ok"_s).status, 403); // OpenAI's, since the format is
    QCOMPARE(m_provider.total().requests, 0);
}

void TestGatewayCalls::programThatLeavesStopsTheProvider()
{
    const QString name = u"Leaving"_s;
    QNetworkAccessManager network;
    QNetworkRequest request(m_server->url(chatPath));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer " + newKey(name));
    QNetworkReply *reply =
        network.post(request, json::print(chat(u"openai/test-endless-stream"_s, u"for ever"_s, true)));
    QTRY_VERIFY(reply->bytesAvailable() > 1000);
    reply->abort();
    QTRY_COMPARE(m_provider.total().abandoned, 1);
    QTRY_COMPARE(usageOf(name)[u"calls"_s].toInteger(), 1);
    QVERIFY(usageOf(name)[u"outputTokens"_s].toInteger() > 0);
    reply->deleteLater();
}

void TestGatewayCalls::theLedgerEqualsTheProvidersCount()
{
    const QByteArray saved = std::exchange(m_key, newKey(u"Counted"_s));
    qint64 failed = 0;
    for (int i = 0; i < 10; ++i) {
        for (const char *provider : {"openai", "anthropic", "google"}) {
            const QString model = QString::fromLatin1(provider) + (i % 5 == 4 ? u"/test-500"_s : u"/test-ok"_s);
            failed += i % 5 == 4;
            ask(chatPath, chat(model, u"call number %1"_s.arg(i), i % 2));
            ask(messagesPath, message(model, u"call number %1"_s.arg(i), i % 2));
        }
    }
    m_key = saved;
    failed *= 2;
    const ProviderServer::Counts counts = m_provider.total();
    QCOMPARE(counts.returned, 60 - failed);
    QTRY_COMPARE(usageOf(u"Counted"_s)[u"calls"_s].toInteger(), 60);
    const QJsonObject row = usageOf(u"Counted"_s);
    QCOMPARE(row[u"failedCalls"_s].toInteger(), failed);
    QCOMPARE(row[u"inputTokens"_s].toInteger(), counts.inputTokens);
    QCOMPARE(row[u"outputTokens"_s].toInteger(), counts.outputTokens);
    const QJsonArray keys =
        m_server->get(u"/api/v1/gateway-keys?search=Counted"_s, m_owner).json()[u"items"_s].toArray();
    QVERIFY(!keys[0][u"lastUsedAt"_s].isNull());
}

// Somebody who stops reading stops the provider, and not the server's memory.
void TestGatewayCalls::slowReaderSlowsTheProvider()
{
    QTcpSocket socket;
    socket.setReadBufferSize(4096);
    const QUrl url(m_server->baseUrl());
    socket.connectToHost(url.host(), quint16(url.port()));
    QVERIFY(socket.waitForConnected());
    const QByteArray body = json::print(chat(u"openai/test-endless-stream"_s, u"for ever"_s, true));
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nAuthorization: "
                 "Bearer "
                 + m_key + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QTRY_VERIFY(socket.bytesAvailable() >= 4096);
    // The provider writes as long as it is read: its count of written bytes stands still once everything is full.
    qint64 written = -1;
    int unchanged = 0;
    const auto standsStill = [&] {
        const qint64 now = m_provider.bytesWritten();
        unchanged = std::exchange(written, now) == now ? unchanged + 1 : 0;
        return now > 0 && unchanged >= 30;
    };
    QVERIFY(QTest::qWaitFor(standsStill, 20'000));
    QVERIFY2(written < 32 * 1024 * 1024,
             QByteArray::number(written)); // what the kernel's buffers take, and little more
    QCOMPARE(ask(chatPath, chat(u"openai/test-ok"_s, u"hello"_s)).status, 200); // others are served
    socket.abort();
    QTRY_COMPARE(m_provider.total().abandoned, 1);
}

QTEST_GUILESS_MAIN(TestGatewayCalls)
#include "tst_gateway_calls.moc"
