// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/condition_rows.h"
#include "shared/permissions/subject.h"

#include <QWidget>

class Button;
class ConditionRowEdit;
class Label;
class QBoxLayout;
class SegmentedControl;

// The condition of a rule as rows over the attributes that its subject has. What rows cannot say is left as it is and
// edited as JSON.
class ConditionForm : public QWidget
{
    Q_OBJECT

public:
    explicit ConditionForm(QWidget *parent = nullptr);

    // No subject, or one without records: then there is nothing to set conditions on.
    void setCondition(const Subject *subject, const std::optional<QJsonObject> &condition);
    std::optional<QJsonObject> condition() const; // nothing: always

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void rebuild(const QList<ConditionRow> &rows);
    void renew();
    void add();
    void remove(ConditionRowEdit *edit);
    QList<ConditionRow> rows() const;

    const Subject *m_subject = nullptr;
    std::optional<QJsonObject> m_beyond; // what rows cannot say
    SegmentedControl *m_join;
    QBoxLayout *m_rows;
    QList<ConditionRowEdit *> m_edits;
    Label *m_note;
    Label *m_problem;
    Button *m_add;
};
