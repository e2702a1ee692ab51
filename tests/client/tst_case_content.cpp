// SPDX-License-Identifier: GPL-3.0-or-later
// What is edited of cases, without a window: cells and their values, what is sent, what two people changed, and what
// comes from and goes to spreadsheets.
#include "client/evaluations/case_content.h"
#include "client/evaluations/cases_model.h"
#include "shared/id.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

EvaluationCase caseOf(int number, const QJsonObject &variables, const QString &expected)
{
    EvaluationCase one;
    one.id = newId();
    one.datasetId = newId();
    one.number = number;
    one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
    one.variables = variables;
    one.expected = expected;
    one.revision = 4;
    return one;
}

QString cell(const CasesModel &model, int row, const QString &column)
{
    return model.index(row, model.columnOf(column)).data(Qt::EditRole).toString();
}

bool type(CasesModel &model, int row, const QString &column, const QString &text)
{
    return model.setData(model.index(row, model.columnOf(column)), text, Qt::EditRole);
}

} // namespace

class TestCaseContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsOfSpreadsheetsAreRead();
    void cellsComeBackAsTheyWere();
    void aNumberStaysANumber();
    void onlyWhatChangedIsSent();
    void everythingCanBeUndone();
    void undoingASavedRemovalAddsTheCaseAgain();
    void pastedRowsGoOnBelow();
    void changesOfTwoPeopleAreMerged();
    void contradictionsAreAskedAbout();
    void aCaseThatTheyRemovedIsAskedAbout();
    void aDraftComesBackOnTheServersCases();
};

void TestCaseContent::cellsOfSpreadsheetsAreRead()
{
    QCOMPARE(cellsOf(u"a\tb\r\nc\t\r\n"_s), (QList<QStringList>{{u"a"_s, u"b"_s}, {u"c"_s, u""_s}}));
    QCOMPARE(cellsOf(u"\"two\nlines\"\tsays \"hi\"\n"_s), (QList<QStringList>{{u"two\nlines"_s, u"says \"hi\""_s}}));
    QCOMPARE(cellsOf(u"\"a \"\"quoted\"\" word\""_s), (QList<QStringList>{{u"a \"quoted\" word"_s}}));
    QCOMPARE(cellsOf(u"alone"_s), (QList<QStringList>{{u"alone"_s}}));
    QVERIFY(cellsOf(QString()).isEmpty());
}

void TestCaseContent::cellsComeBackAsTheyWere()
{
    const QList<QStringList> cells{{u"plain"_s, u"tab\there"_s}, {u"\"quoted\""_s, u"two\nlines"_s}, {u""_s, u"x"_s}};
    QCOMPARE(cellsOf(tabSeparated(cells)), cells);
}

void TestCaseContent::aNumberStaysANumber()
{
    CaseContent content;
    content.variables = {{u"amount"_s, 12}, {u"lines"_s, QJsonArray{1, 2}}, {u"reason"_s, u"wrong"_s}};
    setCellText(content, u"amount"_s, u"13.5"_s);
    QCOMPARE(content.variables.value(u"amount"_s), QJsonValue(13.5));
    setCellText(content, u"lines"_s, u"[3]"_s);
    QCOMPARE(content.variables.value(u"lines"_s), QJsonValue(QJsonArray{3}));
    setCellText(content, u"reason"_s, u"17"_s);
    QCOMPARE(content.variables.value(u"reason"_s), QJsonValue(u"17"_s));
    setCellText(content, u"count"_s, u"17"_s, u"integer"_s); // as its schema wants it
    QCOMPARE(content.variables.value(u"count"_s), QJsonValue(17));
    setCellText(content, u"reason"_s, {});
    QVERIFY(!content.variables.contains(u"reason"_s));
}

