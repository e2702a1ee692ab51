// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/evaluations/run.h"

#include <QWidget>

class Button;
class CodeBox;
class DetailPane;
class Facts;
class Label;
class Select;
class Timeline;

// One cell of the matrix beside it: what was asked, what was answered each time, and what the assertions say.
class AnswersPane : public QWidget
{
    Q_OBJECT

public:
    explicit AnswersPane(Workspace &workspace, QWidget *parent = nullptr);

    void show(const QUuid &runId, const RunRow &row, const RunColumn &column, const RunCell &cell);
    void forget();
    const QUuid &caseId() const { return m_row.caseId; }
    int column() const { return m_column.column; }
    const QList<RunAnswer> &answers() const { return m_answers; }

Q_SIGNALS:
    void closed();
    void compareRequested();
    void jobRequested(const QUuid &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void load();
    void renew();
    void renewAnswers();
    void renewAnswer();
    void retranslate();

    Workspace &m_workspace;
    DetailPane *m_pane;
    Button *m_compare;
    Facts *m_facts;
    Label *m_changeNote;
    Label *m_answerTitle, *m_assertionsTitle, *m_inputTitle, *m_expectedTitle, *m_problem;
    Select *m_which;
    Button *m_job;
    CodeBox *m_output;
    Facts *m_answerFacts;
    Timeline *m_assertions;
    CodeBox *m_input;
    CodeBox *m_expected;
    QUuid m_runId;
    RunRow m_row;
    RunColumn m_column;
    RunCell m_cell;
    QList<RunAnswer> m_answers;
    CallHandle m_call;
};
