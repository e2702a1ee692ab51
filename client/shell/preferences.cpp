// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/preferences.h"

#include "client/shell/language.h"

#include <QMetaEnum>
#include <QSettings>

namespace {

template<class Enum> QString nameOf(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
}

template<class Enum> Enum readEnum(const QString &key, Enum fallback)
{
    bool known = false;
    const int value = QMetaEnum::fromType<Enum>().keyToValue(QSettings().value(key).toByteArray().constData(), &known);
    return known ? Enum(value) : fallback;
}

} // namespace

Preferences::Preferences(Theme &theme, Language &language, QObject *parent)
    : QObject(parent),
      m_theme(theme),
      m_language(language)
{
    const QSettings settings;
    m_language.use(settings.value(QStringLiteral("language"), QStringLiteral("system")).toString());
    m_theme.setMode(readEnum(QStringLiteral("appearance/mode"), Theme::Mode::System));
    m_theme.setDensity(readEnum(QStringLiteral("appearance/density"), Theme::Density::Normal));
    m_theme.setTextScale(settings.value(QStringLiteral("appearance/textScale"), 100).toInt());
    m_theme.setReducesMotion(settings.value(QStringLiteral("appearance/reduceMotion"), false).toBool());
}

QString Preferences::language() const { return m_language.chosen(); }

void Preferences::setLanguage(const QString &code)
{
    m_language.use(code);
    keep(QStringLiteral("language"), code);
}

void Preferences::setMode(Theme::Mode mode)
{
    m_theme.setMode(mode);
    keep(QStringLiteral("appearance/mode"), nameOf(mode));
}

void Preferences::setDensity(Theme::Density density)
{
    m_theme.setDensity(density);
    keep(QStringLiteral("appearance/density"), nameOf(density));
}

void Preferences::setTextScale(int percent)
{
    m_theme.setTextScale(percent);
    keep(QStringLiteral("appearance/textScale"), m_theme.textScale());
}

void Preferences::setReducesMotion(bool reduce)
{
    m_theme.setReducesMotion(reduce);
    keep(QStringLiteral("appearance/reduceMotion"), reduce);
}

void Preferences::keep(const QString &key, const QVariant &value)
{
    QSettings().setValue(key, value);
    Q_EMIT changed();
}
