// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/json_path.h"
#include "shared/evaluations/scoring.h"
#include "shared/evaluations/similarity.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace evaluations;

namespace {

// As JSON with single quotes, which need no escapes here.
Assertion assertionOf(QByteArray text)
{
    return json::parse<Assertion>(text.replace('\'', '"'), json::UnknownMembers::Reject);
}

qsizetype naiveDistance(const QList<uint> &a, const QList<uint> &b)
{
    QList<qsizetype> row(b.size() + 1);
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = row[0];
        row[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const qsizetype replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

} // namespace

// What each kind of assertion says of an answer.
class TestScoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assertions_data()
    {
        QTest::addColumn<QByteArray>("assertion");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("expected"); // null: none
        QTest::addColumn<bool>("passed");
        QTest::addColumn<double>("score");
        QTest::addColumn<QString>("reason"); // a part of it; empty: none at all

        const auto row = [](const char *name, const QByteArray &assertion, const QString &output,
                            const QString &expected, bool passed, double score, const QString &reason = {}) {
            QTest::newRow(name) << assertion << output << expected << passed << score << reason;
        };
        row("equals", "{'kind':'equals'}", u" Paris\n"_s, u"Paris"_s, true, 1);
        row("equals, another", "{'kind':'equals'}", u"Lyon"_s, u"Paris"_s, false, 0, u"is not “Paris”"_s);
        row("equals, its own value", "{'kind':'equals','value':'Lyon'}", u"Lyon"_s, u"Paris"_s, true, 1);
        row("equals, case", "{'kind':'equals'}", u"PARIS"_s, u"Paris"_s, false, 0, u"is not"_s);
        row("equals, any case", "{'kind':'equals','ignoreCase':true}", u"PARIS"_s, u"Paris"_s, true, 1);
        row("equals, composed", "{'kind':'equals'}", u"Sa\u0303o"_s, u"São"_s, true, 1);
        row("equals, nothing expected", "{'kind':'equals'}", u"x"_s, {}, false, 0, u"no expected output"_s);
        row("not equals, nothing expected", "{'kind':'equals','isNegated':true}", u"x"_s, {}, false, 0,
            u"no expected output"_s);
        row("not equals", "{'kind':'equals','isNegated':true}", u"Paris"_s, u"Paris"_s, false, 0, u"must not"_s);
        row("not equals, another", "{'kind':'equals','isNegated':true}", u"Lyon"_s, u"Paris"_s, true, 1);

        row("contains all", "{'kind':'contains','values':['a','b']}", u"b and a"_s, {}, true, 1);
        row("contains half", "{'kind':'contains','values':['yes','no']}", u"yes"_s, {}, false, 0.5, u"“no”"_s);
        row("contains half is enough", "{'kind':'contains','values':['yes','no'],'threshold':0.5}", u"yes"_s, {}, true,
            0.5);
        row("contains any", "{'kind':'contains','values':['x','b'],'match':'any'}", u"b"_s, {}, true, 1);
        row("contains any, none there", "{'kind':'contains','values':['x'],'match':'any'}", u"b"_s, {}, false, 0,
            u"has none of “x”"_s);
        row("contains none", "{'kind':'contains','values':['x'],'match':'none'}", u"b"_s, {}, true, 1);
        row("contains none, one there", "{'kind':'contains','values':['x'],'match':'none'}", u"xb"_s, {}, false, 0,
            u"has “x”"_s);
        row("contains, any case", "{'kind':'contains','values':['REFUND'],'ignoreCase':true}", u"a refund"_s, {}, true,
            1);

        row("regex", "{'kind':'regex','value':'^[A-Z]{3}-\\\\d+$'}", u"ABC-17"_s, {}, true, 1);
        row("regex, no match", "{'kind':'regex','value':'^\\\\d+$'}", u"x1"_s, {}, false, 0, u"does not match"_s);
        row("regex, any case", "{'kind':'regex','value':'abc','ignoreCase':true}", u"xABC"_s, {}, true, 1);
        row("regex from the case", "{'kind':'regex'}", u"17"_s, u"^\\d\\d$"_s, true, 1);
        row("regex from the case, broken", "{'kind':'regex'}", u"17"_s, u"("_s, false, 0, u"is no pattern"_s);
        row("starts", "{'kind':'startsWith','value':'Dear'}", u"  Dear Ana"_s, {}, true, 1);
        row("starts not", "{'kind':'startsWith','value':'Dear'}", u"Hi"_s, {}, false, 0, u"does not begin"_s);
        row("ends", "{'kind':'endsWith','value':'regards.'}", u"Best regards.\n"_s, {}, true, 1);
        row("ends not", "{'kind':'endsWith','value':'regards'}", u"Best"_s, {}, false, 0, u"does not end"_s);

        const QByteArray schema =
            "{'kind':'jsonSchema','schema':{'type':'object','required':['a'],'properties':{'a':{'type':'integer'}}}}";
        row("schema", schema, u"{\"a\": 1}"_s, {}, true, 1);
        row("schema, another type", schema, u"{\"a\": \"1\"}"_s, {}, false, 0, u"/a"_s);
        row("schema, no JSON", schema, u"a: 1"_s, {}, false, 0, u"is not JSON"_s);
        row("path", "{'kind':'jsonPath','path':'$.items[0].id','equals':7}", u"{\"items\":[{\"id\":7}]}"_s, {}, true,
            1);
        row("path, all of a wildcard", "{'kind':'jsonPath','path':'$[*].ok','equals':true}",
            u"[{\"ok\":true},{\"ok\":false}]"_s, {}, false, 0, u"stands false instead of true"_s);
        row("path, nothing there", "{'kind':'jsonPath','path':'$.x','equals':1}", u"{}"_s, {}, false, 0,
            u"nothing at $.x"_s);
        row("path, expected as JSON", "{'kind':'jsonPath','path':'$.n'}", u"{\"n\":7}"_s, u"7"_s, true, 1);
        row("path, expected as text", "{'kind':'jsonPath','path':'$.n'}", u"{\"n\":\"Ana\"}"_s, u"Ana"_s, true, 1);

        row("levenshtein", "{'kind':'levenshtein','threshold':0.5}", u"kitten"_s, u"sitting"_s, true, 1 - 3.0 / 7);
        row("levenshtein, too far", "{'kind':'levenshtein'}", u"kitten"_s, u"sitting"_s, false, 1 - 3.0 / 7,
            u"0.57 is below 0.80"_s);
        row("tokens", "{'kind':'tokenSimilarity','threshold':0.5}", u"the cat sat"_s, u"the cat ran away"_s, true,
            4.0 / 7);
        row("tokens, each as often", "{'kind':'tokenSimilarity','threshold':0.5}", u"no no no"_s, u"no"_s, true, 0.5);

        row("length", "{'kind':'length','minimum':2,'maximum':3}", u"a😀b"_s, {}, true, 1);
        row("too long", "{'kind':'length','maximum':2}", u"abc"_s, {}, false, 0, u"3 is above 2"_s);
        row("too short", "{'kind':'length','minimum':4}", u"abc"_s, {}, false, 0, u"3 is below 4"_s);
        row("latency", "{'kind':'latency','maximum':900}", u"x"_s, {}, true, 1); // 800 ms
        row("too slow", "{'kind':'latency','maximum':700}", u"x"_s, {}, false, 0, u"800 is above 700"_s);
        row("cost", "{'kind':'cost','maximum':5000}", u"x"_s, {}, true, 1); // 4,000
        row("too dear", "{'kind':'cost','maximum':3999}", u"x"_s, {}, false, 0, u"4000 is above 3999"_s);

        row("refusal", "{'kind':'refusal'}", u"I'm sorry, but I can’t help with that."_s, {}, true, 1);
        row("refusal in Portuguese", "{'kind':'refusal'}", u"Desculpe, mas não posso ajudar."_s, {}, true, 1);
        row("no refusal", "{'kind':'refusal','isNegated':true}", u"Sure: 4."_s, {}, true, 1);
        row("a refusal that must not be", "{'kind':'refusal','isNegated':true}", u"I cannot do that."_s, {}, false, 0,
            u"must not"_s);

        const QByteArray tool = "{'kind':'toolCall','tool':'refund','arguments':{'order':17}}";
        row("tool", tool, u"{\"name\":\"refund\",\"arguments\":{\"order\":17,\"why\":\"late\"}}"_s, {}, true, 1);
        row("tool of OpenAI", tool,
            u"{\"tool_calls\":[{\"type\":\"function\",\"function\":{\"name\":\"refund\",\"arguments\":\"{\\\"order\\\":17}\"}}]}"_s,
            {}, true, 1);
        row("tool of Anthropic", tool, u"[{\"type\":\"tool_use\",\"name\":\"refund\",\"input\":{\"order\":17}}]"_s, {},
            true, 1);
        row("tool in a code block", tool, u"```json\n{\"name\":\"refund\",\"arguments\":{\"order\":17}}\n```"_s, {},
            true, 1);
        row("tool, other arguments", tool, u"{\"name\":\"refund\",\"arguments\":{\"order\":18}}"_s, {}, false, 0,
            u"with other arguments"_s);
        row("tool not called", tool, u"Done."_s, {}, false, 0, u"is not called"_s);
    }
    void assertions()
    {
        QFETCH(const QByteArray, assertion);
        QFETCH(const QString, output);
        QFETCH(const QString, expected);
        QFETCH(const bool, passed);
        QFETCH(const double, score);
        QFETCH(const QString, reason);
        const Assertion asserted = assertionOf(assertion);
        QCOMPARE(json::print(problems(asserted)), QByteArray("[]"));
        const AssertionResult result = evaluate(asserted,
                                                {.output = output,
                                                 .expected = expected.isNull() ? std::nullopt : std::optional(expected),
                                                 .finishReason = u"stop"_s,
                                                 .latencyMs = 800,
                                                 .costNanos = 4000});
        QCOMPARE(result.passed, passed);
        QVERIFY2(std::abs(result.score - score) < 1e-9, QByteArray::number(result.score));
        QVERIFY2(reason.isEmpty() ? result.reason.isEmpty() : result.reason.contains(reason),
                 qPrintable(result.reason));
        QVERIFY(!result.isPending);
    }

    void aFilteredAnswerIsARefusal()
    {
        QVERIFY(
            evaluate(assertionOf("{'kind':'refusal'}"), {.output = {}, .finishReason = u"content_filter"_s}).passed);
    }

    void whatIsNotKnownDoesNotPass()
    {
        for (const char *const text : {"{'kind':'latency','maximum':9}", "{'kind':'cost','maximum':9}",
                                       "{'kind':'cost','maximum':9,'isNegated':true}"}) {
            const AssertionResult result = evaluate(assertionOf(text), {.output = u"x"_s});
            QVERIFY(!result.passed);
            QCOMPARE(result.score, 0);
        }
    }

    void judgements_data()
    {
        QTest::addColumn<QString>("judgement");
        QTest::addColumn<bool>("passed");
        QTest::addColumn<double>("score");
        QTest::addColumn<QString>("reason");
        QTest::newRow("score") << u"{\"score\": 0.75, \"reason\": \"mostly\"}"_s << true << 0.75 << u"mostly"_s;
        QTest::newRow("low") << u"{\"score\": 0.25, \"reason\": \"hardly\"}"_s << false << 0.25 << u"hardly"_s;
        QTest::newRow("pass") << u"{\"pass\": true}"_s << true << 1.0 << QString();
        QTest::newRow("number") << u" 0.5 "_s << true << 0.5 << QString();
        QTest::newRow("block") << u"```json\n{\"score\": 1}\n```"_s << true << 1.0 << QString();
        QTest::newRow("out of range") << u"{\"score\": 7}"_s << false << 0.0 << u"no score"_s;
        QTest::newRow("words") << u"Looks fine to me"_s << false << 0.0 << u"Looks fine"_s;
    }
    void judgements()
    {
        QFETCH(const QString, judgement);
        QFETCH(const bool, passed);
        QFETCH(const double, score);
        QFETCH(const QString, reason);
        const Assertion rubric = assertionOf("{'kind':'rubric','rubric':'polite?','judge':'judge'}");
        QVERIFY(evaluate(rubric, {.output = u"x"_s}).isPending);
        const AssertionResult result = judged(rubric, judgement);
        QVERIFY(!result.isPending);
        QCOMPARE(result.passed, passed);
        QCOMPARE(result.score, score);
        QVERIFY2(result.reason.contains(reason), qPrintable(result.reason));
    }

    void aBrokenJudgementNeverPasses()
    {
        const Assertion rubric = assertionOf("{'kind':'rubric','judge':'judge','isNegated':true}");
        QVERIFY(!judged(rubric, u"what?"_s).passed);
        QVERIFY(judged(rubric, u"0.1"_s).passed);
        QVERIFY(!notJudged(rubric, u"the job failed"_s).passed);
    }

    void wrongAssertions_data()
    {
        QTest::addColumn<QByteArray>("assertion");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("values missing") << QByteArray("{'kind':'contains'}") << u"/values"_s;
        QTest::newRow("blank value") << QByteArray("{'kind':'contains','values':['a',' ']}") << u"/values/1"_s;
        QTest::newRow("foreign member") << QByteArray("{'kind':'length','maximum':1,'value':'x'}") << u"/value"_s;
        QTest::newRow("no bound") << QByteArray("{'kind':'latency'}") << u"/maximum"_s;
        QTest::newRow("bounds crossed") << QByteArray("{'kind':'cost','minimum':2,'maximum':1}") << u"/minimum"_s;
        QTest::newRow("pattern") << QByteArray("{'kind':'regex','value':'(a'}") << u"/value"_s;
        QTest::newRow("look-ahead") << QByteArray("{'kind':'regex','value':'a(?=b)'}") << u"/value"_s;
        QTest::newRow("path") << QByteArray("{'kind':'jsonPath','path':'$..a'}") << u"/path"_s;
        QTest::newRow("schema") << QByteArray("{'kind':'jsonSchema','schema':{'type':'thing'}}") << u"/schema/type"_s;
        QTest::newRow("no judge") << QByteArray("{'kind':'rubric','rubric':'x'}") << u"/judge"_s;
        QTest::newRow("no tool") << QByteArray("{'kind':'toolCall'}") << u"/tool"_s;
    }
    void wrongAssertions()
    {
        QFETCH(const QByteArray, assertion);
        QFETCH(const QString, pointer);
        const auto found = problems(assertionOf(assertion), u"/assertions/3"_s);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().pointer, u"/assertions/3"_s + pointer);
    }

