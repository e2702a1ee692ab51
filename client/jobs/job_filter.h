// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"

#include <QJsonObject>
#include <QStringMatcher>

// What a list of jobs shows: one of the fixed views and the conditions on top of it.
struct JobView
{
    enum class Tab { All, Running, Failed, Dead, Mine };
    Tab tab = Tab::All;
    QString search;
    QList<JobState> states; // any of them; empty: those of the tab
    QString model;
    QUuid templateId;
    QUuid userId;
    QUuid batchId;
    QString batchName; // as it is shown
    int withinHours = 0; // made in the last so many hours; 0: whenever
    bool today = false; // or since midnight where the person is
    QDate day; // or on this day, UTC as in the usage report
    QDate lastDay; // with it: on all days from `day` to this one
    bool scheduled = false; // for a time to come
    std::optional<qint64> minCostNanos;
    std::optional<qint64> maxCostNanos;

    QJsonObject toJson() const;
    static JobView fromJson(const QJsonObject &state);

    // What the server is asked for. `me` is the person behind "Mine".
    JobFilter filter(const QUuid &me, const QDateTime &now) const;
    // The same decision for one job that came over the live connection.
    bool matches(const Job &job, const QUuid &me, const QDateTime &now) const;
    bool isFiltering() const; // more than the tab

    bool operator==(const JobView &) const = default;
};
template<> inline constexpr auto enumNames<JobView::Tab> = std::to_array({"all", "running", "failed", "dead", "mine"});

// A view, asked of many jobs: what is the same for each is made once.
class JobMatcher
{
public:
    JobMatcher(const JobView &view, const QUuid &me, const QDateTime &now);
    bool operator()(const Job &job) const;

private:
    bool holdsText(const Job &job) const;

    JobFilter m_wanted;
    QStringMatcher m_search;
    QByteArray m_idPart; // empty: the text cannot be part of an id
    qint64 m_from;
    qint64 m_to;
    qint64 m_now;
};
