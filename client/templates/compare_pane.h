// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/templates/label.h"
#include "shared/templates/template.h"

#include <QWidget>

class Button;
class CompareView;
class Label;
class SegmentedControl;
class Select;

// Any two versions of a template, or one and the draft, beside each other.
class ComparePane : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePane(QWidget *parent = nullptr);

    void setVersions(const QList<TemplateVersion> &versions); // newest first
    void setLabels(const QList<TemplateLabel> &labels); // named beside their versions
    void setDraft(const std::optional<NewTemplateVersion> &draft); // nothing: there are no unsaved changes
    void setCanRestore(bool can);
    void compare(int before, int after); // version numbers; 0 is the draft
    void goToChange(int by);

Q_SIGNALS:
    void restoreRequested(int version);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void fillChoices();
    void show(int before, int after);
    void renew();
    std::optional<NewTemplateVersion> contentAt(int version) const;

    QList<TemplateVersion> m_versions;
    QList<TemplateLabel> m_labels;
    std::optional<NewTemplateVersion> m_draft;
    bool m_canRestore = true;
    bool m_isChosen = false; // by the person, not by default
    int m_before = 0;
    int m_after = 0;
    Select *m_beforeSelect;
    Select *m_afterSelect;
    Label *m_added;
    Label *m_removed;
    SegmentedControl *m_style;
    Button *m_restore;
    CompareView *m_view;
};
