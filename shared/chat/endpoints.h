// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/channel_draft.h"
#include "shared/chat/message_search.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

// Who may read a channel: for public ones whoever may channels.read, for the others their members. Its owners change
// it; who may chat.moderate in it may do so too.
namespace endpoints::channels {

inline constexpr Endpoint<ChannelFilter, Page<ChannelEntry>> list{Method::Get, "/api/v1/channels",
                                                                  Ability::ChannelsRead, "List channels"};
inline constexpr Endpoint<NewChannel, ChannelEntry> create{
    Method::Post,
    "/api/v1/channels",
    Ability::ChannelsCreate,
    "Make a channel",
    201,
    "A direct or group channel of the same people that is there already is the answer, with 200."};
inline constexpr Endpoint<Nothing, ChannelEntry> get{Method::Get, "/api/v1/channels/{id}", Ability::ChannelsRead,
                                                     "Show a channel"};
inline constexpr Endpoint<ChannelChange, Channel> update{Method::Patch, "/api/v1/channels/{id}",
                                                         Ability::ChannelsUpdate, "Rename or archive a channel"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/channels/{id}", Ability::ChannelsDelete,
                                                   "Delete a channel with all its messages", 204};
inline constexpr Endpoint<Nothing, ChannelEntry> join{Method::Post, "/api/v1/channels/{id}/join", Ability::ChannelsRead,
                                                      "Join a public channel"};
inline constexpr Endpoint<Nothing, Nothing> leave{Method::Post, "/api/v1/channels/{id}/leave", Ability::ChannelsRead,
                                                  "Leave a channel", 204};
inline constexpr Endpoint<ChatPageFilter, Page<ChannelMember>> members{
    Method::Get, "/api/v1/channels/{id}/members", Ability::ChannelsRead, "List the members of a channel"};
inline constexpr Endpoint<NewChannelMembers, Channel> addMembers{
    Method::Post,
    "/api/v1/channels/{id}/members",
    Ability::ChannelsUpdate,
    "Add people to a channel",
    200,
    "Members may add people to public channels; owners to private ones. Direct and group channels stay as they are."};
inline constexpr Endpoint<ChannelMemberChange, ChannelMember> changeMember{
    Method::Patch, "/api/v1/channels/{id}/members/{memberId}", Ability::ChannelsUpdate,
    "Make a member an owner, or no longer"};
inline constexpr Endpoint<Nothing, Nothing> removeMember{Method::Delete, "/api/v1/channels/{id}/members/{memberId}",
                                                         Ability::ChannelsUpdate, "Remove a member", 204};
inline constexpr Endpoint<MembershipChange, Membership> changeMembership{
    Method::Patch, "/api/v1/channels/{id}/membership", Ability::ChannelsRead,
    "Mute a channel for oneself, choose what it notifies of"};
inline constexpr Endpoint<ReadMark, Membership> read{Method::Put, "/api/v1/channels/{id}/read", Ability::ChannelsRead,
                                                     "Mark messages as read"};

} // namespace endpoints::channels

namespace endpoints::messages {

inline constexpr Endpoint<MessageFilter, Page<ChatMessage>> list{Method::Get, "/api/v1/channels/{id}/messages",
                                                                 Ability::ChatRead, "List messages of a channel"};
inline constexpr Endpoint<NewMessage, ChatMessage> post{
    Method::Post,
    "/api/v1/channels/{id}/messages",
    Ability::ChatPost,
    "Send a message",
    201,
    "Sent again with the same clientId, the answer is the first message, with 200. Only members post."};
inline constexpr Endpoint<MessageSearch, Page<ChatMessage>> search{Method::Get, "/api/v1/messages", Ability::ChatRead,
                                                                   "Search messages, newest first"};
inline constexpr Endpoint<Nothing, ChatMessage> get{Method::Get, "/api/v1/messages/{id}", Ability::ChatRead,
                                                    "Show a message"};
inline constexpr Endpoint<MessageChange, ChatMessage> update{Method::Patch,
                                                             "/api/v1/messages/{id}",
                                                             Ability::ChatPost,
                                                             "Edit a message of one's own",
                                                             200,
                                                             "What it said before stays in its history."};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete,
                                                   "/api/v1/messages/{id}",
                                                   Ability::ChatRead,
                                                   "Delete a message",
                                                   204,
                                                   "One's own, or with chat.moderate anybody's. Its place stays; what "
                                                   "it said, before edits too, is gone."};
inline constexpr Endpoint<ChatPageFilter, Page<MessageEdit>> edits{
    Method::Get, "/api/v1/messages/{id}/edits", Ability::ChatRead, "List what a message said before, newest first"};
inline constexpr Endpoint<Nothing, ChatMessage> react{Method::Put, "/api/v1/messages/{id}/reactions/{emoji}",
                                                      Ability::ChatPost, "React to a message"};
inline constexpr Endpoint<Nothing, ChatMessage> unreact{Method::Delete, "/api/v1/messages/{id}/reactions/{emoji}",
                                                        Ability::ChatRead, "Take a reaction back"};
inline constexpr Endpoint<Nothing, ChatMessage> pin{Method::Put, "/api/v1/messages/{id}/pin", Ability::ChatPost,
                                                    "Pin a message"};
inline constexpr Endpoint<Nothing, ChatMessage> unpin{Method::Delete, "/api/v1/messages/{id}/pin", Ability::ChatPost,
                                                      "Unpin a message"};

// Drafts are the caller's own.
inline constexpr Endpoint<ChatPageFilter, Page<ChannelDraft>> drafts{
    Method::Get, "/api/v1/channel-drafts", Ability::ChatRead, "List one's drafts of messages, newest first"};
inline constexpr Endpoint<ChannelDraftInput, ChannelDraft> saveDraft{
    Method::Put, "/api/v1/channels/{id}/draft", Ability::ChatRead, "Keep one's draft of a message"};
inline constexpr Endpoint<Nothing, Nothing, ChannelDraftPlace> removeDraft{
    Method::Delete, "/api/v1/channels/{id}/draft", Ability::ChatRead, "Discard one's draft of a message", 204};

} // namespace endpoints::messages
