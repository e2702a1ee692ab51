// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/evaluations_tab.h"

#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "client/widgets/table_model.h"

#include <QBoxLayout>
#include <QMenu>
#include <QScrollBar>

using namespace Qt::StringLiterals;

EvaluationsTab::EvaluationsTab(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_filters(new FilterBar({})),
      m_notice(new Banner),
      m_table(new DataTable({}))
{
    m_filters->setCanAdd(false);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setObjectName(u"columns"_s);
    m_filters->addTool(columns);
}

// The table's model and name; a pane, where there is one, opens beside it.
void EvaluationsTab::setUp(TableModelBase &model, const QString &name, QWidget *pane)
{
    m_name = name;
    m_table->setModel(&model);
    m_table->setStateKey(name);
    QWidget *content = m_table;
    if (pane)
        content = m_split = new MasterDetail(m_table, pane);
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, layout::wide(content)})));
    connect(m_filters, &FilterBar::changed, this, [this] {
        applyFilter();
        Q_EMIT viewChanged();
    });
    connect(m_notice, &Banner::actionRequested, this, [this] { reload(); });
    connect(m_table, &DataTable::currentRowChanged, this, &EvaluationsTab::commandsChanged);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &EvaluationsTab::loadMoreIfNear);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &EvaluationsTab::loadMoreIfNear);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            return reload();
        if (isFiltering())
            return clearFilter();
        add();
    });
}

QWidget *EvaluationsTab::mainContent() { return m_table; }
QString EvaluationsTab::searchText() const { return m_filters->search()->text().trimmed(); }
bool EvaluationsTab::isFiltering() const { return m_filters->isFiltering(); }
void EvaluationsTab::clearFilter() { m_filters->clear(); }

void EvaluationsTab::loadMoreIfNear()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    if (isVisible() && bar->maximum() - bar->value() < 2 * m_table->viewport()->height())
        loadMore();
}

void EvaluationsTab::showState(bool isLoading, bool isLoaded, const std::optional<ApiError> &problem)
{
    m_isLoading = isLoading;
    m_problem = problem;
    m_table->setLoading(isLoading && m_table->model()->rowCount() == 0);
    m_notice->hide();
    // A dead network is said once, above all pages.
    if (problem && isLoaded && problem->status != 0)
        m_notice->show(Tone::Danger, u"circle-alert"_s, problem->detail, tr("Try again"));
    EmptyState *place = m_table->emptyState();
    const bool none = m_table->model()->rowCount() == 0 && !isLoading;
    place->setVisible(none);
    if (none) {
        const EmptyWords words = emptyWords();
        if (problem && problem->status == 403)
            place->showForbidden(tr("An owner of your tenant"));
        else if (problem)
            place->showError(words.notKnown,
                             problem->status == 0 ? tr("The server cannot be reached.") : problem->detail);
        else if (isFiltering())
            place->showFiltered(words.noneMatches);
        else
            place->show(words.icon, words.title, words.text, words.action);
    }
    Q_EMIT footerChanged();
}

void EvaluationsTab::failed(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412)
        reload();
}

QJsonObject EvaluationsTab::viewState() const
{
    const QString text = searchText();
    return text.isEmpty() ? QJsonObject() : QJsonObject{{u"search"_s, text}};
}

void EvaluationsTab::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    applyFilter();
}

QList<Command> EvaluationsTab::commands()
{
    return {{m_name + u".search"_s,
             tr("Search this list"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {m_name + u".reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { reload(); },
             {},
             {},
             true}};
}

void EvaluationsTab::retranslate()
{
    m_filters->search()->setPlaceholder(searchPlaceholder());
    m_filters->findChild<IconButton *>(u"columns"_s)->setName(tr("Columns"));
    m_table->setAccessibleName(listTitle());
    showState(m_isLoading, m_table->model()->rowCount() > 0, m_problem);
}