void TestCaseContent::onlyWhatChangedIsSent()
{
    CasesModel model;
    model.setEditable(true);
    model.setCases({caseOf(1, {{u"order"_s, u"A"_s}, {u"reason"_s, u"late"_s}}, u"sorry"_s),
                    caseOf(2, {{u"order"_s, u"B"_s}}, u"fine"_s), caseOf(3, {{u"order"_s, u"C"_s}}, u"no"_s)});
    QVERIFY(!model.isChanged());
    QVERIFY(type(model, 0, u"reason"_s, {}));
    QVERIFY(type(model, 0, u"order"_s, u"A2"_s));
    QVERIFY(type(model, 1, caseColumns::expected, {}));
    model.removeCases({2});
    model.duplicate({0});
    QCOMPARE(model.changeCount(), 4);
    const CasesEdit edit = model.edit(1000);
    QCOMPARE(edit.added.size(), 1);
    QCOMPARE(edit.added.first().variables, (QJsonObject{{u"order"_s, u"A2"_s}}));
    QCOMPARE(edit.removed.size(), 1);
    QCOMPARE(edit.removed.first().revision, 4);
    QCOMPARE(edit.changed.size(), 2);
    QCOMPARE(edit.changed[0].variables, (QJsonObject{{u"order"_s, u"A2"_s}, {u"reason"_s, QJsonValue::Null}}));
    QVERIFY(!edit.changed[0].expected && !edit.changed[0].tags);
    QVERIFY(edit.changed[1].clearExpected && !edit.changed[1].variables);
}

void TestCaseContent::everythingCanBeUndone()
{
    CasesModel model;
    model.setEditable(true);
    model.setCases({caseOf(1, {{u"order"_s, u"A"_s}}, u"x"_s), caseOf(2, {{u"order"_s, u"B"_s}}, u"y"_s)});
    type(model, 0, u"order"_s, u"changed"_s);
    model.removeCases({0, 1});
    QCOMPARE(model.rowCount(), 0);
    model.undoStack().undo();
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, u"order"_s), u"changed"_s);
    QCOMPARE(cell(model, 1, u"order"_s), u"B"_s);
    model.undoStack().undo();
    QVERIFY(!model.isChanged());
    model.undoStack().redo();
    QCOMPARE(cell(model, 0, u"order"_s), u"changed"_s);
}

void TestCaseContent::undoingASavedRemovalAddsTheCaseAgain()
{
    CasesModel model;
    model.setEditable(true);
    model.setCases({caseOf(1, {{u"order"_s, u"A"_s}}, u"x"_s)});
    model.removeCases({0});
    model.saved(model.edit(1000), CasesEdited{{}, {}, 1});
    QVERIFY(!model.isChanged());
    model.undoStack().undo();
    const CasesEdit edit = model.edit(1000);
    QCOMPARE(edit.added.size(), 1);
    QCOMPARE(edit.added.first().expected, u"x"_s);
    QVERIFY(edit.changed.isEmpty() && edit.removed.isEmpty());
}

void TestCaseContent::pastedRowsGoOnBelow()
{
    CasesModel model;
    model.setEditable(true);
    model.setCases({caseOf(1, {{u"order"_s, u"A"_s}}, u"x"_s)});
    model.paste(0, 0, {{u"B"_s, u"one"_s, u"red; blue"_s}, {u"C"_s, u"two"_s}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, u"order"_s), u"B"_s);
    QCOMPARE(model.content(0).tags, (QList<QString>{u"red"_s, u"blue"_s}));
    QCOMPARE(cell(model, 1, caseColumns::expected), u"two"_s);
    model.undoStack().undo(); // one step
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!model.isChanged());
}

void TestCaseContent::changesOfTwoPeopleAreMerged()
{
    CasesModel model;
    model.setEditable(true);
    const EvaluationCase first = caseOf(1, {{u"order"_s, u"A"_s}, {u"reason"_s, u"late"_s}}, u"x"_s);
    model.setCases({first});
    type(model, 0, u"order"_s, u"mine"_s);
    EvaluationCase theirs = first;
    theirs.variables.insert(u"reason"_s, u"theirs"_s);
    theirs.revision = 5;
    QVERIFY(model.take({theirs, caseOf(2, {{u"order"_s, u"new"_s}}, u"z"_s)}).isEmpty());
    QCOMPARE(cell(model, 0, u"order"_s), u"mine"_s);
    QCOMPARE(cell(model, 0, u"reason"_s), u"theirs"_s);
    QCOMPARE(model.rowCount(), 2);
    const CasesEdit edit = model.edit(1000);
    QCOMPARE(edit.changed.size(), 1);
    QCOMPARE(edit.changed.first().revision, 5);
    QCOMPARE(edit.changed.first().variables, (QJsonObject{{u"order"_s, u"mine"_s}}));
}

