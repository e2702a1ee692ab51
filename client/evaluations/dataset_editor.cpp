// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/dataset_editor.h"

#include "client/design/theme.h"
#include "client/evaluations/assertions_editor.h"
#include "client/evaluations/cases_table.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/templates/template_library.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/dialog.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QItemSelectionModel>
#include <QMenu>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int casesAtOnce = 1000;

} // namespace

DatasetEditor::DatasetEditor(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_header(new PageHeader),
      m_back(new IconButton(u"arrow-left"_s, {})),
      m_save(new Button({}, u"save"_s, ButtonVariant::Primary)),
      m_run(new Button({}, u"play"_s)),
      m_more(new IconButton(u"ellipsis"_s, {})),
      m_menu(new QMenu(this)),
      m_tabs(new Tabs({})),
      m_banner(new Banner),
      m_progress(new ProgressLine),
      m_stack(new QStackedWidget),
      m_find(new SearchField({})),
      m_add(new Button({}, u"plus"_s)),
      m_column(new Button({}, u"columns-3"_s)),
      m_columnMenu(new QMenu(this)),
      m_duplicate(new IconButton(u"copy"_s, {})),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_undo(new IconButton(u"undo-2"_s, {})),
      m_redo(new IconButton(u"rotate-cw"_s, {})),
      m_grid(new CasesTable(m_model)),
      m_empty(new EmptyState),
      m_assertions(new AssertionsEditor),
      m_footer(new Footer)
{
    build();
    connect(m_back, &QToolButton::clicked, this, &DatasetEditor::back);
    connect(m_save, &QPushButton::clicked, this, &DatasetEditor::save);
    connect(m_run, &QPushButton::clicked, this, [this] { Q_EMIT newRunRequested(m_id); });
    connect(m_add, &QPushButton::clicked, this, &DatasetEditor::addCase);
    connect(m_duplicate, &QToolButton::clicked, this, &DatasetEditor::duplicate);
    connect(m_remove, &QToolButton::clicked, this, &DatasetEditor::removeCases);
    connect(m_undo, &QToolButton::clicked, &m_model.undoStack(), &QUndoStack::undo);
    connect(m_redo, &QToolButton::clicked, &m_model.undoStack(), &QUndoStack::redo);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_find, &SearchField::textSettled, this, [this](const QString &text) {
        if (!text.isEmpty())
            find(false);
    });
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        renew();
    });
    connect(m_banner, &Banner::actionRequested, this, [this] {
        if (m_bannerAction)
            m_bannerAction();
    });
    connect(m_empty, &EmptyState::actionRequested, this, [this] { m_problem ? load() : addCase(); });
    connect(m_assertions, &AssertionsEditor::edited, this, [this] {
        m_assertionsChanged = true;
        renew();
    });
    connect(&m_model, &CasesModel::changed, this, &DatasetEditor::renew);
    connect(m_grid->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DatasetEditor::renew);
    connect(&m_library, &TemplateLibrary::changed, this, &DatasetEditor::fillMenus);
    connect(&m_library, &TemplateLibrary::modelsChanged, this, &DatasetEditor::fillMenus);
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(800ms);
    connect(&m_draftTimer, &QTimer::timeout, this, &DatasetEditor::keepDraft);
    connect(&m_model, &CasesModel::changed, &m_draftTimer, qOverload<>(&QTimer::start));
    retranslate();
}

