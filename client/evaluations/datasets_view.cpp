// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/datasets_view.h"

#include "client/evaluations/dataset_dialog.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "shared/evaluations/endpoints.h"

#include <QMenu>

using namespace Qt::StringLiterals;

DatasetsView::DatasetsView(Workspace &workspace, QWidget *parent)
    : EvaluationsTab(workspace, parent),
      m_list(workspace, endpoints::evaluations::listDatasets, m_model, this, [this] { renew(); }),
      m_new(new Button({}, u"plus"_s, ButtonVariant::Primary))
{
    m_list.setLeftOut([this](const Dataset &one) { return m_removals.isLeaving(one.id); });
    setUp(m_model, u"datasets"_s, nullptr);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    connect(m_new, &QPushButton::clicked, this, &DatasetsView::add);
    connect(m_table, &DataTable::openRequested, this,
            [this](const QModelIndex &index) { open(Dataset(m_model.row(index))); });
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const Dataset dataset = m_model.row(index);
        menu->addAction(tr("Open"), this, [this, dataset] { open(dataset); });
        if (may(Ability::EvaluationsRun))
            menu->addAction(tr("Start a run…"), this, [this, dataset] { start(dataset); });
        if (may(Ability::EvaluationsUpdate))
            menu->addAction(tr("Change name…"), this, [this, dataset] { change(dataset); });
        if (may(Ability::EvaluationsDelete))
            menu->addAction(tr("Remove dataset"), this, [this, dataset] { remove(dataset); });
    });
    retranslate();
}

QWidget *DatasetsView::headerAction() { return m_new; }

void DatasetsView::activated()
{
    m_new->setVisible(may(Ability::EvaluationsCreate));
    reload();
}

void DatasetsView::reload() { m_list.reload(); }
void DatasetsView::loadMore() { m_list.loadMore(); }

void DatasetsView::applyFilter()
{
    DatasetFilter filter;
    if (const QString text = searchText(); !text.isEmpty())
        filter.search = text;
    m_list.setFilter(filter);
}

void DatasetsView::renew() { showState(m_list.isLoading(), m_list.isLoaded(), m_list.problem()); }

EvaluationsTab::EmptyWords DatasetsView::emptyWords() const
{
    return {u"database"_s,
            tr("No datasets yet"),
            tr("A dataset is a set of cases: what goes in, and what is expected to come out. Versions of templates are "
               "judged by it before they go live."),
            may(Ability::EvaluationsCreate) ? tr("Make a dataset") : QString(),
            tr("No dataset matches"),
            tr("The datasets are not known")};
}

QString DatasetsView::searchPlaceholder() const { return tr("Search name or description"); }
QString DatasetsView::listTitle() const { return tr("Datasets"); }

QString DatasetsView::shownCount() const
{
    const int shown = m_model.totalRows();
    return m_list.hasMore() ? tr("The first %n dataset(s)", nullptr, shown) : tr("%n dataset(s)", nullptr, shown);
}

QList<Footer::Hint> DatasetsView::keyHints() const
{
    QList<Footer::Hint> hints{{u"Return"_s, tr("open")}};
    if (may(Ability::EvaluationsCreate))
        hints.append({u"N"_s, tr("add")});
    if (may(Ability::EvaluationsRun))
        hints.append({u"R"_s, tr("run")});
    if (may(Ability::EvaluationsDelete))
        hints.append({u"Del"_s, tr("remove")});
    return hints;
}

const Dataset *DatasetsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void DatasetsView::put(const Dataset &dataset)
{
    m_model.put(dataset);
    renew();
}

void DatasetsView::add()
{
    if (!may(Ability::EvaluationsCreate))
        return;
    auto *dialog = new DatasetDialog(m_workspace.api(), {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DatasetDialog::saved, this, [this](const Dataset &saved) {
        put(saved);
        open(saved);
    });
    dialog->open();
}

void DatasetsView::change(const Dataset &dataset)
{
    auto *dialog = new DatasetDialog(m_workspace.api(), dataset, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DatasetDialog::saved, this, &DatasetsView::put);
    dialog->open();
}

void DatasetsView::open(const Dataset &dataset) { Q_EMIT datasetRequested(dataset.id); }
void DatasetsView::start(const Dataset &dataset) { Q_EMIT newRunRequested(dataset.id); }

void DatasetsView::remove(const Dataset &dataset)
{
    if (!may(Ability::EvaluationsDelete) || m_removals.isLeaving(dataset.id))
        return;
    m_removals.begin(dataset.id, [this, dataset] { removeNow(dataset); });
    m_model.remove(dataset.id);
    renew();
    Q_EMIT commandsChanged();
    Q_EMIT toastRequested({.title = tr("Dataset removed"), .text = dataset.name, .undo = [this, dataset] {
                               if (m_removals.takeBack(dataset.id))
                                   put(dataset);
                           }});
}

void DatasetsView::removeNow(const Dataset &dataset)
{
    m_workspace.api().call(endpoints::evaluations::removeDataset.at(dataset.id), {}, this,
                           [this, dataset](const Result<Nothing> &reply) {
                               m_removals.ended(dataset.id);
                               if (reply || reply.error().status == 404)
                                   return;
                               put(dataset);
                               failed(tr("Could not remove “%1”").arg(dataset.name), reply.error(),
                                      [this, dataset] { remove(dataset); });
                           },
                           {.revision = dataset.revision});
}

QList<Command> DatasetsView::commands()
{
    const auto on = [this](void (DatasetsView::*action)(const Dataset &)) {
        return [this, action] {
            if (const Dataset *dataset = current())
                (this->*action)(Dataset(*dataset));
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? current()->name : QString();
    return QList<Command>{{u"datasets.add"_s,
                           tr("New dataset"),
                           u"plus"_s,
                           u"N"_s,
                           Command::Scope::Page,
                           [this] { add(); },
                           [this] { return may(Ability::EvaluationsCreate); },
                           {},
                           true},
                          {u"datasets.run"_s, tr("Start a run of dataset"), u"play"_s, u"R"_s, Command::Scope::List,
                           on(&DatasetsView::start), mayOn(Ability::EvaluationsRun), subject, true},
                          {u"datasets.change"_s, tr("Change name of dataset"), u"pencil"_s, u"E"_s,
                           Command::Scope::List, on(&DatasetsView::change), mayOn(Ability::EvaluationsUpdate), subject,
                           true},
                          {u"datasets.remove"_s, tr("Remove dataset"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
                           on(&DatasetsView::remove), mayOn(Ability::EvaluationsDelete), subject, true}}
    + EvaluationsTab::commands();
}

void DatasetsView::retranslate()
{
    m_new->setText(tr("New dataset"));
    m_new->setHint(tr("Make a dataset"), u"N"_s);
    m_model.retranslate();
    EvaluationsTab::retranslate();
}
