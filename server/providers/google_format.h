// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/answer_draft.h"

// Google's generateContent as JSON, without the transfer.
namespace providers::google {

// The body of POST /v1beta/models/…:generateContent. Throws CallError for what cannot be sent.
QJsonObject requestBody(const ModelRequest &request, const QString &title);

// A whole answer, or a chunk of a stream, which has the same form.
void readResponse(const QJsonObject &response, AnswerDraft &draft);

} // namespace providers::google
