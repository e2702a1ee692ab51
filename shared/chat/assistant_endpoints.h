// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/chat/assistant.h"
#include "shared/chat/assistant_answer.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

// The job of an answer is made in the name of whoever asked, who needs jobs.create and the template; the assistant
// reads what they may read. What it writes comes over the topic of the channel (shared/live/live.h).
namespace endpoints::assistants {

inline constexpr Endpoint<AssistantFilter, Page<Assistant>> list{Method::Get, "/api/v1/assistants",
                                                                 Ability::AssistantsRead, "List assistants by name"};
inline constexpr Endpoint<NewAssistant, Assistant> create{Method::Post, "/api/v1/assistants", Ability::AssistantsCreate,
                                                          "Make an assistant", 201};
inline constexpr Endpoint<Nothing, Assistant> get{Method::Get, "/api/v1/assistants/{id}", Ability::AssistantsRead,
                                                  "Show an assistant"};
inline constexpr Endpoint<AssistantChange, Assistant> update{Method::Patch, "/api/v1/assistants/{id}",
                                                             Ability::AssistantsUpdate, "Change an assistant"};
inline constexpr Endpoint<Nothing, Nothing> remove{Method::Delete, "/api/v1/assistants/{id}", Ability::AssistantsDelete,
                                                   "Remove an assistant from all channels; what it wrote stays", 204};
inline constexpr Endpoint<Nothing, ChannelEntry> talk{Method::Post,
                                                      "/api/v1/assistants/{id}/channel",
                                                      Ability::ChannelsCreate,
                                                      "Open one's direct channel with an assistant",
                                                      200,
                                                      "There it answers each message. Made at the first call."};

inline constexpr Endpoint<NewChannelAssistant, ChannelMember> join{
    Method::Post,
    "/api/v1/channels/{id}/assistants",
    Ability::ChannelsUpdate,
    "Add an assistant to a public or private channel",
    201,
    "Messages that mention it there are answered. An assistant that is a member already is the answer, with 200."};
inline constexpr Endpoint<Nothing, Nothing> leave{Method::Delete, "/api/v1/channels/{id}/assistants/{assistantId}",
                                                  Ability::ChannelsUpdate, "Remove an assistant from a channel", 204};

inline constexpr Endpoint<Nothing, ChatMessage> stop{
    Method::Post,
    "/api/v1/messages/{id}/stop",
    Ability::ChatPost,
    "Stop an answer that is being written",
    200,
    "For who asked for it and who may chat.moderate. What was written until then stays."};
inline constexpr Endpoint<Nothing, ChatMessage> regenerate{
    Method::Post,
    "/api/v1/messages/{id}/regenerate",
    Ability::ChatPost,
    "Have an answer written anew",
    200,
    "For who asked for it and who may chat.moderate, in the caller's name. The answer before it stays in its history."};
inline constexpr Endpoint<AnswerRatingInput, AssistantAnswer> rate{
    Method::Put, "/api/v1/messages/{id}/rating", Ability::ChatPost, "Rate the answer that a message shows"};
inline constexpr Endpoint<Nothing, AssistantAnswer> unrate{Method::Delete, "/api/v1/messages/{id}/rating",
                                                           Ability::ChatRead, "Take one's rating back"};
inline constexpr Endpoint<Nothing, Page<AssistantAnswer>> answers{
    Method::Get, "/api/v1/messages/{id}/answers", Ability::ChatRead,
    "List what an assistant has written for a message, newest first"};

} // namespace endpoints::assistants
