// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/usage/usage_feed.h"

#include "shared/usage/endpoints.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const auto usageKind = u"usage"_s;
constexpr int keptReports = 120;
constexpr int mostSeries = 6; // colours that are told apart, with one for the others
constexpr auto followDelay = 3s, renewInterval = 30s;

} // namespace

UsageFeed::UsageFeed(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace)
{
    m_follow.setSingleShot(true);
    m_follow.setInterval(followDelay);
    connect(&m_follow, &QTimer::timeout, this, &UsageFeed::reload);
    m_renew.setInterval(renewInterval);
    connect(&m_renew, &QTimer::timeout, this, [this] {
        const bool isCurrent = m_view.period.last() >= QDateTime::currentDateTimeUtc().date();
        if (isCurrent && !isLoading() && m_workspace.live().state() == LiveClient::State::Live)
            reload();
    });
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

void UsageFeed::setFollowing(bool following)
{
    m_following = following;
    if (following)
        m_renew.start();
    else
        m_renew.stop();
}

QDateTime UsageFeed::asOf() const { return m_workspace.store().asOf(usageKind); }

const UsageReport &UsageFeed::by(UsageGroup group) const
{
    static_assert(ByKey - ByModel == int(UsageGroup::Key) - int(UsageGroup::Model));
    return m_reports[std::size_t(ByModel + int(group) - int(UsageGroup::Model))];
}

QString UsageFeed::cacheKey(Kind kind) const
{
    QStringList parts{m_view.period.first.toString(Qt::ISODate), QString::number(m_view.period.days),
                      QString::number(int(kind))};
    if (kind == Series)
        parts << QString::number(int(m_view.group));
    for (auto it = m_view.filter.begin(); it != m_view.filter.end(); ++it)
        parts << QString::number(int(it.key())) << it->id;
    return parts.join(u'/');
}

template<class Query> Query UsageFeed::queryFor(const UsagePeriod &period) const
{
    Query query;
    query.from = QDateTime(period.first, QTime(0, 0), Qt::UTC);
    query.to = query.from->addDays(period.days);
    const auto id = [&](UsageGroup group) -> std::optional<QUuid> {
        const auto found = m_view.filter.find(group);
        return found == m_view.filter.end() ? std::nullopt : std::optional(QUuid::fromString(found->id));
    };
    if (const auto model = m_view.filter.find(UsageGroup::Model); model != m_view.filter.end())
        query.model = model->id;
    query.userId = id(UsageGroup::User);
    query.templateId = id(UsageGroup::Template);
    query.keyId = id(UsageGroup::Key);
    return query;
}

UsageQuery UsageFeed::queryOf(Kind kind) const
{
    static const QHash<int, QList<UsageGroup>> groups{{DayAndModel, {UsageGroup::Day, UsageGroup::Model}},
                                                      {ByModel, {UsageGroup::Model}},
                                                      {ByUser, {UsageGroup::User}},
                                                      {ByTemplate, {UsageGroup::Template}},
                                                      {ByKey, {UsageGroup::Key}}};
    auto query = queryFor<UsageQuery>(kind == Before ? m_view.period.before() : m_view.period);
    query.groupBy = groups.value(kind, {UsageGroup::Day});
    return query;
}

template<class Report> Report UsageFeed::cached(Kind kind) const
{
    return m_workspace.store().row<Report>(usageKind, cacheKey(kind)).value_or(Report{});
}

void UsageFeed::setView(const View &view)
{
    m_view = view;
    m_showsCache = true;
    for (int kind = 0; kind < Reports; ++kind)
        m_reports[std::size_t(kind)] = cached<UsageReport>(Kind(kind));
    m_series = cached<UsageSeriesReport>(Series);
    m_latency = cached<UsageLatencyReport>(Latency);
    renewBefore();
    reload(); // first, so that nothing is taken for empty that is only on its way
    Q_EMIT changed();
}

void UsageFeed::renewBefore()
{
    const UsageReport &before = m_reports[Before];
    m_totalBefore = before.from.isValid() ? std::optional(before.total) : std::nullopt;
}

void UsageFeed::reload()
{
    for (CallHandle &call : m_calls) {
        if (call.isPending())
            --m_pending;
        call.cancel();
    }
    auto series = queryFor<UsageSeriesQuery>(m_view.period);
    series.bucket = m_view.period.bucket();
    series.splitBy = UsageSplit(int(m_view.group));
    static_assert(int(UsageSplit::Model) == int(UsageGroup::Model) && int(UsageSplit::Key) == int(UsageGroup::Key));
    series.top = mostSeries;
    load(Series, endpoints::usage::series, series, m_series);
    auto latency = queryFor<UsageLatencyQuery>(m_view.period);
    latency.bucket = m_view.period.bucket();
    load(Latency, endpoints::usage::latency, latency, m_latency);
    for (int kind = 0; kind < Reports; ++kind)
        load(Kind(kind), endpoints::usage::report, queryOf(Kind(kind)), m_reports[std::size_t(kind)]);
    Q_EMIT loadingChanged();
}

template<class Report, class Call, class Query>
void UsageFeed::load(Kind kind, const Call &call, const Query &query, Report &into)
{
    ++m_pending;
    m_calls[std::size_t(kind)] =
        m_workspace.api().call(call, query, this, [this, kind, &into](const Result<Report> &reply) {
            --m_pending;
            if (reply) {
                into = *reply;
                const qint64 sort = QDateTime::currentMSecsSinceEpoch();
                m_workspace.store().put<Report>(usageKind, {{cacheKey(kind), sort, *reply}});
                m_workspace.store().keepNewest(usageKind, keptReports);
                if (m_pending == 0) {
                    m_showsCache = false;
                    m_workspace.store().setAsOf(usageKind, QDateTime::currentDateTimeUtc());
                }
                if (kind == Before)
                    renewBefore();
                Q_EMIT changed();
            }
            Q_EMIT loadingChanged();
            if (!reply && kind == Series) // the others fail for the same reason; it is said once
                Q_EMIT failed(reply.error());
        });
}
