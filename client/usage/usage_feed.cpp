// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_feed.h"

#include "shared/usage/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto usageKind = u"usage"_s;
constexpr int keptReports = 60;
constexpr auto followDelay = 3s;

} // namespace

UsageFeed::UsageFeed(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_follow.setSingleShot(true);
    m_follow.setInterval(followDelay);
    connect(&m_follow, &QTimer::timeout, this, &UsageFeed::reload);
    workspace.live().subscribe(u"jobs"_s, this, [this](const live::Event &event) {
        // Each ended call changes today's sums; one reload for all that end within the delay.
        const bool ended = event.name != u"job.queued"_s && event.name != u"job.running"_s;
        if (m_following && ended && !m_follow.isActive())
            m_follow.start();
    });
    connect(&workspace.live(), &LiveClient::reload, this, [this] {
        if (m_following)
            reload();
    });
}

void UsageFeed::setFollowing(bool following) { m_following = following; }

QDateTime UsageFeed::asOf() const { return m_workspace.store().asOf(usageKind); }

QString UsageFeed::cacheKey(Kind kind) const
{
    return u"%1/%2/%3/%4"_s.arg(m_period.first.toString(Qt::ISODate)).arg(m_period.days).arg(m_model).arg(int(kind));
}

UsageQuery UsageFeed::queryOf(Kind kind) const
{
    switch (kind) {
    case DayAndModel:
        return m_period.query({UsageGroup::Day, UsageGroup::Model}, m_model);
    case ByModel:
        return m_period.query({UsageGroup::Model}, m_model);
    case ByUser:
        return m_period.query({UsageGroup::User}, m_model);
    case ByTemplate:
        return m_period.query({UsageGroup::Template}, m_model);
    default:
        return m_period.before().query({UsageGroup::Day}, m_model);
    }
}

void UsageFeed::setPeriod(const UsagePeriod &period, const QString &model)
{
    m_period = period;
    m_model = model;
    m_known = {};
    m_totalBefore.reset();
    m_showsCache = true;
    for (int kind = 0; kind < Count_; ++kind)
        take(Kind(kind), m_workspace.store().row<UsageReport>(usageKind, cacheKey(Kind(kind))).value_or(UsageReport{}));
    for (int kind = 0; kind < Count_; ++kind)
        m_known[kind] = m_reports[kind].from.isValid();
    Q_EMIT changed();
    reload();
}

void UsageFeed::take(Kind kind, const UsageReport &report)
{
    m_reports[kind] = report;
    m_known[kind] = report.from.isValid();
    if (kind == Before && m_known[kind])
        m_totalBefore = report.total;
}

void UsageFeed::reload()
{
    for (CallHandle &call : m_calls) {
        if (call.isPending())
            --m_pending;
        call.cancel();
    }
    for (int kind = 0; kind < Count_; ++kind)
        load(Kind(kind));
    Q_EMIT loadingChanged();
}

void UsageFeed::load(Kind kind)
{
    ++m_pending;
    m_calls[kind] = m_workspace.api().call(
        endpoints::usage::report, queryOf(kind), this, [this, kind](const Result<UsageReport> &reply) {
            --m_pending;
            if (reply) {
                take(kind, *reply);
                const qint64 sort = QDateTime::currentMSecsSinceEpoch();
                m_workspace.store().put<UsageReport>(usageKind, {{cacheKey(kind), sort, *reply}});
                m_workspace.store().keepNewest(usageKind, keptReports);
                if (m_pending == 0) {
                    m_showsCache = false;
                    m_workspace.store().setAsOf(usageKind, QDateTime::currentDateTimeUtc());
                }
                Q_EMIT changed();
            }
            Q_EMIT loadingChanged();
            if (!reply && kind == DayAndModel) // the others fail for the same reason; it is said once
                Q_EMIT failed(reply.error());
        });
}
