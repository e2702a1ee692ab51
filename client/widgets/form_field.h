// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"
#include "shared/json/json.h"

#include <QWidget>

class Label;
class QAction;
class QLineEdit;

// A labelled control of a form: the label above, help below, and in its place the error when there is one. Screen
// readers hear all three.
class FormField : public QWidget
{
    Q_OBJECT

public:
    // Takes the control; `label` may be empty.
    explicit FormField(const QString &label, QWidget *control, QWidget *parent = nullptr);

    void setLabel(const QString &label);
    void setHelp(const QString &help);
    void setError(const QString &error); // empty: none. Also accepts what a server said about this field.
    bool hasError() const { return !m_error.isEmpty(); }
    void setLabelStyle(TextStyle style); // names of variables, for example
    void setNote(const QString &note); // at the end of the label's line: the type of a variable, a count
    QWidget *control() const { return m_control; }

private:
    void describe();

    Label *m_label;
    Label *m_note;
    Label *m_help;
    QWidget *m_errorRow;
    Label *m_errorText;
    QWidget *m_control;
    QString m_helpText;
    QString m_error;
};

// A FormField around a QLineEdit. Typing takes the error away.
class TextField : public FormField
{
    Q_OBJECT

public:
    explicit TextField(const QString &label, const QString &icon = {}, QWidget *parent = nullptr);

    QLineEdit *edit() const;
    QString text() const;
    void setText(const QString &text);
    void setPlaceholder(const QString &text);
    void setSecret(); // dots instead of letters, with a button to show them

protected:
    void changeEvent(QEvent *event) override;

private:
    void renewShow();

    QAction *m_show = nullptr;
};

// Shows what a server refused at the fields of a form, each named by the beginning of its JSON pointer. Says whether
// every problem found a visible field; what did not has to be said elsewhere.
bool showProblems(const QList<json::Problem> &problems, const QList<std::pair<QString, FormField *>> &places);
