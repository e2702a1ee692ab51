// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of two people's changes to one version: nothing of either is lost without somebody's decision.
#include "client/templates/template_merge.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using merge::Origin;
using merge::Part;

class TestTemplateMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesOfBothComeTogether_data();
    void linesOfBothComeTogether();
    void eachPartKnowsWhoChangedIt();
    void textsAreTheWayBack();
    void whatCannotBeReadIsSaid();
    void brokenJsonIsNeverProposed();

private:
    static NewTemplateVersion sample();
    static const merge::Block &block(const QList<merge::Block> &all, Part part)
    {
        return *std::find_if(all.begin(), all.end(), [&](const merge::Block &b) { return b.part == part; });
    }
};

NewTemplateVersion TestTemplateMerge::sample()
{
    NewTemplateVersion content;
    content.systemPrompt = u"Be brief.\nBe kind."_s;
    content.userPrompt = u"Answer {{question}}"_s;
    content.examples = {{u"One?"_s, u"One."_s}};
    content.variablesSchema =
        QJsonObject{{u"type"_s, u"object"_s},
                    {u"properties"_s, QJsonObject{{u"question"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
    content.defaultModel = u"demo/echo"_s;
    content.parameters.temperature = 0.5;
    return content;
}

void TestTemplateMerge::linesOfBothComeTogether_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("theirs");
    QTest::addColumn<QString>("mine");
    QTest::addColumn<QString>("merged"); // "!": they meet
    QTest::newRow("apart") << u"a\nb\nc\nd"_s << u"A\nb\nc\nd"_s << u"a\nb\nc\nD"_s << u"A\nb\nc\nD"_s;
    QTest::newRow("added at both ends") << u"a\nb"_s << u"0\na\nb"_s << u"a\nb\nc"_s << u"0\na\nb\nc"_s;
    QTest::newRow("one removes, one changes elsewhere") << u"a\nb\nc"_s << u"b\nc"_s << u"a\nb\nC"_s << u"b\nC"_s;
    QTest::newRow("the same line") << u"a\nb\nc"_s << u"a\nX\nc"_s << u"a\nY\nc"_s << u"!"_s;
    QTest::newRow("lines that touch") << u"a\nb\nc"_s << u"X\nb\nc"_s << u"a\nY\nc"_s << u"!"_s;
    QTest::newRow("removed what the other changed") << u"a\nb\nc"_s << u"a\nc"_s << u"a\nB\nc"_s << u"!"_s;
    QTest::newRow("both alike") << u"a\nb\nc"_s << u"a\nX\nc"_s << u"a\nX\nc"_s << u"a\nX\nc"_s;
    QTest::newRow("added at the same place") << u"a\nb"_s << u"a\nX\nb"_s << u"a\nY\nb"_s << u"!"_s;
    QTest::newRow("from nothing") << QString() << u"theirs"_s << u"mine"_s << u"!"_s;
}

void TestTemplateMerge::linesOfBothComeTogether()
{
    QFETCH(QString, base);
    QFETCH(QString, theirs);
    QFETCH(QString, mine);
    QFETCH(QString, merged);
    const auto found = merge::lines(base, theirs, mine);
    QCOMPARE(found.value_or(u"!"_s), merged);
    QCOMPARE(merge::lines(base, mine, theirs).value_or(u"!"_s), merged);
}

void TestTemplateMerge::eachPartKnowsWhoChangedIt()
{
    const NewTemplateVersion base = sample();
    NewTemplateVersion theirs = base, mine = base;
    theirs.systemPrompt = u"Be very brief.\nBe kind."_s;
    mine.systemPrompt = u"Be brief.\nBe honest."_s;
    theirs.defaultModel = mine.defaultModel = u"demo/slow"_s;
    theirs.parameters.temperature = 0.9;
    mine.examples.clear();
    const auto all = merge::blocks(base, theirs, mine);
    QCOMPARE(block(all, Part::System).origin, Origin::Conflict);
    QVERIFY(!block(all, Part::System).merged); // the lines touch
    QCOMPARE(block(all, Part::User).origin, Origin::Same);
    QCOMPARE(block(all, Part::Model).origin, Origin::Alike);
    QCOMPARE(block(all, Part::Parameters).origin, Origin::Theirs);
    QCOMPARE(block(all, Part::Examples).origin, Origin::Mine);
    QCOMPARE(block(all, Part::Variables).origin, Origin::Same);
    // Without a base, everything that differs is a matter for people.
    QCOMPARE(block(merge::blocks({}, theirs, mine), Part::System).origin, Origin::Conflict);
}

void TestTemplateMerge::textsAreTheWayBack()
{
    const NewTemplateVersion from = sample();
    NewTemplateVersion to;
    for (const Part part : merge::allParts)
        QVERIFY(!merge::setText(to, part, merge::textOf(from, part)));
    QCOMPARE(json::print(to), json::print(from));
    NewTemplateVersion emptied = from;
    for (const Part part : {Part::Variables, Part::Examples, Part::Parameters})
        QVERIFY(!merge::setText(emptied, part, QString()));
    QVERIFY(!emptied.variablesSchema && emptied.examples.isEmpty() && !emptied.parameters.temperature);
}

void TestTemplateMerge::whatCannotBeReadIsSaid()
{
    NewTemplateVersion content = sample();
    for (const Part part : {Part::Variables, Part::Examples, Part::Parameters})
        QVERIFY(merge::setText(content, part, u"{ \"a\": "_s));
    QVERIFY(merge::setText(content, Part::Parameters, u"{\"temperature\": \"hot\"}"_s));
    QCOMPARE(json::print(content), json::print(sample())); // and nothing has changed
}

// Lines fit together, but what comes of them is no JSON.
void TestTemplateMerge::brokenJsonIsNeverProposed()
{
    NewTemplateVersion base = sample();
    base.parameters = {};
    base.parameters.temperature = 0.5;
    NewTemplateVersion theirs = base, mine = base;
    theirs.parameters.maxTokens = 100; // "maxTokens" comes before, with a comma
    mine.parameters.topP = 0.5; // "topP" comes after, which puts a comma behind "temperature"
    const auto all = merge::blocks(base, theirs, mine);
    const merge::Block &parameters = block(all, Part::Parameters);
    QCOMPARE(parameters.origin, Origin::Conflict);
    if (parameters.merged) {
        NewTemplateVersion probe;
        QVERIFY(!merge::setText(probe, Part::Parameters, *parameters.merged));
        QVERIFY(probe.parameters.maxTokens && probe.parameters.topP);
    }
}

QTEST_GUILESS_MAIN(TestTemplateMerge)
#include "tst_template_merge.moc"
