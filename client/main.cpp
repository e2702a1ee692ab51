// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/theme.h"
#include "client/shell/language.h"
#include "client/shell/main_window.h"
#include "client/shell/preferences.h"
#include "client/shell/single_instance.h"

#include <QApplication>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("patio"));
    QApplication::setOrganizationName(QStringLiteral("patio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Patio"));
    QApplication::setApplicationVersion(QStringLiteral(PATIO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("patio"));

    SingleInstance instance({});
    if (instance.handOver(application.arguments()))
        return 0;
    instance.listen();

    Theme theme;
    Language language;
    Preferences preferences(theme, language);
    theme.install();

    MainWindow window(preferences);
    QObject::connect(&instance, &SingleInstance::started, &window, [&window] {
        window.show();
        window.raise();
        window.activateWindow();
    });
    window.restoreGeometryFromLastTime();
    window.showSignIn();
    window.show();
    return QApplication::exec();
}
