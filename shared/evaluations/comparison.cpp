// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/comparison.h"

#include "shared/evaluations/statistics.h"

using namespace Qt::StringLiterals;

namespace evaluations {
namespace {

bool hasMajority(const CellFigures &cell) { return 2 * cell.passed >= cell.scored; }

QString shares(const CellFigures &cell, const CellFigures &baseline)
{
    return u"%1 of %2 pass, %3 of %4 before"_s.arg(cell.passed)
        .arg(cell.scored)
        .arg(baseline.passed)
        .arg(baseline.scored);
}

} // namespace

CellOutcome outcomeOf(const CellFigures &cell, int errors, int canceled, int unscored)
{
    if (cell.done + canceled < cell.answers)
        return CellOutcome::Pending;
    if (cell.scored == 0)
        return unscored > 0 ? CellOutcome::Unscored : CellOutcome::Canceled;
    if (errors == cell.scored)
        return CellOutcome::Error;
    return hasMajority(cell) ? CellOutcome::Passed : CellOutcome::Failed;
}

CellVerdict compare(const CellFigures &cell, const std::optional<CellFigures> &baseline, bool caseHasChanged)
{
    if (!baseline)
        return {.note = u"The baseline has no such case."_s};
    if (caseHasChanged)
        return {.note = u"The case has changed since the baseline."_s};
    if (cell.scored == 0 || baseline->scored == 0)
        return {.note = u"There is no score on one side."_s};
    CellVerdict verdict;
    if (cell.scored > 1 && baseline->scored > 1)
        verdict.pValue = statistics::fisher(cell.passed, cell.scored, baseline->passed, baseline->scored);
    const qint64 share = qint64(cell.passed) * baseline->scored, before = qint64(baseline->passed) * cell.scored;
    const bool isSignificant = verdict.pValue && *verdict.pValue < statistics::significance;
    const bool isTurned = hasMajority(cell) != hasMajority(*baseline);
    if (share == before)
        verdict.change = CellChange::Same;
    else if (!verdict.pValue || isTurned || isSignificant)
        verdict.change = share < before ? CellChange::Regression : CellChange::Improvement;
    else
        verdict.change = CellChange::Same;
    if (verdict.pValue && share != before)
        verdict.note = u"%1: %2 (p = %3)."_s
                           .arg(shares(cell, *baseline), isSignificant ? u"more than chance"_s : u"may be chance"_s)
                           .arg(*verdict.pValue, 0, 'f', 3);
    return verdict;
}

ColumnTally::ColumnTally(int column, std::optional<int> baselineColumn)
{
    m_result.column = column;
    m_result.baselineColumn = baselineColumn;
}

void ColumnTally::add(const CellFigures &cell, const std::optional<CellFigures> &baseline, const CellVerdict &verdict)
{
    switch (verdict.change) {
    case CellChange::Incomparable:
        ++m_result.incomparable;
        return;
    case CellChange::Regression:
        ++m_result.regressions;
        break;
    case CellChange::Improvement:
        ++m_result.improvements;
        break;
    case CellChange::Same:
        ++m_result.same;
        break;
    }
    ++m_result.compared;
    const double score = cell.score.value_or(0), before = baseline->score.value_or(0);
    m_score += score;
    m_baselineScore += before;
    if (std::abs(score - before) > 1e-9)
        ++(score > before ? m_up : m_down);
    m_passed += cell.passed;
    m_scored += cell.scored;
    m_baselinePassed += baseline->passed;
    m_baselineScored += baseline->scored;
}

ColumnComparison ColumnTally::finish()
{
    ColumnComparison &result = m_result;
    if (!result.baselineColumn)
        result.note = u"The baseline has no column of this template and model."_s;
    if (result.compared == 0)
        return result;
    result.score = m_score / result.compared;
    result.baselineScore = m_baselineScore / result.compared;
    result.passRate = double(m_passed) / double(m_scored);
    result.baselinePassRate = double(m_baselinePassed) / double(m_baselineScored);
    if (m_up + m_down == 0) {
        result.note = u"Every case scores the same."_s;
        return result;
    }
    result.pValue = statistics::signTest(m_up, m_down);
    result.isSignificant = *result.pValue < statistics::significance;
    result.note = u"%1 cases score higher and %2 lower: %3 (sign test, p = %4)."_s.arg(m_up).arg(m_down).arg(
        result.isSignificant ? u"more than chance"_s : u"may be chance"_s, QString::number(*result.pValue, 'f', 3));
    return result;
}

QList<std::optional<int>> matchColumns(const QList<RunColumn> &columns, const QList<RunColumn> &baseline)
{
    QList<std::optional<int>> matches;
    for (const RunColumn &column : columns) {
        const RunColumn *match = nullptr;
        for (const RunColumn &other : baseline) {
            if (other.templateId != column.templateId || other.model != column.model)
                continue;
            const bool isSame = other.version == column.version;
            if (!match || isSame || (match->version != column.version && other.version > match->version))
                match = &other;
        }
        matches.append(match ? std::optional(match->column) : std::nullopt);
    }
    return matches;
}

} // namespace evaluations
