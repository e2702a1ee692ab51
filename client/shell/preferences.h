// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/theme.h"

#include <QObject>

class Language;

// What a person likes, kept on this computer: language, light or dark, density, text size, motion. Setting a value
// applies it at once and keeps it.
class Preferences : public QObject
{
    Q_OBJECT

public:
    Preferences(Theme &theme, Language &language, QObject *parent = nullptr); // applies what was kept

    QString language() const; // "system", "en", "pt_BR"
    void setLanguage(const QString &code);
    Theme::Mode mode() const { return m_theme.mode(); }
    void setMode(Theme::Mode mode);
    Theme::Density density() const { return m_theme.density(); }
    void setDensity(Theme::Density density);
    int textScale() const { return m_theme.textScale(); }
    void setTextScale(int percent);
    bool reducesMotion() const { return m_theme.reducesMotion(); }
    void setReducesMotion(bool reduce);

Q_SIGNALS:
    void changed();

private:
    void keep(const QString &key, const QVariant &value);

    Theme &m_theme;
    Language &m_language;
};
