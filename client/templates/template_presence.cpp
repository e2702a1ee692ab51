// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_presence.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto typingLasts = 10s; // after the last letter
constexpr int mostNamed = 2;

} // namespace

TemplatePresence::TemplatePresence(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingLasts);
    connect(&m_typing, &QTimer::timeout, this, [this] {
        if (!m_topic.isEmpty())
            m_workspace.live().sayPresence(m_topic, live::Activity::Viewing);
    });
    connect(&workspace.live(), &LiveClient::presenceChanged, this, &TemplatePresence::heard);
    connect(&workspace.live(), &LiveClient::stateChanged, this, [this](LiveClient::State state) {
        if (state == LiveClient::State::Live || m_others.isEmpty())
            return;
        m_others.clear(); // not known any more
        Q_EMIT changed();
    });
}

TemplatePresence::~TemplatePresence() { leave(); }

void TemplatePresence::enter(const QUuid &id)
{
    const QString topic = u"template/"_s + id.toString(QUuid::WithoutBraces);
    if (topic == m_topic)
        return;
    leave();
    m_topic = topic;
    m_workspace.live().subscribe(topic, this, [this](const live::Event &event) { Q_EMIT eventHeard(event); });
    m_workspace.live().sayPresence(topic, live::Activity::Viewing);
}

void TemplatePresence::leave()
{
    if (m_topic.isEmpty())
        return;
    m_typing.stop();
    m_workspace.live().sayPresence(m_topic, live::Activity::Gone);
    m_workspace.live().unsubscribe(m_topic, this);
    m_topic.clear();
    if (!m_others.isEmpty()) {
        m_others.clear();
        Q_EMIT changed();
    }
}

void TemplatePresence::typed()
{
    if (m_topic.isEmpty())
        return;
    m_workspace.live().sayPresence(m_topic, live::Activity::Typing);
    m_typing.start();
}

void TemplatePresence::heard(const live::Presence &presence)
{
    if (presence.topic != m_topic)
        return;
    m_others = presence.people;
    m_others.removeIf([this](const live::Person &one) { return one.userId == m_workspace.session().profile().userId; });
    Q_EMIT changed();
}

QString TemplatePresence::text() const
{
    QStringList typing, viewing;
    for (const live::Person &one : m_others)
        (one.activity == live::Activity::Typing ? typing : viewing) << one.name;
    const QStringList &named = typing.isEmpty() ? viewing : typing;
    if (named.isEmpty())
        return {};
    const bool isTyping = !typing.isEmpty();
    if (named.size() > mostNamed)
        return isTyping ? tr("%n people are editing", nullptr, int(named.size()))
                        : tr("%n people have it open", nullptr, int(named.size()));
    if (named.size() == mostNamed)
        return (isTyping ? tr("%1 and %2 are editing") : tr("%1 and %2 have it open")).arg(named[0], named[1]);
    return (isTyping ? tr("%1 is editing") : tr("%1 has it open")).arg(named[0]);
}
