// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does with channels, and the keys of the page.
#include "client/chat/channel_dialogs.h"
#include "client/chat/channel_list.h"
#include "client/chat/chat_looks.h"
#include "client/chat/chat_page.h"
#include "client/chat/message_composer.h"
#include "client/chat/messages_dialog.h"
#include "client/chat/thread_pane.h"
#include "shared/chat/assistant_endpoints.h"
#include "shared/chat/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostInGroup = 20; // beside who makes it

} // namespace

QList<Command> ChatPage::commands()
{
    QList<Command> all;
    const auto page = [&](const char *id, const QString &text, const QString &icon, const QString &keys,
                          std::function<void()> run, std::function<bool()> enabled = {}) {
        all.append({.id = QString::fromLatin1(id),
                    .text = text,
                    .icon = icon,
                    .keys = keys,
                    .scope = Command::Scope::Page,
                    .run = std::move(run),
                    .enabled = std::move(enabled),
                    .subject = {}});
    };
    const auto isOpen = [this] { return current() != nullptr; };
    const auto isMember = [this] { return current() && current()->membership; };
    const auto with = [this](auto run) {
        return [this, run] {
            if (const ChatMessage *message = currentMessage())
                run(ChatMessage(*message));
        };
    };
    const auto when = [this](auto may) {
        return [this, may] {
            const ChatMessage *message = currentMessage();
            return message && may(*message);
        };
    };
    page(
        "chat.search", tr("Search in this conversation"), u"search"_s, u"Ctrl+F; /"_s, [this] { search(false); },
        isOpen);
    page("chat.searchAll", tr("Search all messages"), u"search"_s, u"Ctrl+Shift+F"_s, [this] { search(true); });
    page("chat.find", tr("Find a conversation"), u"filter"_s, u"F"_s, [this] { m_view->list().focusSearch(); });
    if (m_workspace.session().can(Ability::ChannelsCreate)) {
        page("chat.message", tr("New message to people"), u"message-square-plus"_s, u"Ctrl+N"_s,
             [this] { openNew(ChannelSection::Direct); });
        page("chat.channel", tr("New channel"), u"plus"_s, {}, [this] { openNew(ChannelSection::Channels); });
    }
    page("chat.browse", tr("Channels to join"), u"hash"_s, u"Ctrl+Shift+J"_s, [this] { browse(); });
    if (m_workspace.session().can(Ability::AssistantsRead))
        page("chat.assistants", tr("Assistants"), u"sparkles"_s, u"Ctrl+Shift+A"_s, [this] { showAssistants(); });
    page(
        "chat.details", tr("Members and details"), u"users"_s, u"Ctrl+I"_s, [this] { showDetails(); }, isOpen);
    page(
        "chat.pins", tr("Pinned messages"), u"pin"_s, u"Ctrl+Shift+P"_s, [this] { showPins(); }, isOpen);
    page(
        "chat.leave", tr("Leave the channel"), u"log-out"_s, {}, [this] { leaveChannel(); }, isMember);
    // Escape first leaves what is being edited or answered.
    if (!m_threadFeed.place().isNull())
        page("chat.closeThread", tr("Close the thread"), u"x"_s, u"Esc"_s, [this] {
            for (MessageComposer *composer : {&m_view->composer(), m_view->thread().composer()})
                if (!composer->editedId().isNull() || !composer->quotedId().isNull())
                    return composer->endContext();
            closeThread();
            mainContent()->setFocus(Qt::OtherFocusReason);
        });
    page("chat.readAll", tr("Mark everything as read"), u"check"_s, u"Shift+Esc"_s, [this] { readAll(); });
    page("chat.unread", tr("Mark unread from this message"), u"mail"_s, u"Shift+U"_s,
         with([this](const ChatMessage &message) { markUnreadFrom(message); }),
         when([](const ChatMessage &message) { return !message.threadId; }));
    for (const auto &[id, emoji] : {std::pair("chat.like", u"👍"_s), std::pair("chat.done", u"✅"_s)})
        page(id, tr("React with %1").arg(emoji), u"smile"_s, {},
             with([this, emoji = emoji](const ChatMessage &message) { m_actions.toggleReaction(message, emoji); }),
             when([](const ChatMessage &message) { return !message.deletedAt; }));
    page("chat.regenerate", tr("Write the answer anew"), u"refresh-cw"_s, u"Ctrl+Shift+R"_s,
         with([this](const ChatMessage &message) { m_actions.regenerate(message); }),
         when([this](const ChatMessage &message) { return m_actions.mayRegenerate(message); }));
    const auto mayRate = when([this](const ChatMessage &message) { return m_actions.mayRate(message); });
    page("chat.helpful", tr("Rate the answer as helpful"), u"thumbs-up"_s, u"Ctrl+Alt+Up"_s,
         with([this](const ChatMessage &message) { m_actions.rate(message, AnswerRating::Up); }), mayRate);
    page("chat.unhelpful", tr("Rate the answer as not helpful"), u"thumbs-down"_s, u"Ctrl+Alt+Down"_s,
         with([this](const ChatMessage &message) { m_actions.rate(message, AnswerRating::Down); }), mayRate);
    // Keys of the list and of the messages themselves, for the overlay that lists them.
    const std::pair<QString, QString> keys[] = {{u"Alt+Down; Alt+Up"_s, tr("Next or previous conversation")},
                                                {u"Alt+Shift+Down; Alt+Shift+Up"_s, tr("Next or previous unread one")},
                                                {u"Ctrl+Shift+M"_s, tr("Mute or unmute the conversation")},
                                                {u"R"_s, tr("Quote the message")},
                                                {u"T"_s, tr("Reply in its thread")},
                                                {u"E"_s, tr("Edit the message")},
                                                {u"P"_s, tr("Pin the message")},
                                                {u"Del"_s, tr("Delete the message")}};
    for (const auto &[key, text] : keys)
        all.append({.id = u"chat.key."_s + key,
                    .text = text,
                    .icon = {},
                    .keys = key,
                    .scope = Command::Scope::List,
                    .run = {},
                    .enabled = {},
                    .subject = {},
                    .listed = false});
    return all;
}

