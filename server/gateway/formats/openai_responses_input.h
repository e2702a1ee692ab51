// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/members.h"
#include "server/providers/provider.h"

// The conversation in a request in the format of OpenAI's responses.
namespace gateway {

struct ResponsesInput
{
    QList<providers::ChatMessage> messages;
    QStringList unheard; // pointers, as in Incoming
};

// Of `instructions` and `input`. Throws ApiError 400 with a pointer to what cannot be passed on.
ResponsesInput readResponsesInput(Members &body);

} // namespace gateway
