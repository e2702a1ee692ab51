// SPDX-License-Identifier: GPL-3.0-or-later
// The test provider as a program, for scripts: prints its port and serves until it is ended.
//     provider_test_server [--port N] [--listen ADDRESS]
#include "tests/support/provider_server.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Answers as OpenAI, Anthropic and Google do, with faults on demand."));
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("port"), QStringLiteral("Port; any free one when 0."), QStringLiteral("number"),
                        QStringLiteral("0")},
                       {QStringLiteral("listen"), QStringLiteral("Address."), QStringLiteral("address"),
                        QStringLiteral("127.0.0.1")}});
    parser.process(application);

    ProviderServer server;
    bool isNumber = false;
    const quint16 port = parser.value(QStringLiteral("port")).toUShort(&isNumber);
    if (!isNumber || !server.listen(QHostAddress(parser.value(QStringLiteral("listen"))), port)) {
        std::fprintf(stderr, "provider_test_server: cannot listen on this address and port\n");
        return 1;
    }
    std::printf("%u\n", unsigned(server.port()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
