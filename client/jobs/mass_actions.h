// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_filter.h"
#include "client/session/workspace.h"
#include "client/widgets/dialog.h"
#include "client/widgets/toast.h"
#include "shared/jobs/job_action.h"

class Label;
class TextField;

// What is done to all dead letters that match a filter, step by step on the server: asked for, followed live, stopped.
class MassActions : public QObject
{
    Q_OBJECT

public:
    explicit MassActions(Workspace &workspace, QObject *parent = nullptr);

    void reload(); // those that still run, also of others
    void replayAll(const JobFilter &filter);
    void discardAll(const JobFilter &filter, const QString &reason);
    void stop();
    std::optional<JobAction> running() const { return m_running; } // the newest
    QString shownProgress() const;
    bool mayStop() const;

Q_SIGNALS:
    void changed();
    void ended(); // the list is another one
    void toastRequested(const Toast &toast);

private:
    void take(const JobAction &action);
    void refused(const QString &what, const ApiError &error, std::function<void()> retry);

    Workspace &m_workspace;
    std::optional<JobAction> m_running;
    QUuid m_own; // asked for here: its end is told
};

// How many dead letters it is about, counted on the server while one looks, and the reason where they are discarded.
class MassActionDialog : public Dialog
{
    Q_OBJECT

public:
    MassActionDialog(Workspace &workspace, JobActionKind kind, const JobFilter &filter, bool isFiltered,
                     QWidget *parent);
    QString reason() const;
    std::optional<int> counted() const { return m_isCounted ? std::optional(m_count) : std::nullopt; }

private:
    void count(const std::optional<QString> &cursor);
    void renew();

    Workspace &m_workspace;
    const JobActionKind m_kind;
    const bool m_isFiltered;
    JobFilter m_filter;
    int m_count = 0;
    bool m_isCounted = false;
    QString m_problem;
    Label *m_text;
    TextField *m_reason = nullptr;
    Button *m_main;
};