    void totals()
    {
        const auto result = [](double score, bool passed, double weight) {
            return AssertionResult{.passed = passed, .score = score, .weight = weight};
        };
        QVERIFY(!total({}, {}).score);
        QVERIFY(!total({result(1, true, 0)}, {}).score);
        const QList<AssertionResult> mixed{result(1, true, 3), result(0.2, false, 1), result(0, false, 0)};
        QCOMPARE(total(mixed, {}).score, 0.8);
        QVERIFY(!total(mixed, {}).passed); // one with a weight failed
        QVERIFY(total(mixed, 0.8).passed);
        QVERIFY(!total(mixed, 0.81).passed);
        QVERIFY(total({result(1, true, 1), result(0, false, 0)}, {}).passed);
    }

    void distances()
    {
        QCOMPARE(editDistance(u"kitten", u"sitting"), 3);
        QCOMPARE(editDistance(u"saturday", u"sunday"), 3);
        QCOMPARE(editDistance(u"", u"abc"), 3);
        QCOMPARE(editDistance(u"", u""), 0);
        QCOMPARE(editDistance(u"a😀", u"a"), 1);
        QCOMPARE(editSimilarity(u"", u""), 1.0);
    }

    // Beside the table as books have it, around the edges of words of 64 bits.
    void distancesBesideTheTable()
    {
        QRandomGenerator random(17);
        for (int round = 0; round < 400; ++round) {
            const auto text = [&] {
                QList<uint> text(random.bounded(200));
                for (uint &c : text)
                    c = u'a' + random.bounded(round % 2 ? 3u : 20u);
                return text;
            };
            const QList<uint> a = text(), b = text();
            const auto toString = [](const QList<uint> &t) {
                return QString::fromUcs4(reinterpret_cast<const char32_t *>(t.constData()), t.size());
            };
            QCOMPARE(editDistance(toString(a), toString(b)), naiveDistance(a, b));
        }
    }

