// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/prices_model.h"

#include "client/prices/price_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

template<class Get> TableColumn<PriceRow> priceColumn(const QString &id, Get get)
{
    return column<PriceRow>(
        id, {}, [get](const PriceRow &row) { return get(row).value_or(-1); },
        [get](const PriceRow &row) { return shownPrice(get(row)); }, CellKind::Number, 90);
}

QList<TableColumn<PriceRow>> priceColumns()
{
    const auto stateNow = [](const PriceRow &row) { return stateOf(row, QDateTime::currentDateTimeUtc()); };
    QList<TableColumn<PriceRow>> columns{
        column<PriceRow>(u"model"_s, {}, &PriceRow::model, CellKind::Strong, 190),
        column<PriceRow>(u"provider"_s, {}, &PriceRow::provider, CellKind::Text, 105),
        column<PriceRow>(
            u"state"_s, {}, [stateNow](const PriceRow &row) { return int(stateNow(row)); },
            [stateNow](const PriceRow &row) { return lookOf(stateNow(row)).label; }, CellKind::Status, 110),
        priceColumn(u"input"_s, [](const PriceRow &row) { return row.prices.input; }),
        priceColumn(u"output"_s, [](const PriceRow &row) { return row.prices.output; }),
        priceColumn(u"cached"_s, [](const PriceRow &row) { return row.prices.cachedInput; }),
        priceColumn(u"write"_s, [](const PriceRow &row) { return row.prices.cacheWrite; }),
        priceColumn(u"writeHour"_s, [](const PriceRow &row) { return row.prices.cacheWriteHour; }),
        column<PriceRow>(
            u"from"_s, {}, [](const PriceRow &row) { return row.validFrom; },
            [](const PriceRow &row) { return shownMoment(row.validFrom); }, CellKind::Muted, 165),
        column<PriceRow>(
            u"verified"_s, {}, [](const PriceRow &row) { return int(row.verified); },
            [](const PriceRow &row) { return verifiedLook(row.verified).label; }, CellKind::Status, 125),
        column<PriceRow>(u"source"_s, {}, &PriceRow::source, CellKind::Muted, 200)};
    columns[0].stretches = true;
    columns[2].extra = [stateNow](const PriceRow &row) { return QVariant::fromValue(lookOf(stateNow(row))); };
    columns[2].choices = [] {
        return QList<StatusLook>{lookOf(PriceState::Planned), lookOf(PriceState::InForce), lookOf(PriceState::Former)};
    };
    columns[6].hidden = columns[7].hidden = columns[10].hidden = true;
    columns[9].extra = [](const PriceRow &row) { return QVariant::fromValue(verifiedLook(row.verified)); };
    columns[9].choices = [] { return QList<StatusLook>{verifiedLook(true), verifiedLook(false)}; };
    return columns;
}

QList<TableColumn<PriceAlias>> aliasColumns()
{
    QList<TableColumn<PriceAlias>> columns{
        column<PriceAlias>(u"name"_s, {}, &PriceAlias::name, CellKind::Strong, 240),
        column<PriceAlias>(
            u"target"_s, {},
            [](const PriceAlias &alias) { return alias.target.value_or(PriceAliasesModel::tr("Free of charge")); },
            CellKind::Text, 240),
        column<PriceAlias>(u"note"_s, {}, &PriceAlias::note, CellKind::Muted, 240),
        column<PriceAlias>(
            u"since"_s, {}, [](const PriceAlias &alias) { return alias.createdAt; },
            [](const PriceAlias &alias) { return amounts::moment(alias.createdAt); }, CellKind::Muted, 140)};
    columns[2].stretches = true;
    return columns;
}

QString importNote(const PriceImportLine &line)
{
    if (line.present)
        return PriceImportModel::tr("The book says %1").arg(shownPrices(*line.present));
    return line.problem;
}

