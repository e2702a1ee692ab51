// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/batches/batches_page.h"

#include "client/batches/batch_file.h"
#include "client/batches/batch_looks.h"
#include "client/batches/batch_pane.h"
#include "client/batches/run_file_dialog.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "client/widgets/page_parts.h"
#include "shared/batches/endpoints.h"

#include <QBoxLayout>
#include <QDropEvent>
#include <QMimeData>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace {

constexpr int batchesPage = 100;

QString fileIn(const QMimeData *data)
{
    for (const QUrl &url : data->urls())
        if (url.isLocalFile() && batchFile::isOffered(url.toLocalFile()))
            return url.toLocalFile();
    return {};
}

} // namespace

BatchesPage::BatchesPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_header(new PageHeader),
      m_run(new Button({}, u"upload"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar({})),
      m_state(new Select(tr("Status"))),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_table(new DataTable(tr("Batches"))),
      m_pane(new BatchPane),
      m_split(new MasterDetail(m_table, m_pane)),
      m_footer(new Footer)
{
    build();
    connectParts();
    retranslate();
}

void BatchesPage::build()
{
    setAcceptDrops(true);
    m_header->addAction(m_run);
    m_filters->setCanAdd(false); // the choice beside it is all
    m_filters->addTool(m_state);
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(m_columns);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"age"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"batches"_s);
    m_table->setNewRowsText([](int count) { return tr("%n new batch(es)", nullptr, count); });
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(
        layout::column({m_header, m_filters, layout::line(), m_progress, m_banner, layout::wide(m_split), m_footer})));
}

void BatchesPage::connectParts()
{
    connect(m_run, &QPushButton::clicked, this, [this] { runFile(); });
    connect(m_filters, &FilterBar::changed, this, &BatchesPage::filterChanged);
    connect(m_state, &Select::valueChosen, this, &BatchesPage::filterChanged);
    connect(m_banner, &Banner::actionRequested, this, &BatchesPage::load);
    connect(m_table, &DataTable::rowMenuRequested, this, &BatchesPage::fillRowMenu);
    connect(m_table, &DataTable::currentRowChanged, this, &BatchesPage::commandsChanged);
    connect(m_table, &DataTable::selectedCountChanged, this, &BatchesPage::renewFooter);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &BatchesPage::loadMore);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem)
            return load();
        if (m_filters->isFiltering() || !m_state->value().toString().isEmpty())
            return restoreViewState({});
        runFile();
    });
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { fillPane(Batch(m_model.row(index))); });
    connect(m_pane, &BatchPane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](Action action) {
        return [this, action] {
            if (const Batch *shown = m_model.find(m_pane->batchId()))
                (this->*action)(Batch(*shown));
        };
    };
    connect(m_pane, &BatchPane::pauseRequested, this, onShown(&BatchesPage::pauseOrResume));
    connect(m_pane, &BatchPane::resumeRequested, this, onShown(&BatchesPage::pauseOrResume));
    connect(m_pane, &BatchPane::retryRequested, this, onShown(&BatchesPage::retry));
    connect(m_pane, &BatchPane::cancelRequested, this, onShown(&BatchesPage::cancel));
    connect(m_pane, &BatchPane::jobsRequested, this, onShown(&BatchesPage::openJobs));
    connect(m_pane, &BatchPane::exportRequested, this, onShown(&BatchesPage::askExport));
    m_workspace.live().subscribe(u"batches"_s, this, [this](const live::Event &event) { received(event); });
    connect(&m_workspace.live(), &LiveClient::reload, this, [this] {
        if (m_isLoaded)
            load();
    });
}

QWidget *BatchesPage::mainContent() { return m_table; }

void BatchesPage::activated()
{
    m_run->setVisible(may(Ability::BatchesCreate));
    m_library.reloadModels();
    load();
}

// ---- the list

void BatchesPage::load()
{
    m_call.cancel();
    loadPage({});
}

