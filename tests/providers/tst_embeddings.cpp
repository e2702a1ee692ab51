// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/anthropic.h"
#include "server/providers/demo.h"
#include "server/providers/google.h"
#include "server/providers/http_transport.h"
#include "server/providers/openai.h"
#include "tests/providers/recorded_call.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace providers;

// Vectors of texts from each provider.
class TestEmbeddings : public QObject
{
    Q_OBJECT

    ProviderServer m_server;
    HttpTransport m_transport;
    Anthropic m_anthropic{m_transport};
    OpenAi m_openAi{m_transport};
    Google m_google{m_transport};
    Demo m_demo;

    Provider &provider(const QString &name)
    {
        if (name == u"google")
            return m_google;
        return name == u"anthropic" ? static_cast<Provider &>(m_anthropic) : m_openAi;
    }

    EmbeddingRequest request(Provider &provider, const QString &model)
    {
        EmbeddingRequest request{requestFor(provider, m_server, model), {u"one two"_s, u"žluťoučký kůň 🐎"_s}, {}};
        request.access.callId = "call-1";
        return request;
    }

    EmbeddingAnswer embed(Provider &provider, const EmbeddingRequest &request)
    {
        QList<EmbeddingAnswer> told;
        const auto handle = provider.embed(request, [&](const EmbeddingAnswer &answer) { told.append(answer); });
        if (!told.isEmpty() || !QTest::qWaitFor([&] { return !told.isEmpty(); }, 20'000))
            QTest::qFail("The question was answered at once or never.", __FILE__, __LINE__);
        return told.value(0);
    }

    EmbeddingAnswer answered(Provider &provider, const QByteArray &body)
    {
        Behaviour behaviour;
        behaviour.raw = body;
        m_server.plan(behaviour);
        EmbeddingRequest asked = request(provider, u"m"_s);
        asked.texts = {u"one two three four"_s};
        return embed(provider, asked);
    }

    static float product(const QList<float> &a, const QList<float> &b)
    {
        float sum = 0;
        for (qsizetype i = 0; i < a.size(); ++i)
            sum += a.at(i) * b.at(i);
        return sum;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }
    void init() { m_server.reset(); }

    void answers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("model");
        QTest::newRow("openai, base64") << u"openai"_s << u"test-ok"_s;
        QTest::newRow("openai, numbers all the same") << u"openai"_s << u"test-floats"_s;
        QTest::newRow("openai, by bytes") << u"openai"_s << u"test-bytes"_s;
        QTest::newRow("google") << u"google"_s << u"test-ok"_s;
    }

    void answers()
    {
        QFETCH(QString, name);
        QFETCH(QString, model);
        for (const int dimensions : {0, 3}) {
            EmbeddingRequest asked = request(provider(name), model);
            if (dimensions)
                asked.dimensions = dimensions;
            const EmbeddingAnswer answer = embed(provider(name), asked);
            QVERIFY2(!answer.error, answer.error ? qPrintable(answer.error->message) : "");
            QCOMPARE(answer.vectors.size(), 2);
            for (qsizetype i = 0; i < 2; ++i)
                QCOMPARE(answer.vectors.at(i), wireVector(asked.texts.at(i), dimensions ? dimensions : 8));
            QCOMPARE(answer.model, model);
            QCOMPARE(answer.usage, (TokenUsage{.input = 5}));
            QVERIFY(!answer.usageEstimated);
        }
        QCOMPARE(m_server.total().returned, 2);
        QCOMPARE(m_server.total().inputTokens, 10);
        QCOMPARE(m_server.calls().value(0).id, "call-1");
        QCOMPARE(m_server.lastRequest().path,
                 name == u"openai" ? "/v1/embeddings" : "/v1beta/models/" + model.toLatin1() + ":batchEmbedContents");
    }

    void countsItself()
    {
        for (const QString &name : {u"openai"_s, u"google"_s}) {
            const EmbeddingAnswer answer = embed(provider(name), request(provider(name), u"test-no-usage"_s));
            QVERIFY(answer.usageEstimated);
            QCOMPARE(answer.usage.input, 2 + 6); // 7 characters; 7 plain ones, 7 others and a horse
        }
    }

    void failures_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("kind");
        for (const char *name : {"openai", "google"}) {
            const auto row = [name](const char *model, CallError::Kind kind) {
                QTest::addRow("%s, %s", name, model)
                    << QString(QLatin1StringView(name)) << QString(QLatin1StringView(model)) << int(kind);
            };
            row("test-401", CallError::Authentication);
            row("test-404", CallError::NotFound);
            row("test-429-after-2s", CallError::RateLimited);
            row("test-quota", CallError::QuotaExhausted);
            row("test-500", CallError::ProviderFailed);
            row("test-html", CallError::ProviderFailed);
            row("test-hang", CallError::Timeout);
            row("test-reset", CallError::BrokenAnswer);
            row("test-cut-after-1", CallError::BrokenAnswer);
            row("test-malformed", CallError::MalformedAnswer);
            row("test-not-http", CallError::MalformedAnswer);
            row("test-endless-whole", CallError::AnswerTooLarge);
        }
    }

