// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/typing_line.h"

#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QEvent>
#include <QPainter>

TypingLine::TypingLine(QWidget *parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

QString TypingLine::sentence(const QStringList &names)
{
    if (names.isEmpty())
        return {};
    if (names.size() == 1)
        return tr("%1 is typing").arg(names[0]);
    if (names.size() == 2)
        return tr("%1 and %2 are typing").arg(names[0], names[1]);
    return tr("%n people are typing", nullptr, int(names.size()));
}

void TypingLine::setNames(const QStringList &names)
{
    m_names = names;
    setAccessibleName(sentence(names));
    update();
}

QSize TypingLine::sizeHint() const { return {0, theme().lineHeight(TextStyle::Small)}; }

void TypingLine::paintEvent(QPaintEvent *)
{
    if (m_names.isEmpty())
        return;
    QPainter painter(this);
    const int side = px(Length::Space4), step = px(Length::Space6);
    constexpr ColorRole dots[] = {ColorRole::Text2, ColorRole::TextDisabled, ColorRole::BorderStrong};
    int x = px(Length::Space4);
    for (const ColorRole role : dots) {
        paint::box(painter, paint::mirrored({x, (height() - side) / 2, side, side}, this), side / 2.0,
                   theme().color(role));
        x += step;
    }
    x += px(Length::Space4);
    paint::text(painter, paint::mirrored({x, 0, width() - x, height()}, this), sentence(m_names), TextStyle::Small,
                ColorRole::Text2);
}

void TypingLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        setNames(m_names);
}
