// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/pattern.h"
#include "shared/templates/variables_schema.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QStringList lines(const QList<json::Problem> &problems)
{
    QStringList lines;
    for (const auto &problem : problems)
        lines.append(problem.pointer + u' ' + problem.message);
    return lines;
}

} // namespace

class TestVariablesSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesSchemas_data();
    void refusesSchemas();
    void validates_data();
    void validates();
    void patterns_data();
    void patterns();
    void patternsTakeBoundedTime_data();
    void patternsTakeBoundedTime();
    void multiplyingReferencesTakeBoundedTime();
    void publicVectors();
};

void TestVariablesSchema::refusesSchemas_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("problem"); // empty: none
    QTest::newRow("empty") << QByteArray("{}") << QString();
    QTest::newRow("no object") << QByteArray(R"({"type":"string"})") << u"/type must be “object”"_s;
    QTest::newRow("unsupported") << QByteArray(R"({"properties":{"a":{"oneOf":[]}}})")
                                 << u"/properties/a/oneOf is a keyword"_s;
    QTest::newRow("wrong type") << QByteArray(R"({"properties":{"a":{"type":"text"}}})")
                                << u"/properties/a/type must be one"_s;
    QTest::newRow("foreign reference") << QByteArray(R"({"$ref":"http://x"})") << u"/$ref must point into"_s;
    QTest::newRow("reference to nothing")
        << QByteArray(R"({"properties":{"a":{"$ref":"#/$defs/b"}}})") << u"/properties/a/$ref points to nothing"_s;
    QTest::newRow("circle") << QByteArray(R"({"$defs":{"a":{"$ref":"#/$defs/a"}}})")
                            << u"/$defs/a/$ref points in a circle"_s;
    QTest::newRow("pattern") << QByteArray(R"({"properties":{"a/b":{"pattern":"("}}})")
                             << u"/properties/a~1b/pattern has a “(” without"_s;
    QTest::newRow("count") << QByteArray(R"({"properties":{"a":{"minLength":-1}}})")
                           << u"/properties/a/minLength must be a whole"_s;
    QTest::newRow("required") << QByteArray(R"({"required":"a"})") << u"/required must be a list of names"_s;
    QTest::newRow("a property named like a keyword")
        << QByteArray(R"({"properties":{"oneOf":{"type":"string"}}})") << QString();
}

void TestVariablesSchema::refusesSchemas()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, problem);
    const QStringList found = lines(templates::checkSchema(json::object(schema)));
    if (problem.isEmpty())
        QCOMPARE(found, QStringList());
    else
        QVERIFY2(found.value(0).startsWith(problem), qPrintable(found.join(u'\n')));
}

void TestVariablesSchema::validates_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("problems");
    QTest::newRow("good") << QByteArray(R"({"name":"Ana","age":3,"tags":["a","b"]})") << QStringList();
    QTest::newRow("missing") << QByteArray("{}") << QStringList{u"/name is missing"_s};
    QTest::newRow("everything at once") << QByteArray(R"({"name":"","age":-1,"tags":["a","a"],"x":1})")
                                        << QStringList{u"/age must be at least 0"_s,
                                                       u"/name must have at least 1 characters"_s,
                                                       u"/tags/1 repeats item 0"_s, u"/x is not allowed here"_s};
    QTest::newRow("types") << QByteArray(R"({"name":5,"age":1.5,"tags":{}})")
                           << QStringList{u"/age must be of type integer"_s, u"/name must be of type string"_s,
                                          u"/tags must be of type array"_s};
    QTest::newRow("inner") << QByteArray(R"({"name":"a","boss":{"boss":{}}})")
                           << QStringList{u"/boss/name is missing"_s, u"/boss/boss/name is missing"_s};
    QTest::newRow("enum") << QByteArray(R"({"name":"a","tone":"rude"})")
                          << QStringList{u"/tone must be one of [\"formal\",\"warm\"]"_s};
}

void TestVariablesSchema::validates()
{
    const QJsonObject schema =
        json::object(R"({"type":"object","required":["name"],"additionalProperties":false,"properties":{
        "name":{"type":"string","minLength":1},"age":{"type":"integer","minimum":0},
        "tags":{"type":"array","items":{"type":"string"},"uniqueItems":true},"tone":{"enum":["formal","warm"]},
        "boss":{"$ref":"#"}}})");
    QCOMPARE(lines(templates::checkSchema(schema)), QStringList());
    QFETCH(QByteArray, value);
    QTEST(lines(templates::validate(schema, json::object(value))), "problems");
}

