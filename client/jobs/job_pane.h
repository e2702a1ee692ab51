// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_actions.h"
#include "client/templates/template_library.h"

#include <QTimer>
#include <QWidget>

class AnswerBox;
class Banner;
class Button;
class CodeBox;
class DetailPane;
class Facts;
class IconButton;
class Label;
class Timeline;

// One job beside the table: its facts, what happened attempt by attempt, what went in and what came out, and what it
// cost. Follows the job live while it is shown.
class JobPane : public QWidget
{
    Q_OBJECT

public:
    JobPane(Workspace &workspace, JobActions &actions, TemplateLibrary &library, QWidget *parent = nullptr);

    void show(const Job &job); // at once with what the list knows, then in full
    void close();
    QUuid jobId() const { return m_job ? m_job->id : QUuid(); }
    const std::optional<Job> &job() const { return m_job; }
    bool hasDetail() const { return m_detail.has_value(); } // attempts and texts are there as well
    void copyLink(const QUuid &id) const; // "patio://…", which opens the job in any Patio
    void replay();
    void discard();
    void schedule();

Q_SIGNALS:
    void closed();
    void templateRequested(const QUuid &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void load();
    void renew();
    void renewActions();
    void renewTexts();
    void renewBanner();
    void changed(const Job &job);
    void mainAction();

    Workspace &m_workspace;
    JobActions &m_actions;
    TemplateLibrary &m_library;
    std::optional<Job> m_job;
    std::optional<JobDetail> m_detail;
    QString m_streamed;
    CallHandle m_call;
    QTimer m_waiting; // what a queued job waits for changes by what others do

    DetailPane *m_pane;
    Button *m_main;
    IconButton *m_replay;
    IconButton *m_open;
    IconButton *m_link;
    IconButton *m_discard;
    IconButton *m_runNow;
    IconButton *m_schedule;
    Banner *m_banner;
    Facts *m_facts;
    Label *m_timelineTitle, *m_variablesTitle, *m_messagesTitle, *m_outputTitle, *m_costTitle;
    Timeline *m_timeline;
    CodeBox *m_variables, *m_messages;
    AnswerBox *m_output;
    Facts *m_cost;
};
