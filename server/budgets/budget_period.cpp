// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/budgets/budget_period.h"

using namespace Qt::StringLiterals;

namespace budgets {

QDateTime periodStart(BudgetPeriod period, const QDateTime &at)
{
    const QDate day = at.toUTC().date();
    switch (period) {
    case BudgetPeriod::Day:
        return QDateTime(day, QTime(0, 0), Qt::UTC);
    case BudgetPeriod::Month:
        return QDateTime(QDate(day.year(), day.month(), 1), QTime(0, 0), Qt::UTC);
    case BudgetPeriod::Ever:
        break;
    }
    return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
}

std::optional<QDateTime> periodEnd(BudgetPeriod period, const QDateTime &at)
{
    const QDateTime start = periodStart(period, at);
    switch (period) {
    case BudgetPeriod::Day:
        return start.addDays(1);
    case BudgetPeriod::Month:
        return start.addMonths(1);
    case BudgetPeriod::Ever:
        break;
    }
    return std::nullopt;
}

QString periodName(BudgetPeriod period)
{
    switch (period) {
    case BudgetPeriod::Day:
        return u"this day"_s;
    case BudgetPeriod::Month:
        return u"this month"_s;
    case BudgetPeriod::Ever:
        break;
    }
    return u"all time"_s;
}

QString shownNanos(qint64 nanos)
{
    constexpr qint64 dollar = 1'000'000'000;
    QString digits = u"%1"_s.arg(nanos % dollar, 9, 10, QLatin1Char('0'));
    while (digits.size() > 2 && digits.endsWith(u'0'))
        digits.chop(1);
    return u"$%1.%2"_s.arg(nanos / dollar).arg(digits);
}

} // namespace budgets
