// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/jobs/job.h"

#include <QElapsedTimer>

// One run of a prompt, from asking to the last word: makes the job, follows it over the live connection, and falls back
// to asking for it where that connection is down. Lives as long as the panel that shows it.
class TemplateRun : public QObject
{
    Q_OBJECT

public:
    explicit TemplateRun(Workspace &workspace, QObject *parent = nullptr);

    void start(const GenerateRequest &request);
    void stop(); // cancels the job on the server; the text so far stays
    void forget(); // shows nothing any more; the job goes on
    bool isActive() const { return m_active; }
    bool isConnected() const; // what happens to the job is seen at once
    const std::optional<Job> &job() const { return m_job; }
    const QString &output() const { return m_output; }
    qint64 elapsedMs() const { return m_active ? m_clock.elapsed() : m_elapsedMs; }
    qint64 firstTokenMs() const { return m_firstTokenMs; } // -1: none yet

Q_SIGNALS:
    void changed(); // state, tokens, cost
    void cleared(); // nothing of the run before is shown any more
    void outputReset(); // another attempt begins
    void outputGrew(const QString &piece);
    void outputKnown(const QString &text); // the whole of it
    void failed(const ApiError &error); // the job could not be made or asked for

private:
    void follow(const QUuid &jobId);
    void update(const Job &job, bool isWhole);
    void ask();
    void ended();

    Workspace &m_workspace;
    std::optional<Job> m_job;
    QString m_output;
    QElapsedTimer m_clock;
    QTimer m_poll; // only where the live connection is down
    qint64 m_elapsedMs = 0;
    qint64 m_firstTokenMs = -1;
    bool m_active = false;
    bool m_stopWanted = false; // before the job had an id
    bool m_askAgain = false; // what is being answered now may be out of date
    CallHandle m_call;
};
