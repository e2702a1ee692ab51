// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

// Brings the signals of the operating system to the event loop. One object per process, on the main thread.
class Signals : public QObject
{
public:
    struct Handlers
    {
        std::function<void()> stop; // SIGTERM, SIGINT; a second one ends the process at once
        std::function<void()> reload; // SIGHUP
    };

    explicit Signals(Handlers handlers);
    ~Signals() override;
};
