// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/runs_view.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/gateway/visible_poll.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"
#include "shared/evaluations/endpoints.h"

#include <QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto runsPoll = 4s; // for what no event has told

} // namespace

RunsView::RunsView(Workspace &workspace, QWidget *parent)
    : EvaluationsTab(workspace, parent),
      m_list(workspace, endpoints::evaluations::listRuns, m_model, this, [this] { renew(); }),
      m_new(new Button({}, u"play"_s, ButtonVariant::Primary)),
      m_states(new SegmentedControl(tr("State")))
{
    m_list.setLeftOut([this](const EvaluationRun &one) { return m_removals.isLeaving(one.id); });
    m_filters->addTool(m_states);
    setUp(m_model, u"evaluationRuns"_s, nullptr);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    connect(m_states, &SegmentedControl::chosen, this, [this] {
        applyFilter();
        Q_EMIT viewChanged();
    });
    connect(m_new, &QPushButton::clicked, this, &RunsView::add);
    connect(m_table, &DataTable::openRequested, this,
            [this](const QModelIndex &index) { open(EvaluationRun(m_model.row(index))); });
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const EvaluationRun run = m_model.row(index);
        menu->addAction(tr("Open"), this, [this, run] { open(run); });
        if (may(Ability::EvaluationsRun))
            menu->addAction(tr("Run this dataset…"), this, [this, run] { Q_EMIT newRunRequested(run.datasetId); });
        if (mayCancel(run))
            menu->addAction(tr("Cancel run"), this, [this, run] { cancel(run); });
        if (mayRemove(run))
            menu->addAction(tr("Remove run"), this, [this, run] { remove(run); });
    });
    workspace.live().subscribe(u"evaluations"_s, this, [this](const live::Event &event) { received(event); });
    connect(&workspace.live(), &LiveClient::reload, this, [this] {
        if (m_list.isLoaded())
            reload();
    });
    new VisiblePoll(*this, runsPoll, [this] {
        for (const QUuid &id : std::as_const(m_followed))
            refresh(id);
    });
    retranslate();
}

QWidget *RunsView::headerAction() { return m_new; }

void RunsView::activated()
{
    m_new->setVisible(may(Ability::EvaluationsRun));
    reload();
}

void RunsView::reload() { m_list.reload(); }
void RunsView::loadMore() { m_list.loadMore(); }

void RunsView::applyFilter()
{
    RunFilter filter;
    if (const QString text = searchText(); !text.isEmpty())
        filter.search = text;
    if (m_states->current() == 1)
        filter.states = {RunState::Running};
    else if (m_states->current() == 2)
        filter.states = {RunState::Completed};
    m_list.setFilter(filter);
}

bool RunsView::isFiltering() const { return m_filters->isFiltering() || m_states->current() > 0; }

void RunsView::clearFilter()
{
    m_states->setCurrent(0);
    EvaluationsTab::clearFilter();
    applyFilter(); // also where nothing was typed
}

void RunsView::renew()
{
    follow();
    showState(m_list.isLoading(), m_list.isLoaded(), m_list.problem());
}

// Whose progress is asked for where no event has told of it.
void RunsView::follow()
{
    m_followed.clear();
    for (const EvaluationRun &run : m_model.rows())
        if (run.state == RunState::Running)
            m_followed.insert(run.id);
}

void RunsView::received(const live::Event &event)
{
    const QUuid id = QUuid::fromString(event.data.value(u"id"_s).toString());
    if (m_removals.isLeaving(id))
        return;
    try {
        const auto run = json::fromValue<EvaluationRun>(event.data, json::UnknownMembers::Ignore);
        if (m_model.find(run.id) || !isFiltering())
            put(run);
    } catch (const json::InvalidError &) {
        refresh(id); // only names its run
    }
}

void RunsView::refresh(const QUuid &id)
{
    if (id.isNull() || m_refreshing.value(id).isPending())
        return;
    m_refreshing[id] = m_workspace.api().call(endpoints::evaluations::getRun.at(id), {}, this,
                                              [this, id](const Result<RunDetail> &reply) {
                                                  m_refreshing.remove(id);
                                                  if (reply && m_model.find(id))
                                                      put(reply->run);
                                              });
}

void RunsView::put(const EvaluationRun &run)
{
    m_model.put(run);
    renew();
    Q_EMIT commandsChanged();
}

EvaluationsTab::EmptyWords RunsView::emptyWords() const
{
    return {u"flask-conical"_s,
            tr("No runs yet"),
            tr("A run asks versions of templates with models about the cases of a dataset, and shows case by case how "
               "well each does."),
            may(Ability::EvaluationsRun) ? tr("Start a run") : QString(),
            tr("No run matches"),
            tr("The runs are not known")};
}

