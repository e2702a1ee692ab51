// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/evaluations/suite/junit_report.h"
#include "server/evaluations/suite/suite_client.h"
#include "server/evaluations/suite/suite_file.h"

#include <chrono>
#include <functional>

// What came of a suite.
struct SuiteVerdict
{
    RunDetail run;
    std::optional<RunComparison> comparison;
    QStringList reasons; // why it did not pass; empty: it did
    QList<junit::TestSuite> report; // one for each column
};

struct SuiteRunOptions
{
    std::chrono::seconds timeout{3600};
    std::function<void(const QString &)> print; // a line of progress
    std::function<bool()> isStopped = [] { return false; };
};

// Runs a suite on a server: brings the dataset there, starts the run, waits for it, compares. Blocks, with an event
// loop of its own. Throws ApiError, and SuiteError where the suite names what the server does not have or time is over;
// the run is then canceled.
class SuiteRunner
{
public:
    SuiteRunner(SuiteClient &client, Suite suite, SuiteRunOptions options);

    SuiteVerdict run();

private:
    Dataset dataset();
    Dataset ownDataset(const SuiteDataset &own);
    void bringCases(const Dataset &dataset, const QList<NewEvaluationCase> &cases);
    std::optional<QUuid> baseline(const QUuid &dataset);
    RunDetail wait(RunDetail run);
    void judge(SuiteVerdict &verdict, const std::optional<QUuid> &baseline);
    void report(SuiteVerdict &verdict, const std::optional<QUuid> &baseline);

    SuiteClient &m_client;
    const Suite m_suite;
    const SuiteRunOptions m_options;
};
