// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/runs_model.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

double doneShare(const EvaluationRun &run) { return run.answers > 0 ? double(run.done) / run.answers : 0; }

std::optional<double> passRate(const EvaluationRun &run)
{
    const int scored = run.passed + run.failed + run.errors;
    return scored > 0 ? std::optional(double(run.passed) / scored) : std::nullopt;
}

QList<TableColumn<EvaluationRun>> runColumns()
{
    using Run = EvaluationRun;
    QList<TableColumn<Run>> columns{
        column<Run>(
            u"state"_s, {}, &Run::state, [](const Run &run) { return lookOf(run.state).label; }, CellKind::Status, 112),
        column<Run>(u"name"_s, {}, shownRun, CellKind::Strong, 190),
        column<Run>(u"dataset"_s, {}, &Run::datasetName, CellKind::Text, 150),
        column<Run>(
            u"answers"_s, {}, doneShare,
            [](const Run &run) {
                return run.done < run.answers
                    ? RunsModel::tr("%1 of %2", "answers").arg(amounts::count(run.done), amounts::count(run.answers))
                    : amounts::count(run.answers);
            },
            CellKind::Progress, 100),
        column<Run>(
            u"passed"_s, {}, [](const Run &run) { return passRate(run).value_or(-1); },
            [](const Run &run) { return shownScore(passRate(run)); }, CellKind::Number, 84),
        column<Run>(u"failed"_s, {}, &Run::failed, CellKind::Number, 74),
        column<Run>(u"errors"_s, {}, &Run::errors, CellKind::Number, 96),
        column<Run>(
            u"cost"_s, {}, &Run::costNanos, [](const Run &run) { return amounts::cost(run.costNanos); },
            CellKind::Number, 84),
        column<Run>(u"author"_s, {}, &Run::authorName, CellKind::Person, 140),
        column<Run>(
            u"started"_s, {}, &Run::createdAt, [](const Run &run) { return amounts::moment(run.createdAt); },
            CellKind::Muted, 118)};
    columns[0].extra = [](const Run &run) { return QVariant::fromValue(lookOf(run.state)); };
    columns[0].choices = looksOfRuns;
    columns[1].stretches = true;
    columns[3].extra = [](const Run &run) {
        return run.state == RunState::Running ? QVariant::fromValue(
                   ProgressLook{doneShare(run), RunsModel::tr("%1 done").arg(amounts::percent(doneShare(run)))})
                                              : QVariant();
    };
    columns[8].extra = [](const Run &run) {
        return run.authorName.isEmpty()
            ? QVariant()
            : QVariant::fromValue(PersonLook{run.authorId.value_or(QUuid()).toString(), run.authorName});
    };
    return columns;
}

} // namespace

RunsModel::RunsModel(QObject *parent) : TableModel(runColumns(), parent) { retranslate(); }

void RunsModel::retranslate()
{
    setTitles({tr("State"), tr("Run"), tr("Dataset"), tr("Answers"), tr("Passed"), tr("Failed"), tr("No answer"),
               tr("Cost"), tr("Started by"), tr("Started", "when")});
}
