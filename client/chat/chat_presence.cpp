// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_presence.h"

using namespace std::chrono_literals;

namespace {

constexpr auto typingGoesOn = 8s; // after the last letter

} // namespace

ChatPresence::ChatPresence(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingGoesOn);
    connect(&m_typing, &QTimer::timeout, this, &ChatPresence::sent);
    connect(&workspace.live(), &LiveClient::presenceChanged, this, [this](const live::Presence &presence) {
        if (m_topic.isEmpty() || presence.topic != m_topic)
            return;
        m_others = presence.people;
        const QUuid me = m_workspace.session().profile().userId;
        m_others.removeIf([&](const live::Person &person) { return person.userId == me; });
        Q_EMIT changed();
    });
    connect(&workspace.live(), &LiveClient::stateChanged, this, [this](LiveClient::State state) {
        if (state != LiveClient::State::Live && !std::exchange(m_others, {}).isEmpty())
            Q_EMIT changed(); // not known any more
    });
}

ChatPresence::~ChatPresence() { leave(); }

void ChatPresence::enter(const QString &topic)
{
    if (topic == m_topic)
        return;
    leave();
    m_topic = topic;
    m_workspace.live().sayPresence(topic, live::Activity::Viewing);
}

void ChatPresence::leave()
{
    if (m_topic.isEmpty())
        return;
    m_typing.stop();
    m_workspace.live().sayPresence(m_topic, live::Activity::Gone);
    m_topic.clear();
    if (!std::exchange(m_others, {}).isEmpty())
        Q_EMIT changed();
}

void ChatPresence::typed()
{
    if (m_topic.isEmpty())
        return;
    m_workspace.live().sayPresence(m_topic, live::Activity::Typing);
    m_typing.start();
}

void ChatPresence::sent()
{
    m_typing.stop();
    if (!m_topic.isEmpty())
        m_workspace.live().sayPresence(m_topic, live::Activity::Viewing);
}

QStringList ChatPresence::typing() const
{
    QStringList names;
    for (const live::Person &person : m_others)
        if (person.activity == live::Activity::Typing)
            names << person.name;
    return names;
}
