// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"

class QNetworkReply;

// What stood between us and the server (no name, refused, TLS, time-out, cut off), as the one error shape: status 0,
// code "offline", and a translated sentence that says what to check.
ApiError networkError(const QNetworkReply &reply, const QString &tlsProblem);

// An answer outside 200–299: the problem document that the server sent, or one made up when something between us and
// the server (a proxy, another program on that port) answered instead.
ApiError refusal(int status, const QByteArray &body);

// A success whose body is not what was agreed: code "bad_reply".
ApiError badReply(const QString &problem);
