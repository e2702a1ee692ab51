// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/conversation.h"
#include "client/chat/conversation_selection.h"
#include "client/chat/height_index.h"
#include "client/chat/message_layout.h"

#include <QAbstractScrollArea>
#include <QCache>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <functional>

class FloatingPill;
class MessageActions;

// What a person can do with a message.
enum class MessageAction {
    OpenThread,
    Quote,
    React,
    Edit,
    Delete,
    Pin,
    CopyLink,
    MarkUnread, // and all that came after it
    Retry,
    Discard,
    Stop,
    Regenerate, // an assistant's answer
    RateUp,
    RateDown
};

// The messages of a channel, however many: only those in view are laid out, the others count with the height that they
// probably have. What a person reads stays where it is while messages come, change or are measured; at the end, the
// newest stay in view.
class ConversationView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit ConversationView(const QString &accessibleName, QWidget *parent = nullptr);
    ~ConversationView() override;

    void setConversation(Conversation *conversation); // opens at the "New" line or at the end
    Conversation *conversation() const { return m_conversation; }
    // What may be offered for a message; everything until it is set.
    using Permits = std::function<bool(const ConversationMessage &, MessageAction)>;
    void setPermits(Permits permits) { m_permits = std::move(permits); }
    bool permits(int row, MessageAction action) const;

    int currentRow() const { return m_current; }
    void setCurrentRow(int row); // and scrolls to it
    void scrollToRow(int row); // to the top of the view
    void scrollToEnd();
    void scrollToUnread();
    bool isAtEnd() const { return m_followsEnd; }
    int newBelow() const { return m_newBelow; } // came while the end was out of view

    QRect rowRect(int row) const; // in the viewport; empty when it is out of view
    std::pair<int, int> visibleRows() const; // first and last; {-1, -1}: none
    QString selectedText() const;
    void copySelection();
    void clearSelection();
    // A message's layout; made when it is not in the cache. For tests and accessibility.
    MessageLayout &layoutOf(int row);
    void openLink(const QString &link);
    void showMenuOfCurrent();

Q_SIGNALS:
    void actionRequested(MessageAction action, const QUuid &id);
    void reactionToggled(const QUuid &id, const QString &emoji);
    void olderRequested(); // the beginning of what is loaded is near
    void readUpTo(qint64 sequence); // was in view to its end
    void currentRowChanged(int row);
    void newBelowChanged(int count);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct VisibleRow
    {
        int row = 0;
        int y = 0;
    };
    // conversation_view.cpp: where rows are
    void arrange();
    void place();
    void anchorAtEnd();
    void moveBy(int pixels);
    void syncScrollBar();
    void reload();
    bool isCounted() const;
    void insertRow(int row);
    void prependRows(int count);
    void changeRow(int row);
    void flushChanges();
    void removeRow(int row);
    void setNewBelow(int count);
    void afterMove();
    int estimate(int row) const;
    void rearrange();
    ConversationSelection::Range selectedRange() const;
    MessagePlace placeOf(int row) const;
    // conversation_view_input.cpp
    int rowAt(const QPoint &point) const; // -1: below the last
    MessageTarget targetAt(const QPoint &point) const;
    MessagePoint pointAt(const QPoint &point);
    QString linkAt(const QPoint &point);
    void activate(int row, const MessageTarget &target);
    void moveOn(QKeyEvent *event);
    bool actByKey(const QKeyEvent &event);
    void showMenu(int row, const QPoint &global);
    void showLinks(int row);
    void updateHover(const QPoint &point);
    void placePills();
    void retranslate();

    QPointer<Conversation> m_conversation;
    Permits m_permits;
    HeightIndex m_heights;
    QCache<QUuid, MessageLayout> m_layouts;
    QList<VisibleRow> m_visible;
    QSet<QUuid> m_stale; // changed; laid out again with the next flush
    QTimer m_flush;
    ConversationSelection m_selection;
    MessageActions *m_actions;
    FloatingPill *m_newPill;
    FloatingPill *m_unreadPill;
    QPoint m_pointer{-1, -1};
    QPoint m_pressed;
    // What stays in place: the first row in view, and how much of it is above the view.
    int m_anchorRow = 0;
    int m_anchorOffset = 0;
    int m_current = -1;
    int m_newBelow = 0;
    int m_shownValue = 0; // of the scroll bar, as the rows stand
    qint64 m_shownSequence = 0; // the highest one that was in view
    bool m_followsEnd = true;
    bool m_isArranged = false;
    bool m_isSyncing = false;
    bool m_isSelecting = false;
    bool m_askedForOlder = false;
    bool m_showsCurrent = false; // the keyboard is used
    bool m_offersUnread = false;
};