void DatasetEditor::build()
{
    m_header->addBack(m_back);
    m_header->addAction(m_run);
    m_header->addAction(m_save);
    m_header->addAction(m_more);
    m_more->setMenu(m_menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_column->setMenu(m_columnMenu);
    m_stack->addWidget(makeCases());
    m_stack->addWidget(m_assertions);
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(px(Length::Space16), 0, px(Length::Space16), 0);
    setLayout(layout::tight(
        layout::column({m_header, tabs, layout::line(), m_progress, m_banner, layout::wide(m_stack), m_footer})));
}

QWidget *DatasetEditor::makeCases()
{
    auto *tools =
        layout::inset(layout::row({m_find, m_add, m_column, layout::stretch(), m_undo, m_redo, m_duplicate, m_remove}),
                      {Length::Space24, Length::Space8, Length::Space16, Length::Space8});
    m_empty->setParent(m_grid->viewport());
    m_empty->hide();
    m_grid->viewport()->setLayout(layout::tight(layout::column({layout::wide(m_empty)})));
    return layout::box(layout::tight(layout::column({tools, layout::line(), layout::wide(m_grid)})));
}

QWidget *DatasetEditor::mainContent() { return m_grid; }
bool DatasetEditor::mayChange() const { return m_workspace.session().can(Ability::EvaluationsUpdate); }

// ---- loading

void DatasetEditor::open(const QUuid &id)
{
    if (id == m_id && isChanged())
        return; // goes on where the person left
    if (isChanged())
        return askToDiscard([this, id] { open(id); });
    m_draftTimer.stop();
    m_id = id;
    m_dataset.reset();
    m_isLoaded = false;
    m_assertionsChanged = false;
    m_isSaving = false;
    m_saveCall.cancel();
    m_model.setCases({});
    m_model.setEditable(mayChange());
    m_assertions->setReadOnly(!mayChange());
    m_assertions->setAssertions({}, {});
    m_banner->hide();
    m_find->clear();
    m_tabs->setCurrentIndex(0);
    load();
}

void DatasetEditor::activated()
{
    if (!m_id.isNull() && !isChanged() && !isLoading())
        load();
}

void DatasetEditor::load()
{
    m_problem.reset();
    m_getCall.cancel();
    m_listCall.cancel();
    m_getCall = m_workspace.api().call(endpoints::evaluations::getDataset.at(m_id), {}, this,
                                       [this](const Result<Dataset> &reply) {
                                           m_getCall = {};
                                           reply ? show(*reply) : showProblem(reply.error(), [this] { load(); });
                                       });
    loadCases({}, {}, [this](const QList<EvaluationCase> &cases) {
        m_isLoaded = true;
        if (!restoreDraft(cases))
            m_model.setCases(cases);
        if (!cases.isEmpty())
            m_grid->setCurrentIndex(m_model.index(0, 0));
        renew();
    });
    renew();
}

// All of them, page by page: a grid that is edited is there as a whole.
void DatasetEditor::loadCases(const std::optional<QString> &cursor, QList<EvaluationCase> before,
                              std::function<void(const QList<EvaluationCase> &)> done)
{
    CaseFilter all;
    all.limit = casesAtOnce;
    all.cursor = cursor;
    m_listCall = m_workspace.api().call(
        endpoints::evaluations::listCases.at(m_id), all, this,
        [this, before = std::move(before), done = std::move(done)](const Result<Page<EvaluationCase>> &reply) {
            m_listCall = {};
            if (!reply)
                return showProblem(reply.error(), [this] { load(); });
            const QList<EvaluationCase> cases = before + reply->items;
            if (reply->nextCursor)
                return loadCases(reply->nextCursor, cases, done);
            done(cases);
        });
    renew();
}

void DatasetEditor::show(const Dataset &dataset)
{
    m_dataset = dataset;
    if (!m_assertionsChanged)
        m_assertions->setAssertions(dataset.assertions, dataset.passScore);
    Q_EMIT changed(dataset);
    renew();
}

void DatasetEditor::showProblem(const ApiError &error, std::function<void()> retry)
{
    m_problem = error;
    m_bannerAction = std::move(retry);
    if (m_isLoaded || m_dataset)
        m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
    renew();
}

void DatasetEditor::back()
{
    if (!isChanged())
        return Q_EMIT backRequested();
    askToDiscard([this] { Q_EMIT backRequested(); });
}

void DatasetEditor::askToDiscard(std::function<void()> then)
{
    auto *question = Dialog::question(tr("Leave without saving?"),
                                      tr("What you have changed here is not saved. Discarding it cannot be undone."),
                                      tr("Discard changes"), this);
    connect(question, &QDialog::accepted, this, [this, then = std::move(then)] {
        m_assertionsChanged = false;
        discardDraft();
        m_model.setCases({});
        m_id = {};
        then();
    });
    question->open();
}

// ---- the grid

void DatasetEditor::addCase()
{
    if (!mayChange())
        return;
    m_tabs->setCurrentIndex(0);
    if (m_model.columns().isEmpty())
        m_model.addColumn(u"input"_s); // what a template has that names no variables
    const QList<int> chosen = m_grid->chosenRows();
    const int row = chosen.isEmpty() ? m_model.rowCount() : chosen.last() + 1;
    m_model.insertCases(row, {CaseContent{}}, tr("Add a case"));
    m_grid->edit(row, 0);
}

void DatasetEditor::duplicate()
{
    const QList<int> rows = m_grid->chosenRows();
    if (!mayChange() || rows.isEmpty())
        return;
    m_model.duplicate(rows);
    m_grid->setCurrentIndex(m_model.index(rows.last() + 1, std::max(m_grid->currentIndex().column(), 0)));
}

void DatasetEditor::removeCases()
{
    const QList<int> rows = m_grid->chosenRows();
    if (!mayChange() || rows.isEmpty())
        return;
    m_model.removeCases(rows);
    const int next = std::min(rows.first(), m_model.rowCount() - 1);
    if (next >= 0)
        m_grid->setCurrentIndex(m_model.index(next, 0));
    Q_EMIT toastRequested({.title = tr("%n case(s) removed", nullptr, int(rows.size())),
                           .text = tr("Until you save, nobody else sees it."),
                           .undo = [this] { m_model.undoStack().undo(); }});
}

void DatasetEditor::takeColumns(const QUuid &templateId)
{
    m_library.open(templateId, this, [this](const Result<TemplateDetail> &reply, bool) {
        if (!reply)
            return;
        if (const auto schema = reply->version.variablesSchema)
            m_model.setSchema(*schema);
        else
            m_model.addColumn(u"input"_s);
    });
}

void DatasetEditor::find(bool backwards)
{
    if (!m_find->text().isEmpty() && !m_grid->findNext(m_find->text(), backwards))
        m_footer->setText({}, tr("“%1” is in no case").arg(m_find->text()));
}

// ---- texts that follow the state

void DatasetEditor::renewEmpty()
{
    const bool none = m_model.rowCount() == 0 && !isLoading();
    m_empty->setVisible(none);
    if (!none)
        return;
    if (m_problem)
        m_empty->showError(tr("The cases are not known"),
                           m_problem->status == 0 ? tr("The server cannot be reached.") : m_problem->detail);
    else
        m_empty->show(u"table-2"_s, tr("No cases yet"),
                      tr("Type them here, paste them from a spreadsheet, import a file, or take them from jobs."),
                      mayChange() ? tr("Add a case") : QString());
}

void DatasetEditor::renew()
{
    const bool may = mayChange(), isOnCases = m_tabs->currentIndex() <= 0;
    const int changes = m_model.changeCount();
    m_header->setTitle(m_dataset ? m_dataset->name : tr("Dataset"), m_dataset ? m_dataset->description : QString());
    m_tabs->setCount(0, m_isLoaded ? m_model.rowCount() : -1);
    m_tabs->setCount(1, int(m_assertions->assertions().size()));
    m_progress->setActive(isLoading() || m_isSaving);
    m_save->setVisible(may);
    m_save->setEnabled(isChanged() && !m_isSaving && m_isLoaded && (!m_assertionsChanged || m_assertions->isValid()));
    m_save->setLoading(m_isSaving);
    m_run->setVisible(m_workspace.session().can(Ability::EvaluationsRun));
    for (QWidget *tool : std::initializer_list<QWidget *>{m_add, m_column, m_duplicate, m_remove, m_undo, m_redo})
        tool->setVisible(may);
    const bool hasChosen = m_grid->currentIndex().isValid();
    m_duplicate->setEnabled(hasChosen);
    m_remove->setEnabled(hasChosen);
    m_undo->setEnabled(m_model.undoStack().canUndo());
    m_redo->setEnabled(m_model.undoStack().canRedo());
    QString text = tr("%n case(s)", nullptr, m_model.rowCount());
    if (const int chosen = int(m_grid->chosenRows().size()); chosen > 1)
        text += u" · "_s + tr("%n chosen", nullptr, chosen);
    if (changes > 0)
        text += u" · "_s + tr("%n not saved", nullptr, changes);
    if (m_assertionsChanged)
        text += u" · "_s + (m_assertions->isValid() ? tr("assertions not saved") : tr("assertions not complete"));
    m_footer->setText(text);
    if (may && isOnCases)
        m_footer->setHints({{u"Return"_s, tr("edit")},
                            {u"Ctrl+V"_s, tr("paste")},
                            {u"Ctrl+N"_s, tr("add")},
                            {u"Ctrl+D"_s, tr("duplicate")},
                            {u"Ctrl+S"_s, tr("save")}});
    else
        m_footer->setHints(may ? QList<Footer::Hint>{{u"Ctrl+S"_s, tr("save")}} : QList<Footer::Hint>());
    renewEmpty();
    Q_EMIT commandsChanged();
}

void DatasetEditor::fillMenus()
{
    QStringList models;
    for (const ModelInfo &model : m_library.models())
        if (model.configured)
            models << model.name;
    m_assertions->setJudges(m_library.templates(), models);
    m_columnMenu->clear();
    m_columnMenu->addAction(tr("Name a variable…"), this, &DatasetEditor::addColumn);
    if (!m_library.templates().isEmpty())
        m_columnMenu->addSection(tr("Variables of a template"));
    for (const PromptTemplate &one : m_library.templates())
        m_columnMenu->addAction(QString(one.name).replace(u'&', u"&&"_s), this,
                                [this, id = one.id] { takeColumns(id); });
    m_menu->clear();
    if (mayChange()) {
        m_menu->addAction(tr("Import cases…"), this, &DatasetEditor::importCases);
        if (m_workspace.session().can(Ability::JobsRead))
            m_menu->addAction(tr("Add from jobs…"), this, &DatasetEditor::addFromJobs);
    }
    m_menu->addAction(tr("Export…"), this, &DatasetEditor::exportCases);
    if (mayChange())
        m_menu->addAction(tr("Change name…"), this, &DatasetEditor::rename);
    if (m_workspace.session().can(Ability::EvaluationsDelete))
        m_menu->addAction(tr("Remove dataset"), this, [this] {
            if (m_dataset)
                Q_EMIT removeRequested(*m_dataset);
        });
}

QList<Command> DatasetEditor::commands()
{
    const auto mayNow = [this] { return mayChange() && m_isLoaded; };
    const auto listed = [](const QString &id, const QString &text, const QString &icon, const QString &keys,
                           std::function<void()> run, std::function<bool()> enabled) {
        return Command{u"dataset."_s + id, text, icon, keys, Command::Scope::Editor, std::move(run),
                       std::move(enabled), {},   true};
    };
    return {
        listed(u"back"_s, tr("Back to the datasets"), u"arrow-left"_s, {}, [this] { back(); }, {}),
        listed(
            u"save"_s, tr("Save dataset"), u"save"_s, u"Ctrl+S"_s, [this] { save(); },
            [this] { return m_save->isEnabled(); }),
        listed(
            u"add"_s, tr("Add a case"), u"plus"_s, u"Ctrl+N"_s, [this] { addCase(); }, mayNow),
        listed(
            u"duplicate"_s, tr("Duplicate cases"), u"copy"_s, u"Ctrl+D"_s, [this] { duplicate(); }, mayNow),
        listed(
            u"remove"_s, tr("Remove cases"), u"trash-2"_s, u"Ctrl+Del"_s, [this] { removeCases(); }, mayNow),
        listed(u"find"_s, tr("Find in cases"), u"search"_s, u"Ctrl+F"_s,
               [this] { m_find->setFocus(Qt::ShortcutFocusReason); }, {}),
        listed(u"next"_s, tr("Find the next"), u"arrow-down"_s, u"F3"_s, [this] { find(false); }, {}),
        listed(u"previous"_s, tr("Find the one before"), u"arrow-up"_s, u"Shift+F3"_s, [this] { find(true); }, {}),
        listed(
            u"import"_s, tr("Import cases"), u"upload"_s, {}, [this] { importCases(); }, mayNow),
        listed(u"export"_s, tr("Export cases"), u"download"_s, {}, [this] { exportCases(); }, {}),
        listed(
            u"fromJobs"_s, tr("Add cases from jobs"), u"list-checks"_s, {}, [this] { addFromJobs(); }, mayNow),
        listed(
            u"run"_s, tr("Start a run of this dataset"), u"play"_s, u"Ctrl+Return"_s,
            [this] { Q_EMIT newRunRequested(m_id); },
            [this] { return m_workspace.session().can(Ability::EvaluationsRun); }),
        listed(
            u"reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, [this] { load(); }, [this] { return !isChanged(); })};
}

void DatasetEditor::retranslate()
{
    m_back->setName(tr("Back to the datasets"));
    m_save->setText(tr("Save"));
    m_save->setHint(tr("Save the dataset"), u"Ctrl+S"_s);
    m_run->setText(tr("Start a run"));
    m_run->setHint(tr("Start a run of this dataset"), u"Ctrl+Return"_s);
    m_more->setName(tr("More"));
    m_tabs->setAccessibleName(tr("Dataset"));
    {
        const QSignalBlocker quiet(m_tabs);
        const int tab = std::max(m_tabs->currentIndex(), 0);
        m_tabs->setTabs({tr("Cases"), tr("Assertions")});
        m_tabs->setCurrentIndex(tab);
    }
    m_find->setPlaceholder(tr("Find in cases"));
    m_add->setText(tr("Add a case"));
    m_add->setHint(tr("Add a case"), u"Ctrl+N"_s);
    m_column->setText(tr("Add a column"));
    m_duplicate->setName(tr("Duplicate cases"), u"Ctrl+D"_s);
    m_remove->setName(tr("Remove cases"), u"Ctrl+Del"_s);
    m_undo->setName(tr("Undo"), u"Ctrl+Z"_s);
    m_redo->setName(tr("Redo"), u"Ctrl+Shift+Z"_s);
    m_grid->setAccessibleName(tr("Cases"));
    m_model.retranslate();
    fillMenus();
    renew();
}
