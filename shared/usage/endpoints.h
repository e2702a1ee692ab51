// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/usage/usage.h"

namespace endpoints::usage {

inline constexpr Endpoint<UsageQuery, UsageReport> report{Method::Get, "/api/v1/usage", Ability::UsageRead,
                                                          "Sum calls, tokens and cost by day, model, user or template"};

} // namespace endpoints::usage
