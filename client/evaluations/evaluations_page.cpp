// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/evaluations_page.h"

#include "client/design/theme.h"
#include "client/evaluations/dataset_editor.h"
#include "client/evaluations/datasets_view.h"
#include "client/evaluations/gates_view.h"
#include "client/evaluations/run_dialog.h"
#include "client/evaluations/run_matrix_view.h"
#include "client/evaluations/runs_view.h"
#include "client/templates/template_library.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace {

const QStringList &tabIds()
{
    static const QStringList ids{u"datasets"_s, u"runs"_s, u"gates"_s};
    return ids;
}

} // namespace

EvaluationsPage::EvaluationsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_datasets(new DatasetsView(workspace)),
      m_runs(new RunsView(workspace)),
      m_gates(new GatesView(workspace, library)),
      m_lists{m_datasets, m_runs, m_gates},
      m_stack(new QStackedWidget),
      m_header(new PageHeader),
      m_tabs(new Tabs(tr("Evaluations"))),
      m_views(new QStackedWidget),
      m_footer(new Footer)
{
    build();
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_views->setCurrentIndex(index);
        for (int i = 0; i < m_actions.size(); ++i)
            m_actions[i]->setVisible(i == index);
        renewFooter();
        if (isVisible())
            m_lists[index]->activated();
        Q_EMIT commandsChanged();
        Q_EMIT viewChanged();
    });
    retranslate();
}

void EvaluationsPage::build()
{
    for (EvaluationsTab *list : std::as_const(m_lists)) {
        m_views->addWidget(list);
        m_actions << layout::box(layout::row({list->headerAction()}));
        m_header->addAction(m_actions.last());
        m_actions.last()->setVisible(m_actions.size() == 1);
        adopt(list);
        connect(list, &EvaluationsTab::footerChanged, this, &EvaluationsPage::renewFooter);
        connect(list, &EvaluationsTab::datasetRequested, this, &EvaluationsPage::openDataset);
        connect(list, &EvaluationsTab::runRequested, this, &EvaluationsPage::openRun);
        connect(list, &EvaluationsTab::newRunRequested, this, &EvaluationsPage::startRun);
    }
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(px(Length::Space16), 0, px(Length::Space16), 0);
    m_stack->addWidget(
        layout::box(layout::tight(layout::column({m_header, tabs, layout::line(), layout::wide(m_views), m_footer}))));
    setLayout(layout::tight(layout::column({m_stack})));
}

void EvaluationsPage::adopt(PageWidget *page)
{
    connect(page, &PageWidget::commandsChanged, this, &EvaluationsPage::commandsChanged);
    connect(page, &PageWidget::viewChanged, this, &EvaluationsPage::viewChanged);
    connect(page, &PageWidget::toastRequested, this, &EvaluationsPage::toastRequested);
    connect(page, &PageWidget::navigationRequested, this, &EvaluationsPage::navigationRequested);
}

// ---- where one is

int EvaluationsPage::currentTab() const { return m_tabs->currentIndex(); }
void EvaluationsPage::showTab(int index) { m_tabs->setCurrentIndex(index); }

PageWidget *EvaluationsPage::opened() const
{
    return m_stack->currentIndex() == 0 ? nullptr : qobject_cast<PageWidget *>(m_stack->currentWidget());
}

QWidget *EvaluationsPage::mainContent()
{
    return opened() ? opened()->mainContent() : m_lists[currentTab()]->mainContent();
}

void EvaluationsPage::activated()
{
    if (m_library.templates().isEmpty())
        m_library.reload();
    m_library.reloadModels();
    opened() ? opened()->activated() : m_lists[currentTab()]->activated();
}

void EvaluationsPage::showLists()
{
    m_stack->setCurrentIndex(0);
    m_lists[currentTab()]->activated();
    m_lists[currentTab()]->mainContent()->setFocus();
    Q_EMIT commandsChanged();
    Q_EMIT viewChanged();
}

void EvaluationsPage::openDataset(const QUuid &id)
{
    if (!m_dataset) {
        m_dataset = new DatasetEditor(m_workspace, m_library);
        m_stack->addWidget(m_dataset);
        adopt(m_dataset);
        connect(m_dataset, &DatasetEditor::backRequested, this, &EvaluationsPage::showLists);
        connect(m_dataset, &DatasetEditor::newRunRequested, this, &EvaluationsPage::startRun);
        connect(m_dataset, &DatasetEditor::changed, m_datasets, &DatasetsView::put);
        connect(m_dataset, &DatasetEditor::removeRequested, this, [this](const Dataset &dataset) {
            showTab(0);
            showLists();
            m_datasets->remove(dataset);
        });
    }
    m_stack->setCurrentWidget(m_dataset);
    m_dataset->open(id);
    m_dataset->mainContent()->setFocus();
    Q_EMIT commandsChanged();
    Q_EMIT viewChanged();
}

