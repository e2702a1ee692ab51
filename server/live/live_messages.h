// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/event_log.h"
#include "server/live/output_piece.h"
#include "shared/live/live.h"

#include <optional>

// The texts that a live connection sends.
namespace live {

QByteArray eventMessage(const LoggedEvent &event, const QByteArray &data);
QByteArray outputMessage(const OutputPiece &piece);
QByteArray answerMessage(const Answer &answer);
QByteArray stateMessage(ServerMessageType type, qint64 sequence, const std::optional<QStringList> &topics = {});
QByteArray presenceMessage(const Presence &presence);
QByteArray errorMessage(const char *code, const QString &detail);

} // namespace live
