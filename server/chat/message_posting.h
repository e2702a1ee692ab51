// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/chat/message_store.h"
#include "shared/chat/channel.h"
#include "shared/result.h"

// A message that somebody sends.
struct Posting
{
    Caller caller;
    QUuid channelId;
    NewMessage input;
};

struct Posted
{
    ChatMessage message;
    bool isNew = true; // false: it had been sent before
};

namespace MessagePosting {

// Throws for what is wrong whatever the database says.
void check(const NewMessage &input);

// Sends these in their order, in one transaction of their tenant, with their events. One that is refused does not keep
// the others from being sent. Locks the channels until the transaction ends.
QList<Result<Posted>> post(Transaction &tx, const QList<Posting> &postings);

// Gives complete messages their places at the end of their channels, which are locked, and writes them with their
// events.
void append(Transaction &tx, QList<ChatMessage> &messages, QHash<QUuid, Channel> &channels);

// That these may be mentioned in the channel; throws 422 at /mentions.
void checkMentions(Transaction &tx, const Channel &channel, const QList<QUuid> &mentions);

} // namespace MessagePosting
