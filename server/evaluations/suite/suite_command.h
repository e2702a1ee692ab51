// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

// `patiod eval run`: a suite of evaluations on a running server, for people and for CI.
namespace evaluations {

enum SuiteExit { SuitePassed = 0, SuiteFailed = 1, SuiteNotRun = 2 };

// The secret comes from the environment alone (PATIO_API_KEY, a gateway key), so that no list of processes shows it.
// Prints progress and a table to stdout, and what is wrong to stderr. Blocks in an event loop.
int runSuite(QStringList arguments, const QHash<QString, QString> &environment);

} // namespace evaluations
