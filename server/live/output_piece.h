// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUuid>

// A piece of text that a provider has just sent for a running job; offsets count UTF-16 units from the start of the
// attempt.
struct OutputPiece
{
    QUuid tenantId;
    QUuid jobId;
    int attempt = 1;
    qint64 offset = 0;
    QString text;
    bool isForeign = false; // it came from the worker of another process
};
