// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/guardrails/masker.h"
#include "server/http/message.h"
#include "shared/error.h"

#include <QJsonObject>
#include <QStringList>

// Whose way of speaking a request follows where formats share an address: of GET /v1/models there are three. The shapes
// of errors and lists are those that the official SDKs read.
namespace gateway {

enum class Dialect { OpenAi, Anthropic, Google };

// By the headers that only their SDKs send; OpenAI's for everybody else.
Dialect dialectOf(const http::Request &request);

// The secret of a gateway key, in whichever header it came; empty where there is none. Never in the address, which is
// written to logs along the way.
QByteArray secretOf(const http::Request &request);

// Pointers to members that the target cannot honour, as the value of a header: whatever they hold, it is one line.
QByteArray printUnheard(const QStringList &pointers);

// What guardrails have masked, as the value of a header: "email=2, cpf=1".
QByteArray printMasked(const guardrails::MaskCounts &counts);

QByteArray printError(Dialect dialect, const ApiError &error, const QByteArray &requestId);

// `owner/name` of each model.
QByteArray printModels(Dialect dialect, const QStringList &models);
QByteArray printModel(Dialect dialect, const QString &model);

} // namespace gateway
