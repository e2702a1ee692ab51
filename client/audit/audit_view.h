// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/audit/audit_entry.h"

#include <QJsonObject>

// What the audit log shows: one of the fixed views and the conditions on top of it.
struct AuditView
{
    enum class Tab { All, Done, Refused };
    Tab tab = Tab::All;
    QString search;
    QUuid actorId;
    QString actorName; // only shown
    QString subjectType;
    QString subjectId;
    QString subjectLabel; // only shown
    QString action;
    int withinHours = 0; // 0: whenever

    QJsonObject toJson() const;
    static AuditView fromJson(const QJsonObject &state);

    AuditFilter filter(const QDateTime &now) const; // what the server is asked for
    bool isFiltering() const; // more than the tab

    bool operator==(const AuditView &) const = default;
};
template<> inline constexpr auto enumNames<AuditView::Tab> = std::to_array({"all", "done", "refused"});
