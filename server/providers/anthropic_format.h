// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/answer_draft.h"

// Anthropic's Messages as JSON, without the transfer.
namespace providers::anthropic {

// The body of POST /v1/messages for version 2023-06-01. Throws CallError for what cannot be sent.
QJsonObject requestBody(const ModelRequest &request, const QString &title);

// A whole answer; throws json::SyntaxError for what is not the format.
void readWhole(const QJsonObject &answer, AnswerDraft &draft);
// An event of a stream, but for errors.
void readEvent(const QString &type, const QJsonObject &data, AnswerDraft &draft);

} // namespace providers::anthropic
