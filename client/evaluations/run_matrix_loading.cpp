// SPDX-License-Identifier: GPL-3.0-or-later
// What RunMatrixView asks the server for, and when.
#include "client/evaluations/answers_pane.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/evaluations/matrix_table.h"
#include "client/evaluations/outputs_compare.h"
#include "client/evaluations/run_matrix_view.h"
#include "client/gateway/visible_poll.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/empty_state.h"
#include "shared/evaluations/endpoints.h"

#include <QScrollBar>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int matrixPage = 200;
constexpr int baselinesOffered = 50;
constexpr auto gather = 700ms;
constexpr auto matrixPoll = 4s; // for what no event has told
const auto ownBaseline = u"own"_s;
const auto columnPrefix = u"column:"_s;

} // namespace

void RunMatrixView::connectParts()
{
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(gather);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        loadRun();
        refreshRows();
    });
    new VisiblePoll(*this, matrixPoll, [this] {
        if (m_run && m_run->run.state == RunState::Running && !m_refresh.isActive())
            m_refresh.start();
    });
    connect(m_back, &QToolButton::clicked, this, &RunMatrixView::backRequested);
    connect(m_cancel, &QPushButton::clicked, this, &RunMatrixView::cancel);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_run)
            Q_EMIT newRunRequested(m_run->run.datasetId);
    });
    const auto refilter = [this] {
        reloadRows();
        Q_EMIT viewChanged();
    };
    connect(m_show, &SegmentedControl::chosen, this, refilter);
    connect(static_cast<SearchField *>(m_tag), &SearchField::textSettled, this, refilter);
    connect(m_baseline, &Select::valueChosen, this, [this, refilter] {
        m_wantedBaseline = m_baseline->value().toString();
        loadComparison();
        refilter();
    });
    connect(m_banner, &Banner::actionRequested, this, [this] {
        loadRun();
        reloadRows();
    });
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            loadRun();
        m_show->setCurrent(All);
        m_tag->clear();
        reloadRows();
    });
    connect(m_table, &MatrixTable::openRequested, this, &RunMatrixView::openCell);
    connect(m_table, &QAbstractItemView::clicked, this, &RunMatrixView::openCell);
    connect(m_table, &MatrixTable::currentCellChanged, this, [this](const QModelIndex &index) {
        showCell(index);
        Q_EMIT commandsChanged();
    });
    connect(m_table, &MatrixTable::escaped, this, &RunMatrixView::closeCell);
    const auto more = [this] {
        const QScrollBar *bar = m_table->verticalScrollBar();
        if (bar->maximum() - bar->value() < 3 * m_table->viewport()->height())
            loadMore();
    };
    // They end with the rows: the table still scrolls while it is hidden for the last time.
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_model, more);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_model, more);
    connect(m_pane, &AnswersPane::closed, this, &RunMatrixView::closeCell);
    connect(m_pane, &AnswersPane::compareRequested, this, &RunMatrixView::compareOutputs);
    connect(m_pane, &AnswersPane::jobRequested, this, &RunMatrixView::jobRequested);
    connect(m_outputs, &OutputsCompare::closed, this, &RunMatrixView::closeOutputs);
}

void RunMatrixView::open(const QUuid &id, const QJsonObject &state)
{
    if (!m_topic.isEmpty())
        m_workspace.live().unsubscribe(m_topic, this);
    m_id = id;
    m_run.reset();
    m_comparison.reset();
    m_problem.reset();
    m_baselines.clear();
    m_model.setComparison({});
    m_model.setColumns({});
    m_model.setRows({});
    m_banner->hide();
    closeCell();
    m_stack->setCurrentIndex(0);
    m_show->setCurrent(std::max(0,
                                int(QStringList{u"all"_s, u"failures"_s, u"regressions"_s, u"improvements"_s}.indexOf(
                                    state.value(u"show"_s).toString()))));
    m_tag->setText(state.value(u"tag"_s).toString());
    m_wantedBaseline = state.value(u"baseline"_s).toString();
    m_wantedCase = state.value(u"case"_s).toInt();
    fillBaselines();
    renewComparison();
    m_topic = u"evaluation/"_s + id.toString(QUuid::WithoutBraces);
    m_workspace.live().subscribe(m_topic, this, [this](const live::Event &) {
        if (!m_refresh.isActive())
            m_refresh.start();
    });
    loadRun();
    reloadRows();
}

