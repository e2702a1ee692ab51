// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guardrails/guardrails.h"
#include "tests/gateway/wire_format.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString model = u"openai/test-ok"_s;

void eachFormat(const QList<const WireFormat *> &formats)
{
    QTest::addColumn<const WireFormat *>("format");
    for (const WireFormat *format : formats)
        QTest::newRow(format->name) << format;
}

void eachAnswer()
{
    QTest::addColumn<const WireFormat *>("format");
    QTest::addColumn<bool>("stream");
    for (const WireFormat *format : WireFormat::ofAnswers())
        for (const bool stream : {false, true})
            QTest::addRow("%s, %s", format->name, stream ? "streamed" : "whole") << format << stream;
}

} // namespace

// What a tenant lets through, and what not, in every format in which programs ask.
class TestGatewayGuardrails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_stage.start([](Config &config) { config.ioThreads = 1; });
    }
    void cleanup()
    {
        m_stage.provider.reset();
        m_stage.settle({});
    }

    void requestsAreRefused_data();
    void requestsAreRefused();
    void modelsOfOthersAreRefused_data() { eachFormat(WireFormat::all()); }
    void modelsOfOthersAreRefused();
    void personalDataDoesNotLeave_data() { eachFormat(WireFormat::all()); }
    void personalDataDoesNotLeave();
    void answersAreRefused_data() { eachAnswer(); }
    void answersAreRefused();
    void answersAreMasked_data() { eachAnswer(); }
    void answersAreMasked();
    void longTextsAreCheckedElsewhere_data() { eachFormat(WireFormat::all()); }
    void longTextsAreCheckedElsewhere();
    void longAnswersAreCheckedElsewhere_data() { eachFormat(WireFormat::ofAnswers()); }
    void longAnswersAreCheckedElsewhere();

private:
    HttpAnswer ask(const WireFormat &format, const QString &text, bool stream = false)
    {
        return format.ask(*m_stage.server, model, text, {.stream = stream, .key = m_stage.key});
    }
    // How often calls of a key were refused, by what people are shown.
    qint64 refusalsOf(const QString &keyId, const QString &by, QString *detail = nullptr)
    {
        qint64 calls = 0;
        const QJsonArray rows = m_stage.server->get(u"/api/v1/gateway-refusals?keyId="_s + keyId, m_stage.owner())
                                    .json()[u"items"_s]
                                    .toArray();
        for (const QJsonValue row : rows) {
            if (row[u"by"_s] != by)
                return -1;
            calls += row[u"calls"_s].toInteger();
            if (detail)
                *detail = row[u"detail"_s].toString();
        }
        return calls;
    }
    void answerNext(const QString &text)
    {
        Behaviour behaviour = *Behaviour::named(u"ok"_s);
        behaviour.text = text;
        m_stage.provider.plan(behaviour);
    }

    QJsonObject slowRules(QString *text, qint64 *needed);
    qint64 longestBeside(const WireFormat &format, const QString &text, int *status);

    GatewayStage m_stage;
};

void TestGatewayGuardrails::requestsAreRefused_data()
{
    QTest::addColumn<const WireFormat *>("format");
    QTest::addColumn<QJsonObject>("settings");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("rule");
    for (const WireFormat *format : WireFormat::all()) {
        const auto row = [&](const char *name, const QJsonObject &settings, int status, const QString &rule) {
            QTest::addRow("%s, %s", format->name, name) << format << settings << status << rule;
        };
        row("denied", {{u"deniedPatterns"_s, QJsonArray{u"xyz"_s, u"(sword|cat)fish"_s}}}, 403, u"deniedPatterns/1"_s);
        row("too long", {{u"mostPromptCharacters"_s, 20}}, 400, u"mostPromptCharacters"_s);
        if (!format->isOfVectors)
            row("without what is required", {{u"requiredPatterns"_s, QJsonArray{u"^Ticket"_s}}}, 403,
                u"requiredPatterns"_s);
    }
}

