// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/templates/renderer.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using templates::PromptText;

namespace {

// The only cases of the specification whose result is another here, with the reason. A case that comes to agree fails
// the test as well: then this table is out of date.
struct Difference
{
    const char *file;
    const char *name;
    const char *expected;
    const char *reason;
};
constexpr Difference differences[] = {
    {"interpolation", "HTML Escaping", "These characters should be HTML escaped: & \" < >\n", "prompts are no HTML"},
    {"interpolation", "Implicit Iterators - HTML Escaping", "These characters should be HTML escaped: & \" < >\n",
     "prompts are no HTML"},
    {"sections", "Implicit Iterator - HTML Escaping", "\"(&)(\")(<)(>)\"", "prompts are no HTML"},
};

const Difference *differenceOf(const QString &file, const QString &name)
{
    for (const Difference &one : differences)
        if (file == QLatin1StringView(one.file) && name == QLatin1StringView(one.name))
            return &one;
    return nullptr;
}

QJsonArray testsOf(const QString &file)
{
    QFile input(QStringLiteral(MUSTACHE_FOLDER) + u'/' + file + u".json"_s);
    return input.open(QIODevice::ReadOnly) ? json::object(input.readAll())[u"tests"_s].toArray() : QJsonArray();
}

} // namespace

// The specification's own cases (tests/templates/mustache) through the renderer of client and server.
class TestMustacheSpecification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendersAsSpecified_data();
    void rendersAsSpecified();
    void everyDifferenceIsACase();
    void refusesWhatRunsCodeOrInherits_data();
    void refusesWhatRunsCodeOrInherits();
};

void TestMustacheSpecification::rendersAsSpecified_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QJsonObject>("test");
    int count = 0;
    for (const char *file : {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"}) {
        const QJsonArray tests = testsOf(QString::fromLatin1(file));
        QVERIFY2(!tests.isEmpty(), file);
        for (const QJsonValue test : tests) {
            QTest::addRow("%s: %s", file, qPrintable(test[u"name"_s].toString()))
                << QString::fromLatin1(file) << test.toObject();
            ++count;
        }
    }
    QCOMPARE(count, 136);
}

void TestMustacheSpecification::rendersAsSpecified()
{
    QFETCH(const QString, file);
    QFETCH(const QJsonObject, test);
    templates::Partials partials;
    const QJsonObject given = test[u"partials"_s].toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        partials.insert(it.key(), it->toString());
    const auto result = PromptText::parse(test[u"template"_s].toString()).render(test[u"data"_s], {}, partials);
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    const QString specified = test[u"expected"_s].toString();
    if (const Difference *difference = differenceOf(file, test[u"name"_s].toString())) {
        QVERIFY2(*result != specified, "agrees with the specification: take it out of the table");
        QCOMPARE(*result, QString::fromUtf8(difference->expected));
    } else {
        QCOMPARE(*result, specified);
    }
}

void TestMustacheSpecification::everyDifferenceIsACase()
{
    for (const Difference &one : differences) {
        int found = 0;
        for (const QJsonValue test : testsOf(QString::fromLatin1(one.file)))
            found += test[u"name"_s].toString() == QLatin1StringView(one.name);
        QVERIFY2(found == 1, one.name);
    }
}

void TestMustacheSpecification::refusesWhatRunsCodeOrInherits_data()
{
    QTest::addColumn<QString>("text");
    int count = 0;
    for (const char *file : {"~inheritance", "~dynamic-names"})
        for (const QJsonValue test : testsOf(QString::fromLatin1(file))) {
            const QString text = test[u"template"_s].toString();
            if (!text.contains(u"{{$"_s) && !text.contains(u"{{<"_s) && !text.contains(u"{{>*"_s)
                && !text.contains(u"{{> *"_s))
                continue; // the feature is in a partial
            QTest::addRow("%s: %s", file, qPrintable(test[u"name"_s].toString())) << text;
            ++count;
        }
    QVERIFY(count >= 30);
}

void TestMustacheSpecification::refusesWhatRunsCodeOrInherits()
{
    QFETCH(const QString, text);
    const PromptText parsed = PromptText::parse(text);
    QVERIFY(!parsed.problems().isEmpty());
    QVERIFY(!parsed.render(QJsonObject()));
}

QTEST_GUILESS_MAIN(TestMustacheSpecification)
#include "tst_mustache_specification.moc"
