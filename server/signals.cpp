// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/signals.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace {

int pipeEnds[2] = {-1, -1};
volatile std::sig_atomic_t stops = 0;

// Only what may be called at any instruction: the number goes through a pipe to the event loop.
void onSignal(int number)
{
    stops = number == SIGHUP ? stops : stops + 1;
    if (stops > 1)
        _exit(130);
    const char byte = char(number);
    [[maybe_unused]] const auto written = write(pipeEnds[1], &byte, 1);
}

} // namespace

Signals::Signals(Handlers handlers)
{
    if (pipe(pipeEnds) != 0)
        return;
    for (const int end : pipeEnds) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [handlers = std::move(handlers)] {
        char byte = 0;
        while (read(pipeEnds[0], &byte, 1) == 1)
            byte == SIGHUP ? handlers.reload() : handlers.stop();
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaction(number, &action, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

Signals::~Signals()
{
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        signal(number, SIG_DFL);
    for (int &end : pipeEnds)
        close(end);
}
#else
Signals::Signals(Handlers) { }
Signals::~Signals() = default;
#endif