void TestCaseContent::contradictionsAreAskedAbout()
{
    CasesModel model;
    model.setEditable(true);
    const EvaluationCase first = caseOf(7, {{u"order"_s, u"A"_s}}, u"x"_s);
    model.setCases({first});
    type(model, 0, caseColumns::expected, u"mine"_s);
    EvaluationCase theirs = first;
    theirs.expected = u"theirs"_s;
    theirs.revision = 5;
    QList<CellConflict> conflicts = model.take({theirs});
    QCOMPARE(conflicts.size(), 1);
    QCOMPARE(conflicts.first().number, 7);
    QCOMPARE(conflicts.first().mine, u"mine"_s);
    QCOMPARE(conflicts.first().theirs, u"theirs"_s);
    QCOMPARE(cell(model, 0, caseColumns::expected), u"theirs"_s); // until it is decided
    QVERIFY(!model.isChanged());
    conflicts.first().takesMine = true;
    model.decide(conflicts);
    QCOMPARE(cell(model, 0, caseColumns::expected), u"mine"_s);
    QCOMPARE(model.edit(1000).changed.first().revision, 5);
}

void TestCaseContent::aCaseThatTheyRemovedIsAskedAbout()
{
    CasesModel model;
    model.setEditable(true);
    const EvaluationCase changed = caseOf(1, {{u"order"_s, u"A"_s}}, u"x"_s), other = caseOf(2, {}, u"y"_s);
    model.setCases({changed, other});
    type(model, 0, u"order"_s, u"mine"_s);
    const QList<CellConflict> conflicts = model.take({});
    QCOMPARE(conflicts.size(), 1); // the other went without a question
    QVERIFY(conflicts.first().isRemovedByThem);
    model.decide(conflicts); // theirs
    QCOMPARE(model.rowCount(), 0);
}

void TestCaseContent::aDraftComesBackOnTheServersCases()
{
    const EvaluationCase first = caseOf(1, {{u"order"_s, u"A"_s}}, u"x"_s),
                         second = caseOf(2, {{u"order"_s, u"B"_s}}, u"y"_s),
                         third = caseOf(3, {{u"order"_s, u"C"_s}}, u"z"_s);
    QJsonObject draft;
    {
        CasesModel before;
        before.setEditable(true);
        before.setCases({first, second, third});
        type(before, 1, u"order"_s, u"mine"_s);
        before.removeCases({2});
        before.insertCases(2, {CaseContent{.variables = {{u"order"_s, u"D"_s}}}}, {});
        draft = before.draft();
    }
    EvaluationCase theirs = second;
    theirs.expected = u"theirs"_s;
    theirs.revision = 5;
    CasesModel after;
    after.setEditable(true);
    QVERIFY(after.restore(json::object(json::print(draft)), {first, theirs, third}).isEmpty());
    QCOMPARE(after.rowCount(), 3);
    QCOMPARE(cell(after, 0, u"order"_s), u"A"_s);
    QCOMPARE(cell(after, 1, u"order"_s), u"mine"_s);
    QCOMPARE(cell(after, 1, caseColumns::expected), u"theirs"_s);
    QCOMPARE(cell(after, 2, u"order"_s), u"D"_s);
    const CasesEdit edit = after.edit(1000);
    QCOMPARE(edit.added.size(), 1);
    QCOMPARE(edit.changed.size(), 1);
    QCOMPARE(edit.removed.size(), 1);
    QCOMPARE(edit.removed.first().id, third.id);
}

QTEST_MAIN(TestCaseContent)
#include "tst_case_content.moc"
