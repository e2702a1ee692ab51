// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/usage/usage_data.h"

// The usage of one period, from the cache at once and then from the server: over time, split by model, user, template
// or key; latencies; the sums by each of these; and the period before for comparison. While the page shows it follows
// finished jobs a few seconds behind, and all calls every half a minute.
class UsageFeed : public QObject
{
    Q_OBJECT

public:
    explicit UsageFeed(Workspace &workspace, QObject *parent = nullptr);

    struct View
    {
        UsagePeriod period;
        UsageFilter filter;
        UsageGroup group = UsageGroup::Model; // what the series are of

        bool operator==(const View &) const = default;
    };
    void setView(const View &view);
    const View &view() const { return m_view; }
    const UsagePeriod &period() const { return m_view.period; }
    void reload();

    const UsageSeriesReport &series() const { return m_series; }
    const UsageLatencyReport &latency() const { return m_latency; }
    const UsageReport &byDayAndModel() const { return m_reports[DayAndModel]; }
    const UsageReport &by(UsageGroup group) const; // a thing, not the day
    const UsageRow &total() const { return m_series.total; }
    const std::optional<UsageRow> &totalBefore() const { return m_totalBefore; }

    bool isLoading() const { return m_pending > 0; }
    bool hasData() const { return m_series.from.isValid(); }
    bool hasLatency() const { return m_latency.from.isValid(); }
    bool showsCache() const { return m_showsCache; }
    QDateTime asOf() const;
    void setFollowing(bool following); // while the page shows

Q_SIGNALS:
    void changed();
    void loadingChanged();
    void failed(const ApiError &error);

private:
    enum Kind { DayAndModel, ByModel, ByUser, ByTemplate, ByKey, Before, Reports, Series = Reports, Latency, Kinds };

    template<class Query> Query queryFor(const UsagePeriod &period) const;
    UsageQuery queryOf(Kind kind) const;
    template<class Report, class Call, class Query>
    void load(Kind kind, const Call &call, const Query &query, Report &into);
    template<class Report> Report cached(Kind kind) const;
    void renewBefore();
    QString cacheKey(Kind kind) const;

    Workspace &m_workspace;
    View m_view;
    std::array<UsageReport, Reports> m_reports;
    UsageSeriesReport m_series;
    UsageLatencyReport m_latency;
    std::optional<UsageRow> m_totalBefore;
    std::array<CallHandle, Kinds> m_calls;
    QTimer m_follow; // a while after the last finished job
    QTimer m_renew; // for calls that no event tells of
    int m_pending = 0;
    bool m_following = false;
    bool m_showsCache = false;
};
