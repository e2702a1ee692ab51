// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/case_table.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace evaluations;

// Cases read from tables and lines of JSON, and written again.
class TestCaseTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void csv()
    {
        const auto read = readCases(CaseFormat::Csv,
                                    u"question,count:json,expected,tags,assertions\r\n"
                                    "\"What, \"\"now\"\"?\nSecond line\",3,Fine,a; b,\r\n"
                                    "'=SUM(1),,,,\"[{\"\"kind\"\":\"\"equals\"\"}]\"\r\n"_s);
        QVERIFY2(read.problems.isEmpty(), json::print(read.problems));
        QCOMPARE(read.rows, 2);
        QCOMPARE(read.lines, (QList<int>{2, 4}));
        QCOMPARE(read.cases[0].variables,
                 (QJsonObject{{u"question"_s, u"What, \"now\"?\nSecond line"_s}, {u"count"_s, 3}}));
        QCOMPARE(read.cases[0].expected, u"Fine"_s);
        QCOMPARE(read.cases[0].tags, (QList<QString>{u"a"_s, u"b"_s}));
        QCOMPARE(read.cases[1].variables, (QJsonObject{{u"question"_s, u"=SUM(1)"_s}}));
        QVERIFY(!read.cases[1].expected);
        QCOMPARE(read.cases[1].assertions.size(), 1);
    }

    void wrongRowsAreNamed_data()
    {
        QTest::addColumn<CaseFormat>("format");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("column");
        QTest::newRow("broken JSON cell") << CaseFormat::Csv << u"a,n:json\nx,1\ny,{\n"_s << 3 << u"n:json"_s;
        QTest::newRow("too many cells") << CaseFormat::Csv << u"a\nx,1\n"_s << 2 << QString();
        QTest::newRow("a column twice") << CaseFormat::Csv << u"a,a\nx,1\n"_s << 1 << u"a"_s;
        QTest::newRow("a column without a name") << CaseFormat::Csv << u"a,\nx,1\n"_s << 1 << QString();
        QTest::newRow("quotation not closed") << CaseFormat::Csv << u"a\n\"x\n"_s << 1 << QString();
        QTest::newRow("unknown assertion")
            << CaseFormat::Csv << u"a,assertions\nx,\"[{\"\"kind\"\":\"\"nice\"\"}]\"\n"_s << 2 << u"assertions"_s;
        QTest::newRow("an assertion that cannot be")
            << CaseFormat::Csv << u"a,assertions\nx,\"[{\"\"kind\"\":\"\"contains\"\"}]\"\n"_s << 2
            << u"/assertions/0/values"_s;
        QTest::newRow("no JSON") << CaseFormat::JsonLines << u"{\"variables\":{}}\n\nnonsense\n"_s << 3 << QString();
        QTest::newRow("unknown member") << CaseFormat::JsonLines << u"{\"vars\":{}}\n"_s << 1 << u"/vars"_s;
        QTest::newRow("wrong type") << CaseFormat::JsonLines << u"{\"tags\":\"a\"}\n"_s << 1 << u"/tags"_s;
    }
    void wrongRowsAreNamed()
    {
        QFETCH(const CaseFormat, format);
        QFETCH(const QString, text);
        QFETCH(const int, row);
        QFETCH(const QString, column);
        const auto read = readCases(format, text);
        QCOMPARE(read.problems.size(), 1);
        QCOMPARE(read.problems.first().row, row);
        QCOMPARE(read.problems.first().column, column);
        QVERIFY(!read.problems.first().message.isEmpty());
    }

    void tooManyRowsStopTheReading()
    {
        const auto read = readCases(CaseFormat::Csv, u"a\n"_s + u"x\n"_s.repeated(mostCases + 5));
        QCOMPARE(read.cases.size(), mostCases);
        QCOMPARE(read.problems.size(), 1);
        QCOMPARE(read.problems.first().row, mostCases + 2);
    }

    void writtenAndReadAgain()
    {
        QList<EvaluationCase> cases(3);
        cases[0].variables = {{u"text"_s, u"=cmd"_s},
                              {u"guarded"_s, u"'=cmd"_s},
                              {u"n"_s, 3},
                              {u"mixed"_s, u"text"_s},
                              {u"expected"_s, u"mine"_s}};
        cases[0].expected = u"'quoted' \"twice\"\r\nnext"_s;
        cases[0].tags = {u"a"_s, u"b"_s};
        cases[1].variables = {{u"mixed"_s, QJsonArray{1, u"x"_s}}, {u"empty"_s, QString()}, {u"n:json"_s, u"z"_s}};
        cases[1].assertions = {{.kind = AssertionKind::Contains, .weight = 2, .values = QList<QString>{u"a"_s}}};
        QMap<QString, bool> isJson;
        for (const EvaluationCase &one : cases)
            for (auto it = one.variables.begin(); it != one.variables.end(); ++it)
                isJson[it.key()] |= it->toString().isEmpty();
        QStringList columns;
        for (auto it = isJson.begin(); it != isJson.end(); ++it)
            columns.append(columnOf(it.key(), it.value()));
        QByteArray csv = csvHead(columns), lines;
        for (const EvaluationCase &one : cases) {
            csv += csvLine(one, columns);
            lines += jsonLine(one);
        }
        for (const auto &[format, text] : {std::pair(CaseFormat::Csv, csv), std::pair(CaseFormat::JsonLines, lines)}) {
            const auto read = readCases(format, QString::fromUtf8(text));
            QVERIFY2(read.problems.isEmpty(), json::print(read.problems) + text);
            QCOMPARE(read.cases.size(), 3);
            for (int i = 0; i < 3; ++i) {
                QCOMPARE(read.cases[i].variables, cases[i].variables);
                QCOMPARE(read.cases[i].expected, cases[i].expected);
                QCOMPARE(read.cases[i].tags, cases[i].tags);
                QCOMPARE(json::print(read.cases[i].assertions), json::print(cases[i].assertions));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCaseTable)
#include "tst_case_table.moc"
