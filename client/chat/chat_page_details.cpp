// SPDX-License-Identifier: GPL-3.0-or-later
// The channel that is open: who is in it, how it is called; and the assistants that can be.
#include "client/chat/assistants_dialog.h"
#include "client/chat/channel_details_dialog.h"
#include "client/chat/channel_dialogs.h"
#include "client/chat/chat_looks.h"
#include "client/chat/chat_page.h"
#include "shared/chat/assistant_endpoints.h"
#include "shared/chat/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostAddedAtOnce = 500;

} // namespace

void ChatPage::showDetails()
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    auto *dialog = new ChannelDetailsDialog(m_workspace.session(), *entry, m_members, this);
    connect(dialog, &ChannelDetailsDialog::editRequested, this, &ChatPage::editChannel);
    connect(dialog, &ChannelDetailsDialog::addRequested, this, &ChatPage::addPeople);
    connect(dialog, &ChannelDetailsDialog::leaveRequested, this, &ChatPage::leaveChannel);
    connect(dialog, &ChannelDetailsDialog::archiveRequested, this, [this](bool isArchived) {
        changeChannel({.isArchived = isArchived}, [this](const Result<Channel> &reply) {
            if (!reply)
                Q_EMIT toastRequested({.tone = Tone::Danger,
                                       .title = tr("Could not change the channel"),
                                       .text = reply.error().detail,
                                       .details = QString::fromUtf8(json::print(reply.error()))});
        });
    });
    dialog->open();
}

void ChatPage::changeChannel(const ChannelChange &change, std::function<void(const Result<Channel> &)> done)
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    m_workspace.api().call(endpoints::channels::update.at(entry->channel.id), change, this,
                           [this, done = std::move(done)](const Result<Channel> &reply) {
                               if (reply)
                                   m_channels.put(*reply);
                               done(reply);
                           });
}

void ChatPage::editChannel()
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    auto *dialog = new ChannelDialog(entry->channel, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ChannelDialog::submitted, this, [this, dialog](const NewChannel &input) {
        changeChannel({.name = input.name, .topic = input.topic},
                      [dialog = QPointer(dialog)](const Result<Channel> &reply) {
                          if (!dialog)
                              return;
                          if (reply)
                              dialog->done(QDialog::Accepted);
                          else
                              dialog->showError(reply.error());
                      });
    });
    dialog->open();
}

void ChatPage::addPeople()
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    QList<QUuid> there;
    for (const ChannelMember &member : std::as_const(m_members))
        there << member.id;
    const QUuid channelId = entry->channel.id;
    auto *dialog = new PeopleDialog(tr("Add to %1").arg(chatLooks::titled(*entry, m_channels.me())), tr("Add"),
                                    new ChatPeople(m_workspace, m_channels), there, mostAddedAtOnce, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PeopleDialog::submitted, this, [this, dialog, channelId] {
        NewChannelMembers people;
        const auto ended = [this, dialog = QPointer(dialog), channelId](const auto &reply) {
            if (reply && channelId == m_feed.place().channelId)
                loadMembers();
            if (!dialog)
                return;
            if (reply)
                dialog->done(QDialog::Accepted);
            else
                dialog->showError(reply.error().detail);
        };
        for (const ChannelMember &one : dialog->chosen()) {
            if (one.kind == ChatPartyKind::Assistant)
                m_workspace.api().call(endpoints::assistants::join.at(channelId), {one.id}, this, ended);
            else
                people.memberIds << one.id;
        }
        if (!people.memberIds.isEmpty())
            m_workspace.api().call(endpoints::channels::addMembers.at(channelId), people, this, ended);
    });
    dialog->open();
}

void ChatPage::showAssistants()
{
    auto *dialog = new AssistantsDialog(m_workspace, m_library, this);
    connect(dialog, &AssistantsDialog::talkRequested, this, &ChatPage::talkTo);
    dialog->open();
}

void ChatPage::talkTo(const QUuid &assistantId)
{
    m_workspace.api().call(
        endpoints::assistants::talk.at(assistantId), {}, this, [this, assistantId](const Result<ChannelEntry> &reply) {
            if (!reply)
                return Q_EMIT toastRequested({.tone = Tone::Danger,
                                              .title = tr("Could not open the conversation"),
                                              .text = reply.error().detail,
                                              .retry = [this, assistantId] { talkTo(assistantId); },
                                              .details = QString::fromUtf8(json::print(reply.error()))});
            m_channels.put(*reply);
            openChannel(reply->channel.id);
            mainContent()->setFocus(Qt::OtherFocusReason);
        });
}
