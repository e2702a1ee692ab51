// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/assertion.h"

#include <QTimer>
#include <QWidget>

class Banner;
class Label;
class QPlainTextEdit;

// Tries an assertion on a text at once, with the code that the server scores runs with. Nothing is sent.
class AssertionTrial : public QWidget
{
    Q_OBJECT

public:
    explicit AssertionTrial(QWidget *parent = nullptr);

    void setAssertion(const Assertion &assertion, bool isValid);

protected:
    void changeEvent(QEvent *event) override;

private:
    void judge();
    void retranslate();

    Assertion m_assertion;
    bool m_isValid = false;
    Label *m_title;
    class FormField *m_outputField;
    class FormField *m_expectedField;
    QPlainTextEdit *m_output;
    QPlainTextEdit *m_expected;
    Banner *m_verdict;
    QTimer m_settle; // until the typing has ended
};
