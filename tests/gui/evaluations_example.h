// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/gate.h"
#include "shared/evaluations/run.h"
#include "tests/client/wire_server.h"

// The other end of the wire with a tenant that evaluates its templates: datasets, runs that have ended and one that
// goes on, repeats that disagree, regressions, a gate that refuses.
class EvaluationsExample
{
public:
    EvaluationsExample();

    QUrl url() const { return m_server.url(); }
    void setEmpty(bool empty) { m_isEmpty = empty; } // the same tenant on its first day

    QUuid datasetId, runId, baselineId;
    static constexpr int caseCount = 42, columnCount = 4;

private:
    void fill();
    void fillRuns(const QUuid &templateId);
    void fillAnswers();
    WireAnswer answerTo(const WireRequest &request) const;

    WireServer m_server;
    QHash<QByteArray, QByteArray> m_answers; // by path
    QList<RunRow> m_rows;
    bool m_isEmpty = false;
};
