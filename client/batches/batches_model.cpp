// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batches_model.h"

#include "client/batches/batch_looks.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

double doneShare(const Batch &batch) { return batch.rows > 0 ? double(endedRows(batch)) / batch.rows : 1; }

QList<TableColumn<Batch>> makeBatchColumns()
{
    QList<TableColumn<Batch>> columns{
        column<Batch>(
            u"status"_s, {}, &Batch::state, [](const Batch &batch) { return lookOf(batch.state).label; },
            CellKind::Status, 116),
        column<Batch>(u"name"_s, {}, &Batch::name, CellKind::Strong, 200),
        column<Batch>(
            u"template"_s, {}, [](const Batch &batch) { return shownTemplate(batch); }, CellKind::Muted, 150),
        column<Batch>(
            u"model"_s, {}, [](const Batch &batch) { return shownModel(batch.model); }, CellKind::Muted, 120),
        column<Batch>(
            u"progress"_s, {}, doneShare, [](const Batch &batch) { return shownProgress(batch); }, CellKind::Share,
            236),
        column<Batch>(
            u"failed"_s, {}, [](const Batch &batch) { return batch.failed + batch.dead; },
            [](const Batch &batch) { return amounts::count(batch.failed + batch.dead); }, CellKind::Number, 70),
        column<Batch>(
            u"cost"_s, {}, &Batch::costNanos, [](const Batch &batch) { return amounts::cost(batch.costNanos); },
            CellKind::Number, 90),
        column<Batch>(u"user"_s, {}, &Batch::userName, CellKind::Person, 140),
        column<Batch>(
            u"age"_s, {}, &Batch::createdAt,
            [](const Batch &batch) { return amounts::age(batch.createdAt, QDateTime::currentDateTimeUtc()); },
            CellKind::Number, 68),
        column<Batch>(
            u"priority"_s, {}, &Batch::priority, [](const Batch &batch) { return shownPriority(batch.priority); },
            CellKind::Muted, 90),
    };
    columns[0].extra = [](const Batch &batch) { return QVariant::fromValue(lookOf(batch.state)); };
    columns[0].choices = [] {
        QList<StatusLook> looks;
        for (int state = 0; state < int(enumNames<BatchState>.size()); ++state)
            looks << lookOf(BatchState(state));
        return looks;
    };
    columns[1].stretches = true;
    columns[4].extra = [](const Batch &batch) {
        ShareLook look;
        look.goal = true;
        look.used = doneShare(batch);
        look.text = look.spoken = shownProgress(batch);
        return QVariant::fromValue(look);
    };
    columns[7].extra = [](const Batch &batch) {
        return batch.userName.isEmpty()
            ? QVariant()
            : QVariant::fromValue(PersonLook{batch.userId.value_or(QUuid()).toString(), batch.userName});
    };
    columns[9].hidden = true;
    return columns;
}

} // namespace

BatchesModel::BatchesModel(QObject *parent) : TableModel(makeBatchColumns(), parent) { retranslate(); }

void BatchesModel::retranslate()
{
    setTitles({tr("Status"), tr("Name"), tr("Template"), tr("Model"), tr("Progress"), tr("Failed"), tr("Cost"),
               tr("Run by"), tr("Age"), tr("Priority")});
}
