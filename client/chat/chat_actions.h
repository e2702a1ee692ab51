// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/chat/channel_book.h"
#include "client/gateway/late_removal.h"
#include "client/widgets/toast.h"
#include "shared/chat/assistant_answer.h"

// What may be done to messages and channels. What the server refuses is said in a toast, with another try where that
// makes sense.
class ChatActions : public QObject
{
    Q_OBJECT

public:
    ChatActions(Workspace &workspace, ChannelBook &channels, QObject *parent = nullptr);

    bool mayPost(const Channel &channel) const;
    bool mayEdit(const ChatMessage &message) const; // one's own
    bool mayDelete(const ChatMessage &message) const; // one's own, or as a moderator
    bool mayStop(const ChatMessage &message) const;
    bool mayRegenerate(const ChatMessage &message) const;
    bool mayRate(const ChatMessage &message) const;

    void edit(const ChatMessage &message, const QString &text, const QList<QUuid> &mentions);
    // Hidden at once, deleted for good when the toast's undo is over.
    void remove(const ChatMessage &message);
    void toggleReaction(const ChatMessage &message, const QString &emoji);
    void togglePin(const ChatMessage &message);
    void stop(const ChatMessage &message);
    void regenerate(const ChatMessage &message);
    void rate(const ChatMessage &message, AnswerRating rating);

    void join(const QUuid &channelId);
    void leave(const ChannelEntry &entry);
    void setMuted(const ChannelEntry &entry, bool isMuted);
    void toggleFavorite(const ChannelEntry &entry);

Q_SIGNALS:
    void toastRequested(const Toast &toast);
    void changed(const ChatMessage &message); // as the server has it now
    void deleting(const QUuid &messageId, bool isDeleted); // false: it comes back
    void joined(const ChannelEntry &entry);

private:
    void refused(const QString &what, const ApiError &error, std::function<void()> retry = {});
    void changeMembership(const ChannelEntry &entry, const MembershipChange &change, const QString &problem);
    template<class Endpoint> void change(const Endpoint &endpoint, const ChatMessage &message, const QString &problem);
    QUuid me() const { return m_channels.me(); }

    Workspace &m_workspace;
    ChannelBook &m_channels;
    LateRemoval m_removals;
};
