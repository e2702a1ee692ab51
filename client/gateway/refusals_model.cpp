// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/refusals_model.h"

#include "client/gateway/refusal_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<RefusalRow>> makeRefusalColumns()
{
    using R = RefusalRow;
    QList<TableColumn<R>> columns{
        column<R>(
            u"time"_s, {}, [](const R &one) { return one.refusal.lastAt; },
            [](const R &one) { return amounts::moment(one.refusal.lastAt); }, CellKind::Muted, 152),
        column<R>(
            u"by"_s, {}, [](const R &one) { return lookOf(one.refusal.by).label; }, CellKind::Status, 150),
        column<R>(
            u"decider"_s, {}, [](const R &one) { return shownDecider(one.refusal); }, CellKind::Strong, 240),
        column<R>(
            u"key"_s, {}, [](const R &one) { return one.refusal.keyName; }, CellKind::Text, 122),
        column<R>(
            u"model"_s, {}, [](const R &one) { return one.refusal.model; }, CellKind::Text, 160),
        column<R>(
            u"person"_s, {}, [](const R &one) { return one.refusal.userName; }, CellKind::Person, 144),
        column<R>(
            u"calls"_s, {}, [](const R &one) { return one.refusal.calls; }, CellKind::Number, 80)};
    columns[1].extra = [](const R &one) { return QVariant::fromValue(lookOf(one.refusal.by)); };
    columns[1].choices = [] { return refusalLooks(); };
    columns[2].stretches = true;
    columns[5].extra = [](const R &one) {
        return QVariant::fromValue(PersonLook{one.refusal.userName, one.refusal.userName});
    };
    return columns;
}

} // namespace

RefusalRow RefusalRow::of(const GatewayRefusal &refusal)
{
    const QStringList parts{refusal.minute.toString(Qt::ISODate),
                            QString(json::name(refusal.by)),
                            refusal.decidedById.value_or(QUuid()).toString(QUuid::WithoutBraces),
                            refusal.decidedByName,
                            refusal.keyId.toString(QUuid::WithoutBraces),
                            refusal.model,
                            refusal.userName};
    return {parts.join(u'\n'), refusal};
}

RefusalsModel::RefusalsModel(QObject *parent) : TableModel(makeRefusalColumns(), parent) { retranslate(); }

void RefusalsModel::retranslate()
{
    setTitles({tr("Last"), tr("Refused by"), tr("What decided"), tr("Key"), tr("Model"), tr("Person"), tr("Calls")});
}
