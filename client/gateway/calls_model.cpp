// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/calls_model.h"

#include "client/gateway/gateway_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int shortIdSigns = 8;

QList<TableColumn<GatewayCallRow>> callColumns()
{
    using Row = GatewayCallRow;
    QList<TableColumn<Row>> columns{
        column<Row>(
            u"time"_s, {}, &Row::calledAt, [](const Row &call) { return amounts::moment(call.calledAt); },
            CellKind::Muted, 116),
        column<Row>(
            u"status"_s, {}, &Row::status,
            [](const Row &call) { return lookOfCall(call.status, call.isCacheHit).label; }, CellKind::Status, 116),
        column<Row>(u"model"_s, {}, &Row::model, CellKind::Strong, 190),
        column<Row>(
            u"key"_s, {}, [](const Row &call) { return call.keyId ? call.keyName : CallsModel::tr("Job"); },
            CellKind::Text, 130),
        column<Row>(u"user"_s, {}, &Row::userName, CellKind::Person, 140),
        column<Row>(u"input"_s, {}, &Row::inputTokens, CellKind::Number, 74),
        column<Row>(u"output"_s, {}, &Row::outputTokens, CellKind::Number, 74),
        column<Row>(
            u"cost"_s, {}, [](const Row &call) { return call.costNanos.value_or(-1); },
            [](const Row &call) { return amounts::cost(call.costNanos); }, CellKind::Number, 100),
        column<Row>(
            u"firstToken"_s, {}, [](const Row &call) { return call.firstTokenMs.value_or(-1); },
            [](const Row &call) { return call.firstTokenMs ? amounts::duration(*call.firstTokenMs) : u"—"_s; },
            CellKind::Number, 100),
        column<Row>(
            u"total"_s, {}, &Row::totalMs, [](const Row &call) { return amounts::duration(call.totalMs); },
            CellKind::Number, 80),
        column<Row>(u"cached"_s, {}, &Row::cachedInputTokens, CellKind::Number, 100),
        column<Row>(
            u"id"_s, {}, [](const Row &call) { return call.id.toString(QUuid::WithoutBraces); },
            [](const Row &call) { return call.id.toString(QUuid::WithoutBraces).right(shortIdSigns); }, CellKind::Mono,
            90)};
    columns[1].extra = [](const Row &call) { return QVariant::fromValue(lookOfCall(call.status, call.isCacheHit)); };
    columns[1].choices = looksOfCalls;
    columns[2].stretches = true;
    columns[4].extra = [](const Row &call) {
        return call.userName.isEmpty()
            ? QVariant()
            : QVariant::fromValue(PersonLook{call.userId.value_or(QUuid()).toString(), call.userName});
    };
    for (const int hidden : {8, 10, 11})
        columns[hidden].hidden = true;
    return columns;
}

} // namespace

CallsModel::CallsModel(QObject *parent) : TableModel(callColumns(), parent) { retranslate(); }

void CallsModel::retranslate()
{
    setTitles({tr("Time"), tr("Status"), tr("Model"), tr("Key"), tr("Person"), tr("In", "tokens"), tr("Out", "tokens"),
               tr("Cost"), tr("First token"), tr("Duration"), tr("Cached in"), tr("Call")});
}
