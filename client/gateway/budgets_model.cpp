// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/budgets_model.h"

#include "client/gateway/budget_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<Budget>> makeBudgetColumns()
{
    using B = Budget;
    QList<TableColumn<B>> columns{
        column<B>(u"name"_s, {}, &B::name, CellKind::Strong, 160),
        column<B>(
            u"of"_s, {}, [](const B &one) { return shownSubject(one); }, CellKind::Text, 150),
        column<B>(
            u"used"_s, {}, [](const B &one) { return shareSpent(one); },
            [](const B &one) { return amounts::percent(shareSpent(one)); }, CellKind::Share, 168),
        column<B>(
            u"spent"_s, {}, &B::spentNanos, [](const B &one) { return amounts::cost(one.spentNanos); },
            CellKind::Number, 128),
        column<B>(
            u"amount"_s, {}, &B::amountNanos, [](const B &one) { return amounts::cost(one.amountNanos); },
            CellKind::Number, 128),
        column<B>(
            u"period"_s, {}, [](const B &one) { return int(one.period); },
            [](const B &one) { return shownPeriod(one.period); }, CellKind::Muted, 96),
        column<B>(
            u"state"_s, {}, [](const B &one) { return shareSpent(one); },
            [](const B &one) { return lookOf(one).label; }, CellKind::Status, 120),
        column<B>(
            u"resets"_s, {}, [](const B &one) { return one.resetsAt ? one.resetsAt->toMSecsSinceEpoch() : qint64(-1); },
            [](const B &one) { return shownReset(one, QDateTime::currentDateTimeUtc()); }, CellKind::Muted, 84)};
    columns[0].stretches = true;
    columns[2].extra = [](const B &one) { return QVariant::fromValue(shareOf(one)); };
    columns[6].extra = [](const B &one) { return QVariant::fromValue(lookOf(one)); };
    columns[6].choices = [] { return budgetLooks(); };
    return columns;
}

} // namespace

BudgetsModel::BudgetsModel(QObject *parent) : TableModel(makeBudgetColumns(), parent) { retranslate(); }

void BudgetsModel::retranslate()
{
    setTitles(
        {tr("Budget"), tr("Of"), tr("Used"), tr("Spent"), tr("Amount"), tr("Period"), tr("State"), tr("Begins anew")});
}
