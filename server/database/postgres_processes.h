// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <chrono>

// Processes that an earlier server left behind in a cluster's folder. The caller holds the lock of the folder, so none
// of them belongs to a living server.
namespace postgresProcesses {

// Stops a postmaster (fast shutdown, harder when it takes too long), waits for processes whose postmaster was killed,
// and removes a pid file whose number now belongs to an unrelated process. Throws SetupError when they do not end.
void stopAll(const QString &cluster);

// The pid in postmaster.pid, or 0.
qint64 postmaster(const QString &cluster);

} // namespace postgresProcesses
