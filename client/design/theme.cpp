// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/theme.h"

#include "client/design/color_math.h"
#include "client/design/fonts.h"
#include "client/design/patio_style.h"
#include "client/design/system_appearance.h"

#include <QApplication>
#include <QPalette>
#include <QPixmapCache>
#include <QToolTip>

namespace {

Theme *current = nullptr;
constexpr int pixmapCacheKilobytes = 20 * 1024;

} // namespace

Theme &theme()
{
    Q_ASSERT_X(current, "theme()", "main() makes the Theme before the first widget");
    return *current;
}

Theme::Theme(QObject *parent)
    : QObject(parent),
      m_tokens(Tokens::load()),
      m_system(new SystemAppearance(this)),
      m_seed(m_tokens.accent.value(u"seed").toString())
{
    Q_ASSERT(!current);
    current = this;
    connect(m_system, &SystemAppearance::changed, this, [this] {
        if (m_mode == Mode::System && m_system->isDark() != m_dark)
            apply();
    });
    rebuild();
}

Theme::~Theme() { current = nullptr; }

void Theme::install()
{
    loadFonts();
    QPixmapCache::setCacheLimit(pixmapCacheKilobytes);
    QApplication::setStyle(new PatioStyle);
    m_installed = true;
    apply();
}

void Theme::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    apply();
}

void Theme::setAccentSeed(const QColor &seed)
{
    const QColor wanted = seed.isValid() ? seed : QColor(m_tokens.accent.value(u"seed").toString());
    if (m_seed == wanted)
        return;
    m_seed = wanted;
    apply();
}

void Theme::setTextScale(int percent)
{
    percent = std::clamp(percent, 90, 150);
    if (m_textScale == percent)
        return;
    m_textScale = percent;
    apply();
}

void Theme::setDensity(Density density)
{
    if (m_density == density)
        return;
    m_density = density;
    apply();
}

void Theme::setReducesMotion(bool reduce)
{
    if (m_reducesMotion == reduce)
        return;
    m_reducesMotion = reduce;
    apply();
}

QColor Theme::avatar(quint32 hash) const { return m_tokens.avatars.at(hash % quint32(m_tokens.avatars.size())); }

int Theme::px(Length length) const
{
    const int value = m_tokens.lengths[std::size_t(length)];
    return length < Length::Scaled_ ? value : qRound(value * m_textScale / 100.0);
}

int Theme::rowHeight() const
{
    static constexpr std::array rows{Length::RowCompact, Length::RowNormal, Length::RowRoomy};
    return px(rows[std::size_t(m_density)]);
}

int Theme::lineHeight(TextStyle style) const
{
    return qRound(m_tokens.types[std::size_t(style)].line * m_textScale / 100.0);
}

int Theme::duration(Motion motion) const { return m_reducesMotion ? 0 : m_tokens.motions[std::size_t(motion)]; }

void Theme::rebuild()
{
    m_dark = m_mode == Mode::Dark || (m_mode == Mode::System && m_system->isDark());
    m_colors = m_tokens.colors[m_dark];
    m_accent = accentFrom(m_seed, m_dark, m_tokens);
    const auto set = [this](ColorRole role, const QColor &color) { m_colors[std::size_t(role)] = color; };
    set(ColorRole::Accent, m_accent.fill);
    set(ColorRole::OnAccent, m_accent.onFill);
    set(ColorRole::AccentHover, m_accent.hover);
    set(ColorRole::AccentPressed, m_accent.pressed);
    set(ColorRole::AccentLine, m_accent.line);
    set(ColorRole::AccentSoft, m_accent.soft);
    set(ColorRole::AccentSoftHover, m_accent.softHover);
    set(ColorRole::AccentText, m_accent.text);
    set(ColorRole::Focus, m_accent.text);
    set(ColorRole::AccentEdge, m_accent.edge);
    for (int i = 0; i < int(TextStyle::Count_); ++i)
        m_fonts[i] = makeFont(m_tokens.types[i], m_textScale / 100.0);
    ++m_revision;
}

void Theme::apply()
{
    rebuild();
    if (m_installed) {
        QApplication::setFont(font(TextStyle::Body));
        QApplication::setPalette(palette());
        QPalette tip;
        tip.setColor(QPalette::ToolTipBase, color(ColorRole::Tooltip));
        tip.setColor(QPalette::ToolTipText, color(ColorRole::TooltipText));
        tip.setColor(QPalette::WindowText, color(ColorRole::TooltipText));
        QToolTip::setPalette(tip);
        QToolTip::setFont(font(TextStyle::Small));
    }
    Q_EMIT changed();
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole to, ColorRole from) { palette.setColor(to, color(from)); };
    set(QPalette::Window, ColorRole::Surface);
    set(QPalette::Base, ColorRole::Surface);
    set(QPalette::AlternateBase, ColorRole::Sunken);
    set(QPalette::Button, ColorRole::Raised);
    set(QPalette::Text, ColorRole::Text);
    set(QPalette::WindowText, ColorRole::Text);
    set(QPalette::ButtonText, ColorRole::Text);
    set(QPalette::BrightText, ColorRole::Text);
    set(QPalette::PlaceholderText, ColorRole::Text3);
    set(QPalette::HighlightedText, ColorRole::Text);
    set(QPalette::Link, ColorRole::AccentText);
    set(QPalette::LinkVisited, ColorRole::AccentText);
    set(QPalette::Mid, ColorRole::Border);
    set(QPalette::Midlight, ColorRole::Hover);
    set(QPalette::Dark, ColorRole::BorderStrong);
    set(QPalette::Light, ColorRole::Raised);
    set(QPalette::Shadow, ColorRole::Shadow);
    set(QPalette::ToolTipBase, ColorRole::Tooltip);
    set(QPalette::ToolTipText, ColorRole::TooltipText);
    // Selected text keeps its own colour, whatever the accent.
    palette.setColor(QPalette::Highlight,
                     mix(color(ColorRole::Surface), color(ColorRole::Accent), m_dark ? 0.55 : 0.28));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, color(ColorRole::TextDisabled));
    palette.setColor(QPalette::Disabled, QPalette::Button, color(ColorRole::Hover));
    palette.setColor(QPalette::Disabled, QPalette::Base, color(ColorRole::Sunken));
    return palette;
}
