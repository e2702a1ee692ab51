// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/gates_model.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<Gate>> gateColumns()
{
    QList<TableColumn<Gate>> columns{
        column<Gate>(u"template"_s, {}, &Gate::templateName, CellKind::Strong, 200),
        column<Gate>(u"label"_s, {}, &Gate::label, CellKind::Text, 110),
        column<Gate>(u"dataset"_s, {}, &Gate::datasetName, CellKind::Text, 170),
        column<Gate>(
            u"model"_s, {}, [](const Gate &gate) { return gate.model.value_or(QString()); },
            [](const Gate &gate) { return gate.model.value_or(GatesModel::tr("every model of the run")); },
            CellKind::Muted, 180),
        column<Gate>(
            u"score"_s, {}, &Gate::minimumScore, [](const Gate &gate) { return shownScore(gate.minimumScore); },
            CellKind::Number, 104),
        column<Gate>(
            u"regressions"_s, {}, &Gate::refusesRegressions,
            [](const Gate &gate) {
                return gate.refusesRegressions ? GatesModel::tr("refused") : GatesModel::tr("allowed");
            },
            CellKind::Text, 110),
        column<Gate>(
            u"made"_s, {}, &Gate::createdAt, [](const Gate &gate) { return amounts::moment(gate.createdAt); },
            CellKind::Muted, 118)};
    columns[0].stretches = true;
    columns[6].hidden = true;
    return columns;
}

} // namespace

GatesModel::GatesModel(QObject *parent) : TableModel(gateColumns(), parent) { retranslate(); }

void GatesModel::retranslate()
{
    setTitles({tr("Template"), tr("Label"), tr("Dataset"), tr("Model"), tr("Least score"), tr("Regressions"),
               tr("Made", "a gate, when")});
}
