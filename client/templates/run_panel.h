// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"
#include "shared/jobs/job.h"

#include <QTimer>
#include <QWidget>

class Banner;
class Button;
class CodeBox;
class Label;
class SegmentedControl;
class StatusChip;
class TemplateRun;

// What would be sent (the rendered messages) and what came back, streaming in. Stop stands here while a run is under
// way.
class RunPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunPanel(TemplateRun &run, QWidget *parent = nullptr);

    void setPreview(const QList<PromptMessage> &messages);
    void setPreviewProblem(const QString &problem); // instead of messages
    void showOutput();

Q_SIGNALS:
    void openJobRequested(const QUuid &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();
    void showError(const ApiError &error);

    TemplateRun &m_run;
    SegmentedControl *m_choice;
    StatusChip *m_state;
    Label *m_figures;
    Button *m_stop;
    Button *m_openJob;
    Banner *m_banner;
    CodeBox *m_preview;
    CodeBox *m_output;
    QTimer m_ticking; // the elapsed time, while a run is under way
};
