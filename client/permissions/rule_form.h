// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"

#include <QWidget>

class ConditionForm;
class FormField;
class HoursEdit;
class QCheckBox;
class QGridLayout;
class SegmentedControl;
class Select;
class Switch;
class TextField;
class WhoList;

// A rule as a form.
class RuleForm : public QWidget
{
    Q_OBJECT

public:
    explicit RuleForm(const PermissionDirectory &directory, QWidget *parent = nullptr);

    void setInput(const RuleInput &input);
    RuleInput input() const;
    // What is wrong with it, each at its field. What has no field is given back.
    QList<json::Problem> place(const QList<json::Problem> &problems);
    QString unreadableTime() const; // what stands where a time should, and is none; empty: all is well

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void nameActions();
    void offerSubject(); // actions, attributes and fields of the one that is chosen
    void chooseSubject();
    QList<QString> checkedActions() const;

    const PermissionDirectory &m_directory;
    RuleInput m_input; // what was set; members that a form has no place for would live here
    SegmentedControl *m_effect;
    WhoList *m_who;
    Select *m_subject;
    QGridLayout *m_actionGrid;
    QList<QCheckBox *> m_actions;
    ConditionForm *m_condition;
    Switch *m_someFields;
    QGridLayout *m_fieldGrid;
    QList<QCheckBox *> m_fields;
    TextField *m_from;
    TextField *m_until;
    HoursEdit *m_hours;
    TextField *m_reason;
    Switch *m_enabled;
    FormField *m_effectField;
    FormField *m_whoField;
    FormField *m_subjectField;
    FormField *m_actionsField;
    FormField *m_conditionField;
    FormField *m_fieldsField;
    FormField *m_hoursField;
    FormField *m_enabledField;
};
