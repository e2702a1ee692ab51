// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/condition_rows.h"
#include "shared/permissions/subject.h"

#include <QWidget>

class IconButton;
class QLineEdit;
class Select;

// One row of a condition: an attribute of the subject, a test, and what it is compared with.
class ConditionRowEdit : public QWidget
{
    Q_OBJECT

public:
    ConditionRowEdit(const Subject &subject, const ConditionRow &row, QWidget *parent = nullptr);

    // Whether a row can show it: what its list holds must survive commas.
    static bool canShow(const Subject &subject, const ConditionRow &row);

    const ConditionRow &row() const { return m_row; }
    QString problem() const; // what is wrong with what was typed; empty: nothing
    void setReadOnly(bool readOnly);
    void focusFirst();

Q_SIGNALS:
    void edited();
    void removed();

private:
    const SubjectAttribute &attribute() const;
    bool isChoice() const; // yes or no
    void attributeChosen();
    void testChosen();
    void typed();
    void offerTests();
    void showValue();

    const Subject &m_subject;
    ConditionRow m_row;
    Select *m_attribute;
    QLineEdit *m_member; // after the dot, of an object
    Select *m_test;
    QLineEdit *m_text;
    Select *m_choice;
    IconButton *m_remove;
};
