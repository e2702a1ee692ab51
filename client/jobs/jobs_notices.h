// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/jobs_feed.h"
#include "client/widgets/page_parts.h"

class EmptyState;

// What the page of jobs says where there are no rows, and below the rows.
namespace jobsNotices {

void showNothing(EmptyState *place, const JobView &view, const std::optional<ApiError> &problem);
QString summary(const JobsFeed &feed, int rows, int selected, bool isLive);
QList<Footer::Hint> hints(const AccountSession &session);

} // namespace jobsNotices
