// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/run.h"

// A run beside a baseline. Pure.
namespace evaluations {

// How one cell came out.
struct CellFigures
{
    int answers = 0; // asked for
    int done = 0; // that ended; those canceled do not count
    int scored = 0; // passed or failed, or whose job failed
    int passed = 0;
    std::optional<double> score; // mean
};

// Of all answers of a cell together. Half of them decide.
CellOutcome outcomeOf(const CellFigures &cell, int errors, int canceled, int unscored);

struct CellVerdict
{
    CellChange change = CellChange::Incomparable;
    std::optional<double> pValue; // where both have more than one answer
    QString note;
};

// Better or worse is by the share of answers that pass: with one answer each any difference counts; with more of them
// one that turns the majority, or that Fisher's test finds significant. `baseline` absent: it has no such case.
CellVerdict compare(const CellFigures &cell, const std::optional<CellFigures> &baseline, bool caseHasChanged);

// Adds a cell to its column's comparison; finish() computes the rest.
class ColumnTally
{
public:
    ColumnTally(int column, std::optional<int> baselineColumn);
    void add(const CellFigures &cell, const std::optional<CellFigures> &baseline, const CellVerdict &verdict);
    ColumnComparison finish();

private:
    ColumnComparison m_result;
    int m_up = 0, m_down = 0;
    double m_score = 0, m_baselineScore = 0;
    qint64 m_passed = 0, m_scored = 0, m_baselinePassed = 0, m_baselineScored = 0;
};

// Which column of the baseline each column is compared with: of the same template and model, and of the same version if
// there is one, else the highest.
QList<std::optional<int>> matchColumns(const QList<RunColumn> &columns, const QList<RunColumn> &baseline);

} // namespace evaluations
