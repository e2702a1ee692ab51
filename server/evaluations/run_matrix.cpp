// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/run_matrix.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

RunMatrix::RunMatrix(Transaction &tx, const QUuid &run, const std::optional<QList<QUuid>> &cases)
    : m_run(run),
      m_cases(cases),
      m_columns(EvaluationRunStore::columns(tx, run)),
      m_cells(read(tx, run, cases))
{
}

RunMatrix::Cells RunMatrix::read(Transaction &tx, const QUuid &run, const std::optional<QList<QUuid>> &cases)
{
    Cells cells;
    for (const EvaluationRunStore::Cell &cell : EvaluationRunStore::cells(tx, run, cases))
        cells.insert({cell.caseId, cell.columnNumber}, cell);
    return cells;
}

void RunMatrix::compare(Transaction &tx, const QUuid &baseline, const std::optional<int> &baselineColumn)
{
    const auto columns = baseline == m_run ? m_columns : EvaluationRunStore::columns(tx, baseline);
    if (baselineColumn && *baselineColumn >= columns.size())
        throw ApiError::invalid(u"/baselineColumn"_s, u"is no column of the baseline: it has %1"_s.arg(columns.size()));
    m_matches = baselineColumn ? QList<std::optional<int>>(m_columns.size(), *baselineColumn)
                               : evaluations::matchColumns(m_columns, columns);
    m_baseline = baseline == m_run ? m_cells : read(tx, baseline, m_cases);
    const auto changed = EvaluationRunStore::changedCases(tx, m_run, baseline);
    m_changed = QSet<QUuid>(changed.begin(), changed.end());
    m_isCompared = true;
}

RunMatrix::Beside RunMatrix::beside(const EvaluationRunStore::Cell &cell) const
{
    Beside beside;
    const auto match = m_matches.value(cell.columnNumber);
    if (!match) {
        beside.verdict.note = u"The baseline has no column of this template and model."_s;
        return beside;
    }
    if (const auto found = m_baseline.constFind({cell.caseId, *match}); found != m_baseline.constEnd())
        beside.baseline = found->figures();
    beside.verdict = evaluations::compare(cell.figures(), beside.baseline, m_changed.contains(cell.caseId));
    return beside;
}

RunCell RunMatrix::cell(const QUuid &caseId, int column) const
{
    const EvaluationRunStore::Cell cell = m_cells.value({caseId, column});
    RunCell shown{.column = column,
                  .outcome = evaluations::outcomeOf(cell.figures(), cell.errors, cell.canceled, cell.unscored),
                  .answers = cell.answers,
                  .done = cell.done,
                  .passed = cell.passed,
                  .score = cell.score,
                  .costNanos = cell.costNanos,
                  .latencyMs = cell.latencyMs,
                  .inputTokens = cell.inputTokens,
                  .outputTokens = cell.outputTokens};
    if (!m_isCompared)
        return shown;
    const Beside beside = this->beside(cell);
    shown.change = beside.verdict.change;
    shown.pValue = beside.verdict.pValue;
    shown.note = beside.verdict.note;
    if (beside.baseline) {
        shown.baselineAnswers = beside.baseline->scored;
        shown.baselinePassed = beside.baseline->passed;
        shown.baselineScore = beside.baseline->score;
    }
    return shown;
}

RunComparison RunMatrix::comparison() const
{
    std::vector<evaluations::ColumnTally> tallies;
    for (const RunColumn &column : m_columns)
        tallies.emplace_back(column.column, m_matches.value(column.column));
    for (const EvaluationRunStore::Cell &cell : m_cells) {
        const Beside beside = this->beside(cell);
        tallies[std::size_t(cell.columnNumber)].add(cell.figures(), beside.baseline, beside.verdict);
    }
    RunComparison comparison;
    for (evaluations::ColumnTally &tally : tallies) {
        comparison.columns.append(tally.finish());
        comparison.regressions += comparison.columns.last().regressions;
        comparison.improvements += comparison.columns.last().improvements;
    }
    return comparison;
}
