// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/dialect.h"
#include "server/limits/counter.h"

#include <QDateTime>

namespace limits {

// How the tightest limits stand, as the provider of that dialect tells it: x-ratelimit-… with times such as 6m0s
// (OpenAI), anthropic-ratelimit-… with moments (Anthropic), nothing (Google). Empty where no limit of a minute holds.
http::HeaderList headersOf(const Outcome &outcome, gateway::Dialect dialect, const QDateTime &now);

} // namespace limits
