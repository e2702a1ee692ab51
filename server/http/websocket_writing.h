// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/websocket_frames.h"

#include <QByteArrayView>

namespace http {

// Frames as a server sends them: whole and without a mask.
void appendFrame(QByteArray &output, Opcode opcode, QByteArrayView payload);
QByteArray closeFrame(int code, QByteArrayView reason = {});

} // namespace http
