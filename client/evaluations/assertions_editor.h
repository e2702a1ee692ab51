// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/evaluations/assertion.h"
#include "shared/templates/template.h"

#include <QWidget>

class AssertionForm;
class AssertionTrial;
class Button;
class EmptyState;
class FormField;
class IconButton;
class QListWidget;
class QMenu;
class QStackedWidget;
class Select;
class TextField;

// What is asked of answers: a list of assertions, the one that is chosen beside it, and a text to try it on.
class AssertionsEditor : public QWidget
{
    Q_OBJECT

public:
    explicit AssertionsEditor(QWidget *parent = nullptr);

    void setJudges(const QList<PromptTemplate> &templates, const QStringList &models);
    void setAssertions(const QList<Assertion> &assertions, const std::optional<double> &passScore); // silently
    const QList<Assertion> &assertions() const { return m_assertions; }
    std::optional<double> passScore() const;
    bool isValid() const;
    void setReadOnly(bool readOnly);
    void add(AssertionKind kind);
    AssertionForm *form() const { return m_form; }

    static constexpr int most = 50; // as the server has it

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fillList(int chosen);
    void choose(int index);
    void remove();
    void move(int by);
    void renew();
    void retranslate();

    QList<Assertion> m_assertions;
    QListWidget *m_list;
    Button *m_add;
    QMenu *m_kinds;
    IconButton *m_remove, *m_up, *m_down;
    Select *m_rule;
    FormField *m_ruleField;
    TextField *m_passScore;
    QStackedWidget *m_side;
    EmptyState *m_empty;
    AssertionForm *m_form;
    AssertionTrial *m_trial;
    bool m_isReadOnly = false;
    bool m_filling = false;
};
