// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/subject.h"

#include <QJsonObject>
#include <QWidget>

class FormField;
class QPlainTextEdit;
class QStackedWidget;
class SegmentedControl;
class VariablesForm;

// A record that does not exist, made up for a question: a field for each attribute of its subject, or the same as JSON.
class RecordEdit : public QWidget
{
    Q_OBJECT

public:
    explicit RecordEdit(QWidget *parent = nullptr);

    void setSubject(const Subject &subject); // with an example of it; nothing changes when it is the same
    const QJsonObject &record() const { return m_record; } // what was readable last
    bool check(); // false when what is written cannot be read; says so at its place
    void retranslate();

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum View { Form, Json };
    void takeForm();
    void takeJson();
    void showJson();

    const Subject *m_subject = nullptr;
    QJsonObject m_record;
    QJsonObject m_values; // as the form gave them last
    QString m_problem; // of the JSON
    SegmentedControl *m_view;
    VariablesForm *m_form;
    QPlainTextEdit *m_json;
    FormField *m_jsonField;
    QStackedWidget *m_views;
    bool m_showing = false; // what comes from here is no edit
};
