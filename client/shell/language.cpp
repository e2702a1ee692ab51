// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/language.h"

#include <QApplication>
#include <QLibraryInfo>

Language::Language() : m_system(QLocale::system()) { }

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::use(const QString &code)
{
    if (code == m_chosen)
        return;
    m_chosen = code;
    const QLocale locale = code == u"en" ? QLocale(QLocale::English)
        : code == u"pt_BR"               ? QLocale(QLocale::Portuguese, QLocale::Brazil)
                                         : m_system;
    m_portuguese = locale.language() == QLocale::Portuguese;
    // Formats stay those of the person's country where the language is the same: 1.234,56 in English would be misread.
    QLocale::setDefault(locale.language() == m_system.language() ? m_system : locale);
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
    const QString name = m_portuguese ? QStringLiteral("pt_BR") : QStringLiteral("en");
    // English has a file too: it holds the plural forms.
    if (m_own.load(QStringLiteral(":/i18n/patio_%1.qm").arg(name)))
        QCoreApplication::installTranslator(&m_own);
    if (m_portuguese && m_qt.load(QStringLiteral("qtbase_pt_BR"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
}
