// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/socket_load/senders.h"

#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

// The load of chat.py: bench_socket_load PORT PATH SOCKETS SAYINGS [REQUEST…]
//
// Opens the sockets and has each say a line of the file SAYINGS (text, tab, what the answer holds, tab, …; an empty
// file: nothing). Prints "ready" and then does what its standard input says, until that ends:
//
//   measure WINDOW RATE SECONDS   sends the messages in the files REQUEST, prints what came of it as JSON
//   (nothing)                     holds the sockets

namespace {

std::vector<std::vector<Saying>> sayingsIn(const char *path)
{
    std::vector<std::vector<Saying>> all;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::vector<Saying> sayings;
        std::istringstream parts(line);
        Saying saying;
        while (std::getline(parts, saying.text, '\t') && std::getline(parts, saying.until, '\t'))
            sayings.push_back(saying);
        all.push_back(sayings);
    }
    return all;
}

std::string contentsOf(const char *path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator(file), {}};
}

// Until all is sent and received or, when nothing is measured, the standard input has something.
void serve(int epoll, Receivers &receivers, Senders &senders, bool measuring)
{
    std::vector<epoll_event> events(1024);
    std::int64_t lastEvent = nanoseconds();
    while (!measuring || senders.goOn()) {
        const int count = ::epoll_wait(epoll, events.data(), int(events.size()), measuring ? senders.patience() : -1);
        if (count > 0)
            lastEvent = nanoseconds();
        else if (nanoseconds() - lastEvent > 30'000'000'000)
            return; // what is missing will not come: the results say so
        for (int i = 0; i < count; ++i) {
            const std::uint32_t index = events[std::size_t(i)].data.u32;
            if (index == UINT32_MAX) {
                if (!measuring)
                    return;
            } else if (index < receivers.count()) {
                receivers.readable(index);
            } else {
                senders.readable(index - receivers.count());
            }
        }
    }
}

int run(int count, char **arguments)
{
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    const auto port = std::uint16_t(std::stoul(arguments[1]));
    Receivers receivers(epoll, port, arguments[2], sayingsIn(arguments[4]));
    if (!receivers.open(std::stoul(arguments[3]))) {
        std::fprintf(stderr, "not all sockets could be opened: %zu were\n", receivers.count());
        return 1;
    }
    std::vector<std::string> requests;
    for (int i = 5; i < count; ++i)
        requests.push_back(contentsOf(arguments[i]));
    Senders senders(epoll, std::uint32_t(receivers.count()), port, requests);
    receivers.setListener(&senders);
    epoll_event input{.events = EPOLLIN, .data = {.u32 = UINT32_MAX}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    std::puts("ready");
    std::fflush(stdout);
    for (std::string word; serve(epoll, receivers, senders, false), std::cin >> word;) {
        Senders::Plan plan{.receivers = receivers.count()};
        std::cin >> plan.window >> plan.rate >> plan.seconds;
        ::epoll_ctl(epoll, EPOLL_CTL_DEL, STDIN_FILENO, nullptr);
        senders.begin(plan);
        serve(epoll, receivers, senders, true);
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &input);
        std::printf("%s\n", senders.results().c_str());
        std::fflush(stdout);
    }
    std::printf("%zu\n", receivers.lost());
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    try {
        if (count >= 5)
            return run(count, arguments);
        std::fprintf(stderr, "bench_socket_load PORT PATH SOCKETS SAYINGS [REQUEST...]\n");
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
    return 1;
}