QJsonObject RunMatrixView::viewState() const
{
    QJsonObject state;
    const QStringList names{u"all"_s, u"failures"_s, u"regressions"_s, u"improvements"_s};
    if (m_show->current() > All)
        state.insert(u"show"_s, names[m_show->current()]);
    if (isBaselineChosen())
        state.insert(u"baseline"_s, m_wantedBaseline);
    if (!m_tag->text().isEmpty())
        state.insert(u"tag"_s, m_tag->text());
    return state;
}

void RunMatrixView::activated()
{
    if (m_run && m_run->run.state == RunState::Running)
        m_refresh.start();
}

void RunMatrixView::loadRun()
{
    m_runCall.cancel();
    m_runCall = m_workspace.api().call(endpoints::evaluations::getRun.at(m_id), {}, this,
                                       [this](const Result<RunDetail> &reply) {
                                           m_runCall = {};
                                           take(reply);
                                       });
}

void RunMatrixView::take(const Result<RunDetail> &reply)
{
    if (!reply) {
        m_problem = reply.error();
        if (m_run && m_problem->status != 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
        return renew();
    }
    const bool isFirst = !m_run;
    const bool hasEnded = m_run && m_run->run.state == RunState::Running && reply->run.state != RunState::Running;
    m_problem.reset();
    m_banner->hide();
    m_run = *reply;
    m_model.setRepeats(reply->run.repeats);
    m_model.setColumns(reply->columns);
    if (!m_table->currentIndex().isValid() && m_model.rowCount() > 0 && m_wantedCase == 0)
        m_table->setCurrentIndex(m_model.index(0, 1));
    goToWantedCase();
    if (isFirst)
        loadBaselines();
    if (isFirst || hasEnded)
        loadComparison();
    if (hasEnded)
        refreshRows();
    Q_EMIT changed(reply->run);
    renew();
}

// ---- what it is compared with

bool RunMatrixView::isBaselineChosen() const { return !m_wantedBaseline.isEmpty() && m_wantedBaseline != ownBaseline; }

std::optional<QUuid> RunMatrixView::baselineId() const
{
    if (m_wantedBaseline.startsWith(columnPrefix))
        return m_id;
    if (isBaselineChosen())
        return QUuid::fromString(m_wantedBaseline);
    return m_run ? m_run->run.baselineRunId : std::nullopt;
}

MatrixFilter RunMatrixView::filter() const
{
    MatrixFilter filter;
    if (isBaselineChosen())
        filter.baselineRunId = baselineId();
    if (m_wantedBaseline.startsWith(columnPrefix))
        filter.baselineColumn = m_wantedBaseline.mid(columnPrefix.size()).toInt();
    if (m_show->current() == Failures)
        filter.outcomes = {CellOutcome::Failed, CellOutcome::Error};
    else if (m_show->current() == Regressions)
        filter.changes = {CellChange::Regression};
    else if (m_show->current() == Improvements)
        filter.changes = {CellChange::Improvement};
    if (const QString tag = m_tag->text().trimmed(); !tag.isEmpty())
        filter.tag = tag;
    filter.limit = matrixPage;
    return filter;
}

void RunMatrixView::loadBaselines()
{
    RunFilter runs;
    runs.datasetId = m_run->run.datasetId;
    runs.states = {RunState::Completed};
    runs.limit = baselinesOffered;
    m_baselinesCall.cancel();
    m_baselinesCall = m_workspace.api().call(endpoints::evaluations::listRuns, runs, this,
                                             [this](const Result<Page<EvaluationRun>> &reply) {
                                                 m_baselinesCall = {};
                                                 if (reply)
                                                     m_baselines = reply->items;
                                                 fillBaselines();
                                             });
    fillBaselines();
}

void RunMatrixView::fillBaselines()
{
    QList<std::pair<QVariant, QString>> choices;
    const std::optional<QUuid> own = m_run ? m_run->run.baselineRunId : std::nullopt;
    QString ownName = own ? tr("The run's own baseline") : tr("Nothing", "no baseline");
    for (const EvaluationRun &run : std::as_const(m_baselines))
        if (own == run.id)
            ownName = tr("%1 (its own)").arg(shownRun(run));
    choices.append({ownBaseline, ownName});
    for (const EvaluationRun &run : std::as_const(m_baselines))
        if (run.id != m_id && own != run.id)
            choices.append({run.id.toString(QUuid::WithoutBraces), shownRun(run)});
    if (m_model.columns().size() > 1)
        for (const RunColumn &column : m_model.columns())
            choices.append({columnPrefix + QString::number(column.column), tr("Column %1").arg(shownColumn(column))});
    m_baseline->setChoices(choices);
    m_baseline->setValue(m_wantedBaseline.isEmpty() ? ownBaseline : m_wantedBaseline);
}

void RunMatrixView::loadComparison()
{
    m_comparisonCall.cancel();
    m_comparison.reset();
    m_model.setComparison({});
    renewComparison();
    if (!baselineId())
        return;
    const MatrixFilter chosen = filter();
    ComparisonQuery query;
    query.baselineRunId = chosen.baselineRunId;
    query.baselineColumn = chosen.baselineColumn;
    m_comparisonCall = m_workspace.api().call(
        endpoints::evaluations::comparison.at(m_id), query, this, [this](const Result<RunComparison> &reply) {
            m_comparisonCall = {};
            if (!reply)
                return m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail, tr("Try again"));
            m_comparison = *reply;
            m_model.setComparison(m_comparison);
            renewComparison();
        });
}

