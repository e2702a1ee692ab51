// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"

#include <QWidget>

class Banner;
class Button;
class Label;
class PageHeader;
class QPlainTextEdit;
class RuleEffectView;
class RuleForm;

// Writes one rule: as a form, as JSON beside it, both of the same draft, and with what it would change.
class RuleEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(PermissionDirectory &directory, QWidget *parent = nullptr);

    void open(const std::optional<Rule> &rule); // nothing: a new one; without id: a copy
    bool isChanged() const;
    void save();
    void leave(); // asks first when something would be lost
    void retranslate();

Q_SIGNALS:
    void saved(const Rule &rule, const std::optional<Rule> &before); // before: what it took the place of
    void closed();

private:
    void draftFromForm();
    void draftFromJson();
    void showJson();
    void check();
    void answered(const Result<Rule> &reply);
    void changedMeanwhile();
    void renewSave();

    PermissionDirectory &m_directory;
    Rule m_rule; // what was opened
    RuleInput m_draft;
    QByteArray m_opened; // the draft as it was then
    QString m_jsonProblem;
    bool m_isComplete = false;
    bool m_saving = false;
    PageHeader *m_header;
    Button *m_save;
    Banner *m_banner;
    RuleForm *m_form;
    Label *m_jsonTitle;
    QPlainTextEdit *m_json;
    Label *m_jsonError;
    RuleEffectView *m_effect;
};
