// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <chrono>
#include <optional>

// How long a job waits before its next attempt: longer each time, never less than the provider asked for, and spread by
// up to a fifth, so that jobs that failed together do not come back together.
struct RetryPolicy
{
    QList<std::chrono::milliseconds> pauses{std::chrono::seconds(1), std::chrono::seconds(3), std::chrono::seconds(10)};

    // `attempt` counts from 1; after the last pause in the list that one is used on. `chance` is in [0, 1).
    std::chrono::milliseconds after(int attempt, std::optional<std::chrono::milliseconds> asked, double chance) const;
};
