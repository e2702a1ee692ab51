// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/channel_draft_service.h"

#include "server/chat/channel_draft_store.h"
#include "server/chat/chat_records.h"
#include "server/database/cursor.h"

using namespace Qt::StringLiterals;
using namespace ChatRecords;

namespace {

constexpr int chatDraftPage = 100;
constexpr int mostChatDrafts = 500; // of a person

NewEvent draftEvent(const Caller &caller, const ChannelDraftNews &news)
{
    return {ownTopicOf(caller.userId), u"draft.changed"_s, json::print(news)};
}

} // namespace

Page<ChannelDraft> ChannelDraftService::list(const Caller &caller, const ChatPageFilter &filter)
{
    const int limit = filter.limit.value_or(chatDraftPage);
    std::optional<ChannelDraftStore::Place> before;
    if (const auto keys = cursor::parse(filter.cursor, 3)) {
        before = {QDateTime::fromMSecsSinceEpoch(keys->at(0).toLongLong(), Qt::UTC), QUuid::fromString(keys->at(1)),
                  QUuid::fromString(keys->at(2))};
        if (before->channelId.isNull() || before->threadKey.isNull())
            cursor::refuse();
    }
    Page<ChannelDraft> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto channels =
            MessageStore::readableChannels(tx, caller.userId, Access::rows<Channel>(caller, Ability::ChannelsRead));
        return ChannelDraftStore::list(tx, caller.userId, limit + 1, before, channels);
    });
    if (cut(page.items, limit)) {
        const ChannelDraft &last = page.items.last();
        page.nextCursor = cursor::print({QString::number(last.updatedAt.toMSecsSinceEpoch()),
                                         last.channelId.toString(QUuid::WithoutBraces),
                                         last.threadId.value_or(last.channelId).toString(QUuid::WithoutBraces)});
    }
    return page;
}

ChannelDraft ChannelDraftService::put(const Caller &caller, const QUuid &channelId, const ChannelDraftInput &input)
{
    const ChannelDraft draft = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readableChannel(tx, caller, ChannelStore::find(tx, channelId));
        if (input.threadId) {
            const auto root = MessageStore::find(tx, *input.threadId);
            if (!root || root->channelId != channelId || !Access::may(caller, Ability::ChatRead, *root))
                throw ApiError::invalid(u"/threadId"_s, u"is no message of this channel"_s);
        }
        const ChannelDraft saved = ChannelDraftStore::put(tx, caller.userId, channelId, input);
        if (ChannelDraftStore::count(tx, caller.userId) > mostChatDrafts)
            throw ApiError::conflict(u"You have %1 drafts already. Send or discard one first."_s.arg(mostChatDrafts));
        EventLog::append(tx, {draftEvent(caller, {channelId, input.threadId, input.text})});
        return saved;
    });
    m_changed();
    return draft;
}

void ChannelDraftService::remove(const Caller &caller, const QUuid &channelId, const ChannelDraftPlace &place)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readableChannel(tx, caller, ChannelStore::find(tx, channelId));
        if (ChannelDraftStore::remove(tx, caller.userId, channelId, place.threadId))
            EventLog::append(tx, {draftEvent(caller, {channelId, place.threadId, {}})});
    });
    m_changed();
}
