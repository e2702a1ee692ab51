// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/formats/google_members.h"
#include "server/providers/provider.h"

// The conversation in a request in Google's format.
namespace gateway {

struct GoogleContents
{
    QList<providers::ChatMessage> messages;
    QStringList unheard; // pointers, as in Incoming
};

// Of `systemInstruction` and `contents`. Throws ApiError 400 with a pointer to what cannot be passed on.
GoogleContents readGoogleContents(Members &body);

// The text of a content that may hold nothing else.
QString googleText(const QJsonValue &content, const QString &pointer, QStringList &unheard);

} // namespace gateway