void TestGatewayGuardrails::requestsAreRefused()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const QJsonObject, settings);
    QFETCH(const int, status);
    QFETCH(const QString, rule);
    m_stage.settle(settings);
    const GatewayStage::Key key = m_stage.newKey(u"Refused"_s);
    const QString text = u"The password is swordfish, tell nobody"_s;
    for (int i = 0; i < 3; ++i) {
        const HttpAnswer answer =
            format->ask(*m_stage.server, model, text, {.stream = i == 2 && !format->isOfVectors, .key = key.secret});
        QVERIFY2(answer.status == status, answer.body);
        QCOMPARE(answer.headers.value("x-patio-refused-by"), "guardrail"_ba);
        QCOMPARE(format->errorCode(answer.json()), u"guardrail"_s);
        const QString message = answer.json()[u"error"_s][u"message"_s].toString();
        QVERIFY2(message.contains(rule), qPrintable(message));
        QVERIFY(!answer.body.contains("swordfish"));
    }
    QCOMPARE(m_stage.provider.total().requests, 0);
    QString detail;
    QTRY_COMPARE(refusalsOf(key.id, u"guardrail"_s, &detail), 3);
    QVERIFY2(detail.contains(rule), qPrintable(detail));
    // Others of the tenant's calls, and those of other tenants, go on.
    m_stage.settle({});
    QCOMPARE(ask(*format, text).status, 200);
}

void TestGatewayGuardrails::modelsOfOthersAreRefused()
{
    QFETCH(const WireFormat *, format);
    const QJsonObject narrow{{u"name"_s, u"Narrow"_s}, {u"models"_s, QJsonArray{u"anthropic/*"_s}}};
    const QJsonObject made = m_stage.server->post(u"/api/v1/gateway-keys"_s, narrow, m_stage.owner()).json();
    const HttpAnswer answer =
        format->ask(*m_stage.server, model, u"Hello"_s, {.key = made[u"secret"_s].toString().toLatin1()});
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.headers.value("x-patio-refused-by"), "model"_ba);
    QCOMPARE(m_stage.provider.total().requests, 0);
    QTRY_COMPARE(refusalsOf(made[u"key"_s][u"id"_s].toString(), u"model"_s), 1);
}

void TestGatewayGuardrails::personalDataDoesNotLeave()
{
    QFETCH(const WireFormat *, format);
    const QStringList data{u"ana@example.com"_s, u"+55 11 91234-5678"_s, u"529.982.247-25"_s, u"11.222.333/0001-81"_s,
                           u"4111 1111 1111 1111"_s};
    const QString text = u"Write to %1 or call %2: CPF %3, CNPJ %4, card %5. And %1 again"_s.arg(
        data[0], data[1], data[2], data[3], data[4]);
    m_stage.settle({{u"masks"_s, QJsonArray{u"email"_s, u"phone"_s, u"cpf"_s, u"cnpj"_s, u"card"_s}}});
    for (const bool stream : {false, true}) {
        if (stream && format->isOfVectors)
            continue;
        const HttpAnswer answer = ask(*format, text, stream);
        QVERIFY2(answer.status == 200, answer.body);
        QCOMPARE(answer.headers.value("x-patio-masked"), "email=2, phone=1, cpf=1, cnpj=1, card=1"_ba);
        const QString received = QString::fromUtf8(m_stage.provider.lastRequest().body);
        for (const QString &secret : data)
            QVERIFY2(!received.contains(secret), qPrintable(received));
        QVERIFY2(received.contains(
                     u"Write to [email] or call [phone]: CPF [cpf], CNPJ [cnpj], card [card]. And [email] again"_s),
                 qPrintable(received));
    }
    // Where nothing was found nothing is said.
    QVERIFY(!ask(*format, u"Hello"_s).headers.contains("x-patio-masked"));
}

// Of an answer with a text that is denied a program gets nothing of that text, however it comes.
void TestGatewayGuardrails::answersAreRefused()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    m_stage.settle({{u"deniedPatterns"_s, QJsonArray{u"(sword|cat)fish"_s}}});
    const GatewayStage::Key key = m_stage.newKey(u"Answered"_s);
    answerNext(u"The password is swordfish, and now something else."_s);
    const HttpAnswer answer =
        format->ask(*m_stage.server, model, u"What is the password?"_s, {.stream = stream, .key = key.secret});
    QCOMPARE(answer.status, stream ? 200 : 403);
    QVERIFY2(!answer.body.contains("swordf") && !answer.body.contains("something"), answer.body);
    QVERIFY2(answer.body.contains("deniedPatterns/0"), answer.body);
    if (stream)
        QVERIFY2(u"The password is "_s.startsWith(format->saidIn(answer, true)), answer.body);
    else
        QCOMPARE(answer.headers.value("x-patio-refused-by"), "guardrail"_ba);
    QTRY_COMPARE(refusalsOf(key.id, u"guardrail"_s), 1);
    // The provider was asked, and that is in the ledger.
    const QString calls = u"/api/v1/gateway-calls?keyId="_s + key.id;
    QTRY_COMPARE(m_stage.server->get(calls, m_stage.owner()).json()[u"items"_s].toArray().size(), 1);
}

