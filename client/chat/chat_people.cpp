// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_people.h"

#include "shared/chat/assistant_endpoints.h"
#include "shared/chat/endpoints.h"
#include "shared/users/endpoints.h"

#include <algorithm>

namespace {

constexpr int peoplePage = 200;
constexpr qsizetype mostPeople = 5000;
constexpr int mostChannelsAsked = 20;
constexpr int everyAssistant = 500; // a tenant has no more

} // namespace

ChatPeople::ChatPeople(Workspace &workspace, ChannelBook &channels, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_channels(channels)
{
}

void ChatPeople::load()
{
    for (const ChannelEntry &entry : m_channels.entries())
        add(entry.people);
    if (m_workspace.session().can(Ability::UsersRead))
        loadUsers({});
    else
        loadMembers();
    if (m_workspace.session().can(Ability::AssistantsRead))
        loadAssistants();
}

void ChatPeople::add(const QList<ChannelMember> &people)
{
    for (const ChannelMember &one : people) {
        const bool isKnown = std::any_of(m_people.begin(), m_people.end(),
                                         [&](const ChannelMember &known) { return known.id == one.id; });
        if (!isKnown && one.id != m_channels.me() && m_people.size() < mostPeople)
            m_people.append(one);
    }
    std::sort(m_people.begin(), m_people.end(),
              [](const ChannelMember &a, const ChannelMember &b) { return a.name.localeAwareCompare(b.name) < 0; });
    Q_EMIT changed();
}

void ChatPeople::loadUsers(const std::optional<QString> &cursor)
{
    UserFilter filter;
    filter.status = UserStatus::Active;
    filter.limit = peoplePage;
    filter.cursor = cursor;
    m_workspace.api().call(endpoints::users::list, filter, this, [this](const Result<Page<User>> &page) {
        if (!page)
            return Q_EMIT failed(page.error());
        QList<ChannelMember> people;
        for (const User &user : page->items)
            people.append({.id = user.id, .name = user.displayName});
        add(people);
        if (page->nextCursor && m_people.size() < mostPeople)
            loadUsers(page->nextCursor);
    });
}

void ChatPeople::loadMembers()
{
    int asked = 0;
    for (const ChannelEntry &entry : m_channels.entries()) {
        if (entry.channel.name.isEmpty() || asked++ >= mostChannelsAsked)
            continue;
        ChatPageFilter filter;
        filter.limit = 1000;
        m_workspace.api().call(endpoints::channels::members.at(entry.channel.id), filter, this,
                               [this](const Result<Page<ChannelMember>> &page) {
                                   if (page)
                                       add(page->items);
                                   else
                                       Q_EMIT failed(page.error());
                               });
    }
}

void ChatPeople::loadAssistants()
{
    AssistantFilter filter;
    filter.limit = everyAssistant;
    m_workspace.api().call(endpoints::assistants::list, filter, this, [this](const Result<Page<Assistant>> &page) {
        if (!page)
            return Q_EMIT failed(page.error());
        QList<ChannelMember> assistants;
        for (const Assistant &assistant : page->items)
            assistants.append({.id = assistant.id, .kind = ChatPartyKind::Assistant, .name = assistant.name});
        add(assistants);
    });
}
