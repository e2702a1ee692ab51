// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/limits_model.h"

#include "client/gateway/limit_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<GatewayLimit>> makeLimitColumns()
{
    using L = GatewayLimit;
    QList<TableColumn<L>> columns{
        column<L>(
            u"who"_s, {}, [](const L &one) { return shownSubject(one); }, CellKind::Strong, 240),
        column<L>(
            u"kind"_s, {}, [](const L &one) { return shownKind(one.kind); }, CellKind::Text, 188),
        column<L>(
            u"amount"_s, {}, &L::amount, [](const L &one) { return amounts::count(one.amount); }, CellKind::Number,
            110),
        column<L>(
            u"used"_s, {}, [](const L &one) { return useOf(one).value_or(ShareLook{.used = -1}).used; },
            [](const L &one) { return one.used ? amounts::count(*one.used) : LimitsModel::tr("each by itself"); },
            CellKind::Share, 200),
        column<L>(
            u"since"_s, {}, [](const L &one) { return one.createdAt; },
            [](const L &one) { return amounts::clock(one.createdAt); }, CellKind::Muted, 140)};
    columns[0].stretches = true;
    columns[3].extra = [](const L &one) {
        const auto use = useOf(one);
        return use ? QVariant::fromValue(*use) : QVariant();
    };
    return columns;
}

} // namespace

LimitsModel::LimitsModel(QObject *parent) : TableModel(makeLimitColumns(), parent) { retranslate(); }

void LimitsModel::retranslate()
{
    setTitles({tr("Who or what"), tr("Counts"), tr("At most"), tr("Used now"), tr("Since", "it was made")});
}
