// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/rule_hours.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr quint8 everyDay = 0x7f;

// -1: it is no time of the day.
int minutesIn(const QString &text)
{
    const QTime time = QTime::fromString(text, u"HH:mm"_s);
    return time.isValid() && text.size() == 5 ? time.hour() * 60 + time.minute() : -1;
}

} // namespace

QList<json::Problem> checkHours(const RuleHours &hours, const QString &at)
{
    QList<json::Problem> problems;
    // QTimeZone itself takes other texts too, as rules of POSIX.
    if (!QTimeZone::availableTimeZoneIds().contains(hours.timeZone.toUtf8()))
        problems.append({at + u"/timeZone"_s, u"is no time zone that this server knows, such as America/Sao_Paulo"_s});
    if (minutesIn(hours.from) < 0)
        problems.append({at + u"/from"_s, u"must be a time of the day, 00:00 to 23:59"_s});
    if (minutesIn(hours.until) < 0)
        problems.append({at + u"/until"_s, u"must be a time of the day, 00:00 to 23:59"_s});
    else if (hours.from == hours.until)
        problems.append({at + u"/until"_s, u"must differ from the beginning; leave the hours out for the whole day"_s});
    return problems;
}

namespace permissions {

HourSpan::HourSpan(const RuleHours &hours)
    : m_zone(hours.timeZone.toUtf8()),
      m_from(minutesIn(hours.from)),
      m_until(minutesIn(hours.until)),
      m_days(hours.days.isEmpty() ? everyDay : 0)
{
    for (const Weekday day : hours.days)
        m_days |= quint8(1u << unsigned(day));
}

bool HourSpan::holds(qint64 msecsSinceEpoch) const
{
    const auto moment = QDateTime::fromMSecsSinceEpoch(msecsSinceEpoch, Qt::UTC);
    // A time zone that this machine does not know counts as UTC: rules are checked where they are saved.
    const qint64 offset = m_zone.isValid() ? m_zone.offsetFromUtc(moment) : 0;
    const auto local = QDateTime::fromMSecsSinceEpoch(msecsSinceEpoch + offset * 1000, Qt::UTC);
    const int now = local.time().hour() * 60 + local.time().minute();
    const int today = local.date().dayOfWeek() - 1;
    const auto beginsOn = [&](int day) { return (m_days >> day) & 1; };
    if (m_from < m_until)
        return now >= m_from && now < m_until && beginsOn(today);
    return (now >= m_from && beginsOn(today)) || (now < m_until && beginsOn((today + 6) % 7));
}

} // namespace permissions

WIRE_CODE(RuleHours)