void TestGatewayGuardrails::answersAreMasked()
{
    QFETCH(const WireFormat *, format);
    QFETCH(const bool, stream);
    m_stage.settle({{u"masks"_s, QJsonArray{u"email"_s, u"card"_s}}, {u"masksAnswers"_s, true}});
    answerNext(u"Write to ana@example.com, card 4111 1111 1111 1111, before noon."_s);
    const HttpAnswer answer = ask(*format, u"Whom do I write to?"_s, stream);
    QVERIFY2(answer.status == 200, answer.body);
    QCOMPARE(format->saidIn(answer, stream), u"Write to [email], card [card], before noon."_s);
}

// Patterns each of which goes on fitting in many ways, but for the last, and a text that takes them long.
QJsonObject TestGatewayGuardrails::slowRules(QString *text, qint64 *needed)
{
    QJsonArray patterns;
    for (int i = 0; i < 10; ++i)
        patterns.append(u"(x|w)*(x|v)*(x|u)*\\b;%1"_s.arg(i));
    patterns.append(u"q"_s);
    const QJsonObject settings{{u"deniedPatterns"_s, patterns}};
    *text = QString(300'000, u'x') + u'q';
    providers::ModelRequest request;
    request.messages = {{u"user"_s, *text, {}}};
    const guardrails::Guardrails rules(json::fromValue<GatewaySettings>(settings, json::UnknownMembers::Reject));
    QElapsedTimer time;
    time.start();
    try {
        rules.check(request);
    } catch (const ApiError &) {
        *needed = time.elapsed();
    }
    return settings;
}

// Asks, and meanwhile asks other things by the same thread. Answers how long one of those took at most.
qint64 TestGatewayGuardrails::longestBeside(const WireFormat &format, const QString &text, int *status)
{
    QNetworkAccessManager network;
    QNetworkRequest large(m_stage.server->url(format.path(model, false)));
    large.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    for (const auto &[name, value] : format.headers(m_stage.key))
        large.setRawHeader(name, value);
    const std::unique_ptr<QNetworkReply> reply(network.post(large, json::print(format.body(model, text))));
    QElapsedTimer time;
    qint64 longest = 0;
    int others = 0;
    while (!reply->isFinished()) {
        time.start();
        if (m_stage.server->get(u"/v1/responses/none"_s, m_stage.key).status != 404)
            return std::numeric_limits<qint64>::max();
        longest = std::max(longest, time.elapsed());
        ++others;
    }
    *status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    qInfo("%d other calls meanwhile took at most %lld ms", others, longest);
    return longest;
}

// A text that takes a second to be looked through does not stop the others of its thread for that time.
void TestGatewayGuardrails::longTextsAreCheckedElsewhere()
{
    QFETCH(const WireFormat *, format);
    QString text;
    qint64 needed = 0;
    m_stage.settle(slowRules(&text, &needed));
    QVERIFY2(needed > 100, QByteArray::number(needed));
    int status = 0;
    const qint64 longest = longestBeside(*format, text, &status);
    QCOMPARE(status, 403);
    QVERIFY2(longest < needed / 2, QByteArray::number(needed));
}

void TestGatewayGuardrails::longAnswersAreCheckedElsewhere()
{
    QFETCH(const WireFormat *, format);
    QString text;
    qint64 needed = 0;
    m_stage.settle(slowRules(&text, &needed));
    answerNext(text);
    int status = 0;
    const qint64 longest = longestBeside(*format, u"Hello"_s, &status);
    QCOMPARE(status, 403);
    QVERIFY2(longest < needed / 2, QByteArray::number(needed));
}

QTEST_GUILESS_MAIN(TestGatewayGuardrails)
#include "tst_gateway_guardrails.moc"
