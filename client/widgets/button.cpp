// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/button.h"

#include "client/design/icon.h"
#include "client/design/theme.h"

#include <QKeySequence>

QString shownKey(const QString &portable)
{
    return QKeySequence(portable, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

Button::Button(const QString &text, const QString &icon, ButtonVariant variant, QWidget *parent)
    : QPushButton(text, parent),
      m_icon(icon),
      m_variant(variant)
{
    setProperty("variant", int(variant));
    setAutoDefault(false);
    setFont(theme().font(TextStyle::BodyStrong));
    connect(&theme(), &Theme::changed, this, [this] { setFont(theme().font(TextStyle::BodyStrong)); });
    renewIcon();
}

void Button::setVariant(ButtonVariant variant)
{
    m_variant = variant;
    setProperty("variant", int(variant));
    renewIcon();
    update();
}

void Button::setIconName(const QString &name)
{
    m_icon = name;
    renewIcon();
}

void Button::setControlSize(ControlSize size)
{
    setProperty("controlSize", int(size));
    updateGeometry();
}

void Button::setLoading(bool loading)
{
    if (m_loading == loading)
        return;
    m_loading = loading;
    if (loading)
        setMinimumWidth(width());
    else
        setMinimumWidth(0);
    setEnabled(!loading);
    renewIcon();
}

void Button::setHint(const QString &text, const QString &key)
{
    setToolTip(key.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, shownKey(key)));
}

void Button::renewIcon()
{
    const QString name = m_loading && !m_icon.isEmpty() ? QStringLiteral("clock") : m_icon;
    const ColorRole role = m_variant == ButtonVariant::Primary ? ColorRole::OnAccent
        : m_variant == ButtonVariant::Danger                   ? ColorRole::OnDangerFill
                                                               : ColorRole::Text;
    setIcon(name.isEmpty() ? QIcon() : themedIcon(name, role));
}

IconButton::IconButton(const QString &icon, const QString &name, const QString &key, QWidget *parent)
    : QToolButton(parent)
{
    setIconName(icon);
    setName(name, key);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(QToolButton::InstantPopup);
    const auto size = [this] {
        const int side = theme().px(Length::IconMedium);
        setIconSize({side, side});
    };
    size();
    connect(&theme(), &Theme::changed, this, size);
}

void IconButton::setName(const QString &name, const QString &key)
{
    setToolTip(key.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, shownKey(key)));
    setAccessibleName(name);
}

void IconButton::setIconName(const QString &icon, ColorRole role) { setIcon(themedIcon(icon, role)); }

void IconButton::setControlSize(ControlSize size)
{
    setProperty("controlSize", int(size));
    updateGeometry();
}

void IconButton::setVariant(ButtonVariant variant)
{
    setProperty("variant", int(variant));
    update();
}
