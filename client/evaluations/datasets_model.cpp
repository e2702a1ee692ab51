// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/datasets_model.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<Dataset>> datasetColumns()
{
    QList<TableColumn<Dataset>> columns{
        column<Dataset>(u"name"_s, {}, &Dataset::name, CellKind::Strong, 230),
        column<Dataset>(u"description"_s, {}, &Dataset::description, CellKind::Muted, 240),
        column<Dataset>(u"cases"_s, {}, &Dataset::caseCount, CellKind::Number, 80),
        column<Dataset>(
            u"assertions"_s, {}, [](const Dataset &one) { return qint64(one.assertions.size()); }, CellKind::Number,
            96),
        column<Dataset>(
            u"tags"_s, {}, [](const Dataset &one) { return shownTags(one.tags); }, CellKind::Text, 140),
        column<Dataset>(u"author"_s, {}, &Dataset::authorName, CellKind::Person, 150),
        column<Dataset>(
            u"updated"_s, {}, &Dataset::updatedAt, [](const Dataset &one) { return amounts::moment(one.updatedAt); },
            CellKind::Muted, 120)};
    columns[1].stretches = true;
    columns[5].extra = [](const Dataset &one) {
        return one.authorName.isEmpty()
            ? QVariant()
            : QVariant::fromValue(PersonLook{one.authorId.value_or(QUuid()).toString(), one.authorName});
    };
    return columns;
}

} // namespace

DatasetsModel::DatasetsModel(QObject *parent) : TableModel(datasetColumns(), parent) { retranslate(); }

void DatasetsModel::retranslate()
{
    setTitles({tr("Dataset"), tr("Description"), tr("Cases"), tr("Assertions"), tr("Tags"), tr("Made by"),
               tr("Changed", "when")});
}
