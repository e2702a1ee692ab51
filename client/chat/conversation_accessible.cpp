// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/conversation_accessible.h"

#include "client/chat/conversation.h"
#include "client/chat/conversation_view.h"
#include "client/chat/message_words.h"

#include <QAccessibleWidget>

namespace {

constexpr int keptMessages = 500; // that a screen reader has asked for; more begin anew

class AccessibleMessage : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleMessage(ConversationView *view, int row) : m_view(view), m_row(row) { }

    bool isValid() const override
    {
        return m_view && m_view->conversation() && m_row < m_view->conversation()->count();
    }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? messageWords::spoken(m_view->conversation()->at(m_row))
                                                      : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }

    QRect rect() const override
    {
        const QRect inside = isValid() ? m_view->rowRect(m_row) : QRect();
        return inside.isValid() ? QRect(m_view->viewport()->mapToGlobal(inside.topLeft()), inside.size()) : QRect();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = state.selectable = true;
        state.focused = state.selected = isValid() && m_view->currentRow() == m_row && m_view->hasFocus();
        state.offscreen = !rect().isValid();
        state.readOnly = true;
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), showMenuAction()}; }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        m_view->setFocus();
        m_view->setCurrentRow(m_row);
        if (name == showMenuAction())
            m_view->showMenuOfCurrent();
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

    int row() const { return m_row; }

private:
    QPointer<ConversationView> m_view;
    int m_row;
};

class AccessibleConversation : public QAccessibleWidget
{
public:
    explicit AccessibleConversation(ConversationView *view) : QAccessibleWidget(view, QAccessible::List) { }
    ~AccessibleConversation() override { forget(); }

    int childCount() const override { return view()->conversation() ? view()->conversation()->count() : 0; }

    QAccessibleInterface *child(int row) const override
    {
        if (row < 0 || row >= childCount())
            return nullptr;
        if (const auto known = m_children.constFind(row); known != m_children.cend())
            return QAccessible::accessibleInterface(*known);
        if (m_children.size() >= keptMessages)
            forget();
        auto *message = new AccessibleMessage(view(), row);
        m_children.insert(row, QAccessible::registerAccessibleInterface(message));
        return message;
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (auto it = m_children.cbegin(); it != m_children.cend(); ++it)
            if (QAccessible::accessibleInterface(*it) == child)
                return it.key();
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const auto [first, last] = view()->visibleRows();
        for (int row = std::max(first, 0); row <= last; ++row)
            if (QAccessibleInterface *message = child(row); message->rect().contains(x, y))
                return message;
        return nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        return view()->hasFocus() && view()->currentRow() >= 0 ? child(view()->currentRow()) : nullptr;
    }

    void forget() const
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

private:
    ConversationView *view() const { return static_cast<ConversationView *>(object()); }

    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface *makeAccessible(const QString &className, QObject *object)
{
    auto *view =
        className == QLatin1StringView("ConversationView") ? qobject_cast<ConversationView *>(object) : nullptr;
    return view ? new AccessibleConversation(view) : nullptr;
}

} // namespace

void installConversationAccessibility()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

void resetConversationAccessibility(ConversationView *view)
{
    if (!QAccessible::isActive())
        return;
    if (auto *list = dynamic_cast<AccessibleConversation *>(QAccessible::queryAccessibleInterface(view)))
        list->forget();
}
