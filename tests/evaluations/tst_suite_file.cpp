// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/junit_report.h"
#include "server/evaluations/suite/suite_file.h"
#include "server/evaluations/suite/yaml_json.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

// What `patiod eval run` reads and writes.
class TestSuiteFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void yaml_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char *name, const QByteArray &text, const QByteArray &json) {
            QTest::newRow(name) << text << json;
        };
        row("scalars", "[1, 2.5, -3e2, true, null, ~, text, \"1\", 'true', 1.2.3, .5x]",
            R"([1,2.5,-300,true,null,null,"text","1","true","1.2.3",".5x"])");
        row("maps", "a:\n  b: [x, {c: 1}]\n  'd e': >\n    folded\n    text\n",
            R"({"a":{"b":["x",{"c":1}],"d e":"folded text\n"}})");
        row("anchors", "a: &one {x: 1}\nb: *one\n", R"({"a":{"x":1},"b":{"x":1}})");
        row("JSON", R"({"a": [1, "x", null], "b": {"c": false}})", R"({"a":[1,"x",null],"b":{"c":false}})");
        row("letters", "ação: São\n", R"({"ação":"São"})");
    }
    void yaml()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, json);
        QCOMPARE(json::print(yaml::toJson(text)), json::print(json::document(json)));
    }

    void wrongYaml_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("not closed") << QByteArray("a: [1,\n") << QByteArray("line 2");
        QTest::newRow("twice") << QByteArray("a: 1\na: 2\n") << QByteArray("line 2, column 1");
        QTest::newRow("a list as name") << QByteArray("[a, b]: 1\n") << QByteArray("names must be texts");
        QByteArray bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 9; ++i) {
            const QByteArray one = "*a" + QByteArray::number(i - 1);
            bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + one + (", " + one).repeated(9)
                + "]\n";
        }
        QTest::newRow("laughs") << bomb << QByteArray("too many values");
        QTest::newRow("deep") << QByteArray("[").repeated(150) + QByteArray("]").repeated(150)
                              << QByteArray("too deeply");
    }
    void wrongYaml()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, said);
        try {
            (void)yaml::toJson(text);
            QFAIL("was read");
        } catch (const yaml::Error &error) {
            QVERIFY2(QByteArrayView(error.what()).contains(said), error.what());
        }
    }

    void suite()
    {
        const Suite suite = parseSuite(R"(
name: Refunds
dataset:
  name: refunds
  passScore: 0.8
  assertions: [{kind: equals, ignoreCase: true}]
  cases:
    - {variables: {input: "1"}, expected: yes please, tags: [smoke]}
    - {variables: {input: two, n: 2}}
versions: [{template: reply, version: 3}, {template: reply, label: staging}]
models: [openai/gpt-4o-mini]
repeats: 3
cache: bypass
baseline: {template: reply, label: production}
minimumScore: 0.9
)");
        QVERIFY(suite.ownDataset);
        QCOMPARE(suite.ownDataset->cases[0].variables, (QJsonObject{{u"input"_s, u"1"_s}}));
        QCOMPARE(suite.ownDataset->cases[1].variables, (QJsonObject{{u"input"_s, u"two"_s}, {u"n"_s, 2}}));
        QCOMPARE(suite.ownDataset->passScore, 0.8);
        QCOMPARE(suite.versions[1].label, u"staging"_s);
        QCOMPARE(suite.baselineVersion->label, u"production"_s);
        QCOMPARE(suite.minimumScore, 0.9);
        QVERIFY(suite.cache == CacheUse::Bypass);
    }

    void wrongSuites_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        const QByteArray good = "dataset: d\nversions: [{template: t}]\n";
        QTest::newRow("nothing") << QByteArray() << u"object"_s;
        QTest::newRow("no versions") << QByteArray("dataset: d\n") << u"/versions is missing"_s;
        QTest::newRow("unknown member") << good + "modles: [x]\n" << u"/modles"_s;
        QTest::newRow("no dataset") << QByteArray("dataset: 3\nversions: [{template: t}]\n") << u"/dataset must be"_s;
        QTest::newRow("assertion") << QByteArray(
            "dataset: {name: d, cases: [{}], assertions: [{kind: contains}]}\nversions: [{template: t}]\n")
                                   << u"/dataset/assertions/0/values"_s;
        QTest::newRow("baseline") << good + "baseline: first\n" << u"/baseline must be"_s;
        QTest::newRow("score") << good + "minimumScore: 2\n" << u"/minimumScore"_s;
    }
    void wrongSuites()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, said);
        try {
            (void)parseSuite(text);
            QFAIL("was read");
        } catch (const SuiteError &error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains(said), error.what());
        }
    }

    void report()
    {
        using junit::Outcome;
        const QByteArray xml = junit::print(
            u"A & B"_s,
            {{.name = u"one <v1>"_s,
              .className = u"one.v1"_s,
              .at = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate),
              .cases = {{.name = u"case 1"_s, .seconds = 0.5},
                        {.name = u"case 2"_s,
                         .outcome = Outcome::Failed,
                         .seconds = 0.25,
                         .message = u"“x” < “y”"_s,
                         .details = u"a\x01 b \xd800 ]]> end"_s,
                         .output = u"said\n<this>"_s},
                        {.name = u"case 3"_s, .outcome = Outcome::Error, .message = u"job"_s},
                        {.name = u"case 4"_s, .outcome = Outcome::Skipped, .message = u"canceled"_s}}},
             {.name = u"two"_s, .className = u"two"_s, .at = QDateTime::currentDateTimeUtc(), .cases = {}}});
        QXmlStreamReader reader(xml);
        QStringList elements;
        QHash<QString, QString> sums;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement)
                continue;
            elements.append(reader.name().toString());
            if (reader.name() == u"testsuites")
                for (const QXmlStreamAttribute &one : reader.attributes())
                    sums.insert(one.name().toString(), one.value().toString());
            if (reader.name() == u"failure") {
                QCOMPARE(reader.attributes().value(u"message"_s), u"“x” < “y”"_s);
                QCOMPARE(reader.readElementText(), u"a\xfffd b \xfffd ]]> end"_s);
            }
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(
            elements,
            (QStringList{u"testsuites"_s, u"testsuite"_s, u"testcase"_s, u"testcase"_s, u"failure"_s, u"system-out"_s,
                         u"testcase"_s, u"error"_s, u"testcase"_s, u"skipped"_s, u"testsuite"_s}));
        QCOMPARE(sums[u"tests"_s], u"4"_s);
        QCOMPARE(sums[u"failures"_s], u"1"_s);
        QCOMPARE(sums[u"errors"_s], u"1"_s);
        QCOMPARE(sums[u"time"_s], u"0.750"_s);
        QCOMPARE(sums[u"name"_s], u"A & B"_s);
    }
};

QTEST_APPLESS_MAIN(TestSuiteFile)
#include "tst_suite_file.moc"
