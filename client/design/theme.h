// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/accent.h"
#include "client/design/tokens.h"

#include <QFont>
#include <QObject>

class QPalette;
class SystemAppearance;

// The look in force: light or dark, the tenant's accent, text size, density and motion. There is one for the program,
// made in main() right after the QApplication, like QApplication's own palette. GUI thread only.
//
// Widgets ask for values when they paint; those that keep something made from a value (a font, a pixmap, a chart
// series) renew it on changed() or key it by revision().
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)
    enum class Density { Compact, Normal, Roomy };
    Q_ENUM(Density)

    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    // Loads the fonts, installs the style and the palette. Once, before the first widget.
    void install();

    QColor color(ColorRole role) const { return m_colors[std::size_t(role)]; }
    QList<QColor> series() const { return m_accent.series; } // chart colours
    QColor avatar(quint32 hash) const;
    qreal opacity(const QString &name) const { return m_tokens.opacity.value(name).toDouble(); }
    int px(Length length) const;
    int rowHeight() const; // of tables, by density
    QFont font(TextStyle style) const { return m_fonts[std::size_t(style)]; }
    int lineHeight(TextStyle style) const;
    int duration(Motion motion) const; // ms; 0 when motion is reduced

    bool isDark() const { return m_dark; }
    int revision() const { return m_revision; } // grows with every change

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    QColor accentSeed() const { return m_seed; }
    void setAccentSeed(const QColor &seed); // an invalid colour means the default
    int textScale() const { return m_textScale; }
    void setTextScale(int percent); // 90 to 150
    Density density() const { return m_density; }
    void setDensity(Density density);
    bool reducesMotion() const { return m_reducesMotion; }
    void setReducesMotion(bool reduce);

    const Tokens &tokens() const { return m_tokens; }

Q_SIGNALS:
    void changed();

private:
    void rebuild();
    void apply();
    QPalette palette() const;

    Tokens m_tokens;
    SystemAppearance *m_system;
    Accent m_accent;
    std::array<QColor, std::size_t(ColorRole::Count_)> m_colors;
    std::array<QFont, std::size_t(TextStyle::Count_)> m_fonts;
    QColor m_seed;
    Mode m_mode = Mode::System;
    Density m_density = Density::Normal;
    int m_textScale = 100;
    int m_revision = 0;
    bool m_dark = false;
    bool m_reducesMotion = false;
    bool m_installed = false;
};

// The program's theme. Widgets may use it from their constructor on.
Theme &theme();
inline int px(Length length) { return theme().px(length); }
