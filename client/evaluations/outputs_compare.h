// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/evaluations/run.h"

#include <QWidget>

class Banner;
class CompareView;
class IconButton;
class Label;
class SegmentedControl;
class Select;

// Two outputs for the same case beside each other, with what differs marked: of any columns and repeats, of the
// baseline, or what is expected.
class OutputsCompare : public QWidget
{
    Q_OBJECT

public:
    explicit OutputsCompare(Workspace &workspace, QWidget *parent = nullptr);

    // `column` is compared with the baseline where there is one, else with what is expected, else with its neighbour.
    void show(const RunDetail &run, const RunRow &row, int column, const std::optional<QUuid> &baselineRunId);
    CompareView *view() const { return m_view; }
    void goToChange(int by);

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Side
    {
        QString id; // stays while outputs come: "run/0/1"
        QString title;
        QString text;
        QString facts;
    };

    void load();
    void add(const QString &prefix, const QList<RunAnswer> &answers, const QList<RunColumn> &columns,
             const QString &from);
    void renewChoices();
    void renew();
    void retranslate();
    const Side *side(const QString &id) const;

    Workspace &m_workspace;
    RunDetail m_run;
    RunRow m_row;
    int m_column = 0;
    std::optional<QUuid> m_baselineId;
    std::optional<RunDetail> m_baseline;
    QList<RunAnswer> m_answers, m_baselineAnswers;
    QList<Side> m_sides;
    CallHandle m_calls[3];
    bool m_isChosen = false; // by the person

    IconButton *m_back;
    Label *m_title;
    Select *m_left, *m_right;
    Label *m_leftFacts, *m_rightFacts;
    Label *m_summary;
    SegmentedControl *m_style;
    Banner *m_problem;
    CompareView *m_view;
};
