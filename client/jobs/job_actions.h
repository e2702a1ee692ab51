// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/jobs_feed.h"
#include "client/widgets/toast.h"

// What a person may do to a job. The new state shows at once and goes back when the server refuses; what can be undone
// offers it for a while.
class JobActions : public QObject
{
    Q_OBJECT

public:
    JobActions(Workspace &workspace, JobsFeed &feed, QObject *parent = nullptr);
    ~JobActions() override;

    bool mayCancel(const Job &job) const;
    bool mayRetry(const Job &job) const;
    bool mayReplay(const Job &job) const;
    bool mayDiscard(const Job &job) const;
    bool mayChange(const Job &job) const; // when it runs and before which others

    void cancel(const Job &job);
    void retry(const Job &job);
    void replay(const Job &job, const ReplayRequest &request);
    void change(const Job &job, const JobChange &change);
    void runNow(const Job &job);
    // Several at once, of those that may be: told in one toast, undone together.
    void cancel(const QList<Job> &jobs);
    void retry(const QList<Job> &jobs);
    // Held back for a few seconds, so that it can be undone; closing the client meanwhile keeps the dead letter.
    void discard(const Job &job, const QString &reason);

Q_SIGNALS:
    void toastRequested(const Toast &toast);
    void changed(const Job &job); // shown or confirmed state
    void made(const Job &job); // by a replay

private:
    void showAs(Job job, JobState state);
    enum class Many { Cancel, Retry };
    struct Group;
    void together(Many what, const QList<Job> &jobs);
    void groupAnswered(Many what, const Group &group);
    void refused(const Job &before, const QString &what, const ApiError &error, std::function<void()> retry);

    Workspace &m_workspace;
    JobsFeed &m_feed;
    QHash<QUuid, QTimer *> m_discards;
};
