// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_page.h"

#include "client/audit/audit_filters.h"
#include "client/audit/audit_looks.h"
#include "client/audit/audit_pane.h"
#include "client/design/theme.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/row_export.h"
#include "shared/audit/endpoints.h"

#include <QApplication>
#include <QBoxLayout>
#include <QMenu>
#include <QSaveFile>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace {

const auto paneWidthKey = u"audit/paneWidth"_s;

} // namespace

AuditPage::AuditPage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_feed(workspace, m_model),
      m_header(new PageHeader),
      m_export(new Button({}, u"download"_s)),
      m_tabs(new Tabs(tr("Views"))),
      m_filterBar(new FilterBar(tr("Search people, things, reasons"))),
      m_filters(new AuditFilters(m_filterBar, m_model, this)),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_refresh(new IconButton(u"refresh-cw"_s, {})),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_table(new DataTable(tr("Audit log"))),
      m_pane(new AuditPane(workspace)),
      m_footer(new Footer)
{
    build();
    connectTable();
    connect(m_export, &QPushButton::clicked, this, &AuditPage::exportRows);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        AuditView view = m_feed.view();
        view.tab = AuditView::Tab(std::max(tab, 0));
        setView(view);
    });
    connect(m_filters, &AuditFilters::changed, this, [this] {
        const AuditView view = m_filters->read(m_feed.view().tab);
        if (view != m_feed.view())
            setView(view);
    });
    connect(m_banner, &Banner::actionRequested, &m_feed, &AuditFeed::reload);
    connect(&m_feed, &AuditFeed::loadingChanged, this, [this] {
        m_progress->setActive(m_feed.isLoading() && m_model.totalRows() > 0);
        m_table->setLoading(m_feed.isLoading() && m_model.totalRows() == 0);
        renewEmpty();
        renewFooter();
    });
    connect(&m_feed, &AuditFeed::loaded, this, [this] {
        m_problem.reset();
        m_banner->hide();
        renewEmpty();
    });
    connect(&m_feed, &AuditFeed::failed, this, [this](const ApiError &error) {
        m_problem = error;
        // A dead network is said once, above all pages.
        if (error.status != 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
        renewEmpty();
    });
    connect(m_pane, &AuditPane::closed, this, &AuditPage::closePane);
    retranslate();
}

void AuditPage::build()
{
    m_header->addAction(m_export);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"time"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"audit"_s);
    m_table->setNewRowsText([](int count) { return tr("%n new entry(s)", nullptr, count); });
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    connect(m_refresh, &QToolButton::clicked, &m_feed, &AuditFeed::reload);
    m_filterBar->addTool(m_columns);
    m_filterBar->addTool(m_refresh);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_pane);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_pane->hide();
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(paneWidthKey, m_pane->width()); });
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(theme().px(Length::Space16), 0, theme().px(Length::Space24), 0); // its text, not its edge
    setLayout(layout::tight(layout::column({m_header, tabs, layout::line(), m_filterBar, layout::line(), m_progress,
                                            m_banner, layout::wide(m_splitter), m_footer})));
}

void AuditPage::connectTable()
{
    connect(m_table, &DataTable::openRequested, this, &AuditPage::openPane);
    connect(m_table, &DataTable::peekRequested, this, &AuditPage::openPane);
    connect(m_table, &QAbstractItemView::clicked, this, &AuditPage::openPane);
    connect(m_table, &DataTable::currentRowChanged, this, [this](const QModelIndex &index) {
        // A row is also current when the table only got the focus; the details follow what a person chose.
        if (m_pane->isVisible() && index.isValid() && m_table->selectionModel()->isRowSelected(index.row(), {}))
            m_pane->show(m_model.row(index));
    });
    connect(m_table, &DataTable::rowMenuRequested, this,
            [this](QMenu *menu, const QModelIndex &index) { fillRowMenu(menu, index); });
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    // Escape closes the details first and clears the selection after that.
    m_table->setEscape([this] {
        const bool open = m_pane->isVisible();
        if (open)
            closePane();
        return open;
    });
    // They end with the feed: the table still scrolls while it is hidden for the last time.
    const auto more = [this] { loadMoreIfNear(); };
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_feed, more);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_feed, more);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (!m_problem && m_feed.view().isFiltering())
            return m_filterBar->clear();
        m_feed.reload();
    });
}

