// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class AnswerBox;
class Banner;
class Button;
class IconButton;
class Label;
class StatusChip;
class TemplateRun;

// What came back of a run, while it streams in and after: state, time, tokens and cost, why it waits or failed, and the
// answer. Stop stands here while a run is under way.
class RunPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(TemplateRun &run, QWidget *parent = nullptr);

    void renew();

Q_SIGNALS:
    void openJobRequested(const QUuid &id);
    void runAgainRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renewFigures();
    void renewNotice();

    TemplateRun &m_run;
    StatusChip *m_state;
    Label *m_figures;
    Button *m_stop;
    IconButton *m_openJob;
    Banner *m_banner;
    AnswerBox *m_output;
    QTimer m_ticking; // times that go on, while a run is under way
    std::optional<ApiError> m_refusal; // of the run that was asked for last
};
