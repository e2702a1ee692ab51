// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/visible_poll.h"

#include <QEvent>

VisiblePoll::VisiblePoll(QWidget &shown, std::chrono::milliseconds every, std::function<void()> ask) : QTimer(&shown)
{
    setInterval(every);
    shown.installEventFilter(this);
    connect(this, &QTimer::timeout, &shown, [&shown, ask = std::move(ask)] {
        if (shown.isVisible() && shown.isActiveWindow())
            ask();
    });
}

bool VisiblePoll::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        start();
    else if (event->type() == QEvent::Hide)
        stop();
    return QTimer::eventFilter(watched, event);
}
