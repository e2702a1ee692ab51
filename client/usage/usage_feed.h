// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/usage/usage_data.h"

// The sums of one period, from the cache at once and then from the server: by day and model, by user, by template, and
// the period before for comparison. Also follows finished jobs, a few seconds behind.
class UsageFeed : public QObject
{
    Q_OBJECT

public:
    explicit UsageFeed(Workspace &workspace, QObject *parent = nullptr);

    void setPeriod(const UsagePeriod &period, const QString &model);
    const UsagePeriod &period() const { return m_period; }
    const QString &model() const { return m_model; }
    void reload();

    const UsageReport &byDayAndModel() const { return m_reports[DayAndModel]; }
    const UsageReport &byModel() const { return m_reports[ByModel]; }
    const UsageReport &byUser() const { return m_reports[ByUser]; }
    const UsageReport &byTemplate() const { return m_reports[ByTemplate]; }
    const UsageRow &total() const { return m_reports[DayAndModel].total; }
    const std::optional<UsageRow> &totalBefore() const { return m_totalBefore; }

    bool isLoading() const { return m_pending > 0; }
    bool hasData() const { return m_known[DayAndModel]; }
    bool showsCache() const { return m_showsCache; }
    QDateTime asOf() const;
    void setFollowing(bool following); // while the page shows

Q_SIGNALS:
    void changed();
    void loadingChanged();
    void failed(const ApiError &error);

private:
    enum Kind { DayAndModel, ByModel, ByUser, ByTemplate, Before, Count_ };

    void load(Kind kind);
    void take(Kind kind, const UsageReport &report);
    QString cacheKey(Kind kind) const;
    UsageQuery queryOf(Kind kind) const;

    Workspace &m_workspace;
    UsagePeriod m_period;
    QString m_model;
    std::array<UsageReport, Count_> m_reports;
    std::array<bool, Count_> m_known{};
    std::optional<UsageRow> m_totalBefore;
    std::array<CallHandle, Count_> m_calls;
    QTimer m_follow; // a while after the last finished job
    int m_pending = 0;
    bool m_following = false;
    bool m_showsCache = false;
};