void ChatPage::openNew(ChannelSection section)
{
    if (section == ChannelSection::Channels || section == ChannelSection::Favorites) {
        auto *dialog = new ChannelDialog({}, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ChannelDialog::submitted, this,
                [this, dialog](const NewChannel &input) { saveChannel(input, dialog); });
        return dialog->open();
    }
    if (section == ChannelSection::Assistants && m_workspace.session().can(Ability::AssistantsRead))
        return showAssistants();
    auto *dialog = new PeopleDialog(tr("New message"), tr("Write"), new ChatPeople(m_workspace, m_channels), {},
                                    mostInGroup, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PeopleDialog::submitted, this, [this, dialog] {
        const auto opened = [this, dialog = QPointer(dialog)](const Result<ChannelEntry> &reply) {
            if (!dialog)
                return;
            if (!reply)
                return dialog->showError(reply.error().detail);
            dialog->done(QDialog::Accepted);
            m_channels.put(*reply);
            openChannel(reply->channel.id);
            mainContent()->setFocus(Qt::OtherFocusReason);
        };
        const QList<ChannelMember> chosen = dialog->chosen();
        if (chosen.size() == 1 && chosen.first().kind == ChatPartyKind::Assistant) {
            m_workspace.api().call(endpoints::assistants::talk.at(chosen.first().id), {}, this, opened);
            return;
        }
        NewChannel input;
        input.kind = chosen.size() == 1 ? ChannelKind::Direct : ChannelKind::Group;
        for (const ChannelMember &one : chosen) {
            if (one.kind == ChatPartyKind::Assistant)
                return dialog->showError(
                    tr("An assistant has a conversation of its own, or is added to a channel: choose it alone."));
            input.memberIds << one.id;
        }
        m_workspace.api().call(endpoints::channels::create, input, this, opened);
    });
    dialog->open();
}

void ChatPage::saveChannel(const NewChannel &input, ChannelDialog *dialog)
{
    m_workspace.api().call(endpoints::channels::create, input, this,
                           [this, dialog = QPointer(dialog)](const Result<ChannelEntry> &reply) {
                               if (!reply)
                                   return dialog ? dialog->showError(reply.error()) : void();
                               if (dialog)
                                   dialog->done(QDialog::Accepted);
                               m_channels.put(*reply);
                               openChannel(reply->channel.id);
                               mainContent()->setFocus(Qt::OtherFocusReason);
                           });
}

void ChatPage::browse()
{
    auto *dialog = new BrowseChannelsDialog(m_workspace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BrowseChannelsDialog::chosen, this, [this](const ChannelEntry &entry) {
        if (!entry.membership)
            m_visited = entry;
        openChannel(entry.channel.id);
        mainContent()->setFocus(Qt::OtherFocusReason);
    });
    dialog->open();
}

void ChatPage::search(bool everywhere)
{
    messageQuery::Names names;
    const auto addPeople = [&](const QList<ChannelMember> &people) {
        for (const ChannelMember &one : people)
            if (!names.people.contains(std::pair(one.name, one.id)))
                names.people.append({one.name, one.id});
    };
    addPeople(m_members);
    const Profile &profile = m_workspace.session().profile();
    names.people.append({profile.displayName, profile.userId});
    names.people.append({tr("me"), profile.userId});
    for (const ChannelEntry &entry : m_channels.entries()) {
        addPeople(entry.people);
        names.channels.append({chatLooks::name(entry, m_channels.me()), entry.channel.id});
    }
    const ChannelEntry *entry = everywhere ? nullptr : current();
    auto *dialog = MessagesDialog::search(m_workspace, names, entry ? entry->channel.id : QUuid(),
                                          entry ? chatLooks::titled(*entry, m_channels.me()) : QString(), this);
    connect(dialog, &MessagesDialog::chosen, this, &ChatPage::jumpTo);
    dialog->open();
}

void ChatPage::showPins()
{
    const ChannelEntry *entry = current();
    if (!entry)
        return;
    auto *dialog =
        MessagesDialog::pins(m_workspace, entry->channel.id, chatLooks::titled(*entry, m_channels.me()), this);
    connect(dialog, &MessagesDialog::chosen, this, &ChatPage::jumpTo);
    dialog->open();
}

void ChatPage::leaveChannel()
{
    const ChannelEntry *entry = current();
    if (entry && entry->membership)
        m_actions.leave(ChannelEntry(*entry));
}

void ChatPage::readAll()
{
    for (const ChannelEntry &entry : QList<ChannelEntry>(m_channels.entries()))
        m_channels.markRead(entry.channel.id, entry.channel.lastSequence);
    m_feed.conversation().setReadSequence(-1);
}
