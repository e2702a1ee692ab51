// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/renderer.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using templates::PromptText;

namespace {

QJsonValue value(const char *text) { return json::document(text); }

QString rendered(const QString &text, const QJsonValue &variables)
{
    const auto result = PromptText::parse(text).render(variables);
    return result ? *result : u"refused: "_s + result.error().detail;
}

} // namespace

class TestPromptText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renders_data();
    void renders();
    void problems_data();
    void problems();
    void checksNames_data();
    void checksNames();
    void variablesAreListedOnce();
    void wholeInput();
    void outputIsBounded();
    void repetitionIsBounded();
    void hugeTextsAreParsedQuickly();
    void partials_data();
    void partials();
    void partialsAreCheckedWhereTheyStand();
    void partialsWithinPartialsAreBounded();
};

void TestPromptText::renders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("variables");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing is escaped") << u"<{{a}}>"_s << QByteArray(R"({"a":"<&\">"})") << u"<<&\">>"_s;
    QTest::newRow("triple is the same") << u"{{{a}}}{{&a}}"_s << QByteArray(R"({"a":"<"})") << u"<<"_s;
    QTest::newRow("lists print as JSON") << u"{{a}}"_s << QByteArray(R"({"a":[1,"x",null]})") << u"[1,\"x\",null]"_s;
    QTest::newRow("objects print as JSON") << u"{{a}}"_s << QByteArray(R"({"a":{"b":true}})") << u"{\"b\":true}"_s;
    QTest::newRow("truth values") << u"{{a}} {{b}}"_s << QByteArray(R"({"a":true,"b":false})") << u"true false"_s;
    QTest::newRow("numbers") << u"{{a}} {{b}}"_s << QByteArray(R"({"a":85,"b":1.21})") << u"85 1.21"_s;
    QTest::newRow("braces in values stay") << u"{{a}}"_s << QByteArray(R"({"a":"{{b}}","b":"x"})") << u"{{b}}"_s;
    QTest::newRow("single braces are text") << u"{a} } {"_s << QByteArray("{}") << u"{a} } {"_s;
    QTest::newRow("empty text is true, as in the specification")
        << u"{{#a}}x{{/a}}"_s << QByteArray(R"({"a":"b"})") << u"x"_s;
    QTest::newRow("zero is true") << u"{{#a}}{{.}}{{/a}}"_s << QByteArray(R"({"a":0})") << u"0"_s;
    QTest::newRow("astral characters") << u"😀{{a}}😀"_s << QByteArray(R"({"a":"😀"})") << u"😀😀😀"_s;
}

void TestPromptText::renders()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, variables);
    QTEST(rendered(text, value(variables)), "expected");
}

void TestPromptText::problems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("words");
    QTest::newRow("unclosed tag") << u"Dear {{name"_s << 5 << 6 << u"not closed"_s;
    QTest::newRow("unclosed tag before another") << u"{{name and {{other}}"_s << 0 << 11 << u"not closed"_s;
    QTest::newRow("unclosed section") << u"a {{#list}} b"_s << 2 << 9 << u"{{/list}} is missing"_s;
    QTest::newRow("wrong close") << u"{{#a}}{{/b}}{{/a}}"_s << 6 << 6 << u"“a” is open here, not “b”"_s;
    QTest::newRow("close without open") << u"x{{/b}}"_s << 1 << 6 << u"No section"_s;
    QTest::newRow("no name") << u"{{ }}"_s << 0 << 5 << u"no name"_s;
    QTest::newRow("spaces in a name") << u"{{first name}}"_s << 0 << 14 << u"is not a name"_s;
    QTest::newRow("empty part") << u"{{a..b}}"_s << 0 << 8 << u"is not a name"_s;
    QTest::newRow("partial without a name") << u"a {{> }}"_s << 2 << 6 << u"{{> slug}}"_s;
    QTest::newRow("partial with a computed name") << u"{{>*other}}"_s << 0 << 11 << u"{{> slug}}"_s;
    QTest::newRow("block") << u"{{$ title}}{{/title}}"_s << 0 << 11 << u"not supported"_s;
    QTest::newRow("delimiters") << u"{{= a =}}"_s << 0 << 9 << u"Delimiters"_s;
    QTest::newRow("offsets count UTF-16 units") << u"😀{{ }}"_s << 2 << 5 << u"no name"_s;
}

void TestPromptText::problems()
{
    QFETCH(QString, text);
    const PromptText parsed = PromptText::parse(text);
    QVERIFY(!parsed.problems().isEmpty());
    const templates::TextProblem problem = parsed.problems().first();
    QTEST(int(problem.offset), "offset");
    QTEST(int(problem.length), "length");
    QFETCH(QString, words);
    QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
    QVERIFY(!parsed.render(QJsonObject()));
}