QWidget *AuditPage::mainContent() { return m_table; }

void AuditPage::activated()
{
    m_export->setVisible(mayExport());
    if (!m_feed.isLoading())
        m_feed.reload();
}

void AuditPage::loadMoreIfNear()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    if (bar->maximum() - bar->value() < 2 * m_table->viewport()->height())
        m_feed.loadMore();
}

// ---- views and filters

QJsonObject AuditPage::viewState() const
{
    QJsonObject state = m_feed.view().toJson();
    if (!m_pane->entryId().isNull())
        state.insert(u"open"_s, m_pane->entryId().toString(QUuid::WithoutBraces));
    return state;
}

void AuditPage::restoreViewState(const QJsonObject &state)
{
    setView(AuditView::fromJson(state));
    if (const QString open = state.value(u"open"_s).toString(); !open.isEmpty())
        openObject(open);
}

void AuditPage::setView(const AuditView &view)
{
    m_feed.setView(view);
    const QSignalBlocker quiet(m_tabs);
    m_tabs->setCurrentIndex(int(view.tab));
    m_filters->show(view);
    renewEmpty();
    Q_EMIT viewChanged();
}

// ---- texts that follow the state

void AuditPage::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_feed.isLoading();
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        place->showForbidden(tr("An owner of your tenant"));
    else if (m_problem)
        place->showError(tr("The audit log is not known"),
                         m_problem->status == 0 ? tr("It is kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (m_feed.view().isFiltering())
        place->showFiltered(tr("No entry matches"));
    else if (m_feed.view().tab == AuditView::Tab::Refused)
        place->show(u"circle-check"_s, tr("Nothing was refused"),
                    tr("Attempts without the right to them would be listed here, failed sign-ins too."));
    else
        place->show(u"scroll-text"_s, tr("No entries yet"),
                    tr("Each change of this tenant appears here as it happens."));
}

void AuditPage::renewFooter()
{
    m_footer->setText(m_feed.hasMore() ? tr("%1 entries, more as you scroll").arg(amounts::count(m_model.totalRows()))
                                       : tr("%n entry(s)", nullptr, m_model.totalRows()));
    m_footer->setHints({{u"J, K"_s, tr("move")}, {u"Return"_s, tr("open")}, {u"F"_s, tr("filter")}});
}

// ---- one entry

void AuditPage::openPane(const QModelIndex &index)
{
    if (index.isValid())
        openEntry(m_model.row(index));
}

void AuditPage::openEntry(const AuditEntry &entry)
{
    m_pane->show(entry);
    if (m_pane->isHidden()) {
        m_pane->setVisible(true);
        const int pane = QSettings().value(paneWidthKey, theme().px(Length::DetailPreferred)).toInt();
        m_splitter->setSizes({std::max(m_splitter->width() - pane, pane), pane});
    }
    if (isVisible() && !m_pane->isAncestorOf(QApplication::focusWidget()))
        m_table->setFocus();
    const QModelIndex row = m_model.indexOf(entry.id);
    if (row.isValid() && m_table->currentIndex().row() != row.row())
        m_table->setCurrentIndex(row);
    Q_EMIT viewChanged();
}

void AuditPage::openObject(const QString &id)
{
    const QUuid uuid = QUuid::fromString(id);
    if (const AuditEntry *known = m_model.find(uuid))
        return openEntry(AuditEntry(*known));
    if (uuid.isNull())
        return;
    m_workspace.api().call(endpoints::audit::get.at(uuid), {}, this, [this](const Result<AuditDetail> &reply) {
        if (reply)
            return openEntry(reply->entry);
        Q_EMIT toastRequested({.tone = Tone::Danger,
                               .title = tr("The entry cannot be shown"),
                               .text = reply.error().detail,
                               .details = QString::fromUtf8(json::print(reply.error()))});
    });
}

void AuditPage::closePane()
{
    const bool hadFocus = m_pane->isAncestorOf(QApplication::focusWidget());
    m_pane->hide();
    m_pane->close();
    if (hadFocus)
        m_table->setFocus();
    Q_EMIT viewChanged();
}

void AuditPage::fillRowMenu(QMenu *menu, const QModelIndex &index)
{
    const AuditEntry entry = m_model.row(index);
    menu->addAction(tr("Open details"), this, [this, entry] { openEntry(entry); });
    menu->addSeparator();
    for (const FilterBar::Condition &condition : m_filters->sameAs(entry))
        menu->addAction(tr("Filter by %1: %2", "a field and its value").arg(condition.field, condition.shown), this,
                        [this, condition] { m_filterBar->setCondition(condition); });
}

// ---- export

void AuditPage::exportRows()
{
    rowExport::ask(
        this, tr("Export the audit log"), u"audit"_s, [this](const QString &path) { exportTo(path); },
        rowExport::JsonForm::Lines);
}

// The server writes the file's text; it goes to the disk as it comes, and the file appears whole or not at all.
void AuditPage::exportTo(const QString &path)
{
    const auto file = std::make_shared<QSaveFile>(path);
    const auto fail = [this, path](const QString &problem) {
        m_export->setLoading(false);
        Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
    };
    if (!file->open(QFile::WriteOnly))
        return fail(file->errorString());
    const AuditFilter filter = m_feed.view().filter(QDateTime::currentDateTimeUtc());
    const AuditExportQuery query{.format = rowExport::isJson(path) ? AuditFormat::JsonLines : AuditFormat::Csv,
                                 .actorId = filter.actorId,
                                 .sessionId = filter.sessionId,
                                 .subjectType = filter.subjectType,
                                 .subjectId = filter.subjectId,
                                 .action = filter.action,
                                 .outcome = filter.outcome,
                                 .from = filter.from,
                                 .to = filter.to,
                                 .requestId = filter.requestId,
                                 .search = filter.search};
    m_export->setLoading(true);
    m_workspace.api().call(endpoints::audit::exported, query, this,
                           [this, file, path, fail](const Result<Nothing> &reply) {
                               if (!reply)
                                   return fail(reply.error().detail); // without commit() nothing is left of the file
                               if (!file->commit())
                                   return fail(file->errorString());
                               m_export->setLoading(false);
                               Q_EMIT toastRequested(
                                   {.tone = Tone::Success, .title = tr("The audit log was exported"), .text = path});
                           },
                           {.sink = file.get()});
}

QList<Command> AuditPage::commands()
{
    return {{u"audit.filter"_s,
             tr("Search the audit log"),
             u"filter"_s,
             u"F; Ctrl+F; /"_s,
             Command::Scope::Page,
             [this] { m_filterBar->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"audit.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { m_feed.reload(); },
             {},
             {},
             true},
            {u"audit.export"_s,
             tr("Export the audit log"),
             u"download"_s,
             {},
             Command::Scope::Page,
             [this] { exportRows(); },
             [this] { return mayExport(); },
             {},
             true}};
}

void AuditPage::retranslate()
{
    m_header->setTitle(tr("Audit log"),
                       tr("Who changed what, and what was refused to whom. Nobody can edit or remove an entry."));
    m_export->setText(tr("Export"));
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setTabs({tr("All"), tr("Changes"), tr("Refused")});
        m_tabs->setCurrentIndex(int(m_feed.view().tab));
    }
    m_columns->setName(tr("Columns"));
    m_refresh->setName(tr("Refresh"), u"F5"_s);
    m_filterBar->search()->setPlaceholder(tr("Search people, things, reasons"));
    m_table->setAccessibleName(tr("Audit log"));
    m_model.retranslate();
    m_filters->show(m_feed.view());
    renewEmpty();
    renewFooter();
}
