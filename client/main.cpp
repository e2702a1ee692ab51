// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/client_application.h"
#include "client/design/theme.h"
#include "client/shell/language.h"
#include "client/shell/main_window.h"
#include "client/shell/preferences.h"
#include "client/shell/quit_signals.h"
#include "client/shell/single_instance.h"
#include "client/shell/start_trace.h"

#include <QApplication>
#include <QStandardPaths>

#include <cstdio>

namespace {

int say(std::FILE *where, const QString &text, int status)
{
    std::fprintf(where, "%s\n", qUtf8Printable(text.trimmed()));
    return status;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("patio"));
    QApplication::setOrganizationName(QStringLiteral("patio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Patio"));
    QApplication::setApplicationVersion(QStringLiteral(PATIO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("patio"));

    const auto options = parseStartOptions(QApplication::arguments());
    if (!options)
        return say(stderr, QStringLiteral("patio: ") + options.error().detail, 2);
    if (!options->help.isEmpty())
        return say(stdout, options->help, 0);
    if (options->version)
        return say(stdout, QStringLiteral("patio " PATIO_VERSION), 0);

    const QString folder = options->dataFolder.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
        : options->dataFolder;
    SingleInstance instance(options->dataFolder);
    if (instance.handOver(QApplication::arguments()))
        return 0;
    instance.listen();
    QuitSignals quitSignals;

    Theme theme;
    Language language;
    Preferences preferences(theme, language);
    theme.install();

    MainWindow window(preferences);
    ClientApplication client(window, folder);
    QObject::connect(&instance, &SingleInstance::started, &client, [&client](const QStringList &arguments) {
        const auto options = parseStartOptions(arguments);
        client.handOver(options ? *options : StartOptions{});
    });
    StartTrace::followIfAsked(window);
    window.restoreGeometryFromLastTime();
    client.start(*options);
    window.show();
    return QApplication::exec();
}
