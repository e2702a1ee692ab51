// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/evaluation_run_store.h"

// The cells of a run, and what they are beside those of a baseline. A value; nothing in it follows the database.
class RunMatrix
{
public:
    // Of these cases, or of all: a run has at most some ten thousand answers.
    RunMatrix(Transaction &tx, const QUuid &run, const std::optional<QList<QUuid>> &cases = {});

    // The baseline may be the run itself. With a column given all are compared with that one, otherwise each with the
    // one that matchColumns() finds. Throws 422 at /baselineColumn for one that is not there.
    void compare(Transaction &tx, const QUuid &baseline, const std::optional<int> &baselineColumn);

    const QList<RunColumn> &columns() const { return m_columns; }
    RunCell cell(const QUuid &caseId, int column) const;
    // Over the cases of the matrix; what runs they are of is left to be filled in.
    RunComparison comparison() const;

private:
    using Key = std::pair<QUuid, int>;
    using Cells = QHash<Key, EvaluationRunStore::Cell>;
    struct Beside
    {
        std::optional<evaluations::CellFigures> baseline;
        evaluations::CellVerdict verdict;
    };
    static Cells read(Transaction &tx, const QUuid &run, const std::optional<QList<QUuid>> &cases);
    Beside beside(const EvaluationRunStore::Cell &cell) const;

    const QUuid m_run;
    const std::optional<QList<QUuid>> m_cases;
    QList<RunColumn> m_columns;
    Cells m_cells;
    bool m_isCompared = false;
    QList<std::optional<int>> m_matches; // a column of the baseline for each column
    Cells m_baseline;
    QSet<QUuid> m_changed;
};
