// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"

#include <QJsonObject>

// What a list of jobs shows: one of the fixed views and the conditions on top of it.
struct JobView
{
    enum class Tab { All, Running, Failed, Dead, Mine };
    Tab tab = Tab::All;
    QString search;
    QString model;
    QUuid templateId;
    QUuid userId;
    int withinHours = 0; // made in the last so many hours; 0: whenever
    QDate day; // or on this day, UTC as in the usage report

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
