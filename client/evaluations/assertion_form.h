// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/assertion.h"
#include "shared/templates/template.h"

#include <QWidget>

class FormField;
class Label;
class QPlainTextEdit;
class SearchSelect;
class Select;
class Switch;
class TextField;

// One assertion, with the fields that its kind reads. What cannot be used is said at the field while it is typed.
class AssertionForm : public QWidget
{
    Q_OBJECT

public:
    explicit AssertionForm(QWidget *parent = nullptr);

    void setJudges(const QList<PromptTemplate> &templates, const QStringList &models);
    void setAssertion(const Assertion &assertion); // silently
    Assertion assertion() const { return m_assertion; }
    bool isValid() const { return m_isValid; }
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void fill();
    void read();
    void check();
    void showFields();
    void retranslate();
    FormField *field(QWidget *control);

    Assertion m_assertion;
    bool m_isValid = true;
    bool m_isUnreadable = false; // a number or JSON that is none
    bool m_filling = false;
    Label *m_title, *m_help;
    TextField *m_name, *m_weight, *m_threshold, *m_path, *m_minimum, *m_maximum, *m_tool, *m_judgeVersion;
    QPlainTextEdit *m_value, *m_values, *m_schema, *m_equals, *m_arguments, *m_rubric;
    Select *m_match;
    SearchSelect *m_judge, *m_judgeModel;
    FormField *m_valueField, *m_valuesField, *m_schemaField, *m_equalsField, *m_argumentsField, *m_rubricField,
        *m_matchField, *m_judgeField, *m_judgeModelField;
    Switch *m_ignoreCase, *m_negated;
    Label *m_ignoreCaseLabel, *m_negatedLabel;
    QWidget *m_ignoreCaseRow, *m_negatedRow, *m_limitsRow, *m_judgeRow;
};
