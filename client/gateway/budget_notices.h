// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/toast.h"

#include <QTimer>

#include <map>

// Says in the window when a budget has reached a threshold, whatever page is open, to those who may read budgets. While
// another window is in front, it asks for attention and keeps what it has to say, the last of each budget.
class BudgetNotices : public QObject
{
    Q_OBJECT

public:
    BudgetNotices(QWidget &window, Workspace &workspace, QObject *parent = nullptr);

    static QString topic() { return QStringLiteral("budgets"); }

Q_SIGNALS:
    void toastRequested(const Toast &toast);

private:
    struct Reached
    {
        QString name;
        int percent = 0;
        qint64 spentNanos = 0;
        qint64 amountNanos = 0;
    };

    void follow();
    void received(const live::Event &event);
    void sayWaiting();
    static Toast toastOf(const Reached &reached);

    QWidget &m_window;
    Workspace &m_workspace;
    std::map<QString, Reached> m_waiting; // by the budget's id
    QTimer m_settle; // a call may have reached several thresholds: the last is said
    bool m_follows = false;
};
