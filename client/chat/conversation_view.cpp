// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/conversation_view.h"

#include "client/chat/conversation.h"
#include "client/chat/conversation_accessible.h"
#include "client/chat/message_actions.h"
#include "client/design/theme.h"
#include "client/widgets/floating_pill.h"

#include <QPainter>
#include <QScrollBar>

namespace {

constexpr int keptLayouts = 400;
constexpr int mostUnreadToOpenAt = 200;

} // namespace

ConversationView::ConversationView(const QString &accessibleName, QWidget *parent)
    : QAbstractScrollArea(parent),
      m_layouts(keptLayouts),
      m_actions(new MessageActions(viewport())),
      m_newPill(new FloatingPill(viewport())),
      m_unreadPill(new FloatingPill(viewport()))
{
    installConversationAccessibility();
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    m_newPill->setIconName(QStringLiteral("arrow-down"));
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &ConversationView::flushChanges);
    connect(&theme(), &Theme::changed, this, &ConversationView::reload);
    connect(m_newPill, &QAbstractButton::clicked, this, &ConversationView::scrollToEnd);
    connect(m_unreadPill, &QAbstractButton::clicked, this, &ConversationView::scrollToUnread);
    connect(m_actions, &MessageActions::actionRequested, this, &ConversationView::actionRequested);
    connect(m_actions, &MessageActions::reactionToggled, this, &ConversationView::reactionToggled);
    connect(m_actions, &MessageActions::menuRequested, this, [this](const QUuid &id, const QPoint &global) {
        showMenu(m_conversation ? m_conversation->rowOf(id) : -1, global);
    });
    retranslate();
}

ConversationView::~ConversationView() = default;

void ConversationView::setConversation(Conversation *conversation)
{
    if (m_conversation)
        m_conversation->disconnect(this);
    m_conversation = conversation;
    m_selection.clear();
    m_layouts.clear();
    m_stale.clear();
    m_current = -1;
    m_shownSequence = 0;
    m_askedForOlder = false;
    setNewBelow(0);
    if (conversation) {
        connect(conversation, &Conversation::wasReset, this, [this] { setConversation(m_conversation); });
        connect(conversation, &Conversation::prepended, this, &ConversationView::prependRows);
        connect(conversation, &Conversation::inserted, this, &ConversationView::insertRow);
        connect(conversation, &Conversation::changed, this, &ConversationView::changeRow);
        connect(conversation, &Conversation::removed, this, &ConversationView::removeRow);
        connect(conversation, &Conversation::readSequenceChanged, this, &ConversationView::rearrange);
    }
    m_followsEnd = true;
    reload();
    const int unread = conversation ? conversation->firstUnreadRow() : -1;
    m_offersUnread = unread >= 0;
    if (unread >= 0 && conversation->count() - unread < mostUnreadToOpenAt)
        scrollToUnread();
    resetConversationAccessibility(this);
}

bool ConversationView::permits(int row, MessageAction action) const
{
    if (!m_conversation || row < 0 || row >= m_conversation->count())
        return false;
    const ConversationMessage &message = m_conversation->at(row);
    const bool isThere = message.sequence > 0 && !message.deletedAt;
    switch (action) {
    case MessageAction::Retry:
        if (message.state != DeliveryState::Failed)
            return false;
        break;
    case MessageAction::Discard:
        if (message.sequence > 0 || message.state == DeliveryState::Sending)
            return false;
        break;
    case MessageAction::Stop:
        if (message.state != DeliveryState::Streaming)
            return false;
        break;
    case MessageAction::Edit:
        if (!isThere || !message.isOwn)
            return false;
        break;
    case MessageAction::Regenerate:
    case MessageAction::RateUp:
    case MessageAction::RateDown:
        if (!isThere || !message.isFromAssistant)
            return false;
        break;
    default:
        if (!isThere)
            return false;
    }
    return !m_permits || m_permits(message, action);
}

