// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/patterns/search.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace patterns;

namespace {

constexpr qsizetype endless = std::numeric_limits<qsizetype>::max();

// How many units of the text were read when the pattern was found; nothing: it is not in it.
std::optional<qsizetype> found(const Pattern &pattern, const QStringList &pieces, Search::With with)
{
    Search search;
    search.begin(pattern, with);
    qsizetype steps = endless;
    for (const QString &piece : pieces)
        if (search.feed(piece, steps) == Search::Outcome::Found)
            return search.unitsRead();
    return search.finish(steps) == Search::Outcome::Found ? std::optional(search.unitsRead()) : std::nullopt;
}

} // namespace

class TestPatternSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSameInPieces_data();
    void findsTheSameInPieces();
    void knowsWhatIsUnderWay();
    void stopsWhenItTakesTooLong();
    void takesOneStepForEachCharacter();
};

void TestPatternSearch::findsTheSameInPieces_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isIn");
    const auto row = [](const QString &pattern, const QString &text, bool isIn) {
        QTest::newRow(qPrintable(u"/%1/ in %2"_s.arg(pattern, text))) << pattern << text << isIn;
    };
    row(u"secret"_s, u"a secret, told"_s, true);
    row(u"secret"_s, u"a secre"_s, false);
    row(u"secret"_s, u"sesecresecret"_s, true);
    row(u"^ab"_s, u"cab"_s, false);
    row(u"^ab"_s, u"abc"_s, true);
    row(u"ab$"_s, u"abab"_s, true);
    row(u"ab$"_s, u"abc"_s, false);
    row(u"\\bcat\\b"_s, u"a cat."_s, true);
    row(u"\\bcat\\b"_s, u"a cat"_s, true);
    row(u"\\bcat\\b"_s, u"concatenate cats"_s, false);
    row(u"\\Bcat"_s, u"concat"_s, true);
    row(u"a{3}b"_s, u"aaaab"_s, true);
    row(u"(?:x|yy)+z"_s, u"xyyxyz"_s, false);
    row(u"(?:x|yy)+z"_s, u"xyyxyyz"_s, true);
    row(u"^$"_s, u""_s, true);
    row(u"^$"_s, u"a"_s, false);
    row(u""_s, u"abc"_s, true);
    row(u"\U0001F600"_s, u"a\U0001F600b"_s, true);
    row(u"[\U0001F600\U0001F601]$"_s, u"a\U0001F601"_s, true);
    row(u"[\U0001F600\U0001F601]"_s, u"a\U0001F602"_s, false);
    row(u"^.$"_s, u"\U0001F601"_s, false); // two units
    row(u"(?:[^a]|a[^b])*ac"_s, u"xxabac"_s, true);
}

void TestPatternSearch::findsTheSameInPieces()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, isIn);
    const bool hasPairs = std::any_of(pattern.begin(), pattern.end(), [](QChar c) { return c.isSurrogate(); });
    const Pattern compiled(pattern, hasPairs ? Characters::CodePoints : Characters::Units);
    QVERIFY(compiled.problem().isEmpty());
    QCOMPARE(compiled.isIn(text), isIn);
    for (const Search::With with : {Search::With::Fastest, Search::With::Program}) {
        const auto whole = found(compiled, {text}, with);
        QCOMPARE(whole.has_value(), isIn);
        for (qsizetype at = 0; at <= text.size(); ++at)
            QVERIFY(found(compiled, {text.left(at), text.mid(at)}, with) == whole);
        QStringList units;
        for (const QChar c : text)
            units.append(c);
        QVERIFY(found(compiled, units, with) == whole);
    }
}

void TestPatternSearch::knowsWhatIsUnderWay()
{
    const Pattern word(u"secret"_s, Characters::Units);
    const Pattern edges(u"\\bsecret\\b"_s, Characters::Units); // without an automaton: the last character waits
    Search fast(word), slow(edges);
    qsizetype steps = endless;
    struct Step
    {
        QString piece;
        qsizetype fast, slow;
    };
    for (const Step &step : {Step{u"hello "_s, 0, 1}, Step{u"sec"_s, 3, 3}, Step{u"r"_s, 4, 4}, Step{u"x"_s, 0, 5},
                             Step{u"y"_s, 0, 1}, Step{u" s"_s, 1, 1}}) {
        QCOMPARE(fast.feed(step.piece, steps), Search::Outcome::NotFound);
        QCOMPARE(slow.feed(step.piece, steps), Search::Outcome::NotFound);
        QCOMPARE(fast.unitsUnderWay(), step.fast);
        QCOMPARE(slow.unitsUnderWay(), step.slow);
    }
    const Pattern any(u"a.*b"_s, Characters::Units);
    Search search(any);
    (void)search.feed(u"xxa"_s + QString(1000, u'c'), steps);
    QCOMPARE(search.unitsUnderWay(), qsizetype(1001));
}

void TestPatternSearch::stopsWhenItTakesTooLong()
{
    const Pattern pattern(u"\\b(?:a?){50}a{50}\\b"_s, Characters::Units);
    Search search(pattern);
    qsizetype steps = 1000;
    QCOMPARE(search.feed(QString(1000, u'a'), steps), Search::Outcome::TooLong);
    QVERIFY(steps < 0 && steps > -1000);
}

void TestPatternSearch::takesOneStepForEachCharacter()
{
    const Pattern pattern(u"(?:secret|hidden) (?:plan|name)s?"_s, Characters::Units);
    QCOMPARE(pattern.effort(), qsizetype(1));
    Search search(pattern);
    qsizetype steps = 1'000'000'000;
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(search.feed(u"secret hidden "_s.repeated(700), steps), Search::Outcome::NotFound);
    QCOMPARE(1'000'000'000 - steps, qsizetype(1000 * 14 * 700));
}

QTEST_APPLESS_MAIN(TestPatternSearch)
#include "tst_pattern_search.moc"
