// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_link.h"
#include "client/chat/conversation.h"
#include "client/chat/conversation_view.h"
#include "client/chat/message_actions.h"
#include "client/design/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

int ConversationView::rowAt(const QPoint &point) const
{
    for (const VisibleRow &visible : m_visible)
        if (point.y() >= visible.y && point.y() < visible.y + m_heights.height(visible.row))
            return visible.row;
    return -1;
}

MessageTarget ConversationView::targetAt(const QPoint &point) const
{
    const int row = rowAt(point);
    if (row < 0)
        return {};
    auto &self = const_cast<ConversationView &>(*this); // laying out fills the cache
    return self.layoutOf(row).targetAt(point - QPoint(0, rowRect(row).y()));
}

MessagePoint ConversationView::pointAt(const QPoint &point)
{
    if (m_visible.isEmpty())
        return {};
    int row = rowAt(point);
    if (row < 0)
        row = point.y() < m_visible.first().y ? m_visible.first().row : m_visible.last().row;
    const MessageLayout &layout = layoutOf(row);
    const QPoint inside = point - QPoint(0, rowRect(row).y()) - layout.bodyOrigin();
    return {m_conversation->at(row).id, layout.body().positionAt(inside)};
}

QString ConversationView::linkAt(const QPoint &point)
{
    const int row = rowAt(point);
    if (row < 0)
        return {};
    const MessageLayout &layout = layoutOf(row);
    return layout.body().linkAt(point - QPoint(0, rowRect(row).y()) - layout.bodyOrigin());
}

void ConversationView::mousePressEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    m_showsCurrent = false;
    if (const int row = rowAt(point); row >= 0 && std::exchange(m_current, row) != row)
        Q_EMIT currentRowChanged(row);
    if (event->button() != Qt::LeftButton || m_visible.isEmpty())
        return viewport()->update();
    m_pressed = point;
    m_isSelecting = true;
    if (event->modifiers() & Qt::ShiftModifier)
        m_selection.extend(pointAt(point));
    else
        m_selection.begin(pointAt(point));
    viewport()->update();
}

void ConversationView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (!m_isSelecting)
        return updateHover(point);
    if (point.y() < 0)
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    else if (point.y() >= viewport()->height())
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    m_selection.extend(pointAt(point));
    m_actions->hide();
    viewport()->update();
}

void ConversationView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_isSelecting, false))
        return;
    const QPoint point = event->position().toPoint();
    updateHover(point);
    viewport()->update();
    if ((point - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        return; // it was a selection
    const int row = rowAt(point);
    const MessageTarget target = targetAt(point);
    if (target.part != MessagePart::None && target.rect.contains(m_pressed - QPoint(0, rowRect(row).y())))
        activate(row, target);
    else if (const QString link = linkAt(point); !link.isEmpty() && m_selection.isEmpty())
        openLink(link);
}

void ConversationView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const int row = rowAt(point);
    if (row < 0 || event->button() != Qt::LeftButton)
        return;
    const MessagePoint at = pointAt(point);
    const auto [from, to] = layoutOf(row).body().wordAt(at.position);
    m_selection.set({at.id, from}, {at.id, to});
    viewport()->update();
}

void ConversationView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int row = byKey ? m_current : rowAt(event->pos());
    showMenu(row, byKey ? viewport()->mapToGlobal(rowRect(row).center()) : event->globalPos());
}

void ConversationView::activate(int row, const MessageTarget &target)
{
    const ConversationMessage &message = m_conversation->at(row);
    switch (target.part) {
    case MessagePart::Quote:
        return setCurrentRow(m_conversation->rowOf(message.quoted.id));
    case MessagePart::Reaction:
        Q_EMIT reactionToggled(message.id, message.reactions[target.index].emoji);
        return;
    case MessagePart::Thread:
        Q_EMIT actionRequested(MessageAction::OpenThread, message.id);
        return;
    case MessagePart::Retry:
        Q_EMIT actionRequested(MessageAction::Retry, message.id);
        return;
    case MessagePart::Discard:
        Q_EMIT actionRequested(MessageAction::Discard, message.id);
        return;
    case MessagePart::Stop:
        Q_EMIT actionRequested(MessageAction::Stop, message.id);
        return;
    case MessagePart::CopyCode:
        QApplication::clipboard()->setText(layoutOf(row).body().copyTargets().value(target.index).code);
        return;
    case MessagePart::None:
        return;
    }
}

void ConversationView::updateHover(const QPoint &point)
{
    m_pointer = point;
    const int row = m_conversation ? rowAt(point) : -1;
    const bool isOver = row >= 0 && viewport()->rect().contains(point);
    const bool isLink = isOver && (targetAt(point).part != MessagePart::None || !linkAt(point).isEmpty());
    viewport()->setCursor(isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
    const bool hasActions = isOver && m_conversation->at(row).sequence > 0 && !m_conversation->at(row).deletedAt;
    m_actions->setVisible(hasActions);
    if (hasActions) {
        m_actions->setMessage(m_conversation->at(row).id);
        m_actions->offer(permits(row, MessageAction::React), permits(row, MessageAction::Quote),
                         permits(row, MessageAction::OpenThread));
        const int top = rowRect(row).y() + layoutOf(row).contentRect().y() - px(Length::Space10);
        const QRect place(viewport()->width() - m_actions->sizeHint().width() - px(Length::Space24), std::max(0, top),
                          m_actions->sizeHint().width(), m_actions->sizeHint().height());
        m_actions->setGeometry(QStyle::visualRect(layoutDirection(), viewport()->rect(), place));
    }
    viewport()->update();
}

bool ConversationView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        updateHover({-1, -1});
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString link = linkAt(help->pos());
        QToolTip::showText(help->globalPos(), link.isEmpty() ? targetAt(help->pos()).name : chatLink::shown(link),
                           this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ConversationView::openLink(const QString &link) { chatLink::open(link, this); }
