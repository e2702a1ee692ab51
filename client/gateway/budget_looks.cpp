// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/budget_looks.h"

#include "client/widgets/amounts.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct BudgetLooks
{
    Q_DECLARE_TR_FUNCTIONS(BudgetLooks)
};

constexpr std::array thresholds{50, 80, 100}; // percent

QString wholePercent(int percent) { return QLocale().toString(percent) + u"\u2009%"_s; }

StatusLook lookAt(int percent)
{
    switch (percent) {
    case 100:
        return {Tone::Danger, u"circle-x"_s, BudgetLooks::tr("Used up", "a budget")};
    case 80:
        return {Tone::Warning, u"triangle-alert"_s,
                BudgetLooks::tr("Over %1", "percent of a budget").arg(wholePercent(80))};
    case 50:
        return {Tone::Info, u"circle-dot"_s, BudgetLooks::tr("Over %1", "percent of a budget").arg(wholePercent(50))};
    default:
        return {Tone::Success, u"circle-check"_s, BudgetLooks::tr("Enough left", "of a budget")};
    }
}

} // namespace

QString shownSubject(const Budget &budget)
{
    switch (budget.subject) {
    case BudgetSubject::Tenant:
        return BudgetLooks::tr("The whole tenant");
    case BudgetSubject::Key:
        return BudgetLooks::tr("Key “%1”").arg(budget.subjectName);
    case BudgetSubject::User:
        return budget.subjectName;
    case BudgetSubject::Template:
        break;
    }
    return BudgetLooks::tr("Template “%1”").arg(budget.subjectName);
}

QString shownPeriod(BudgetPeriod period)
{
    switch (period) {
    case BudgetPeriod::Day:
        return BudgetLooks::tr("A day", "period of a budget");
    case BudgetPeriod::Month:
        return BudgetLooks::tr("A month", "period of a budget");
    case BudgetPeriod::Ever:
        break;
    }
    return BudgetLooks::tr("For ever", "period of a budget");
}

QString shownAmount(const Budget &budget)
{
    const QString money = amounts::exactCost(budget.amountNanos);
    switch (budget.period) {
    case BudgetPeriod::Day:
        return BudgetLooks::tr("%1 a day", "money").arg(money);
    case BudgetPeriod::Month:
        return BudgetLooks::tr("%1 a month", "money").arg(money);
    case BudgetPeriod::Ever:
        break;
    }
    return BudgetLooks::tr("%1 in all", "money").arg(money);
}

double shareSpent(const Budget &budget)
{
    return budget.amountNanos > 0 ? double(budget.spentNanos) / double(budget.amountNanos) : 1;
}

StatusLook lookOf(const Budget &budget)
{
    int reached = 0;
    for (const int percent : thresholds)
        if (shareSpent(budget) * 100 >= percent)
            reached = percent;
    return lookAt(reached);
}

QList<StatusLook> budgetLooks() { return {lookAt(0), lookAt(50), lookAt(80), lookAt(100)}; }

ShareLook shareOf(const Budget &budget)
{
    ShareLook share;
    share.used = shareSpent(budget);
    share.held = budget.amountNanos > 0 ? double(budget.reservedNanos) / double(budget.amountNanos) : 0;
    for (const int percent : thresholds)
        share.marks << percent / 100.0;
    share.text = amounts::percent(share.used);
    share.spoken = BudgetLooks::tr("%1 of %2 spent, %3 held for calls that run")
                       .arg(amounts::cost(budget.spentNanos), amounts::cost(budget.amountNanos),
                            amounts::cost(budget.reservedNanos));
    return share;
}

QString shownReset(const Budget &budget, const QDateTime &now)
{
    return budget.resetsAt ? BudgetLooks::tr("in %1", "a time from now").arg(amounts::age(now, *budget.resetsAt))
                           : BudgetLooks::tr("never", "a budget begins anew");
}

QList<Timeline::Step> thresholdsOf(const Budget &budget)
{
    QList<Timeline::Step> steps;
    for (const int percent : thresholds) {
        const auto alert = std::find_if(budget.alerts.begin(), budget.alerts.end(),
                                        [&](const BudgetAlert &one) { return one.percent == percent; });
        const bool isReached = alert != budget.alerts.end();
        Timeline::Step step;
        step.status = isReached ? lookAt(percent) : StatusLook{Tone::Neutral, u"circle"_s, {}};
        step.title = BudgetLooks::tr("%1 spent", "percent of a budget").arg(wholePercent(percent));
        step.text = isReached ? QString() : BudgetLooks::tr("not yet in this period");
        step.time = isReached ? amounts::clock(alert->at) : QString();
        steps << step;
    }
    return steps;
}
