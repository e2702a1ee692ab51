// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/retry_policy.h"

#include <algorithm>

std::chrono::milliseconds RetryPolicy::after(int attempt, std::optional<std::chrono::milliseconds> asked,
                                             double chance) const
{
    using std::chrono::milliseconds;
    const qsizetype index = std::clamp<qsizetype>(attempt - 1, 0, pauses.size() - 1);
    const milliseconds pause =
        std::max(pauses.isEmpty() ? milliseconds(0) : pauses[index], asked.value_or(milliseconds(0)));
    return pause + milliseconds(qint64(double(pause.count()) * 0.2 * chance));
}
