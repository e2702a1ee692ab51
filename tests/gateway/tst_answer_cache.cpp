// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/answer_cache.h"
#include "server/gateway/answer_key.h"
#include "server/gateway/cache_control.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using providers::AddressPolicy;
using providers::ContentPart;
using providers::ModelAnswer;
using providers::ModelRequest;
using providers::Tool;
using providers::ToolChoice;

namespace {

// How many members a struct has: those that it can be made from.
struct Anything
{
    template<class T> operator T() const;
};
template<class T, class... Members> consteval std::size_t membersOf()
{
    if constexpr (requires { T{Members()..., Anything()}; })
        return membersOf<T, Members..., Anything>();
    else
        return sizeof...(Members);
}

// One request with something in every member, and a change of each of them.
ModelRequest everything()
{
    ModelRequest request;
    request.model = u"model"_s;
    request.messages = {{u"user"_s,
                         u"content"_s,
                         {{.kind = ContentPart::Text,
                           .text = u"text"_s,
                           .data = "data",
                           .mediaType = u"image/png"_s,
                           .url = u"https://x.example/"_s,
                           .detail = u"low"_s,
                           .id = u"id"_s,
                           .name = u"name"_s,
                           .arguments = u"{}"_s,
                           .isError = false}}}};
    request.temperature = 0.5;
    request.topP = 0.5;
    request.maxTokens = 5;
    request.stop = {u"stop"_s};
    request.responseFormat = {{u"type"_s, u"text"_s}};
    request.tools = {{u"tool"_s, u"does"_s, {{u"type"_s, u"object"_s}}, false}};
    request.toolChoice = ToolChoice{ToolChoice::Named, u"tool"_s};
    request.parallelToolCalls = false;
    request.topK = 5;
    request.seed = 5;
    request.presencePenalty = 0.5;
    request.frequencyPenalty = 0.5;
    request.reasoningEffort = u"low"_s;
    request.endUser = u"user"_s;
    request.baseUrl = QUrl(u"https://a.example/"_s);
    return request;
}

using Change = std::function<void(ModelRequest &)>;
struct NamedChange
{
    const char *name;
    Change change;
};

const std::vector<NamedChange> matters{
    {"model", [](ModelRequest &r) { r.model = u"other"_s; }},
    {"messages", [](ModelRequest &r) { r.messages.append(r.messages.first()); }},
    {"temperature", [](ModelRequest &r) { r.temperature = 0.6; }},
    {"topP", [](ModelRequest &r) { r.topP = 0.6; }},
    {"maxTokens", [](ModelRequest &r) { r.maxTokens = 6; }},
    {"stop",
     [](ModelRequest &r) {
         r.stop = {u"st"_s, u"op"_s};
     }},
    {"responseFormat",
     [](ModelRequest &r) {
         r.responseFormat = {{u"type"_s, u"json_object"_s}};
     }},
    {"tools", [](ModelRequest &r) { r.tools.clear(); }},
    {"toolChoice", [](ModelRequest &r) { r.toolChoice.reset(); }},
    {"parallelToolCalls", [](ModelRequest &r) { r.parallelToolCalls = true; }},
    {"topK", [](ModelRequest &r) { r.topK = 6; }},
    {"seed", [](ModelRequest &r) { r.seed = 6; }},
    {"presencePenalty", [](ModelRequest &r) { r.presencePenalty = 0.6; }},
    {"frequencyPenalty", [](ModelRequest &r) { r.frequencyPenalty = 0.6; }},
    {"reasoningEffort", [](ModelRequest &r) { r.reasoningEffort = u"high"_s; }},
    {"baseUrl", [](ModelRequest &r) { r.baseUrl = QUrl(u"https://b.example/"_s); }},
};
const std::vector<NamedChange> doesNotMatter{
    {"endUser", [](ModelRequest &r) { r.endUser = u"other"_s; }},
    {"stream", [](ModelRequest &r) { r.stream = !r.stream; }},
    {"callId", [](ModelRequest &r) { r.callId = "other"; }},
    {"apiKey", [](ModelRequest &r) { r.apiKey = "other"; }},
    {"addresses", [](ModelRequest &r) { r.addresses = AddressPolicy::PublicOnly; }},
    {"connectTimeout", [](ModelRequest &r) { r.connectTimeout = 1ms; }},
    {"firstByteTimeout", [](ModelRequest &r) { r.firstByteTimeout = 1ms; }},
    {"idleTimeout", [](ModelRequest &r) { r.idleTimeout = 1ms; }},
    {"totalTimeout", [](ModelRequest &r) { r.totalTimeout = 1ms; }},
    {"answerLimit", [](ModelRequest &r) { r.answerLimit = 1; }},
};
// Of what a request consists of.
ContentPart &part(ModelRequest &request) { return request.messages[0].parts[0]; }
const std::vector<NamedChange> ofMessage{
    {"role", [](ModelRequest &r) { r.messages[0].role = u"assistant"_s; }},
    {"content", [](ModelRequest &r) { r.messages[0].content = u"other"_s; }},
    {"parts", [](ModelRequest &r) { r.messages[0].parts.clear(); }},
};
const std::vector<NamedChange> ofPart{
    {"kind", [](ModelRequest &r) { part(r).kind = ContentPart::ToolResult; }},
    {"text", [](ModelRequest &r) { part(r).text = u"other"_s; }},
    {"data", [](ModelRequest &r) { part(r).data = "other"; }},
    {"mediaType", [](ModelRequest &r) { part(r).mediaType = u"other"_s; }},
    {"url", [](ModelRequest &r) { part(r).url = u"other"_s; }},
    {"detail", [](ModelRequest &r) { part(r).detail = u"other"_s; }},
    {"id", [](ModelRequest &r) { part(r).id = u"other"_s; }},
    {"name", [](ModelRequest &r) { part(r).name = u"other"_s; }},
    {"arguments", [](ModelRequest &r) { part(r).arguments = u"other"_s; }},
    {"isError", [](ModelRequest &r) { part(r).isError = true; }},
};
const std::vector<NamedChange> ofTool{
    {"name", [](ModelRequest &r) { r.tools[0].name = u"other"_s; }},
    {"description", [](ModelRequest &r) { r.tools[0].description = u"other"_s; }},
    {"parameters",
     [](ModelRequest &r) {
         r.tools[0].parameters = {{u"type"_s, u"string"_s}};
     }},
    {"strict", [](ModelRequest &r) { r.tools[0].strict.reset(); }},
};
const std::vector<NamedChange> ofChoice{
    {"kind", [](ModelRequest &r) { r.toolChoice->kind = ToolChoice::Required; }},
    {"name", [](ModelRequest &r) { r.toolChoice->name = u"other"_s; }},
};

const QUuid tenant = QUuid::createUuid();

QByteArray keyOf(const ModelRequest &request) { return answerKey(tenant, u"openai/model"_s, {}, request); }

ModelAnswer saying(const QString &text) { return {.text = text, .finishReason = u"stop"_s}; }

} // namespace

class TestAnswerCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMemberIsThoughtOf();
    void keysDifferByWhatMatters();
    void keysAreOfOneTenantAndAccess();
    void keysDoNotRunTogether();
    void givesAnswersAgain();
    void answersGrowOld();
    void forgetsByBytes();
    void keepsOnlyWholeAnswers();
    void servesManyThreads();
    void readsTheHeader_data();
    void readsTheHeader();
};

// Who adds a member to a request must say here whether an answer depends on it.
void TestAnswerCache::everyMemberIsThoughtOf()
{
    QCOMPARE(membersOf<ModelRequest>(), matters.size() + doesNotMatter.size());
    QCOMPARE(membersOf<providers::ChatMessage>(), ofMessage.size());
    QCOMPARE(membersOf<ContentPart>(), ofPart.size());
    QCOMPARE(membersOf<Tool>(), ofTool.size());
    QCOMPARE(membersOf<ToolChoice>(), ofChoice.size());
}

void TestAnswerCache::keysDifferByWhatMatters()
{
    const QByteArray usual = keyOf(everything());
    QCOMPARE(usual.size(), qsizetype(32));
    QCOMPARE(keyOf(everything()), usual);
    QSet<QByteArray> seen{usual};
    for (const auto &changes : {matters, ofMessage, ofPart, ofTool, ofChoice})
        for (const NamedChange &change : changes) {
            ModelRequest request = everything();
            change.change(request);
            const QByteArray key = keyOf(request);
            QVERIFY2(!seen.contains(key), change.name);
            seen.insert(key);
        }
    for (const NamedChange &change : doesNotMatter) {
        ModelRequest request = everything();
        change.change(request);
        QVERIFY2(keyOf(request) == usual, change.name);
    }
    // Absent is not the same as zero.
    ModelRequest absent, zero;
    zero.temperature = 0;
    QVERIFY(keyOf(absent) != keyOf(zero));
    ModelRequest negativeZero = zero;
    negativeZero.temperature = -0.0;
    QCOMPARE(keyOf(negativeZero), keyOf(zero));
}