void EvaluationsPage::openRun(const QUuid &id, const QJsonObject &state)
{
    if (!m_run) {
        m_run = new RunMatrixView(m_workspace);
        m_stack->addWidget(m_run);
        adopt(m_run);
        connect(m_run, &RunMatrixView::backRequested, this, &EvaluationsPage::showLists);
        connect(m_run, &RunMatrixView::newRunRequested, this, &EvaluationsPage::startRun);
        connect(m_run, &RunMatrixView::jobRequested, this, &EvaluationsPage::jobRequested);
        connect(m_run, &RunMatrixView::datasetRequested, this, &EvaluationsPage::openDataset);
        connect(m_run, &RunMatrixView::changed, m_runs, &RunsView::put);
    }
    m_stack->setCurrentWidget(m_run);
    m_run->open(id, state);
    m_run->mainContent()->setFocus();
    Q_EMIT commandsChanged();
    Q_EMIT viewChanged();
}

void EvaluationsPage::startRun(const QUuid &datasetId)
{
    if (!m_workspace.session().can(Ability::EvaluationsRun))
        return;
    auto *dialog = new RunDialog(m_workspace, m_library, datasetId, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RunDialog::started, this, [this](const RunDetail &started) {
        showTab(1);
        m_runs->put(started.run);
        openRun(started.run.id, {});
    });
    dialog->open();
}

// ---- kept and restored

QJsonObject EvaluationsPage::viewState() const
{
    QJsonObject state{{u"tab"_s, tabIds()[currentTab()]}};
    for (int i = 0; i < m_lists.size(); ++i)
        if (const QJsonObject own = m_lists[i]->viewState(); !own.isEmpty())
            state.insert(tabIds()[i], own);
    if (opened() && opened() == m_dataset)
        state.insert(u"dataset"_s, m_dataset->datasetId().toString(QUuid::WithoutBraces));
    if (opened() && opened() == m_run) {
        state.insert(u"run"_s, m_run->runId().toString(QUuid::WithoutBraces));
        state.insert(u"matrix"_s, m_run->viewState());
    }
    return state;
}

void EvaluationsPage::restoreViewState(const QJsonObject &state)
{
    for (int i = 0; i < m_lists.size(); ++i)
        if (state.contains(tabIds()[i]))
            m_lists[i]->restoreViewState(state.value(tabIds()[i]).toObject());
    if (const int tab = int(tabIds().indexOf(state.value(u"tab"_s).toString())); tab >= 0)
        showTab(tab);
    const QUuid dataset = QUuid::fromString(state.value(u"dataset"_s).toString());
    const QUuid run = QUuid::fromString(state.value(u"run"_s).toString());
    if (!dataset.isNull())
        openDataset(dataset);
    else if (!run.isNull())
        openRun(run, state.value(u"matrix"_s).toObject());
    else
        m_stack->setCurrentIndex(0);
    Q_EMIT commandsChanged();
}

void EvaluationsPage::openObject(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id.section(u'/', -1));
    if (uuid.isNull())
        return;
    const int tab = id.contains(u'/') ? int(tabIds().indexOf(id.section(u'/', 0, 0))) : 1;
    showTab(std::max(tab, 0));
    if (tab == 0)
        return openDataset(uuid);
    if (tab == 1)
        return openRun(uuid, {});
    m_stack->setCurrentIndex(0);
    m_gates->openObject(uuid.toString());
}

QList<Command> EvaluationsPage::commands()
{
    if (opened())
        return opened()->commands();
    const QStringList texts{tr("Show datasets"), tr("Show evaluation runs"), tr("Show gates")};
    const QStringList icons{u"database"_s, u"flask-conical"_s, u"shield-check"_s};
    QList<Command> commands;
    for (int i = 0; i < m_lists.size(); ++i)
        commands.append({u"evaluations."_s + tabIds()[i],
                         texts[i],
                         icons[i],
                         QString::number(i + 1),
                         Command::Scope::Page,
                         [this, i] {
                             showTab(i);
                             mainContent()->setFocus();
                         },
                         {},
                         {},
                         true});
    return commands + m_lists[currentTab()]->commands();
}

void EvaluationsPage::renewFooter()
{
    const EvaluationsTab *list = m_lists[currentTab()];
    m_footer->setText(list->shownCount());
    m_footer->setHints(list->keyHints());
}

void EvaluationsPage::retranslate()
{
    m_header->setTitle(tr("Evaluations"), tr("How well versions of templates do, before they go live."));
    m_tabs->setAccessibleName(tr("Evaluations"));
    const QSignalBlocker quiet(m_tabs);
    const int tab = std::max(currentTab(), 0);
    m_tabs->setTabs({tr("Datasets"), tr("Runs"), tr("Gates")});
    m_tabs->setCurrentIndex(tab);
    renewFooter();
}
