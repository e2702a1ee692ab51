// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/provider.h"

// What every wire format asks of a request alike. Whatever a provider cannot honour is refused by the field's name in
// ModelRequest and never left out in silence.
namespace providers {

// Throws CallError::InvalidRequest: "field: why".
[[noreturn]] void refuseField(const QString &field, const QString &why);

// The parts of a message; its content as the only one where it has no parts. Throws for parts that its role cannot
// hold: calls are the assistant's, results of tools are given to it, images are the user's.
QList<ContentPart> partsOf(const ChatMessage &message);

// All texts of the system, joined by an empty line.
QString systemText(const ModelRequest &request);
bool hasSystemText(const ModelRequest &request);

// The schema of a tool's arguments; of one that takes none an object without members.
QJsonObject parametersOf(const Tool &tool);

// The choice, where there is anything to choose from. Throws where a tool must be called and it, or any, is missing.
std::optional<ToolChoice> toolChoiceOf(const ModelRequest &request);

// Tools one after the other only.
bool forbidsParallelCalls(const ModelRequest &request);

// The arguments of a call as the object that some formats want. Throws for what is none.
QJsonObject argumentsOf(const ContentPart &call, const QString &title);

} // namespace providers