int ConversationView::estimate(int row) const
{
    // Without the calendar: what begins a day mostly begins a group as well.
    const ConversationMessage &message = m_conversation->at(row);
    bool startsGroup = row == 0;
    if (!startsGroup) {
        const ConversationMessage &before = m_conversation->at(row - 1);
        startsGroup = before.authorId != message.authorId || message.createdAt - before.createdAt >= 300'000;
    }
    return MessageLayout::estimatedHeight(message, startsGroup, viewport()->width());
}

void ConversationView::reload()
{
    const int count = m_conversation ? m_conversation->count() : 0;
    QList<int> heights;
    heights.reserve(count);
    for (int row = 0; row < count; ++row)
        heights << estimate(row);
    m_heights.reset(std::move(heights));
    m_anchorRow = std::clamp(m_anchorRow, 0, std::max(0, count - 1));
    rearrange();
}

void ConversationView::rearrange()
{
    m_isArranged = false;
    viewport()->update();
}

MessagePlace ConversationView::placeOf(int row) const
{
    return {m_conversation->startsDay(row), m_conversation->startsGroup(row), row == m_conversation->firstUnreadRow()};
}

MessageLayout &ConversationView::layoutOf(int row)
{
    const ConversationMessage &message = m_conversation->at(row);
    MessageLayout *layout = m_layouts.object(message.id);
    if (!layout) {
        layout = new MessageLayout;
        // A long text counts for more, so that a few of them do not hold more memory than many short ones.
        m_layouts.insert(message.id, layout,
                         1 + int(std::min<qsizetype>(message.text.size() / 2000, keptLayouts / 20)));
    }
    const MessagePlace place = placeOf(row);
    if (!layout->isFor(place, viewport()->width(), layoutDirection()))
        layout->layOut(message, place, viewport()->width(), layoutDirection());
    m_heights.set(row, layout->height());
    return *layout;
}

// Who hears of a row before the view does may give the view another size, and with that all rows their heights anew.
bool ConversationView::isCounted() const { return m_heights.count() == m_conversation->count(); }

void ConversationView::insertRow(int row)
{
    if (!isCounted())
        m_heights.insert(row, estimate(row));
    const ConversationMessage &message = m_conversation->at(row);
    if (m_current >= row)
        ++m_current;
    if (row < m_anchorRow)
        ++m_anchorRow;
    if (message.isOwn && row == m_conversation->count() - 1) {
        m_followsEnd = true;
    } else if (!m_followsEnd && row > m_anchorRow) {
        arrange(); // what is in view is known only after it
        if (!m_visible.isEmpty() && row > m_visible.last().row)
            setNewBelow(m_newBelow + 1);
    }
    resetConversationAccessibility(this);
    rearrange();
}

void ConversationView::prependRows(int count)
{
    QList<int> heights;
    for (int row = 0; row < count; ++row)
        heights << estimate(row);
    if (!isCounted())
        m_heights.prepend(heights);
    m_anchorRow += count;
    if (m_current >= 0)
        m_current += count;
    m_askedForOlder = false;
    resetConversationAccessibility(this);
    rearrange();
}

void ConversationView::changeRow(int row)
{
    const ConversationMessage &message = m_conversation->at(row);
    m_stale << message.id;
    if (message.state == DeliveryState::Streaming) {
        if (!m_flush.isActive())
            m_flush.start();
    } else {
        flushChanges();
    }
}

void ConversationView::flushChanges()
{
    m_flush.stop();
    const QSet<QUuid> stale = std::exchange(m_stale, {});
    for (const QUuid &id : stale) {
        const int row = m_conversation ? m_conversation->rowOf(id) : -1;
        if (row < 0)
            continue;
        if (MessageLayout *layout = m_layouts.object(id))
            layout->setStale();
        if (!rowRect(row).isValid())
            m_heights.set(row, estimate(row));
    }
    rearrange();
}

void ConversationView::removeRow(int row)
{
    if (!isCounted())
        m_heights.remove(row);
    if (row < m_anchorRow)
        --m_anchorRow;
    m_anchorRow = std::clamp(m_anchorRow, 0, std::max(0, m_heights.count() - 1));
    if (m_current >= m_heights.count() || m_current > row)
        --m_current;
    m_visible.clear();
    resetConversationAccessibility(this);
    rearrange();
}
