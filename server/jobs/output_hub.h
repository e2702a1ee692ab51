// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/live/output_piece.h"

#include <QHash>

#include <functional>
#include <map>
#include <memory>
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
    // What these jobs have made is whole and about to be written down. Blocks while readers elsewhere are told.
    void complete(const QList<QUuid> &jobs);
    // The attempt is over; the text is in the job from now on, or gone with the attempt.
    void end(const QUuid &jobId);
    // The same, for a text that came from another process, and no later attempt.
    void endForeign(const QUuid &jobId, int attempt);

    // All of the text so far, as one piece at offset 0.
    std::optional<OutputPiece> snapshot(const QUuid &tenantId, const QUuid &jobId) const;
    // The same where the job runs in this process.
    std::optional<OutputPiece> own(const QUuid &jobId) const;

    // Somebody here reads along until the result is destroyed. A text from another process stays only so long.
    [[nodiscard]] std::shared_ptr<void> watch(const QUuid &jobId);

    // What the way to other processes needs to know. Called on any thread, all but `completed` inside this object, to
    // which they must not come back.
    struct Relay
    {
        std::function<void(const OutputPiece &)> grown; // here, not elsewhere
        std::function<void(const QList<QUuid> &jobs)> completed;
        std::function<void(const QUuid &jobId, int attempt)> ended;
        std::function<void(const QUuid &jobId, bool isWatched)> watched; // the first has come, the last has left
    };
    // Before jobs run; an empty one when they have ended.
    void setRelay(Relay relay);

private:
    void unwatch(const QUuid &jobId);

    mutable std::recursive_mutex m_mutex; // a listener may ask for a snapshot
    QHash<QUuid, OutputPiece> m_texts;
    std::map<int, Listener> m_listeners;
    QHash<QUuid, int> m_watchers; // by job
    Relay m_relay;
    int m_last = 0;
};