// ---- rows

void RunMatrixView::reloadRows()
{
    m_call.cancel();
    m_refreshCall.cancel();
    m_cursors.clear();
    m_next.reset();
    const MatrixFilter first = filter();
    m_call = m_workspace.api().call(endpoints::evaluations::matrix.at(m_id), first, this,
                                    [this](const Result<Page<RunRow>> &reply) {
                                        m_call = {};
                                        m_problem = reply ? std::nullopt : std::optional(reply.error());
                                        if (reply) {
                                            m_model.setRows(reply->items);
                                            m_cursors = {std::nullopt};
                                            m_next = reply->nextCursor;
                                            if (m_wantedCase == 0 && m_model.rowCount() > 0)
                                                m_table->setCurrentIndex(m_model.index(0, 1));
                                            goToWantedCase();
                                        }
                                        renew();
                                    });
    renew();
}

void RunMatrixView::loadMore()
{
    if (!m_next || isLoading())
        return;
    MatrixFilter next = filter();
    next.cursor = m_next;
    m_call = m_workspace.api().call(endpoints::evaluations::matrix.at(m_id), next, this,
                                    [this, cursor = m_next](const Result<Page<RunRow>> &reply) {
                                        m_call = {};
                                        if (reply) {
                                            m_cursors << cursor;
                                            m_next = reply->nextCursor;
                                            m_model.append(reply->items);
                                            goToWantedCase();
                                        } else {
                                            m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail,
                                                           tr("Try again"));
                                        }
                                        renew();
                                    });
    renew();
}

// The page that is looked at, in place.
void RunMatrixView::refreshRows()
{
    if (m_refreshCall.isPending() || isLoading() || m_cursors.isEmpty())
        return;
    if (m_model.rowCount() == 0 && m_show->current() == All)
        return reloadRows();
    const int top = std::max(0, m_table->rowAt(0));
    MatrixFilter shown = filter();
    shown.cursor = m_cursors[std::min(qsizetype(top / matrixPage), m_cursors.size() - 1)];
    m_refreshCall = m_workspace.api().call(endpoints::evaluations::matrix.at(m_id), shown, this,
                                           [this](const Result<Page<RunRow>> &reply) {
                                               m_refreshCall = {};
                                               if (!reply)
                                                   return;
                                               // A filter finds more while the run goes on.
                                               m_next ? m_model.update(reply->items) : m_model.append(reply->items);
                                               showCell(m_table->currentIndex());
                                               renew();
                                           });
}

// A link to a case that is not here yet reads on until it is.
void RunMatrixView::goToWantedCase()
{
    if (m_wantedCase == 0 || m_model.columns().isEmpty() || m_model.rowCount() == 0)
        return;
    const int row = m_model.rowOfNumber(m_wantedCase);
    if (row < 0 && m_next)
        return QMetaObject::invokeMethod(this, &RunMatrixView::loadMore, Qt::QueuedConnection), void();
    m_wantedCase = 0;
    if (row < 0)
        return;
    int column = 1;
    for (const RunCell &cell : m_model.row(row).cells)
        if (column == 1 && (cell.outcome == CellOutcome::Failed || cell.outcome == CellOutcome::Error))
            column = cell.column + 1;
    m_table->setCurrentIndex(m_model.index(row, column));
    openCell(m_table->currentIndex());
}
