// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

// Ends the event loop when the operating system asks the program to go (SIGTERM, SIGINT, SIGHUP), so that what waits to
// be written is written. A second such signal ends the process at once. One object for each process, on the main
// thread.
class QuitSignals : public QObject
{
public:
    QuitSignals();
    ~QuitSignals() override;
};
