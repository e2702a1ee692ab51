// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>
#include <QTranslator>

// The language of the texts and the formats of numbers and dates. A change reaches all widgets as
// QEvent::LanguageChange, without a restart.
class Language
{
public:
    Language();
    ~Language();

    void use(const QString &code); // "system", "en", "pt_BR"
    QString chosen() const { return m_chosen; }
    bool isPortuguese() const { return m_portuguese; }

private:
    QTranslator m_own;
    QTranslator m_qt; // Qt's own texts: context menus, dialogs
    QLocale m_system;
    QString m_chosen;
    bool m_portuguese = false;
};
