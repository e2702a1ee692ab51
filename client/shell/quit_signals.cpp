// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/quit_signals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int quitSignals[] = {SIGTERM, SIGINT, SIGHUP};
int pipeEnds[2] = {-1, -1};

// Only what may be called at any instruction: a byte through a pipe wakes the event loop.
void wakeUp(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = write(pipeEnds[1], &byte, 1);
}

} // namespace

QuitSignals::QuitSignals()
{
    if (pipe(pipeEnds) != 0)
        return;
    for (const int end : pipeEnds) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [notifier] {
        notifier->setEnabled(false);
        QCoreApplication::quit();
    });
    struct sigaction before = {}, action = {};
    action.sa_handler = wakeUp;
    action.sa_flags = SA_RESTART | int(SA_RESETHAND);
    for (const int number : quitSignals)
        if (sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) // as nohup wants it
            sigaction(number, &action, nullptr);
}

QuitSignals::~QuitSignals()
{
    struct sigaction now = {};
    for (const int number : quitSignals)
        if (sigaction(number, nullptr, &now) == 0 && now.sa_handler == wakeUp)
            signal(number, SIG_DFL);
    for (int &end : pipeEnds)
        close(end);
}
#else
QuitSignals::QuitSignals() = default;
QuitSignals::~QuitSignals() = default;
#endif
