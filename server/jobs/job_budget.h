// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/budgets/reservations.h"
#include "server/jobs/outcome.h"
#include "server/usage/price_catalogue.h"

// What jobs reserve before their calls, as the gateway's do.
namespace JobBudget {

// Of a job that has begun: why its call must not be made, or nothing where what it can cost is reserved now. Blocks on
// the database.
std::optional<JobError> reserve(budgets::Reservations &reservations, PriceCatalogue &prices,
                                const Assignment &assignment);

} // namespace JobBudget