void TestPromptText::checksNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("schema"); // empty: none
    QTest::addColumn<QStringList>("unknown");
    const QByteArray schema(R"({"type":"object","properties":{"customer":{"$ref":"#/$defs/person"},
        "lines":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string"}}}},
        "tags":{"type":"array","items":{"type":"string"}},"vip":{"type":"boolean"},"free":{"type":"object"}},
        "$defs":{"person":{"type":"object","properties":{"name":{"type":"string"},"boss":{"$ref":"#/$defs/person"}}}}})");
    QTest::newRow("known") << u"{{customer.name}} {{#lines}}{{text}}{{vip}}{{/lines}}"_s << schema << QStringList();
    QTest::newRow("unknown") << u"{{nmae}}"_s << schema << QStringList{u"{{nmae}}"_s};
    QTest::newRow("unknown part") << u"{{customer.nmae}}"_s << schema << QStringList{u"{{customer.nmae}}"_s};
    QTest::newRow("of an item, outside") << u"{{#lines}}{{/lines}}{{text}}"_s << schema << QStringList{u"{{text}}"_s};
    QTest::newRow("recursive reference") << u"{{customer.boss.boss.name}}"_s << schema << QStringList();
    QTest::newRow("iterator") << u"{{#tags}}{{.}}{{/tags}}{{^tags}}none{{/tags}}"_s << schema << QStringList();
    QTest::newRow("inside a condition") << u"{{#vip}}{{customer.name}}{{nmae}}{{/vip}}"_s << schema
                                        << QStringList{u"{{nmae}}"_s};
    QTest::newRow("free object") << u"{{free.what.ever}}"_s << schema << QStringList();
    QTest::newRow("of text nothing is known")
        << u"{{customer.name.first}}"_s << schema << QStringList{u"{{customer.name.first}}"_s};
    QTest::newRow("no schema") << u"{{input}} {{input.a}} {{name}}"_s << QByteArray() << QStringList{u"{{name}}"_s};
    QTest::newRow("schema that lists nothing")
        << u"{{a}}"_s << QByteArray(R"({"type":"object"})") << QStringList{u"{{a}}"_s};
    QTest::newRow("additional properties")
        << u"{{a.b}}"_s << QByteArray(R"({"additionalProperties":true})") << QStringList();
}

void TestPromptText::checksNames()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, schema);
    const auto parsed = PromptText::parse(text);
    QCOMPARE(parsed.problems().size(), 0);
    QStringList unknown;
    const auto found = parsed.check(schema.isEmpty() ? std::nullopt : std::optional(json::object(schema)));
    for (const auto &problem : found)
        unknown.append(text.mid(problem.offset, problem.length));
    QTEST(unknown, "unknown");
}

void TestPromptText::variablesAreListedOnce()
{
    const auto parsed = PromptText::parse(u"{{b}}{{#list}}{{.}}{{a.c}}{{b}}{{/list}}{{! d }}"_s);
    QCOMPARE(parsed.variables(), (QStringList{u"b"_s, u"list"_s, u"a.c"_s}));
}

void TestPromptText::wholeInput()
{
    const QJsonObject lone{{u"input"_s, u"hello"_s}}, several{{u"a"_s, 1}, {u"b"_s, 2}};
    QCOMPARE(rendered(u"{{input}}"_s, templates::renderingContext(lone, false)), u"hello"_s);
    QCOMPARE(rendered(u"{{input}}"_s, templates::renderingContext(several, false)), u"{\"a\":1,\"b\":2}"_s);
    QCOMPARE(rendered(u"{{a}}"_s, templates::renderingContext(several, true)), u"1"_s);
}

void TestPromptText::outputIsBounded()
{
    const QJsonObject variables{{u"a"_s, QString(1000, u'x')}};
    const auto result = PromptText::parse(u"{{a}}{{a}}"_s).render(variables, {.outputLength = 1500});
    QVERIFY(!result);
    QVERIFY(result.error().detail.contains(u"longer than 1500"_s));
    QVERIFY(PromptText::parse(u"{{a}}"_s).render(variables, {.outputLength = 1500}));
}

void TestPromptText::repetitionIsBounded()
{
    QJsonArray many;
    for (int i = 0; i < 1000; ++i)
        many.append(QJsonObject());
    // 1000^10 repetitions would not end within the time that CTest gives this program.
    const auto result =
        PromptText::parse(u"{{#a}}"_s.repeated(10) + u"{{/a}}"_s.repeated(10)).render(QJsonObject{{u"a"_s, many}});
    QVERIFY(!result);
    QVERIFY(result.error().detail.contains(u"too often"_s));
}

