// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_rollup.h"

#include "shared/error.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcRollup, "server.usage.sums")

namespace UsageRollup {

void sumUp(Database &database, const QUuid &tenantId)
try {
    database.transaction({tenantId}, [](Transaction &tx) { tx.run("SELECT sum_up_usage()"); });
} catch (const ApiError &error) {
    if (error.status != 404) // the tenant is gone, and its sums with it
        qCWarning(lcRollup).noquote() << "calls are not in the sums yet; trying again later:" << error.detail;
} catch (const std::exception &error) {
    qCWarning(lcRollup).noquote() << "calls are not in the sums yet; trying again later:" << error.what();
}

} // namespace UsageRollup
