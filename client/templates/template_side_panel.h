// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"
#include "shared/templates/label.h"
#include "shared/templates/template.h"

#include <QWidget>

class Button;
class CodeBox;
class Label;
class ModelPicker;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class RunPanel;
class SegmentedControl;
class TemplateRun;
class Timeline;
class VariablesForm;

// Beside the editor. Above: the model and the values of a trial run. Below, always in view: what would be sent, what
// came back, or the versions.
class TemplateSidePanel : public QWidget
{
    Q_OBJECT

public:
    enum Shown { Preview, Output, Versions };

    explicit TemplateSidePanel(TemplateRun &run, QWidget *parent = nullptr);

    VariablesForm *variables() const { return m_variables; }
    ModelPicker *model() const { return m_model; }
    RunPanel *runPanel() const { return m_runPanel; }

    void show(Shown shown);
    void scrollToTop(); // another template was opened
    void setPreview(const QList<PromptMessage> &messages);
    void setPreviewProblem(const QString &problem); // instead of messages
    void setLabels(const QList<TemplateLabel> &labels, bool mayMove); // beside their versions
    // What the preview shows instead of the draft: "v3 · production"; empty: the draft.
    void setPreviewOf(const QString &what);
    // `draftText` empty: what is in the editor is version `base` itself.
    void setVersions(const QList<TemplateVersion> &versions, int base, const QString &draftText);

Q_SIGNALS:
    void compareRequested(int before, int after); // version numbers, 0 is the draft
    void versionMenuRequested(int version, const QPoint &globalPosition);
    void labelDropped(const QString &label, int version);
    void draftPreviewRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void retranslate();
    void renewTimeline();
    void shareRoom();
    void chosen(int step);

    VariablesForm *m_variables;
    ModelPicker *m_model;
    RunPanel *m_runPanel;
    CodeBox *m_preview;
    Timeline *m_timeline;
    Button *m_compare;
    Label *m_variablesTitle;
    SegmentedControl *m_choice;
    QStackedWidget *m_stack;
    QSplitter *m_split;
    QWidget *m_inputs;
    bool m_shared = false; // the person has moved the line between the two
    QWidget *m_previewOf;
    Label *m_previewOfText;
    Button *m_previewDraft;
    QList<TemplateVersion> m_versions;
    QList<TemplateLabel> m_labels;
    int m_base = 0;
    QString m_draftText;
    QList<int> m_numbers; // of the steps shown; 0 is the draft
};
