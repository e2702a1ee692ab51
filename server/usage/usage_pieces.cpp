// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_pieces.h"

using UsageCuts::Period;

namespace UsagePieces {

QDateTime begin(Period period, const QDateTime &at)
{
    const QDateTime utc = at.toUTC();
    const QDate day = utc.date();
    switch (period) {
    case Period::Hour:
        return QDateTime(day, QTime(utc.time().hour(), 0), Qt::UTC);
    case Period::Day:
        return QDateTime(day, QTime(0, 0), Qt::UTC);
    case Period::Month:
        break;
    }
    return QDateTime(QDate(day.year(), day.month(), 1), QTime(0, 0), Qt::UTC);
}

QDateTime next(Period period, const QDateTime &begin)
{
    if (period == Period::Hour)
        return begin.addSecs(3600);
    return period == Period::Day ? begin.addDays(1) : begin.addMonths(1);
}

QDateTime roundedUp(Period period, const QDateTime &at)
{
    const QDateTime start = begin(period, at);
    return start == at ? start : next(period, start);
}

QList<Piece> of(const QDateTime &from, const QDateTime &to, Period largest, UsageCuts::Cut needed)
{
    if (from >= to)
        return {};
    const auto smaller = [&](const QDateTime &from, const QDateTime &to) -> QList<Piece> {
        if (largest != Period::Hour)
            return of(from, to, Period(int(largest) - 1), needed);
        return from < to ? QList<Piece>{{std::nullopt, from, to}} : QList<Piece>();
    };
    const QDateTime first = roundedUp(largest, from), last = begin(largest, to);
    if (first >= last || !UsageCuts::cutFor(largest, needed))
        return smaller(from, to);
    return smaller(from, first) + QList<Piece>{{largest, first, last}} + smaller(last, to);
}

} // namespace UsagePieces
