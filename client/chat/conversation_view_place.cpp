// SPDX-License-Identifier: GPL-3.0-or-later
// Where the rows of a conversation stand, and how it moves.
#include "client/chat/conversation.h"
#include "client/chat/conversation_view.h"
#include "client/design/theme.h"
#include "client/widgets/floating_pill.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QScrollBar>

namespace {

constexpr int flushTime = 33; // ms: thirty times a second while an answer streams
constexpr int restAfterWork = 4; // times as long as the layout took
constexpr int nearBeginning = 30; // rows before the first that ask for older ones

int endGap() { return px(Length::Space12); }

} // namespace

void ConversationView::arrange()
{
    if (m_isArranged)
        return;
    m_isArranged = true;
    QElapsedTimer work;
    work.start();
    place();
    // A long stretch that grows is laid out less often, so that the rest of the program has its share.
    m_flush.setInterval(std::max(flushTime, int(work.elapsed()) * restAfterWork));
    syncScrollBar();
    afterMove();
}

void ConversationView::anchorAtEnd()
{
    int room = viewport()->height() - endGap();
    int row = m_heights.count();
    while (row > 0 && room > 0)
        room -= layoutOf(--row).height();
    m_anchorRow = row;
    m_anchorOffset = -room;
}

void ConversationView::place()
{
    m_visible.clear();
    const int count = m_heights.count(), height = viewport()->height();
    if (!m_conversation || count == 0)
        return;
    if (m_followsEnd)
        anchorAtEnd();
    for (bool isSecond = false;; isSecond = true) {
        while (m_anchorOffset < 0 && m_anchorRow > 0)
            m_anchorOffset += layoutOf(--m_anchorRow).height();
        while (m_anchorRow + 1 < count && m_anchorOffset >= layoutOf(m_anchorRow).height())
            m_anchorOffset -= layoutOf(m_anchorRow++).height();
        if (m_anchorOffset < 0 && !isSecond && !m_followsEnd)
            m_anchorOffset = 0; // the beginning; a conversation that is shorter than the view is moved to its end
        m_visible.clear();
        int y = -m_anchorOffset;
        for (int row = m_anchorRow; row < count && y < height; ++row) {
            m_visible << VisibleRow{row, y};
            y += layoutOf(row).height();
        }
        const bool isAtLast = m_visible.last().row == count - 1;
        m_followsEnd = isAtLast && y + endGap() <= height;
        if (isSecond || !m_followsEnd || y + endGap() == height)
            return;
        anchorAtEnd();
    }
}

void ConversationView::syncScrollBar()
{
    m_isSyncing = true;
    QScrollBar *bar = verticalScrollBar();
    const int height = viewport()->height();
    bar->setRange(0, int(std::max<qint64>(0, m_heights.total() + endGap() - height)));
    bar->setPageStep(height);
    bar->setSingleStep(theme().lineHeight(TextStyle::Body));
    bar->setValue(int(m_heights.offsetOf(m_anchorRow)) + m_anchorOffset);
    m_shownValue = bar->value();
    m_isSyncing = false;
}

void ConversationView::scrollContentsBy(int, int)
{
    if (m_isSyncing || !m_conversation)
        return;
    const int value = verticalScrollBar()->value(), moved = value - m_shownValue;
    if (value >= verticalScrollBar()->maximum() && moved > 0) {
        m_followsEnd = true;
    } else if (std::abs(moved) <= 2 * viewport()->height()) {
        moveBy(moved); // from what is in view: nothing jumps when rows turn out higher than was thought
    } else {
        m_followsEnd = false;
        m_anchorRow = std::max(0, m_heights.rowAt(value));
        m_anchorOffset = value - int(m_heights.offsetOf(m_anchorRow));
    }
    rearrange();
    arrange();
}

void ConversationView::moveBy(int pixels)
{
    m_followsEnd = false;
    m_anchorOffset += pixels;
}

void ConversationView::afterMove()
{
    if (!m_conversation || m_visible.isEmpty())
        return placePills();
    if (m_followsEnd)
        setNewBelow(0);
    if (m_anchorRow < nearBeginning && m_conversation->hasOlder() && !std::exchange(m_askedForOlder, true))
        QMetaObject::invokeMethod(this, &ConversationView::olderRequested, Qt::QueuedConnection);
    qint64 shown = m_shownSequence;
    const int unread = m_conversation->firstUnreadRow();
    for (const VisibleRow &row : std::as_const(m_visible)) {
        if (row.y + m_heights.height(row.row) <= viewport()->height())
            shown = std::max(shown, m_conversation->at(row.row).sequence);
        if (row.row == unread)
            m_offersUnread = false;
    }
    if (std::exchange(m_shownSequence, shown) != shown && isVisible())
        Q_EMIT readUpTo(shown);
    placePills();
    updateHover(m_pointer);
}

void ConversationView::setNewBelow(int count)
{
    if (std::exchange(m_newBelow, count) == count)
        return;
    m_newPill->setText(tr("%n new", nullptr, count));
    Q_EMIT newBelowChanged(count);
}

void ConversationView::placePills()
{
    const auto place = [this](FloatingPill *pill, bool isShown, bool isAbove) {
        pill->setVisible(isShown);
        pill->resize(pill->sizeHint());
        pill->move((viewport()->width() - pill->width()) / 2, isAbove ? 0 : viewport()->height() - pill->height());
        pill->raise();
    };
    const int unread = m_conversation ? m_conversation->firstUnreadRow() : -1;
    place(m_newPill, m_newBelow > 0, false);
    place(m_unreadPill, m_offersUnread && unread >= 0 && unread < m_anchorRow, true);
}

QRect ConversationView::rowRect(int row) const
{
    for (const VisibleRow &visible : m_visible)
        if (visible.row == row)
            return {0, visible.y, viewport()->width(), m_heights.height(row)};
    return {};
}

std::pair<int, int> ConversationView::visibleRows() const
{
    return m_visible.isEmpty() ? std::pair(-1, -1) : std::pair(m_visible.first().row, m_visible.last().row);
}

void ConversationView::scrollToRow(int row)
{
    if (row < 0 || row >= m_heights.count())
        return;
    m_followsEnd = false;
    m_anchorRow = row;
    m_anchorOffset = 0;
    rearrange();
    arrange();
}

void ConversationView::scrollToEnd()
{
    m_followsEnd = true;
    rearrange();
    arrange();
}

void ConversationView::scrollToUnread()
{
    const int row = m_conversation ? m_conversation->firstUnreadRow() : -1;
    if (row < 0)
        return;
    m_followsEnd = false;
    m_offersUnread = false;
    m_anchorRow = row;
    m_anchorOffset = -viewport()->height() / 4; // with a little of what was read before
    rearrange();
    arrange();
}

void ConversationView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        reload();
    rearrange();
    arrange();
}

void ConversationView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LayoutDirectionChange) {
        m_layouts.clear();
        rearrange();
    }
}

void ConversationView::retranslate()
{
    m_newPill->setText(tr("%n new", nullptr, m_newBelow));
    m_unreadPill->setText(tr("Jump to first unread"));
}
