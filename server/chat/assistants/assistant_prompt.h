// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/chat/assistant.h"
#include "shared/jobs/job.h"

// What an assistant is asked with. Whatever people write is the value of a variable: it is put into the template's text
// and never read as such.
namespace AssistantPrompt {

// What was said before the question, in its order: in its thread, or else in the channel outside of threads. The last
// messages that the caller may read, as many and as long as the assistant takes.
QList<ChatMessage> conversation(Transaction &tx, const Caller &caller, const Assistant &assistant,
                                const ChatMessage &question);

// Those of `question` and `conversation` that the schema knows; both where there is none.
QJsonObject variables(const std::optional<QJsonObject> &schema, const QString &question,
                      const QList<ChatMessage> &conversation);

// The request for an answer, of the version that stands there now. Throws ApiError::conflict where the template is
// gone.
GenerateRequest request(Transaction &tx, const Assistant &assistant, const QString &question,
                        const QList<ChatMessage> &conversation);

// That the assistant can be asked at all; throws 422 at /template, /label, /version or /model.
void check(Transaction &tx, const Caller &caller, const Assistant &assistant);

} // namespace AssistantPrompt
