// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <functional>

// Asks again and again while a widget is looked at: it shows, and its window is the one in front. Ends with the widget.
class VisiblePoll : public QTimer
{
    Q_OBJECT

public:
    VisiblePoll(QWidget &shown, std::chrono::milliseconds every, std::function<void()> ask);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};