    void failures()
    {
        QFETCH(QString, name);
        QFETCH(QString, model);
        QFETCH(int, kind);
        EmbeddingRequest asked = request(provider(name), model);
        asked.access.firstByteTimeout = std::chrono::milliseconds(200);
        const EmbeddingAnswer answer = embed(provider(name), asked);
        QVERIFY(answer.error);
        QCOMPARE(int(answer.error->kind), kind);
        QVERIFY(answer.error->reachedProvider);
        QVERIFY(answer.vectors.isEmpty());
        QVERIFY(!answer.error->message.contains(QString::fromLatin1(asked.access.apiKey)));
        if (model.contains(u"after-2s"))
            QCOMPARE(answer.error->retryAfter, std::chrono::milliseconds(2000));
    }

    void oddAnswers_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QList<float>>("vector"); // empty: not the format
        const auto row = [](const char *embedding, const QList<float> &vector) {
            QTest::newRow(embedding) << R"({"data":[{"embedding":)" + QByteArray(embedding) + "}]}" << vector;
        };
        row("[1,-0.5,2e3]", {1, -0.5, 2000});
        row("\"AACAPwAAAL8=\"", {1, -0.5});
        row("\"AACAPwAAAL8\"", {1, -0.5});
        row("[]", {});
        row("\"\"", {});
        row("null", {});
        row("[1,null]", {});
        row("[1,\"2\"]", {});
        row("[1e300]", {});
        row("\"AACAPwAA\"", {}); // six bytes
        row("\"AADAfw==\"", {}); // not a number
        row("\"A!CAPwAAAL8=\"", {});
        QTest::newRow("too few") << QByteArray(R"({"data":[]})") << QList<float>();
        QTest::newRow("too many") << QByteArray(R"({"data":[{"embedding":[1]},{"embedding":[1]}]})") << QList<float>();
        QTest::newRow("of another text") << QByteArray(R"({"data":[{"index":1,"embedding":[1]}]})") << QList<float>();
        QTest::newRow("none at all") << QByteArray("{}") << QList<float>();
        QTest::newRow("a list") << QByteArray("[]") << QList<float>();
    }

    void oddAnswers()
    {
        QFETCH(QByteArray, body);
        QFETCH(QList<float>, vector);
        const EmbeddingAnswer answer = answered(m_openAi, body);
        if (vector.isEmpty()) {
            QVERIFY(answer.error);
            QCOMPARE(answer.error->kind, CallError::MalformedAnswer);
            return;
        }
        QVERIFY(!answer.error);
        QCOMPARE(answer.vectors.size(), 1);
        QCOMPARE(answer.vectors.first(), vector);
        QVERIFY(answer.usageEstimated);
    }

    void inTheOrderOfTheTexts()
    {
        Behaviour behaviour;
        behaviour.raw = R"({"data":[{"index":1,"embedding":[2]},{"index":0,"embedding":[1]}]})";
        m_server.plan(behaviour);
        const EmbeddingAnswer answer = embed(m_openAi, request(m_openAi, u"m"_s));
        QCOMPARE(answer.vectors, (QList<QList<float>>{{1}, {2}}));
    }

    void errorWith200()
    {
        const EmbeddingAnswer answer = answered(m_openAi, R"({"error":{"message":"m","type":"overloaded_error"}})");
        QVERIFY(answer.error);
        QCOMPARE(answer.error->kind, CallError::Overloaded);
    }

    void refusals()
    {
        const auto refused = [this](Provider &provider, const EmbeddingRequest &request) {
            const EmbeddingAnswer answer = embed(provider, request);
            return answer.error && answer.error->kind == CallError::InvalidRequest && !answer.error->reachedProvider;
        };
        QVERIFY(refused(m_anthropic, request(m_anthropic, u"test-ok"_s)));
        for (Provider *one : QList<Provider *>{&m_openAi, &m_google}) {
            EmbeddingRequest asked = request(*one, u"test-ok"_s);
            asked.texts.clear();
            QVERIFY(refused(*one, asked));
            asked.texts = QStringList(3000, u"x"_s);
            QVERIFY(refused(*one, asked));
            asked.texts = {u"x"_s};
            asked.dimensions = 0;
            QVERIFY(refused(*one, asked));
        }
        EmbeddingRequest many = request(m_google, u"test-ok"_s);
        many.texts = QStringList(101, u"x"_s);
        QVERIFY(refused(m_google, many));
        QCOMPARE(m_server.total().requests, 0);
    }

    void aDroppedQuestionIsSilent()
    {
        bool told = false;
        const auto done = [&](const EmbeddingAnswer &) { told = true; };
        auto hanging = m_openAi.embed(request(m_openAi, u"test-slow-first-byte-200ms"_s), done);
        auto refused = m_anthropic.embed(request(m_anthropic, u"m"_s), done);
        auto demo = m_demo.embed(request(m_demo, u"fast"_s), done);
        hanging.reset();
        refused.reset();
        demo.reset();
        QVERIFY(!embed(m_openAi, request(m_openAi, u"test-slow-first-byte-300ms"_s)).error);
        QVERIFY(!told);
    }

    // The same each time, of length 1, and nearer to what shares words.
    void demo()
    {
        EmbeddingRequest asked = request(m_demo, u"fast"_s);
        asked.texts = {u"the quick brown fox"_s, u"The quick  brown dog"_s, u"quarterly financial report"_s, u""_s};
        const EmbeddingAnswer answer = embed(m_demo, asked);
        QVERIFY(!answer.error);
        QCOMPARE(answer.vectors.size(), 4);
        for (const QList<float> &vector : answer.vectors) {
            QCOMPARE(vector.size(), Demo::defaultDimensions);
            QVERIFY(std::abs(product(vector, vector) - 1) < 1e-5F);
        }
        const QList<float> &fox = answer.vectors.at(0);
        QVERIFY(product(fox, answer.vectors.at(1)) > 0.5F);
        QVERIFY(product(fox, answer.vectors.at(2)) < 0.3F);
        QCOMPARE(embed(m_demo, asked).vectors, answer.vectors);
        QCOMPARE(answer.usage, (TokenUsage{.input = 5 + 5 + 7}));
        asked.dimensions = 5;
        QCOMPARE(embed(m_demo, asked).vectors.first().size(), 5);
        asked.dimensions = 100'000;
        QCOMPARE(embed(m_demo, asked).error->kind, CallError::InvalidRequest);
        asked.access.model = u"gpt"_s;
        QCOMPARE(embed(m_demo, asked).error->kind, CallError::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestEmbeddings)
#include "tst_embeddings.moc"