void BatchesPage::loadMore()
{
    const QScrollBar *bar = m_table->verticalScrollBar();
    if (m_cursor && !isLoading() && bar->maximum() - bar->value() < 2 * m_table->viewport()->height())
        loadPage(m_cursor);
}

void BatchesPage::loadPage(const std::optional<QString> &cursor)
{
    BatchFilter filter;
    if (const QString state = m_state->value().toString(); !state.isEmpty())
        for (int i = 0; i < int(enumNames<BatchState>.size()); ++i)
            if (state == json::name(BatchState(i)))
                filter.states = QList<BatchState>{BatchState(i)};
    if (const QString text = m_filters->search()->text().trimmed(); !text.isEmpty())
        filter.search = text;
    filter.limit = batchesPage;
    filter.cursor = cursor;
    m_meanwhile.clear();
    m_call = m_workspace.api().call(
        endpoints::batches::list, filter, this, [this, isFirst = !cursor](const Result<Page<Batch>> &page) {
            m_call = {};
            m_problem = page ? std::nullopt : std::optional(page.error());
            m_banner->hide();
            // A dead network is said once, above all pages.
            if (m_problem && m_isLoaded && m_problem->status != 0)
                m_banner->show(Tone::Danger, u"circle-alert"_s, m_problem->detail, tr("Try again"));
            if (page && isFirst) {
                const QUuid chosen = m_split->isOpen() ? m_pane->batchId() : QUuid();
                m_isLoaded = true;
                m_model.setRows(page->items);
                for (const Batch &batch : std::exchange(m_meanwhile, {}))
                    put(batch);
                if (const QModelIndex row = m_model.indexOf(chosen); row.isValid())
                    m_split->open(row);
                if (const QUuid wanted = std::exchange(m_wanted, {}); !wanted.isNull())
                    openObject(wanted.toString());
            } else if (page) {
                m_model.append(page->items);
            }
            if (page)
                m_cursor = page->nextCursor;
            m_table->setLoading(false);
            m_progress->setActive(false);
            renewEmpty();
            renewFooter();
        });
    m_table->setLoading(!m_isLoaded);
    m_progress->setActive(m_isLoaded);
    renewEmpty();
}

void BatchesPage::received(const live::Event &event)
{
    if (!m_isLoaded)
        return;
    try {
        put(json::fromValue<Batch>(event.data, json::UnknownMembers::Lenient));
    } catch (const json::InvalidError &) {
        load(); // only names its batch
    }
}

void BatchesPage::put(const Batch &batch)
{
    const Batch *known = m_model.find(batch.id);
    if (known && known->revision > batch.revision)
        return;
    const QString state = m_state->value().toString(), text = m_filters->search()->text().trimmed();
    // What no longer matches stays where it is until the list is loaded anew.
    if (!known
        && ((!state.isEmpty() && state != json::name(batch.state)) || !batch.name.contains(text, Qt::CaseInsensitive)))
        return;
    m_model.put(batch);
    if (isLoading())
        m_meanwhile.append(batch);
    if (m_split->isOpen() && m_pane->batchId() == batch.id)
        fillPane(batch);
    renewEmpty();
    renewFooter();
    Q_EMIT commandsChanged();
}

void BatchesPage::fillPane(const Batch &batch)
{
    m_pane->show(batch, {.change = may(Ability::BatchesUpdate), .jobs = may(Ability::JobsRead)});
}

void BatchesPage::filterChanged()
{
    load();
    Q_EMIT viewChanged();
}

