// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class MainWindow;

// For benchmarks: with PATIO_TRACE_START in the environment the client says on standard output when something was first
// painted, one line each, with the nanoseconds of the monotonic clock:
//
//     rows 123456789      the first frame of the main window that has rows of a table in it
//     page jobs 123456789 the first frame after a page came to the front
//
// A time is taken when the frame has been handed to the window system.
class StartTrace : public QObject
{
    Q_OBJECT

public:
    static void followIfAsked(MainWindow &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit StartTrace(MainWindow &window);
    void say(const QByteArray &what);

    MainWindow &m_window;
    QString m_page; // in front, and not yet painted
    bool m_hadRows = false;
};