QString RunsView::searchPlaceholder() const { return tr("Search name"); }
QString RunsView::listTitle() const { return tr("Evaluation runs"); }

QString RunsView::shownCount() const
{
    const int shown = m_model.totalRows();
    QString text = m_list.hasMore() ? tr("The newest %n run(s)", nullptr, shown) : tr("%n run(s)", nullptr, shown);
    if (!m_followed.isEmpty())
        text += u" · "_s + tr("%n running", nullptr, int(m_followed.size()));
    return text;
}

QList<Footer::Hint> RunsView::keyHints() const
{
    QList<Footer::Hint> hints{{u"Return"_s, tr("open")}};
    if (may(Ability::EvaluationsRun))
        hints.append({u"N"_s, tr("start")});
    if (may(Ability::EvaluationsRun) || may(Ability::EvaluationsDelete))
        hints.append({u"Del"_s, tr("cancel or remove")});
    return hints;
}

QJsonObject RunsView::viewState() const
{
    QJsonObject state = EvaluationsTab::viewState();
    if (m_states->current() > 0)
        state.insert(u"state"_s, m_states->current());
    return state;
}

void RunsView::restoreViewState(const QJsonObject &state)
{
    m_states->setCurrent(std::clamp(state.value(u"state"_s).toInt(), 0, 2));
    EvaluationsTab::restoreViewState(state);
}

const EvaluationRun *RunsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

bool RunsView::mayCancel(const EvaluationRun &run) const
{
    return run.state == RunState::Running && may(Ability::EvaluationsRun);
}

bool RunsView::mayRemove(const EvaluationRun &run) const
{
    return run.state != RunState::Running && may(Ability::EvaluationsDelete);
}

void RunsView::add()
{
    if (may(Ability::EvaluationsRun))
        Q_EMIT newRunRequested({});
}

void RunsView::open(const EvaluationRun &run) { Q_EMIT runRequested(run.id, {}); }

void RunsView::cancel(const EvaluationRun &run)
{
    m_workspace.api().call(endpoints::evaluations::cancelRun.at(run.id), {}, this,
                           [this, run](const Result<RunDetail> &reply) {
                               if (!reply)
                                   return failed(tr("Could not cancel “%1”").arg(shownRun(run)), reply.error(),
                                                 [this, run] { cancel(run); });
                               put(reply->run);
                               Q_EMIT toastRequested({.title = tr("Run cancelled"), .text = shownRun(run)});
                           });
}

void RunsView::remove(const EvaluationRun &run)
{
    if (!mayRemove(run) || m_removals.isLeaving(run.id))
        return;
    m_removals.begin(run.id, [this, run] { removeNow(run); });
    m_model.remove(run.id);
    renew();
    Q_EMIT commandsChanged();
    Q_EMIT toastRequested({.title = tr("Run removed"), .text = shownRun(run), .undo = [this, run] {
                               if (m_removals.takeBack(run.id))
                                   put(run);
                           }});
}

void RunsView::cancelOrRemove(const EvaluationRun &run) { mayCancel(run) ? cancel(run) : remove(run); }

void RunsView::removeNow(const EvaluationRun &run)
{
    m_workspace.api().call(
        endpoints::evaluations::removeRun.at(run.id), {}, this, [this, run](const Result<Nothing> &reply) {
            m_removals.ended(run.id);
            if (reply || reply.error().status == 404)
                return;
            put(run);
            failed(tr("Could not remove “%1”").arg(shownRun(run)), reply.error(), [this, run] { remove(run); });
        });
}

QList<Command> RunsView::commands()
{
    return QList<Command>{{u"evaluationRuns.add"_s,
                           tr("Start a run"),
                           u"play"_s,
                           u"N"_s,
                           Command::Scope::Page,
                           [this] { add(); },
                           [this] { return may(Ability::EvaluationsRun); },
                           {},
                           true},
                          {u"evaluationRuns.remove"_s,
                           current() && mayCancel(*current()) ? tr("Cancel run") : tr("Remove run"), u"trash-2"_s,
                           u"Del"_s, Command::Scope::List,
                           [this] {
                               if (const EvaluationRun *run = current())
                                   cancelOrRemove(EvaluationRun(*run));
                           },
                           [this] { return current() && (mayCancel(*current()) || mayRemove(*current())); },
                           current() ? shownRun(*current()) : QString(), true}}
    + EvaluationsTab::commands();
}

void RunsView::retranslate()
{
    m_new->setText(tr("Start a run"));
    m_new->setHint(tr("Ask versions and models about a dataset"), u"N"_s);
    const int state = std::max(m_states->current(), 0);
    m_states->setChoices({tr("All", "runs"), tr("Running", "runs"), tr("Completed", "runs")});
    m_states->setCurrent(state);
    m_model.retranslate();
    EvaluationsTab::retranslate();
}
