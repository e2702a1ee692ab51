// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_body.h"
#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/markdown.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextCursor>

void MessageBody::paint(QPainter &painter, const QPointF &at, int from, int to) const
{
    for (const Part &part : m_parts) {
        painter.save();
        painter.translate(at);
        if (part.segment.isCode)
            paintPanel(painter, part);
        painter.translate(part.origin);
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, theme().color(ColorRole::Text));
        const int begin = std::clamp(from - part.start, 0, part.length - 1);
        const int end = std::clamp(to - part.start, 0, part.length - 1);
        if (begin < end) {
            QAbstractTextDocumentLayout::Selection selection;
            selection.cursor = QTextCursor(part.document.get());
            selection.cursor.setPosition(begin);
            selection.cursor.setPosition(end, QTextCursor::KeepAnchor);
            selection.format.setBackground(theme().color(ColorRole::Accent));
            selection.format.setForeground(theme().color(ColorRole::OnAccent));
            context.selections << selection;
        }
        part.document->documentLayout()->draw(&painter, context);
        painter.restore();
    }
}

void MessageBody::paintPanel(QPainter &painter, const Part &part) const
{
    const int head = px(Length::ControlSmall), hairline = px(Length::Hairline);
    paint::box(painter, part.rect, px(Length::RadiusControl), theme().color(ColorRole::CodeBackground),
               theme().color(ColorRole::Border), hairline);
    const QRectF line(part.rect.left(), part.rect.top() + head, part.rect.width(), hairline);
    painter.fillRect(line, theme().color(ColorRole::Border));
    const QRect title =
        QRectF(part.rect.left() + px(Length::Space12), part.rect.top(), part.rect.width() - px(Length::Space56), head)
            .toRect();
    const QString language = part.segment.language.isEmpty() ? QObject::tr("Code") : part.segment.language;
    paint::text(painter, title, language, TextStyle::Caption, ColorRole::Text2);
    const int side = px(Length::IconTiny), button = px(Length::Target);
    const QRectF copy(part.rect.right() - button - px(Length::Space4), part.rect.top() + (head - button) / 2.0, button,
                      button);
    QRect icon(0, 0, side, side);
    icon.moveCenter(copy.center().toPoint());
    paintIcon(painter, icon, QStringLiteral("copy"), ColorRole::Text2);
}
