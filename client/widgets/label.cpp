// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/label.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QPainter>

Label::Label(const QString &text, TextStyle style, ColorRole role, QWidget *parent)
    : QLabel(parent),
      m_style(style),
      m_role(role)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    follow();
    connect(&theme(), &Theme::changed, this, &Label::follow);
}

void Label::setRole(ColorRole role)
{
    m_role = role;
    follow();
}

void Label::setTextStyle(TextStyle style)
{
    m_style = style;
    follow();
}

void Label::setElided(bool elided)
{
    m_elided = elided;
    updateGeometry();
}

void Label::setSelectable()
{
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setCursor(Qt::IBeamCursor);
}

QSize Label::minimumSizeHint() const
{
    const QSize size = QLabel::minimumSizeHint();
    return m_elided ? QSize(std::min(size.width(), fontMetrics().averageCharWidth() * 4), size.height()) : size;
}

void Label::paintEvent(QPaintEvent *event)
{
    if (!m_elided || fontMetrics().horizontalAdvance(text()) <= contentsRect().width()) {
        if (m_elided)
            setToolTip({});
        return QLabel::paintEvent(event);
    }
    setToolTip(text());
    QPainter painter(this);
    paint::text(painter, contentsRect(), text(), m_style, isEnabled() ? m_role : ColorRole::TextDisabled, alignment());
}

void Label::follow()
{
    setFont(theme().font(m_style));
    QPalette colors = palette();
    colors.setColor(QPalette::Active, QPalette::WindowText, theme().color(m_role));
    colors.setColor(QPalette::Inactive, QPalette::WindowText, theme().color(m_role));
    colors.setColor(QPalette::Disabled, QPalette::WindowText, theme().color(ColorRole::TextDisabled));
    setPalette(colors);
}
