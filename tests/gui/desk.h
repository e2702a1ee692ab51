// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/theme.h"
#include "client/shell/language.h"
#include "client/shell/main_window.h"
#include "client/shell/preferences.h"

#include <QCoreApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <memory>

// The whole shell as main() makes it, with settings in a folder of its own.
class Desk
{
public:
    Desk()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("patio-test"));
        QCoreApplication::setApplicationName(QStringLiteral("patio-test"));
        theme = std::make_unique<Theme>();
        preferences = std::make_unique<Preferences>(*theme, language);
        preferences->setMode(Theme::Mode::Light);
        preferences->setLanguage(QStringLiteral("en"));
        theme->install();
        window = std::make_unique<MainWindow>(*preferences);
    }

private:
    QTemporaryDir m_folder;

public:
    Language language;
    std::unique_ptr<Theme> theme;
    std::unique_ptr<Preferences> preferences;
    std::unique_ptr<MainWindow> window;
};
