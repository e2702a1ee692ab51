// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/jobs_notices.h"

#include "client/widgets/amounts.h"
#include "client/widgets/empty_state.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct JobsNotices
{
    Q_DECLARE_TR_FUNCTIONS(JobsNotices)
};

} // namespace

void jobsNotices::showNothing(EmptyState *place, const JobView &view, const std::optional<ApiError> &problem)
{
    using Tab = JobView::Tab;
    if (problem && problem->status == 403)
        place->showForbidden(JobsNotices::tr("An administrator of your tenant"));
    else if (problem)
        place->showError(JobsNotices::tr("The jobs could not be loaded"), problem->detail);
    else if (view.isFiltering())
        place->showFiltered(JobsNotices::tr("No job matches"));
    else if (view.tab == Tab::Dead)
        place->show(u"circle-check"_s, JobsNotices::tr("No dead letters"),
                    JobsNotices::tr("Jobs that used up their attempts would wait here for you."));
    else if (view.tab != Tab::All)
        place->show(u"list-checks"_s, JobsNotices::tr("No such jobs"),
                    JobsNotices::tr("Nothing is in this state now. New ones appear by themselves."));
    else
        place->show(u"list-checks"_s, JobsNotices::tr("No jobs yet"),
                    JobsNotices::tr("Each run of a template appears here as it happens."),
                    JobsNotices::tr("Open templates"));
}

QString jobsNotices::summary(const JobsFeed &feed, int rows, int selected, bool isLive)
{
    QStringList parts{feed.hasMore() ? JobsNotices::tr("%1 jobs, more as you scroll").arg(amounts::count(rows))
                                     : JobsNotices::tr("%n job(s)", nullptr, rows)};
    if (selected > 0)
        parts << JobsNotices::tr("%n selected", nullptr, selected);
    if (!isLive && feed.asOf().isValid())
        parts << JobsNotices::tr("as of %1").arg(amounts::clock(feed.asOf()));
    return parts.join(u" · "_s);
}

QList<Footer::Hint> jobsNotices::hints(const AccountSession &session)
{
    QList<Footer::Hint> hints{{u"J, K"_s, JobsNotices::tr("move")}, {u"Return"_s, JobsNotices::tr("open")}};
    if (session.can(Ability::JobsReplay))
        hints << Footer::Hint{u"R"_s, JobsNotices::tr("retry")};
    if (session.can(Ability::JobsCancel))
        hints << Footer::Hint{u"Del"_s, JobsNotices::tr("cancel")};
    hints << Footer::Hint{u"F"_s, JobsNotices::tr("filter")};
    return hints;
}
