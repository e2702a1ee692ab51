// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/transaction.h"
#include "shared/tenants/limits.h"

// Limits of the tenant that the transaction has entered.
enum class TenantLimit { Users, Templates, JobsPerDay, WaitingJobs, RunningJobs };

// Before more are made: throws 409 with the code limit_reached where there would be more than there may be. Exact:
// where there is a limit, those who make one wait for each other until their transactions end.
void requireRoom(Transaction &tx, const Caller &caller, TenantLimit limit, qint64 more = 1);

TenantUse tenantUse(Transaction &tx);
