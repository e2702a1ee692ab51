// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_actions.h"

#include "client/chat/chat_looks.h"
#include "shared/chat/assistant_endpoints.h"
#include "shared/chat/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int mutedYears = 100; // until somebody says otherwise

bool isOfAssistant(const ChatMessage &message)
{
    return message.authorKind == ChatPartyKind::Assistant && !message.deletedAt;
}

} // namespace

ChatActions::ChatActions(Workspace &workspace, ChannelBook &channels, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_channels(channels)
{
}

bool ChatActions::mayPost(const Channel &channel) const
{
    return !channel.isArchived && m_channels.find(channel.id) && m_workspace.session().can(Ability::ChatPost);
}

bool ChatActions::mayEdit(const ChatMessage &message) const
{
    return message.authorKind == ChatPartyKind::Person && message.authorId == me() && !message.deletedAt
        && m_workspace.session().can(Ability::ChatPost);
}

bool ChatActions::mayDelete(const ChatMessage &message) const
{
    const bool isOwn = message.authorKind == ChatPartyKind::Person && message.authorId == me();
    return !message.deletedAt && message.state != MessageState::Streaming
        && (isOwn || m_workspace.session().can(Ability::ChatModerate));
}

bool ChatActions::mayStop(const ChatMessage &message) const
{
    return isOfAssistant(message) && message.state == MessageState::Streaming
        && m_workspace.session().can(Ability::ChatPost);
}

bool ChatActions::mayRegenerate(const ChatMessage &message) const
{
    return isOfAssistant(message) && message.state != MessageState::Streaming
        && m_workspace.session().can(Ability::ChatPost);
}

bool ChatActions::mayRate(const ChatMessage &message) const
{
    return isOfAssistant(message) && message.state == MessageState::Complete
        && m_workspace.session().can(Ability::ChatPost);
}

void ChatActions::refused(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
}

template<class Endpoint>
void ChatActions::change(const Endpoint &endpoint, const ChatMessage &message, const QString &problem)
{
    m_workspace.api().call(endpoint, {}, this, [this, endpoint, message, problem](const Result<ChatMessage> &reply) {
        if (reply)
            return Q_EMIT changed(*reply);
        refused(problem, reply.error(), [this, endpoint, message, problem] { change(endpoint, message, problem); });
    });
}

void ChatActions::edit(const ChatMessage &message, const QString &text, const QList<QUuid> &mentions)
{
    MessageChange change{.text = text};
    if (!mentions.isEmpty()) {
        QList<QUuid> all = message.mentions;
        for (const QUuid &id : mentions)
            if (!all.contains(id))
                all << id;
        change.mentions = all;
    }
    m_workspace.api().call(endpoints::messages::update.at(message.id), change, this,
                           [this, message, text, mentions](const Result<ChatMessage> &reply) {
                               if (reply)
                                   return Q_EMIT changed(*reply);
                               refused(tr("Could not change the message"), reply.error(),
                                       [this, message, text, mentions] { edit(message, text, mentions); });
                           });
}

void ChatActions::remove(const ChatMessage &message)
{
    if (!mayDelete(message))
        return;
    const QUuid id = message.id;
    Q_EMIT deleting(id, true);
    m_removals.begin(id, [this, id, message] {
        m_workspace.api().call(
            endpoints::messages::remove.at(id), {}, this, [this, id, message](const Result<Nothing> &reply) {
                m_removals.ended(id);
                if (reply)
                    return;
                Q_EMIT deleting(id, false);
                refused(tr("Could not delete the message"), reply.error(), [this, message] { remove(message); });
            });
    });
    Q_EMIT toastRequested(
        {.title = tr("Message deleted"), .text = chatLooks::firstLine(message.text), .undo = [this, id] {
             if (m_removals.takeBack(id))
                 Q_EMIT deleting(id, false);
         }});
}

void ChatActions::toggleReaction(const ChatMessage &message, const QString &emoji)
{
    const auto reaction = std::find_if(message.reactions.begin(), message.reactions.end(),
                                       [&](const MessageReaction &one) { return one.emoji == emoji; });
    const bool isMine = reaction != message.reactions.end() && reaction->userIds.contains(me());
    if (isMine)
        change(endpoints::messages::unreact.at(message.id, emoji), message, tr("Could not take the reaction back"));
    else
        change(endpoints::messages::react.at(message.id, emoji), message, tr("Could not react to the message"));
}

void ChatActions::togglePin(const ChatMessage &message)
{
    if (message.pinnedAt)
        change(endpoints::messages::unpin.at(message.id), message, tr("Could not unpin the message"));
    else
        change(endpoints::messages::pin.at(message.id), message, tr("Could not pin the message"));
}

void ChatActions::stop(const ChatMessage &message)
{
    change(endpoints::assistants::stop.at(message.id), message, tr("Could not stop the answer"));
}

void ChatActions::regenerate(const ChatMessage &message)
{
    change(endpoints::assistants::regenerate.at(message.id), message, tr("Could not have the answer written anew"));
}

void ChatActions::rate(const ChatMessage &message, AnswerRating rating)
{
    m_workspace.api().call(endpoints::assistants::rate.at(message.id), {rating}, this,
                           [this, message, rating](const Result<AssistantAnswer> &reply) {
                               if (!reply)
                                   return refused(tr("Could not rate the answer"), reply.error(),
                                                  [this, message, rating] { rate(message, rating); });
                               Q_EMIT toastRequested({.tone = Tone::Success,
                                                      .title = rating == AnswerRating::Up ? tr("Rated as helpful")
                                                                                          : tr("Rated as not helpful"),
                                                      .text = message.authorName});
                           });
}

void ChatActions::join(const QUuid &channelId)
{
    m_workspace.api().call(
        endpoints::channels::join.at(channelId), {}, this, [this, channelId](const Result<ChannelEntry> &reply) {
            if (!reply)
                return refused(tr("Could not join the channel"), reply.error(), [this, channelId] { join(channelId); });
            m_channels.put(*reply);
            Q_EMIT joined(*reply);
        });
}

void ChatActions::leave(const ChannelEntry &entry)
{
    const QUuid id = entry.channel.id;
    m_workspace.api().call(
        endpoints::channels::leave.at(id), {}, this, [this, entry, id](const Result<Nothing> &reply) {
            if (!reply)
                return refused(tr("Could not leave the channel"), reply.error(), [this, entry] { leave(entry); });
            m_channels.drop(id);
            const bool mayComeBack = entry.channel.kind == ChannelKind::Public;
            Q_EMIT toastRequested({.title = tr("You left %1").arg(chatLooks::titled(entry, me())),
                                   .undo = mayComeBack ? std::function<void()>([this, id] { join(id); }) : nullptr});
        });
}

void ChatActions::changeMembership(const ChannelEntry &entry, const MembershipChange &change, const QString &problem)
{
    const QUuid id = entry.channel.id;
    m_workspace.api().call(endpoints::channels::changeMembership.at(id), change, this,
                           [this, entry, change, problem, id](const Result<Membership> &reply) {
                               if (reply)
                                   return m_channels.put(id, *reply);
                               refused(problem, reply.error(),
                                       [this, entry, change, problem] { changeMembership(entry, change, problem); });
                           });
}

void ChatActions::setMuted(const ChannelEntry &entry, bool isMuted)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    MembershipChange change{.mutedUntil = isMuted ? now.addYears(mutedYears) : now};
    if (!isMuted && entry.membership && entry.membership->notify == ChannelNotify::Nothing)
        change.notify = ChannelNotify::All;
    changeMembership(entry, change, isMuted ? tr("Could not mute the channel") : tr("Could not unmute the channel"));
}

void ChatActions::toggleFavorite(const ChannelEntry &entry)
{
    if (entry.membership)
        changeMembership(entry, {.isFavorite = !entry.membership->isFavorite}, tr("Could not change the favorites"));
}