    void longTextsAreNotCompared()
    {
        const QString longest(longestCompared, u'a');
        QCOMPARE(editDistance(longest, longest), 0);
        QVERIFY(!editDistance(longest + u'a', u"a"));
        const AssertionResult result =
            evaluate(assertionOf("{'kind':'levenshtein','isNegated':true,'value':'a'}"), {.output = longest + u'a'});
        QVERIFY(!result.passed);
        QVERIFY(result.reason.contains(u"not compared"_s));
    }

    void paths_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("found"); // JSON of all that is found; empty: the path is refused
        QTest::newRow("root") << u"$"_s << QByteArray("[{\"a\":{\"b c\":[1,2]},\"ü\":3,\"'\":4}]");
        QTest::newRow("names") << u"$.a['b c'][1]"_s << QByteArray("[2]");
        QTest::newRow("double quotes") << u"$[\"a\"][\"b c\"][0]"_s << QByteArray("[1]");
        QTest::newRow("from the end") << u"$.a['b c'][-1]"_s << QByteArray("[2]");
        QTest::newRow("too far") << u"$.a['b c'][2]"_s << QByteArray("[]");
        QTest::newRow("wildcard") << u"$.a.*[*]"_s << QByteArray("[1,2]");
        QTest::newRow("letters") << u"$.ü"_s << QByteArray("[3]");
        QTest::newRow("escape") << u"$['\\'']"_s << QByteArray("[4]");
        QTest::newRow("code point") << u"$['\\u00fc']"_s << QByteArray("[3]");
        QTest::newRow("missing") << u"$.x.y"_s << QByteArray("[]");
        for (const char *const refused : {"", "a", "$.", "$..a", "$[", "$[a]", "$['a", "$[0:1]", "$[0,1]", "$[?@.a]",
                                          "$a", "$['\\q']", "$[99999999999999999999]"})
            QTest::newRow(refused[0] ? refused : "empty") << QString::fromLatin1(refused) << QByteArray();
    }
    void paths()
    {
        QFETCH(const QString, path);
        QFETCH(const QByteArray, found);
        const JsonPath compiled(path);
        QCOMPARE(compiled.problem().isEmpty(), !found.isEmpty());
        if (found.isEmpty())
            return;
        const QJsonValue document = json::document("{\"a\":{\"b c\":[1,2]},\"ü\":3,\"'\":4}");
        QCOMPARE(QJsonValue(json::document(json::print(compiled.find(document)))), json::document(found));
    }
};

QTEST_APPLESS_MAIN(TestScoring)
#include "tst_scoring.moc"
