// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/dataset.h"

// What a person edits of a case, apart from what the server keeps of it. Pure.
struct CaseContent
{
    QJsonObject variables;
    std::optional<QString> expected;
    QList<QString> tags;
    QList<Assertion> assertions;

    static CaseContent of(const EvaluationCase &one);
    NewEvaluationCase asNew() const;
    void apply(const EvaluationCaseChange &change);
    // What makes `before` of the server this one; nothing where they are the same.
    std::optional<EvaluationCaseChange> changeFrom(const EvaluationCase &before) const;
};
bool operator==(const CaseContent &a, const CaseContent &b);

// The columns of a grid that are no variables; names of variables never begin with a slash here.
namespace caseColumns {
inline const QString expected = QStringLiteral("/expected");
inline const QString tags = QStringLiteral("/tags");
} // namespace caseColumns

// A cell by its column: the name of a variable, or one of caseColumns.
QString cellText(const CaseContent &content, const QString &column);
// What was typed, as the value that the cell had before or that its schema wants: a number stays a number, a list a
// list. An empty cell takes the variable out.
void setCellText(CaseContent &content, const QString &column, const QString &text, const QString &schemaType = {});

// One cell that two people have changed since.
struct CellConflict
{
    QUuid caseId;
    int number = 0;
    QString column; // empty: one of them has removed the case
    QString mine; // as text; meaningless for a removal
    QString theirs;
    bool isRemovedByThem = false;
    bool isRemovedByMe = false;
    bool takesMine = false; // decided by the person
};

// Both changes together, and the cells in which they contradict each other. There theirs stands in the result.
CaseContent merged(const CaseContent &base, const CaseContent &mine, const CaseContent &theirs,
                   QList<CellConflict> &conflicts, const QUuid &caseId, int number);

// Cells between tabs, rows between line ends, as spreadsheets put them on the clipboard: a cell in quotes may hold
// both.
QList<QStringList> cellsOf(const QString &tabSeparated);
QString tabSeparated(const QList<QStringList> &cells);
