// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/budget.h"

#include <QWidget>

class Banner;
class Button;
class DetailPane;
class Facts;
class Label;
class ShareBar;
class Timeline;

// One budget beside the table: how much of it is spent, what it has reached and when, what can be done with it.
class BudgetPane : public QWidget
{
    Q_OBJECT

public:
    explicit BudgetPane(QWidget *parent = nullptr);

    struct Allowed
    {
        bool change = false;
        bool remove = false;
        bool usage = false; // may read it
        bool refusals = false;
    };
    void show(const Budget &budget, const Allowed &allowed);
    QUuid budgetId() const { return m_budget ? m_budget->id : QUuid(); }

Q_SIGNALS:
    void closed();
    void changeRequested();
    void removeRequested();
    void usageRequested();
    void refusalsRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_usage;
    Button *m_refusals;
    class IconButton *m_change;
    IconButton *m_remove;
    Banner *m_banner; // that nothing goes through any more
    Label *m_spent;
    Label *m_of;
    ShareBar *m_bar;
    Label *m_held;
    Facts *m_facts;
    Label *m_reachedTitle;
    Timeline *m_reached;
    std::optional<Budget> m_budget;
};