QList<TableColumn<PriceImportRow>> importColumns()
{
    using R = PriceImportRow;
    QList<TableColumn<R>> columns{
        column<R>(
            u"line"_s, {}, [](const R &row) { return row.line.line; }, CellKind::Number, 60),
        column<R>(
            u"status"_s, {}, [](const R &row) { return int(row.line.status); },
            [](const R &row) { return lookOf(row.line.status).label; }, CellKind::Status, 130),
        column<R>(
            u"model"_s, {}, [](const R &row) { return row.line.model; }, CellKind::Strong, 200),
        column<R>(
            u"from"_s, {}, [](const R &row) { return row.line.validFrom.value_or(QDateTime()); },
            [](const R &row) { return row.line.validFrom ? shownMoment(*row.line.validFrom) : QString(); },
            CellKind::Muted, 165),
        column<R>(
            u"prices"_s, {}, [](const R &row) { return row.line.prices ? shownPrices(*row.line.prices) : QString(); },
            CellKind::Text, 170),
        column<R>(
            u"note"_s, {}, [](const R &row) { return importNote(row.line); }, CellKind::Muted, 160)};
    columns[1].extra = [](const R &row) { return QVariant::fromValue(lookOf(row.line.status)); };
    columns[1].choices = [] {
        QList<StatusLook> looks;
        for (std::size_t i = 0; i < enumNames<PriceImportStatus>.size(); ++i)
            looks << lookOf(PriceImportStatus(i));
        return looks;
    };
    columns[5].stretches = true;
    return columns;
}

template<class Get, class Show> TableColumn<ReratedRow> sumColumn(const QString &id, Get get, Show show, int width)
{
    return column<ReratedRow>(
        id, {}, [get](const ReratedRow &row) { return row.sums.*get; },
        [get, show](const ReratedRow &row) { return show(row.sums.*get); }, CellKind::Number, width);
}

QList<TableColumn<ReratedRow>> reratedColumns()
{
    const auto money = [](qint64 nanos) { return amounts::cost(nanos); };
    QList<TableColumn<ReratedRow>> columns{
        column<ReratedRow>(u"model"_s, {}, &ReratedRow::id, CellKind::Strong, 200),
        sumColumn(u"calls"_s, &ReratedModel::calls, amounts::count, 80),
        sumColumn(u"ledger"_s, &ReratedModel::costNanos, money, 110),
        sumColumn(u"rerated"_s, &ReratedModel::reratedNanos, money, 110),
        sumColumn(u"difference"_s, &ReratedModel::differenceNanos, shownDifference, 110),
        sumColumn(u"unpricedBefore"_s, &ReratedModel::unpricedBefore, amounts::count, 120),
        sumColumn(u"unpricedAfter"_s, &ReratedModel::unpricedAfter, amounts::count, 120)};
    columns[0].stretches = true;
    return columns;
}

} // namespace

QString shownDifference(qint64 nanos)
{
    if (nanos == 0)
        return amounts::cost(0);
    return (nanos > 0 ? u"+"_s : u"−"_s) + amounts::cost(std::abs(nanos));
}

PricesModel::PricesModel(QObject *parent) : TableModel(priceColumns(), parent) { retranslate(); }

void PricesModel::retranslate()
{
    setTitles({tr("Model"), tr("Provider"), tr("State"), tr("Input"), tr("Output"), tr("Cached input"),
               tr("Cache write, 5 min"), tr("Cache write, 1 h"), tr("Valid from"), tr("Checked"), tr("Source")});
}

PriceAliasesModel::PriceAliasesModel(QObject *parent) : TableModel(aliasColumns(), parent) { retranslate(); }

void PriceAliasesModel::retranslate() { setTitles({tr("Name"), tr("Priced as"), tr("Note"), tr("Since")}); }

PriceImportModel::PriceImportModel(QObject *parent) : TableModel(importColumns(), parent)
{
    setTitles({tr("Line"), tr("State"), tr("Model"), tr("Valid from"), tr("Prices"), tr("Note")});
}

ReratedRowsModel::ReratedRowsModel(QObject *parent) : TableModel(reratedColumns(), parent)
{
    setTitles({tr("Model"), tr("Calls"), tr("In the ledger"), tr("By the book"), tr("Difference"),
               tr("Without price before"), tr("Without price after")});
}
