// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/client_application.h"
#include "client/design/theme.h"
#include "client/shell/language.h"
#include "client/shell/main_window.h"
#include "client/shell/preferences.h"

#include <QSettings>
#include <QTest>

// The whole client in this process, as main() puts it together. There may be one after the other, as starts of the
// program follow each other; what is kept on disk stays in the folder that is given.
class DeskFixture
{
public:
    explicit DeskFixture(const QString &folder)
        : m_preferences(theme(), m_language),
          window(m_preferences),
          client(window, folder)
    {
    }

    // Once for a test program: the theme, and settings that touch nobody's own.
    static void prepare(const QString &folder)
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder + QStringLiteral("/settings"));
        static Theme theme;
        theme.install();
    }

    bool show(const StartOptions &options, QSize size = {1440, 900})
    {
        window.resize(size);
        client.start(options);
        window.show();
        return QTest::qWaitForWindowActive(&window);
    }

    Preferences &preferences() { return m_preferences; }
    template<class Page> Page *page() const { return window.template findChild<Page *>(); }
    void press(const char *keys) // "G, J" one after the other, "Ctrl+K" together
    {
        const QKeySequence sequence(QString::fromLatin1(keys));
        for (int i = 0; i < sequence.count(); ++i)
            QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window,
                            sequence[uint(i)].key(), sequence[uint(i)].keyboardModifiers());
    }

private:
    Language m_language;
    Preferences m_preferences;

public:
    MainWindow window;
    ClientApplication client;
};
