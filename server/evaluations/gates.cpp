// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/gate_service.h"
#include "server/evaluations/gate_store.h"
#include "server/evaluations/run_matrix.h"
#include "shared/error.h"

#include <set>

using namespace Qt::StringLiterals;

namespace Gates {
namespace {

constexpr std::size_t mostCasesNamed = 100;

QString idText(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

QString named(const QList<int> &cases)
{
    constexpr qsizetype shown = 10;
    QStringList numbers;
    for (const int number : cases.first(std::min(shown, cases.size())))
        numbers.append(QString::number(number));
    return (cases.size() == 1 ? u"case "_s : u"cases "_s) + numbers.join(u", "_s)
        + (cases.size() > shown ? u" and more"_s : QString());
}

const RunColumn *columnOf(const QList<RunColumn> &columns, const Gate &gate, int version, const QString &model)
{
    for (const RunColumn &column : columns)
        if (column.templateId == gate.templateId && column.version == version && column.model == model)
            return &column;
    return nullptr;
}

// What one gate asks of one version.
class Examination
{
public:
    Examination(Transaction &tx, const Gate &gate, int version, std::optional<int> present)
        : m_tx(tx),
          m_gate(gate),
          m_version(version),
          m_present(present)
    {
        m_check.gateId = gate.id;
        m_check.datasetId = gate.datasetId;
        m_check.datasetName = gate.datasetName;
        m_check.minimumScore = gate.minimumScore;
    }

    GateCheck run()
    {
        m_check.runId = EvaluationRunStore::lastOf(m_tx, m_gate.datasetId, m_gate.templateId, m_version, m_gate.model);
        if (!m_check.runId) {
            m_check.reason = u"Version %1 has no completed run on all cases of “%2”%3."_s.arg(m_version).arg(
                m_gate.datasetName, m_gate.model ? u" with "_s + *m_gate.model : QString());
            return m_check;
        }
        for (const auto &one : EvaluationRunStore::numbers(m_tx, *m_check.runId, {}))
            m_numbers.insert(one.caseId, one.number);
        const RunMatrix matrix(m_tx, *m_check.runId);
        QList<RunColumn> columns;
        for (const RunColumn &column : matrix.columns())
            if (column.templateId == m_gate.templateId && column.version == m_version
                && (!m_gate.model || column.model == *m_gate.model))
                columns.append(column);
        askScores(matrix, columns);
        if (m_check.reason.isEmpty() && m_gate.refusesRegressions && m_present && *m_present != m_version)
            askRegressions(columns);
        m_check.cases = QList<int>(m_cases.begin(), m_cases.end());
        m_check.passes = m_check.reason.isEmpty();
        if (!m_check.passes && !m_cases.empty())
            m_check.reason += u" Look at %1 of the run %2."_s.arg(named(m_check.cases), idText(*m_check.runId));
        return m_check;
    }

private:
    void name(const QUuid &caseId)
    {
        if (m_cases.size() < mostCasesNamed)
            m_cases.insert(m_numbers.value(caseId));
    }

    void askScores(const RunMatrix &matrix, const QList<RunColumn> &columns)
    {
        for (const RunColumn &column : columns) {
            const double score = column.score.value_or(0);
            if (!m_check.score || score < *m_check.score)
                m_check.score = score;
            if (column.score && score >= m_gate.minimumScore - 1e-9)
                continue;
            if (m_check.reason.isEmpty())
                m_check.reason = column.score
                    ? u"Version %1 scores %2 on “%3” with %4, and needs %5."_s.arg(m_version).arg(
                        QString::number(score, 'f', 3), m_gate.datasetName, column.model,
                        QString::number(m_gate.minimumScore, 'f', 3))
                    : u"Nothing was asked of the answers of version %1 on “%2”."_s.arg(m_version).arg(
                        m_gate.datasetName);
            for (auto it = m_numbers.begin(); it != m_numbers.end(); ++it)
                if (const CellOutcome outcome = matrix.cell(it.key(), column.column).outcome;
                    outcome == CellOutcome::Failed || outcome == CellOutcome::Error)
                    name(it.key());
        }
    }

    void askRegressions(const QList<RunColumn> &columns)
    {
        for (const RunColumn &column : columns) {
            const auto baseline =
                EvaluationRunStore::lastOf(m_tx, m_gate.datasetId, m_gate.templateId, *m_present, column.model);
            if (!baseline) {
                m_check.reason =
                    u"Version %1, to which the label points, has no completed run on “%2” with %3 to compare "
                    "with."_s.arg(*m_present)
                        .arg(m_gate.datasetName, column.model);
                return;
            }
            m_check.baselineRunId = baseline;
            RunMatrix matrix(m_tx, *m_check.runId);
            const auto before = EvaluationRunStore::columns(m_tx, *baseline);
            matrix.compare(m_tx, *baseline, columnOf(before, m_gate, *m_present, column.model)->column);
            int regressions = 0;
            for (auto it = m_numbers.begin(); it != m_numbers.end(); ++it) {
                if (matrix.cell(it.key(), column.column).change != CellChange::Regression)
                    continue;
                ++regressions;
                name(it.key());
            }
            if (regressions > 0 && m_check.reason.isEmpty())
                m_check.reason = (regressions == 1 ? u"A case does worse with version %2 than with version %3 (%4)."_s
                                                   : u"%1 cases do worse with version %2 than with version %3 (%4)."_s)
                                     .replace(u"%1"_s, QString::number(regressions))
                                     .replace(u"%2"_s, QString::number(m_version))
                                     .replace(u"%3"_s, QString::number(*m_present))
                                     .replace(u"%4"_s, column.model);
        }
    }

    Transaction &m_tx;
    const Gate &m_gate;
    const int m_version;
    const std::optional<int> m_present;
    GateCheck m_check;
    QHash<QUuid, int> m_numbers; // of the run's cases
    std::set<int> m_cases;
};

} // namespace

QList<GateCheck> check(Transaction &tx, const QUuid &templateId, const QString &label, int version,
                       const std::optional<int> &present)
{
    QList<GateCheck> checks;
    for (const Gate &gate : GateStore::before(tx, templateId, label))
        checks.append(Examination(tx, gate, version, present).run());
    return checks;
}

void requirePassed(Transaction &tx, const QUuid &templateId, const QString &label, int version,
                   const std::optional<int> &present)
{
    QList<json::Problem> problems;
    for (const GateCheck &one : check(tx, templateId, label, version, present))
        if (!one.passes)
            problems.append({u"/version"_s, one.reason});
    if (problems.isEmpty())
        return;
    ApiError error =
        ApiError::make(409, "gate_refused",
                       u"A gate keeps the label “%1” from this version. %2"_s.arg(label, problems.first().message));
    error.errors = problems;
    throw error;
}

} // namespace Gates
