// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/renderer.h"

#include <QDir>
#include <QFile>
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
    void mustacheVectors_data();
    void mustacheVectors();
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
    QTest::newRow("partial") << u"{{> other}}"_s << 0 << 11 << u"not supported"_s;
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

void TestPromptText::mustacheVectors_data()
{
    QTest::addColumn<QJsonObject>("vector");
    const QString folder = qEnvironmentVariable("PATIO_TESTDATA");
    if (folder.isEmpty())
        return;
    for (const char *name : {"comments", "delimiters", "interpolation", "inverted", "sections"}) {
        QFile file(folder + u"/mustache/%1.json"_s.arg(QLatin1StringView(name)));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QJsonArray vectors = json::object(file.readAll())[u"tests"_s].toArray();
        for (const QJsonValue vector : vectors)
            QTest::addRow("%s: %s", name, qPrintable(vector[u"name"_s].toString())) << vector.toObject();
    }
}

void TestPromptText::mustacheVectors()
{
    if (qEnvironmentVariableIsEmpty("PATIO_TESTDATA"))
        QSKIP("PATIO_TESTDATA is not set");
    QFETCH(QJsonObject, vector);
    if (vector.contains(u"partials"_s))
        QSKIP("partials are refused");
    QString expected = vector[u"expected"_s].toString();
    expected.replace(u"&quot;"_s, u"\""_s)
        .replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&amp;"_s, u"&"_s);
    QCOMPARE(rendered(vector[u"template"_s].toString(), vector[u"data"_s]), expected);
}

QTEST_GUILESS_MAIN(TestPromptText)
#include "tst_prompt_text.moc"