void TestVariablesSchema::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const QString &pattern, const QString &text, bool found) {
        QTest::newRow(qPrintable(pattern + u" in "_s + text)) << pattern << text << found;
    };
    row(u"b"_s, u"abc"_s, true);
    row(u"^b"_s, u"abc"_s, false);
    row(u"^(a|bc)+$"_s, u"abcabc"_s, true);
    row(u"^(a|bc)+$"_s, u"abcab"_s, false);
    row(u"^[0-9]{3}-\\d{2,}$"_s, u"123-4567"_s, true);
    row(u"^[0-9]{3}-\\d{2,}$"_s, u"123-4"_s, false);
    row(u"^a{0}$"_s, QString(), true);
    row(u"^a{2,3}$"_s, u"aaaa"_s, false);
    row(u"^[^a-c]+$"_s, u"xyz"_s, true);
    row(u"^[^a-c]+$"_s, u"xbz"_s, false);
    row(u"\\bword\\b"_s, u"a word here"_s, true);
    row(u"\\bword\\b"_s, u"swords"_s, false);
    row(u"^.$"_s, u"😀"_s, true);
    row(u"^\\W\\S\\D$"_s, u"-a!"_s, true);
    row(u"^\\u00e9\\x41$"_s, u"éA"_s, true);
    row(u"^(?:a?)*$"_s, u"aaa"_s, true);
    row(u"^(a*)*b$"_s, u"aaac"_s, false);
    row(u"^\\S+@\\S+\\.\\w{2,}$"_s, u"ana@example.com"_s, true);
    row(u""_s, u"x"_s, true);
    row(u"a|"_s, u"x"_s, true);
    row(u"[\\]\\-]"_s, u"-"_s, true);
    row(u"^[\\d.-]+$"_s, u"1.2-3"_s, true);
}

void TestVariablesSchema::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    const patterns::Pattern compiled(pattern);
    QCOMPARE(compiled.problem(), QString());
    qsizetype steps = 1'000'000;
    const auto outcome = compiled.search(text, steps);
    QVERIFY(outcome != patterns::Pattern::Outcome::TooLong);
    QTEST(outcome == patterns::Pattern::Outcome::Found, "found");
}

void TestVariablesSchema::patternsTakeBoundedTime_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("nested stars") << u"^(a*)*b$"_s << false;
    QTest::newRow("many optionals") << u"^(a?){100}a{100}$"_s << false;
    QTest::newRow("alternatives") << u"^(a|a|aa)+b$"_s << false;
    QTest::newRow("repetitions multiply") << u"(((a{100}){100}){100}){100}"_s << true;
    QTest::newRow("look-ahead") << u"(?=a)"_s << true;
    QTest::newRow("look-behind") << u"(?<=a)"_s << true;
    QTest::newRow("back reference") << u"(a)\\1"_s << true;
    QTest::newRow("verbs") << u"(*LIMIT_MATCH=1)"_s << true;
    QTest::newRow("deep groups") << u"("_s.repeated(100'000) << true;
    QTest::newRow("long class") << u"["_s + u"a"_s.repeated(100'000) + u"]"_s << true;
}

void TestVariablesSchema::patternsTakeBoundedTime()
{
    QElapsedTimer timer;
    timer.start();
    QFETCH(QString, pattern);
    const patterns::Pattern compiled(pattern);
    QTEST(!compiled.problem().isEmpty(), "isRefused");
    if (compiled.problem().isEmpty()) {
        qsizetype steps = 20'000'000;
        QVERIFY(compiled.search(QString(100'000, u'a'), steps) != patterns::Pattern::Outcome::Found);
    }
    QVERIFY2(timer.elapsed() < 10'000, "took too long");
}

void TestVariablesSchema::multiplyingReferencesTakeBoundedTime()
{
    const QJsonObject schema = json::object(R"({"$ref":"#/$defs/b","$defs":{
        "a":{"$ref":"#/$defs/b","properties":{"x":{"$ref":"#/$defs/a"}}},"b":{"properties":{"x":{"$ref":"#/$defs/a"}}}}})");
    QCOMPARE(lines(templates::checkSchema(schema)), QStringList());
    QJsonObject value;
    for (int i = 0; i < 100; ++i)
        value = {{u"x"_s, value}};
    // Without its bound this would not end before the run is stopped.
    QCOMPARE(lines(templates::validate(schema, value)), QStringList{u" takes too long to check against its schema"_s});
}

// The official suite, where it uses only what is supported here.
void TestVariablesSchema::publicVectors()
{
    const QString folder = qEnvironmentVariable("PATIO_TESTDATA");
    if (folder.isEmpty())
        QSKIP("PATIO_TESTDATA is not set");
    QFile file(folder + u"/jsonschema2020.json"_s);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
    int run = 0, skipped = 0;
    QStringList wrong;
    const QJsonArray groups = json::document(file.readAll()).toArray();
    for (const QJsonValue group : groups) {
        if (group[u"file"_s].toString().contains(u"format"_s)) // a note only
            continue;
        // A schema that is just true or false goes under a member.
        const QJsonValue given = group[u"schema"_s];
        const QJsonObject schema = given.isObject() ? given.toObject() : QJsonObject{{u"items"_s, given}};
        const auto problems = lines(templates::checkSchema(schema));
        const bool isOnlyNoObject = problems.size() == 1 && problems.first().startsWith(u"/type must be “object”"_s);
        if ((!problems.isEmpty() && !isOnlyNoObject)
            || (json::print(given).contains("\"$id\"") && json::print(given).contains("$ref"))) {
            ++skipped;
            continue;
        }
        const QJsonArray tests = group[u"tests"_s].toArray();
        for (const QJsonValue test : tests) {
            ++run;
            const QJsonValue data =
                given.isObject() ? QJsonValue(test[u"data"_s]) : QJsonValue(QJsonArray{test[u"data"_s]});
            if (templates::validate(schema, data).isEmpty() != test[u"valid"_s].toBool())
                wrong.append(group[u"desc"_s].toString() + u": "_s + test[u"d"_s].toString());
        }
    }
    qInfo("%d run, %d groups use what is not supported", run, skipped);
    QVERIFY2(run > 300, "the suite was not read");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestVariablesSchema)
#include "tst_variables_schema.moc"
