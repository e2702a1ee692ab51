// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_outbox.h"

#include "shared/chat/endpoints.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto unsentKind = u"unsentMessage"_s;
constexpr auto firstWait = 2s;
constexpr auto longestWait = 60s;

// Whether another try may end otherwise: the network, the server or a limit was in the way, not the message.
bool mayPass(const ApiError &error)
{
    return error.status == 0 || error.status == 401 || error.status == 408 || error.status == 429
        || error.status >= 500;
}

} // namespace

ChatOutbox::ChatOutbox(Workspace &workspace, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_messages(workspace.store().rows<UnsentMessage>(unsentKind, mostMessages))
{
    std::sort(m_messages.begin(), m_messages.end(),
              [](const UnsentMessage &a, const UnsentMessage &b) { return a.number < b.number; });
    m_tryAgain.setSingleShot(true);
    connect(&m_tryAgain, &QTimer::timeout, this, &ChatOutbox::sendWaiting);
    connect(&workspace.live(), &LiveClient::stateChanged, this, [this](LiveClient::State state) {
        if (state == LiveClient::State::Live)
            sendWaiting();
    });
    if (workspace.live().state() == LiveClient::State::Live)
        sendWaiting();
}

ChatOutbox::~ChatOutbox() = default;

bool ChatOutbox::send(const QUuid &channelId, const NewMessage &message)
{
    if (isFull())
        return false;
    UnsentMessage unsent;
    unsent.channelId = channelId;
    unsent.message = message;
    unsent.number = m_messages.isEmpty() ? 1 : m_messages.last().number + 1;
    unsent.createdAt = QDateTime::currentDateTimeUtc();
    m_messages.append(unsent);
    keep(unsent);
    Q_EMIT changed(unsent);
    sendNextOf(channelId);
    return true;
}

void ChatOutbox::keep(const UnsentMessage &message)
{
    m_workspace.store().put(unsentKind,
                            QList<LocalStore::Entry<UnsentMessage>>{
                                {message.id().toString(QUuid::WithoutBraces), message.number, message}});
    m_workspace.store().flush(); // a crash must not take the text with it
}

void ChatOutbox::forget(const QUuid &clientId)
{
    m_messages.removeIf([&](const UnsentMessage &message) { return message.id() == clientId; });
    m_workspace.store().removeRow(unsentKind, clientId.toString(QUuid::WithoutBraces));
}

void ChatOutbox::sendWaiting()
{
    m_tryAgain.stop();
    QSet<QUuid> channels;
    for (const UnsentMessage &message : std::as_const(m_messages))
        channels.insert(message.channelId);
    for (const QUuid &channel : std::as_const(channels))
        sendNextOf(channel);
}

void ChatOutbox::sendNextOf(const QUuid &channelId)
{
    if (m_onTheWay.contains(channelId))
        return;
    const auto next = std::find_if(m_messages.begin(), m_messages.end(), [&](const UnsentMessage &message) {
        return message.channelId == channelId && message.error.isEmpty();
    });
    if (next == m_messages.end())
        return;
    const UnsentMessage message = *next;
    m_onTheWay.insert(channelId, message.id());
    Q_EMIT changed(message);
    m_workspace.api().call(endpoints::messages::post.at(channelId), message.message, this,
                           [this, message](const Result<ChatMessage> &reply) { answered(message, reply); });
}

void ChatOutbox::answered(const UnsentMessage &message, const Result<ChatMessage> &reply)
{
    m_onTheWay.remove(message.channelId);
    if (reply) {
        m_tries = 0;
        forget(message.id());
        Q_EMIT sent(*reply);
        return sendNextOf(message.channelId);
    }
    UnsentMessage *kept = messageOf(message.id());
    if (!kept)
        return;
    if (mayPass(reply.error())) {
        // Also the next ones wait: they come after this one.
        Q_EMIT changed(*kept);
        if (!m_tryAgain.isActive())
            m_tryAgain.start(
                std::min<std::chrono::milliseconds>(firstWait * (1 << std::min(m_tries++, 5)), longestWait));
        return;
    }
    kept->error = reply.error().detail;
    keep(*kept);
    Q_EMIT changed(*kept);
    sendNextOf(message.channelId);
}

void ChatOutbox::retry(const QUuid &clientId)
{
    UnsentMessage *message = messageOf(clientId);
    if (!message)
        return;
    message->error.clear();
    keep(*message);
    Q_EMIT changed(*message);
    sendNextOf(message->channelId);
}

void ChatOutbox::discard(const QUuid &clientId)
{
    const UnsentMessage *message = find(clientId);
    if (!message || m_onTheWay.value(message->channelId) == clientId)
        return;
    const UnsentMessage left = *message;
    forget(clientId);
    Q_EMIT discarded(left);
}

const UnsentMessage *ChatOutbox::find(const QUuid &clientId) const
{
    const auto found = std::find_if(m_messages.begin(), m_messages.end(),
                                    [&](const UnsentMessage &message) { return message.id() == clientId; });
    return found == m_messages.end() ? nullptr : &*found;
}

UnsentMessage *ChatOutbox::messageOf(const QUuid &clientId) { return const_cast<UnsentMessage *>(find(clientId)); }

QList<UnsentMessage> ChatOutbox::of(const ChatPlace &place) const
{
    QList<UnsentMessage> messages;
    std::copy_if(m_messages.begin(), m_messages.end(), std::back_inserter(messages),
                 [&](const UnsentMessage &message) { return message.place() == place; });
    return messages;
}

int ChatOutbox::waiting() const
{
    return int(std::count_if(m_messages.begin(), m_messages.end(),
                             [](const UnsentMessage &message) { return message.error.isEmpty(); }));
}

ConversationMessage ChatOutbox::shown(const UnsentMessage &message) const
{
    const Profile &profile = m_workspace.session().profile();
    ConversationMessage row;
    row.id = row.clientId = message.id();
    row.authorId = profile.userId;
    row.authorName = profile.displayName;
    row.isOwn = true;
    row.text = message.message.text;
    if (message.message.replyToId)
        row.quoted.id = *message.message.replyToId;
    row.state = !message.error.isEmpty()                      ? DeliveryState::Failed
        : m_onTheWay.value(message.channelId) == message.id() ? DeliveryState::Sending
                                                              : DeliveryState::Waiting;
    row.error = message.error;
    row.createdAt = message.createdAt.toMSecsSinceEpoch();
    return row;
}
