// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/jobs/job.h"

#include <QSet>

// How many jobs run and how many dead letters wait: the numbers on the tabs and in the rail. Counted on the server
// once, then kept by the live events.
class JobCounts : public QObject
{
    Q_OBJECT

public:
    explicit JobCounts(Workspace &workspace, QObject *parent = nullptr);

    void reload();
    void note(const Job &job); // as it is now
    void forget(const QUuid &id);
    int running() const { return int(m_running.size()); }
    int dead() const { return int(m_dead.size()); }

Q_SIGNALS:
    void changed();

private:
    void count(const QList<JobState> &states, QSet<QUuid> JobCounts::*into);

    Workspace &m_workspace;
    QSet<QUuid> m_running;
    QSet<QUuid> m_dead;
};
