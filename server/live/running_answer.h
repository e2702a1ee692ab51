// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QUuid>

// An assistant's message that a job is writing just now.
struct RunningAnswer
{
    QUuid tenantId;
    QUuid channelId;
    QUuid messageId;
    QUuid jobId;
    QJsonObject message; // the record, as rules look at it
};
