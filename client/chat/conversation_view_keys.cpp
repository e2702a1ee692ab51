// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_link.h"
#include "client/chat/conversation.h"
#include "client/chat/conversation_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

namespace {

constexpr QStringView offeredReactions[]{u"👍", u"👎", u"👀", u"✅", u"🎉", u"😄", u"❤️", u"🙏"};

bool isMessageKey(const QKeyEvent &event)
{
    static const QSet<int> keys{Qt::Key_R, Qt::Key_T, Qt::Key_E, Qt::Key_P,
                                Qt::Key_L, Qt::Key_C, Qt::Key_O, Qt::Key_Plus};
    return !(event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) && keys.contains(event.key());
}

} // namespace

void ConversationView::setCurrentRow(int row)
{
    if (!m_conversation || row < 0 || row >= m_conversation->count())
        return;
    const bool isNew = std::exchange(m_current, row) != row;
    m_showsCurrent = true;
    arrange();
    const QRect rect = rowRect(row);
    if (!rect.isValid()) {
        const bool isNext = !m_visible.isEmpty() && row == m_visible.last().row + 1;
        if (isNext) { // just below: it comes up to the lower edge
            verticalScrollBar()->setValue(verticalScrollBar()->value() + layoutOf(row).height());
        } else {
            scrollToRow(row);
        }
    } else if (rect.top() < 0) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + rect.top());
    } else if (rect.bottom() >= viewport()->height()) {
        verticalScrollBar()->setValue(verticalScrollBar()->value()
                                      + std::min(rect.top(), rect.bottom() + 1 - viewport()->height()));
    }
    viewport()->update();
    if (!isNew)
        return;
    Q_EMIT currentRowChanged(row);
    if (QAccessible::isActive() && hasFocus()) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(row);
        QAccessible::updateAccessibility(&focus);
    }
}

void ConversationView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (event->reason() == Qt::MouseFocusReason || !m_conversation || m_conversation->count() == 0)
        return;
    arrange();
    setCurrentRow(m_current >= 0 ? m_current : m_visible.last().row);
}

bool ConversationView::event(QEvent *event)
{
    // Letters are a message's before they are a page's.
    if (event->type() == QEvent::ShortcutOverride && m_current >= 0 && isMessageKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void ConversationView::keyPressEvent(QKeyEvent *event)
{
    if (!m_conversation || m_conversation->count() == 0)
        return event->ignore();
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    if (event->matches(QKeySequence::SelectAll)) {
        const int last = m_conversation->count() - 1;
        m_selection.set({m_conversation->at(0).id, 0}, {m_conversation->at(last).id, layoutOf(last).body().length()});
        return viewport()->update();
    }
    if (event->key() == Qt::Key_Escape && !m_selection.isEmpty())
        return clearSelection();
    if (actByKey(*event))
        return;
    moveOn(event);
}

void ConversationView::moveOn(QKeyEvent *event)
{
    const int last = m_conversation->count() - 1;
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))
        return event->ignore();
    arrange();
    const int from = m_current >= 0 ? m_current : m_visible.last().row + 1;
    switch (event->key()) {
    case Qt::Key_Up:
        return setCurrentRow(std::max(0, from - 1));
    case Qt::Key_Down:
        return setCurrentRow(std::min(last, from + 1));
    case Qt::Key_Home:
        return setCurrentRow(0);
    case Qt::Key_End:
        scrollToEnd();
        return setCurrentRow(last);
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        const bool isUp = event->key() == Qt::Key_PageUp;
        verticalScrollBar()->triggerAction(isUp ? QAbstractSlider::SliderPageStepSub
                                                : QAbstractSlider::SliderPageStepAdd);
        arrange();
        return setCurrentRow(isUp ? visibleRows().first : visibleRows().second);
    }
    default:
        event->ignore();
    }
}

bool ConversationView::actByKey(const QKeyEvent &event)
{
    if (m_current < 0 || (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)))
        return false;
    const QUuid id = m_conversation->at(m_current).id;
    const auto act = [&](MessageAction action) {
        if (!permits(m_current, action))
            return false;
        Q_EMIT actionRequested(action, id);
        return true;
    };
    switch (event.key()) {
    case Qt::Key_R:
        return act(MessageAction::Quote);
    case Qt::Key_T:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return act(MessageAction::Retry) || act(MessageAction::OpenThread);
    case Qt::Key_E:
        return act(MessageAction::Edit);
    case Qt::Key_Delete:
        return act(MessageAction::Discard) || act(MessageAction::Delete);
    case Qt::Key_P:
        return act(MessageAction::Pin);
    case Qt::Key_L:
        return act(MessageAction::CopyLink);
    case Qt::Key_C:
        copySelection();
        return true;
    case Qt::Key_O:
        showLinks(m_current);
        return true;
    case Qt::Key_Escape:
        return act(MessageAction::Stop);
    case Qt::Key_Plus:
        if (!permits(m_current, MessageAction::React))
            return false;
        Q_EMIT reactionToggled(id, QStringLiteral("👍"));
        return true;
    default:
        return false;
    }
}

void ConversationView::showMenu(int row, const QPoint &global)
{
    if (!m_conversation || row < 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const ConversationMessage &message = m_conversation->at(row);
    const auto add = [&](MessageAction action, const QString &text, const QString &key) {
        if (permits(row, action))
            menu->addAction(key.isEmpty() ? text : text + QLatin1Char('\t') + key, this,
                            [this, action, id = message.id] { Q_EMIT actionRequested(action, id); });
    };
    add(MessageAction::Retry, tr("Retry"), {});
    add(MessageAction::Regenerate, tr("Write the answer anew"), {});
    add(MessageAction::RateUp, tr("Helpful"), {});
    add(MessageAction::RateDown, tr("Not helpful"), {});
    add(MessageAction::Discard, tr("Discard"), {});
    add(MessageAction::Stop, tr("Stop"), {});
    add(MessageAction::Quote, tr("Quote"), QStringLiteral("R"));
    add(MessageAction::OpenThread, tr("Reply in thread"), QStringLiteral("T"));
    if (permits(row, MessageAction::React)) {
        QMenu *reactions = menu->addMenu(tr("React"));
        for (const QStringView emoji : offeredReactions)
            reactions->addAction(emoji.toString(), this,
                                 [this, emoji, id = message.id] { Q_EMIT reactionToggled(id, emoji.toString()); });
    }
    add(MessageAction::Edit, tr("Edit"), QStringLiteral("E"));
    add(MessageAction::Pin, message.isPinned ? tr("Unpin") : tr("Pin"), QStringLiteral("P"));
    add(MessageAction::MarkUnread, tr("Mark unread from here"), {});
    add(MessageAction::CopyLink, tr("Copy link"), QStringLiteral("L"));
    if (!message.text.isEmpty())
        menu->addAction(tr("Copy text") + QStringLiteral("\tC"), this, [this, row] {
            m_current = row;
            copySelection();
        });
    add(MessageAction::Delete, tr("Delete"), QStringLiteral("Del"));
    if (menu->isEmpty())
        return menu->deleteLater();
    menu->popup(global);
}

void ConversationView::showMenuOfCurrent()
{
    showMenu(m_current, viewport()->mapToGlobal(rowRect(m_current).center()));
}

void ConversationView::showLinks(int row)
{
    const QStringList links = layoutOf(row).body().links();
    if (links.size() == 1)
        return openLink(links.first());
    if (links.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &link : links)
        menu->addAction(chatLink::shown(link).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                        [this, link] { openLink(link); });
    menu->popup(viewport()->mapToGlobal(rowRect(row).center()));
}
