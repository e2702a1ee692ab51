// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"
#include "shared/templates/template.h"

#include <QWidget>

class Button;
class Label;
class ModelPicker;
class RunPanel;
class TemplateRun;
class Timeline;
class VariablesForm;

// Beside the editor: the values of a trial run, the model, what would be sent and what came back, and the versions.
class TemplateSidePanel : public QWidget
{
    Q_OBJECT

public:
    explicit TemplateSidePanel(TemplateRun &run, QWidget *parent = nullptr);

    VariablesForm *variables() const { return m_variables; }
    ModelPicker *model() const { return m_model; }
    RunPanel *runPanel() const { return m_runPanel; }
    // `draftText` empty: what is in the editor is version `base` itself.
    void setVersions(const QList<TemplateVersion> &versions, int base, const QString &draftText);

Q_SIGNALS:
    void compareRequested(int before, int after); // version numbers, 0 is the draft

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    VariablesForm *m_variables;
    ModelPicker *m_model;
    RunPanel *m_runPanel;
    Timeline *m_timeline;
    Button *m_compare;
    Label *m_variablesTitle;
    Label *m_modelTitle;
    Label *m_versionsTitle;
    QList<int> m_numbers; // of the steps shown; 0 is the draft
};
