// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class ToastCard;

// What a toast says and offers. `undo` and `retry` name no object of their own: the title does.
struct Toast
{
    Tone tone = Tone::Neutral;
    QString title; // "Job cancelled"
    QString text; // "job_9f3178 · order-refund-reply"
    std::function<void()> undo;
    std::function<void()> retry;
    QString details; // shown and copied on request: request id, status, what the server said
};

// Toasts at the lower end corner of a window: 5 s, 8 s with Undo, until dismissed when something went wrong; paused
// while the pointer or the focus is on one. At most three show; the others wait.
class ToastHost : public QWidget
{
    Q_OBJECT

public:
    explicit ToastHost(QWidget *parent);

    void show(const Toast &toast);
    // Runs the newest undo that is still offered, shown or waiting; false when there is none. Ctrl+Z outside text.
    bool undo();
    void focusNewest(); // F6
    int count() const { return int(m_cards.size()); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void dismiss(ToastCard *card);
    void arrange();

    QList<ToastCard *> m_cards; // newest last
    QList<Toast> m_waiting;
};