void TestAnswerCache::keysAreOfOneTenantAndAccess()
{
    const ModelRequest request = everything();
    const QUuid credential = QUuid::createUuid();
    const QSet<QByteArray> keys{answerKey(tenant, u"openai/model"_s, {}, request),
                                answerKey(QUuid::createUuid(), u"openai/model"_s, {}, request),
                                answerKey(tenant, u"vllm/model"_s, {}, request),
                                answerKey(tenant, u"openai/model"_s, credential, request)};
    QCOMPARE(keys.size(), qsizetype(4));
}

// What stands in one member cannot be moved to the next one for the same key.
void TestAnswerCache::keysDoNotRunTogether()
{
    const auto of = [](const QString &role, const QString &content) {
        ModelRequest request;
        request.messages = {{role, content}};
        return keyOf(request);
    };
    QVERIFY(of(u"a"_s, u"bc"_s) != of(u"ab"_s, u"c"_s));
    ModelRequest one, two;
    one.stop = {u"a"_s, u"b"_s};
    two.stop = {u"ab"_s};
    QVERIFY(keyOf(one) != keyOf(two));
    one = two = {};
    one.messages = {{u"user"_s, {}, {{.text = u"a"_s}, {.text = u"b"_s}}}};
    two.messages = {{u"user"_s, {}, {{.text = u"a"_s}}}, {u"user"_s, {}, {{.text = u"b"_s}}}};
    QVERIFY(keyOf(one) != keyOf(two));
}

void TestAnswerCache::givesAnswersAgain()
{
    AnswerCache cache(1024 * 1024);
    const QByteArray key = keyOf(everything());
    QVERIFY(!cache.find(key, 1h));
    ModelAnswer answer = saying(u"Hello"_s);
    answer.toolCalls = {{u"1"_s, u"f"_s, u"{}"_s}};
    answer.usage.input = 5;
    cache.put(key, answer, 1h);
    const AnswerCache::Answer found = cache.find(key, 1h);
    QVERIFY(found);
    QCOMPARE(found->text, u"Hello"_s);
    QCOMPARE(found->toolCalls.first().name, u"f"_s);
    QCOMPARE(found->usage.input, qint64(5));
    cache.put(key, saying(u"Good day"_s), 1h);
    QCOMPARE(cache.find(key, 1h)->text, u"Good day"_s);
    QCOMPARE(found->text, u"Hello"_s); // who has it keeps it
    QCOMPARE(cache.figures().hits, qint64(2));
    QCOMPARE(cache.figures().misses, qint64(1));
    QCOMPARE(cache.figures().entries, qint64(1));

    AnswerCache off(0);
    off.put(key, answer, 1h);
    QVERIFY(!off.find(key, 1h));
    QVERIFY(!off.isOn());
}

void TestAnswerCache::answersGrowOld()
{
    AnswerCache::Clock::time_point now{};
    AnswerCache cache(1024 * 1024, [&] { return now; });
    cache.put("key", saying(u"Hello"_s), 60s);
    now += 59s;
    QVERIFY(cache.find("key", 60s));
    QVERIFY(!cache.find("key", 59s)); // older than that
    QVERIFY(!cache.find("key", 0s));
    QVERIFY(cache.find("key", 1h));
    now += 1s;
    QVERIFY(!cache.find("key", 1h)); // longer than it was to be kept
    QCOMPARE(cache.figures().entries, qint64(0));
    QCOMPARE(cache.figures().bytes, qint64(0));
    cache.put("key", saying(u"Hello"_s), 0s);
    QCOMPARE(cache.figures().entries, qint64(0));
}

