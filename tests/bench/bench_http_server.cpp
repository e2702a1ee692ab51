// SPDX-License-Identifier: GPL-3.0-or-later
// The HTTP edge with one trivial JSON route, for measuring: bench_http_server [threads]. Prints its port, runs until
// its standard input ends.
#include "server/http/epoll_dispatcher.h"
#include "server/http/server.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    http::ServerOptions options;
    options.threads = argc > 1 ? std::atoi(argv[1]) : 1;
    options.limits.idle = std::chrono::minutes(10); // idle connections stay for as long as a measurement takes
    options.handler = [](std::shared_ptr<http::Exchange> exchange) {
        exchange->reply({.body = R"({"id":1,"name":"patio","active":true})", .headers = {}});
    };
    http::Server server(std::move(options));
    QString error;
    if (!server.start(&error)) {
        std::fprintf(stderr, "%s\n", qPrintable(error));
        return 1;
    }
    std::printf("%d\n", server.port());
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
    return 0;
}
