// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/answer_draft.h"

// OpenAI's Chat Completions as JSON, without the transfer.
namespace providers::openai {

// The body of POST /chat/completions. api.openai.com (`isOfficial`) and those compatible with it want some fields
// under other names. Throws CallError for what cannot be sent.
QByteArray requestBody(const ModelRequest &request, bool isOfficial, const QString &title);

// A whole answer, and a chunk of a stream. Both throw json::SyntaxError for what is not the format.
void readWhole(const QJsonObject &answer, AnswerDraft &draft);
void readChunk(const QJsonObject &chunk, AnswerDraft &draft);

TokenUsage readUsage(const QJsonObject &usage);

} // namespace providers::openai
