// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/fonts.h"

#include <QDir>
#include <QFontDatabase>

void loadFonts()
{
    static const bool loaded = [] {
        const QDir fonts(QStringLiteral(":/fonts"));
        for (const QString &name : fonts.entryList(QDir::Files))
            QFontDatabase::addApplicationFont(fonts.filePath(name));
        return true;
    }();
    Q_UNUSED(loaded)
}

QFont makeFont(const Tokens::TypeStyle &style, qreal scale)
{
    const bool mono = style.family == QLatin1String("Patio Mono");
    const QFont system = QFontDatabase::systemFont(mono ? QFontDatabase::FixedFont : QFontDatabase::GeneralFont);
    QFont font;
    font.setFamilies({style.family, system.family()});
    font.setStyleHint(mono ? QFont::Monospace : QFont::SansSerif);
    font.setPixelSize(qRound(style.size * scale));
    font.setWeight(QFont::Weight(style.weight));
    if (style.tracking != 0)
        font.setLetterSpacing(QFont::AbsoluteSpacing, style.tracking * scale);
    // The same pixels on every machine and at every position.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}