void TestAnswerCache::forgetsByBytes()
{
    constexpr qint64 capacity = 200'000;
    AnswerCache cache(capacity);
    const auto key = [](int i) { return QByteArray::number(i); };
    const QString text(1000, u'x');
    for (int i = 0; i < 1000; ++i) {
        cache.put(key(i), saying(text), 1h);
        QVERIFY(cache.figures().bytes <= capacity);
        QVERIFY(cache.find(key(0), 1h)); // asked for all the time, so it stays
    }
    QVERIFY(cache.figures().entries > 50);
    QCOMPARE(cache.figures().dropped, 1000 - cache.figures().entries);
    QVERIFY(cache.find(key(999), 1h));
    QVERIFY(!cache.find(key(1), 1h));
    cache.put("large", saying(QString(capacity, u'x')), 1h); // would drive out the others
    QVERIFY(!cache.find("large", 1h));
    QVERIFY(cache.find(key(0), 1h));
}

void TestAnswerCache::keepsOnlyWholeAnswers()
{
    AnswerCache cache(1024 * 1024);
    for (const QString &reason : {u"stop"_s, u"tool_calls"_s, u"length"_s, u"content_filter"_s, QString()}) {
        ModelAnswer answer = saying(u"Hello"_s);
        answer.finishReason = reason;
        cache.put(reason.toLatin1(), answer, 1h);
        QCOMPARE(cache.find(reason.toLatin1(), 1h) != nullptr, reason == u"stop" || reason == u"tool_calls");
    }
}

void TestAnswerCache::servesManyThreads()
{
    constexpr qint64 capacity = 100'000;
    AnswerCache cache(capacity);
    std::atomic<qint64> found = 0, wrong = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 5000; ++i) {
                const QByteArray key = QByteArray::number((i * 7 + thread) % 100);
                if (const auto answer = cache.find(key, 1h)) {
                    ++found;
                    wrong += !answer->text.startsWith(QString::fromLatin1(key) + u' ');
                } else {
                    cache.put(key, saying(QString::fromLatin1(key) + u' ' + QString(500, u'x')), 1h);
                }
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    const auto figures = cache.figures();
    QCOMPARE(wrong, qint64(0));
    QVERIFY(found > 0);
    QCOMPARE(figures.hits, qint64(found));
    QCOMPARE(figures.hits + figures.misses, qint64(8 * 5000));
    QVERIFY(figures.bytes <= capacity && figures.entries <= 100);
}

void TestAnswerCache::readsTheHeader_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("mayServe");
    QTest::addColumn<bool>("mayStore");
    QTest::addColumn<int>("maxAge"); // −1: none
    const auto row = [](const char *header, bool mayServe, bool mayStore, int maxAge = -1) {
        QTest::newRow(header) << QByteArray(header) << mayServe << mayStore << maxAge;
    };
    row("", true, true);
    row("no-store", false, false);
    row("no-cache", false, true);
    row("No-Cache, max-age=5", false, true, 5);
    row("max-age=60", true, true, 60);
    row("max-age = \"60\"", true, true, 60);
    row("max-age=60, max-age=5", true, true, 5);
    row("max-age=0", true, true, 0);
    row("max-age=99999999999999999999", true, true, std::numeric_limits<int>::max());
    row("max-age=-1", true, true);
    row("max-age=", true, true);
    row("max-age", true, true);
    row("max-age=1x", true, true);
    row("only-if-cached,, =,x=no-store", true, true);
    row("no-storen", true, true);
}

void TestAnswerCache::readsTheHeader()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, mayServe);
    QFETCH(bool, mayStore);
    QFETCH(int, maxAge);
    const CacheControl control = CacheControl::of(header);
    QCOMPARE(control.mayServe, mayServe);
    QCOMPARE(control.mayStore, mayStore);
    QCOMPARE(control.maxAge ? int(control.maxAge->count()) : -1, maxAge);
    QCOMPARE(control.oldest(30s), maxAge < 0 ? 30s : std::min(30s, std::chrono::seconds(maxAge)));
}

QTEST_APPLESS_MAIN(TestAnswerCache)
#include "tst_answer_cache.moc"
