// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/live/output_piece.h"

#include <QHash>

#include <functional>
#include <map>
#include <mutex>
#include <optional>

// The text that running jobs have made so far, and who wants to see it grow. Any thread.
class OutputHub
{
public:
    using Listener = std::function<void(const OutputPiece &)>;

    // Called for each piece on the thread that brings it, in order within a job. Returns a number for unsubscribe(),
    // after which no call comes any more.
    int subscribe(Listener listener);
    void unsubscribe(int subscription);

    // Adds to the text of the attempt; pieces that were seen before, in part or whole, are cut. A later attempt begins
    // anew.
    void append(const OutputPiece &piece);
    // The attempt is over; the text is in the job from now on, or gone with the attempt.
    void end(const QUuid &jobId);

    // All of the text so far, as one piece at offset 0.
    std::optional<OutputPiece> snapshot(const QUuid &tenantId, const QUuid &jobId) const;

private:
    mutable std::recursive_mutex m_mutex; // a listener may ask for a snapshot
    QHash<QUuid, OutputPiece> m_texts;
    std::map<int, Listener> m_listeners;
    int m_last = 0;
};
