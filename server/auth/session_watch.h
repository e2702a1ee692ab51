// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/id_watch.h"

// The sessions that have ended or whose person has got other rights.
class SessionWatch : public IdWatch
{
public:
    static constexpr const char *channel = "patio_sessions";

    SessionWatch() : IdWatch(channel) { }
    static void announce(Transaction &tx, const QList<QUuid> &sessions) { IdWatch::announce(tx, channel, sessions); }
};