void BatchesPage::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !isLoading();
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        place->showForbidden(tr("An administrator of your tenant"));
    else if (m_problem)
        place->showError(tr("The batches could not be loaded"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else if (m_filters->isFiltering() || !m_state->value().toString().isEmpty())
        place->showFiltered(tr("No batch matches"));
    else
        place->show(u"layers"_s, tr("No batches yet"),
                    tr("Run a template over each row of a CSV or JSON Lines file, and watch it here. A file may be "
                       "dropped on this page."),
                    may(Ability::BatchesCreate) ? tr("Run over a file") : QString());
}

void BatchesPage::renewFooter()
{
    const int count = m_model.totalRows();
    m_footer->setText(m_cursor ? tr("%1 batches, more as you scroll").arg(amounts::count(count))
                               : tr("%n batch(es)", nullptr, count));
    QList<Footer::Hint> hints{{u"J, K"_s, tr("move")}, {u"Return"_s, tr("open")}};
    if (may(Ability::BatchesUpdate))
        hints << Footer::Hint{u"P"_s, tr("pause")} << Footer::Hint{u"R"_s, tr("retry failed")};
    m_footer->setHints(hints);
}

// ---- views

QJsonObject BatchesPage::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()}, {u"status"_s, m_state->value().toString()}};
}

void BatchesPage::restoreViewState(const QJsonObject &state)
{
    {
        const QSignalBlocker quiet(m_filters);
        m_filters->search()->setText(state.value(u"search"_s).toString());
    }
    m_state->setValue(state.value(u"status"_s).toString());
    load();
    if (const QString slug = state.value(u"run"_s).toString(); !slug.isEmpty())
        runFile(slug);
}

void BatchesPage::openObject(const QString &id)
{
    m_wanted = QUuid::fromString(id);
    if (const QModelIndex row = m_model.indexOf(m_wanted); row.isValid()) {
        m_wanted = {};
        return m_split->open(row);
    }
    if (!m_isLoaded || isLoading())
        return;
    m_workspace.api().call(
        endpoints::batches::get.at(std::exchange(m_wanted, {})), {}, this, [this](const Result<Batch> &reply) {
            if (!reply)
                return Q_EMIT toastRequested(
                    {.tone = Tone::Danger, .title = tr("The batch cannot be shown"), .text = reply.error().detail});
            m_model.append({*reply});
            m_split->open(m_model.indexOf(reply->id));
        });
}

// ---- files

RunFileDialog *BatchesPage::runFile(const QString &slug)
{
    if (!may(Ability::BatchesCreate))
        return nullptr;
    auto *dialog = new RunFileDialog(m_workspace, m_library, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!slug.isEmpty())
        dialog->setTemplate(slug);
    connect(dialog, &RunFileDialog::made, this, [this](const Batch &batch) {
        m_model.append({batch}); // at once, also while rows are held back
        put(batch);
        m_split->open(m_model.indexOf(batch.id));
        Q_EMIT toastRequested(
            {.tone = Tone::Info, .title = tr("%n job(s) queued", nullptr, batch.rows), .text = batch.name});
    });
    dialog->open();
    return dialog;
}

void BatchesPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (may(Ability::BatchesCreate) && !fileIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void BatchesPage::dropEvent(QDropEvent *event)
{
    const QString path = fileIn(event->mimeData());
    event->acceptProposedAction();
    if (RunFileDialog *dialog = path.isEmpty() ? nullptr : runFile())
        dialog->read(path);
}

void BatchesPage::retranslate()
{
    m_header->setTitle(tr("Batches"), tr("A template over many rows: live, to be paused, resumed and tried again."));
    m_run->setText(tr("Run over a file"));
    m_run->setHint(tr("Run a template over each row of a file"), u"N"_s);
    m_filters->search()->setPlaceholder(tr("Search by name"));
    QList<std::pair<QVariant, QString>> states{{QString(), tr("Any status")}};
    for (int state = 0; state < int(enumNames<BatchState>.size()); ++state)
        states.append({QString(json::name(BatchState(state))), lookOf(BatchState(state)).label});
    m_state->setChoices(states);
    m_state->setAccessibleName(tr("Status"));
    m_columns->setName(tr("Columns"));
    m_table->setAccessibleName(tr("Batches"));
    m_model.retranslate();
    renewEmpty();
    renewFooter();
}
