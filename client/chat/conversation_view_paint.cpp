// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/conversation.h"
#include "client/chat/conversation_view.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QLocale>
#include <QPainter>

#include <limits>

ConversationSelection::Range ConversationView::selectedRange() const
{
    const auto range = m_conversation ? m_selection.range(*m_conversation) : std::nullopt;
    return range.value_or(ConversationSelection::Range{-1, 0, -2, 0});
}

void ConversationView::paintEvent(QPaintEvent *event)
{
    arrange();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme().color(ColorRole::Surface));
    const ConversationSelection::Range selected = selectedRange();
    for (const VisibleRow &visible : std::as_const(m_visible)) {
        MessageLayout &layout = layoutOf(visible.row);
        const QRect row(0, visible.y, viewport()->width(), layout.height());
        if (!row.intersects(event->rect()))
            continue;
        const QRect content = layout.contentRect().translated(0, visible.y);
        if (content.contains(m_pointer) && !m_isSelecting)
            painter.fillRect(content, theme().color(ColorRole::Sunken));
        MessageLayout::Selected part;
        if (visible.row >= selected.firstRow && visible.row <= selected.lastRow)
            part = {visible.row == selected.firstRow ? selected.from : 0,
                    visible.row == selected.lastRow ? selected.to : std::numeric_limits<int>::max()};
        painter.save();
        painter.translate(0, visible.y);
        layout.paint(painter, m_conversation->at(visible.row), part, m_pointer - QPoint(0, visible.y));
        painter.restore();
        if (visible.row == m_current && m_showsCurrent && hasFocus()) {
            const int inset = px(Length::Space8);
            paint::focusRing(painter, content.adjusted(inset, px(Length::Space2), -inset, 0),
                             px(Length::RadiusControl));
        }
    }
}

// Within one message what is selected; over several, each with its author and time before it.
QString ConversationView::selectedText() const
{
    const ConversationSelection::Range range = selectedRange();
    if (range.firstRow < 0)
        return {};
    auto &self = const_cast<ConversationView &>(*this); // laying out fills the cache
    if (range.firstRow == range.lastRow)
        return self.layoutOf(range.firstRow).body().text(range.from, range.to);
    QStringList texts;
    for (int row = range.firstRow; row <= range.lastRow; ++row) {
        const MessageBody &body = self.layoutOf(row).body();
        const QString text =
            body.text(row == range.firstRow ? range.from : 0, row == range.lastRow ? range.to : body.length());
        if (text.isEmpty())
            continue;
        const ConversationMessage &message = m_conversation->at(row);
        const QString time =
            QLocale().toString(QDateTime::fromMSecsSinceEpoch(message.createdAt), QLocale::ShortFormat);
        texts << QStringLiteral("%1, %2:\n%3").arg(message.authorName, time, text);
    }
    return texts.join(QStringLiteral("\n\n"));
}

void ConversationView::copySelection()
{
    QString text = selectedText();
    if (text.isEmpty() && m_conversation && m_current >= 0)
        text = m_conversation->at(m_current).text;
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void ConversationView::clearSelection()
{
    m_selection.clear();
    viewport()->update();
}
