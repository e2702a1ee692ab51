// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/tokens.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMetaEnum>

namespace {

// "Space4" → "space4"
QString keyOf(const QMetaEnum &names, int value)
{
    QString key = QString::fromLatin1(names.valueToKey(value));
    key[0] = key[0].toLower();
    return key;
}

QJsonValue need(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    if (value.isUndefined())
        qFatal("tokens.json has no %s", qPrintable(key));
    return value;
}

QColor colorFrom(const QJsonValue &value)
{
    const QColor color(value.toString());
    if (!color.isValid())
        qFatal("tokens.json: %s is no colour", qPrintable(value.toString()));
    return color;
}

QList<QColor> colorsFrom(const QJsonValue &value)
{
    QList<QColor> colors;
    for (const QJsonValue &entry : value.toArray())
        colors << colorFrom(entry);
    return colors;
}

template<class Enum> QString key(Enum value) { return keyOf(QMetaEnum::fromType<Enum>(), int(value)); }

} // namespace

Tokens Tokens::load()
{
    QFile file(QStringLiteral(":/design/tokens.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("tokens.json is not compiled in");
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();

    Tokens tokens;
    const std::array modes{all.value(u"light").toObject(), all.value(u"dark").toObject()};
    const QJsonObject series = all.value(u"series").toObject();
    for (int dark = 0; dark < 2; ++dark) {
        for (int i = 0; i < int(computedColors); ++i)
            tokens.colors[dark][i] = colorFrom(need(modes[dark], key(Color(i))));
        tokens.series[dark] = colorsFrom(need(series, dark ? QStringLiteral("dark") : QStringLiteral("light")));
    }
    tokens.avatars = colorsFrom(need(all, QStringLiteral("avatars")));
    tokens.accent = all.value(u"accent").toObject();
    tokens.opacity = all.value(u"opacity").toObject();

    const QJsonObject fixed = all.value(u"length").toObject();
    const QJsonObject scaled = all.value(u"scaled").toObject();
    for (int i = 0; i < int(Length::Count_); ++i) {
        // The first scaled name has the same value as the mark before it.
        const QString name = i == int(Length::Scaled_) ? QStringLiteral("controlSmall") : key(Length(i));
        tokens.lengths[i] = need(i < int(Length::Scaled_) ? fixed : scaled, name).toInt();
    }

    const QJsonObject types = all.value(u"type").toObject();
    const QJsonObject families = all.value(u"families").toObject();
    for (int i = 0; i < int(Type::Count_); ++i) {
        const QJsonObject type = need(types, key(Type(i))).toObject();
        tokens.types[i] = {type.value(u"size").toDouble(), type.value(u"weight").toInt(),
                           type.value(u"tracking").toDouble(), type.value(u"line").toDouble(),
                           need(families, type.value(u"family").toString(QStringLiteral("ui"))).toString()};
    }
    const QJsonObject motion = all.value(u"motion").toObject();
    for (int i = 0; i < int(Motion::Count_); ++i)
        tokens.motions[i] = need(motion, key(Motion(i))).toInt();
    return tokens;
}

ColorRole textRole(Tone tone)
{
    static constexpr std::array roles{ColorRole::Neutral, ColorRole::Info,   ColorRole::Success,   ColorRole::Warning,
                                      ColorRole::Danger,  ColorRole::Violet, ColorRole::AccentText};
    return roles[std::size_t(tone)];
}

ColorRole softRole(Tone tone)
{
    static constexpr std::array roles{ColorRole::NeutralSoft, ColorRole::InfoSoft,   ColorRole::SuccessSoft,
                                      ColorRole::WarningSoft, ColorRole::DangerSoft, ColorRole::VioletSoft,
                                      ColorRole::AccentSoft};
    return roles[std::size_t(tone)];
}