void TestPromptText::hugeTextsAreParsedQuickly()
{
    // A parser that is not linear would not end within the time that CTest gives this program.
    for (const QString &piece : {u"{{"_s, u"{{a}}"_s, u"{{#a}}"_s, u"{{=<% %>=}}"_s, u" \n"_s, u"{{!"_s, u"{{{"_s})
        PromptText::parse(piece.repeated(200'000 / piece.size())).check(std::nullopt);
}

void TestPromptText::partials_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("by name") << u"<{{> greeting}}>"_s << u"<Dear Ana,>"_s;
    QTest::newRow("by label and version") << u"{{> greeting@formal}} {{>greeting@2}}"_s << u"Madam Hi Ana"_s;
    QTest::newRow("nothing is there") << u"<{{> other}}>"_s << u"<>"_s;
    QTest::newRow("indented, as a line of its own") << u"a\n  {{> lines}}\nb"_s << u"a\n  1\n  2\nb"_s;
    QTest::newRow("within a line it is not") << u"a  {{> lines}}b"_s << u"a  1\n2\nb"_s;
    QTest::newRow("delimiters stay its own") << u"{{=<% %>=}}<%> greeting%>{{name}}"_s << u"Dear Ana,{{name}}"_s;
    QTest::newRow("in a section") << u"{{#people}}{{> item}}{{/people}}"_s << u"[x][y]"_s;
}

void TestPromptText::partials()
{
    QFETCH(QString, text);
    const templates::Partials partials{{u"greeting"_s, u"Dear {{name}},"_s},
                                       {u"greeting@formal"_s, u"Madam"_s},
                                       {u"greeting@2"_s, u"Hi {{name}}"_s},
                                       {u"lines"_s, u"1\n2\n"_s},
                                       {u"item"_s, u"[{{.}}]"_s}};
    const auto result = PromptText::parse(text).render(value(R"({"name":"Ana","people":["x","y"]})"), {}, partials);
    QVERIFY(result);
    QTEST(*result, "expected");
}

void TestPromptText::partialsAreCheckedWhereTheyStand()
{
    const auto schema = json::object(R"({"properties":{"lines":{"type":"array","items":{"type":"object",
        "properties":{"text":{"type":"string"}}}}}})");
    const templates::Partials partials{
        {u"line"_s, u"- {{text}}"_s}, {u"outer"_s, u"{{> line}}"_s}, {u"broken"_s, u"{{#a}}"_s}};
    const auto problems = [&](const QString &text) { return PromptText::parse(text).check(schema, partials); };
    QCOMPARE(problems(u"{{#lines}}{{> line}}{{> outer}}{{/lines}}"_s).size(), 0);
    const auto outside = problems(u"ab {{> outer}}"_s);
    QCOMPARE(outside.size(), 1);
    QCOMPARE(outside[0].offset, 3);
    QCOMPARE(outside[0].length, 11);
    QVERIFY2(outside[0].message.contains(u"In “outer”: In “line”: “text”"_s), qPrintable(outside[0].message));
    QVERIFY(problems(u"{{> broken}}"_s).value(0).message.contains(u"not closed"_s));
    QCOMPARE(PromptText::parse(u"{{> a}}{{>b@3}} {{> a}}"_s).references(), QStringList({u"a"_s, u"b@3"_s}));
}

void TestPromptText::partialsWithinPartialsAreBounded()
{
    const templates::Partials circle{{u"a"_s, u"x{{> b}}"_s}, {u"b"_s, u"y{{> a}}"_s}};
    const auto refused = PromptText::parse(u"{{> a}}"_s).render(QJsonObject(), {}, circle);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"prompt_too_large"_s);
    QVERIFY(PromptText::parse(u"{{> a}}"_s).check(std::nullopt, circle).isEmpty()); // and ends
    // Ten levels that each double the one below.
    templates::Partials doubling;
    for (int i = 0; i < 9; ++i)
        doubling.insert(u"p%1"_s.arg(i), u"{{> p%1}}{{> p%1}}"_s.arg(i + 1));
    doubling.insert(u"p9"_s, QString(10'000, u'z'));
    QCOMPARE(PromptText::parse(u"{{> p0}}"_s).render(QJsonObject(), {}, doubling).error().code, u"prompt_too_large"_s);
}

QTEST_GUILESS_MAIN(TestPromptText)
#include "tst_prompt_text.moc"
