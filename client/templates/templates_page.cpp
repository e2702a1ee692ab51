// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/templates_page.h"

#include "client/design/theme.h"
#include "client/templates/template_editor.h"
#include "client/templates/template_folders.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

TemplatesPage::TemplatesPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_stack(new QStackedWidget),
      m_header(new PageHeader),
      m_new(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_more(new Button({}, u"ellipsis"_s)),
      m_folders(new TemplateFolders),
      m_filters(new FilterBar(tr("Search names, tags and prompts"))),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_table(new DataTable(tr("Templates"))),
      m_footer(new Footer)
{
    buildList();
    setLayout(layout::tight(layout::column({m_stack})));

    connect(m_new, &QPushButton::clicked, this, &TemplatesPage::create);
    connect(m_filters, &FilterBar::changed, this, &TemplatesPage::renewFilter);
    connect(m_filters->addMenu(), &QMenu::aboutToShow, this, &TemplatesPage::offerFilters);
    connect(m_table, &DataTable::openRequested, this, [this](const QModelIndex &index) {
        const QUuid id = m_model.row(index).id;
        showsRemoved() ? restore(id) : openTemplate(id);
    });
    connect(m_table, &DataTable::rowMenuRequested, this,
            [this](QMenu *menu, const QModelIndex &index) { fillRowMenu(menu, m_model.row(index).id); });
    connectFolders();
    connect(m_table, &DataTable::currentRowChanged, this, &TemplatesPage::commandsChanged);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_filters->isFiltering())
            m_filters->clear();
        else if (m_folders->place() != TemplateFolders::Place::All)
            m_folders->setCurrentItem(m_folders->topLevelItem(0));
        else if (m_workspace.session().can(Ability::TemplatesCreate))
            create();
        else
            m_library.reload();
    });
    connect(m_banner, &Banner::actionRequested, &m_library, &TemplateLibrary::reload);
    connect(&m_library, &TemplateLibrary::changed, this, [this] {
        m_banner->hide();
        renewRows();
    });
    connect(&m_library, &TemplateLibrary::loadingChanged, this, [this] {
        m_progress->setActive(m_library.isLoading() && m_model.totalRows() > 0);
        m_table->setLoading(m_library.isLoading() && m_model.totalRows() == 0);
        renewEmpty();
    });
    connect(&m_library, &TemplateLibrary::failed, this, [this](const ApiError &error) {
        if (error.status != 0 || m_model.totalRows() == 0)
            m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
        renewFooter();
    });
    connect(&m_library, &TemplateLibrary::removeFailed, this,
            [this](const PromptTemplate &kept, const ApiError &error) {
                failed(tr("Could not delete “%1”").arg(kept.name), error);
            });
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &TemplatesPage::renewFooter);
    connect(&m_workspace.session(), &AccountSession::profileChanged, this, [this] {
        m_new->setVisible(m_workspace.session().can(Ability::TemplatesCreate));
        m_folders->setMovable(m_workspace.session().can(Ability::TemplatesUpdate));
        m_table->setDragEnabled(m_workspace.session().can(Ability::TemplatesUpdate));
        renewFooter();
        Q_EMIT commandsChanged();
    });
    m_new->setVisible(m_workspace.session().can(Ability::TemplatesCreate));
    m_folders->setMovable(m_workspace.session().can(Ability::TemplatesUpdate));
    m_table->setDragEnabled(m_workspace.session().can(Ability::TemplatesUpdate));
    m_table->setDragDropMode(QAbstractItemView::DragOnly);
    m_library.follow();
    retranslate();
    renewRows();
}

void TemplatesPage::buildList()
{
    m_header->addAction(m_more);
    m_header->addAction(m_new);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"updated"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"templates"_s, 2);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    auto *folders = layout::box(layout::inset(layout::column({m_folders}),
                                              {Length::Space12, Length::Space10, Length::Space8, Length::Space10}));
    folders->setMinimumWidth(px(Length::CardMinimum));
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(folders);
    split->addWidget(layout::box(
        layout::tight(layout::column({m_filters, layout::line(), m_progress, m_banner, layout::wide(m_table)}))));
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setSizes({px(Length::RailWidth), px(Length::DialogLarge)});
    m_stack->addWidget(
        layout::box(layout::tight(layout::column({m_header, layout::line(), layout::wide(split), m_footer}))));
}

QWidget *TemplatesPage::makeEditor()
{
    m_editor = new TemplateEditor(m_workspace, m_library);
    connect(m_editor, &TemplateEditor::backRequested, this, &TemplatesPage::showList);
    connect(m_editor, &TemplateEditor::openTemplateRequested, this, &TemplatesPage::openTemplate);
    connect(m_editor, &TemplateEditor::openJobRequested, this, &TemplatesPage::jobRequested);
    connect(m_editor, &TemplateEditor::toastRequested, this, &TemplatesPage::toastRequested);
    connect(m_editor, &TemplateEditor::removeRequested, this, [this](const QUuid &id) {
        showList();
        remove(id);
    });
    return m_editor;
}

bool TemplatesPage::isEditing() const { return m_editor && m_stack->currentWidget() == m_editor; }

void TemplatesPage::activated()
{
    m_library.reload();
    m_library.reloadModels();
    if (isEditing())
        m_editor->resume();
}

void TemplatesPage::hideEvent(QHideEvent *event)
{
    PageWidget::hideEvent(event);
    if (m_editor)
        m_editor->leave();
}

void TemplatesPage::openObject(const QString &id) { openTemplate(QUuid::fromString(id)); }

void TemplatesPage::openTemplate(const QUuid &id)
{
    if (id.isNull())
        return;
    if (!m_editor)
        m_stack->addWidget(makeEditor());
    m_stack->setCurrentWidget(m_editor);
    m_editor->open(id);
    Q_EMIT commandsChanged();
    Q_EMIT viewChanged();
}

void TemplatesPage::showList()
{
    if (m_editor)
        m_editor->leave();
    m_stack->setCurrentIndex(0);
    m_table->setFocus();
    Q_EMIT commandsChanged();
    Q_EMIT viewChanged();
}

void TemplatesPage::renewRows()
{
    const auto chosen = current();
    m_folders->setTemplates(m_library.templates());
    m_model.setRows(showsRemoved() ? m_removed : m_library.templates());
    if (chosen)
        m_table->setCurrentIndex(m_model.indexOf(*chosen));
    renewEmpty();
    renewFooter();
}

void TemplatesPage::renewEmpty()
{
    EmptyState *empty = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_library.isLoading();
    empty->setVisible(none);
    if (!none)
        return;
    if (!m_workspace.session().can(Ability::TemplatesRead) && m_workspace.session().hasProfile())
        empty->showForbidden(tr("An administrator of your tenant"));
    else if (m_filters->isFiltering())
        empty->showFiltered(tr("No template matches"));
    else if (showsRemoved())
        empty->show(u"archive"_s, tr("Nothing was removed"),
                    tr("Templates that were deleted can be brought back from here."), tr("All templates"));
    else if (m_folders->place() == TemplateFolders::Place::Folder)
        empty->show(u"folder-open"_s, tr("Nothing is in this folder"),
                    tr("A folder exists as long as a template is in it."), tr("All templates"));
    else if (m_workspace.session().can(Ability::TemplatesCreate))
        empty->show(u"file-code-2"_s, tr("No templates yet"),
                    tr("A template keeps a prompt, its variables and its versions in one place."), tr("New template"));
    else
        empty->show(u"file-code-2"_s, tr("No templates yet"),
                    tr("A template keeps a prompt, its variables and its versions in one place."));
}

void TemplatesPage::renewFooter()
{
    QStringList parts{
        m_model.rowCount() == m_model.totalRows()
            ? tr("%n template(s)", nullptr, m_model.totalRows())
            : tr("%1 of %n template(s)", nullptr, m_model.totalRows()).arg(amounts::count(m_model.rowCount()))};
    if (m_workspace.live().state() != LiveClient::State::Live && m_library.asOf().isValid())
        parts << tr("as of %1").arg(amounts::clock(m_library.asOf()));
    m_footer->setText(parts.join(u" · "_s));
    QList<Footer::Hint> hints{
        {u"J, K"_s, tr("move")}, {u"Return"_s, showsRemoved() ? tr("restore") : tr("open")}, {u"/"_s, tr("filter")}};
    if (m_workspace.session().can(Ability::TemplatesCreate))
        hints.insert(2, {u"N"_s, tr("new")});
    m_footer->setHints(hints);
}

std::optional<QUuid> TemplatesPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(m_model.row(index).id) : std::nullopt;
}

void TemplatesPage::failed(const QString &what, const ApiError &error)
{
    Q_EMIT toastRequested(
        {.tone = Tone::Danger, .title = what, .text = error.detail, .details = QString::fromUtf8(json::print(error))});
}

QWidget *TemplatesPage::mainContent()
{
    if (isEditing())
        return m_editor;
    return m_table;
}

void TemplatesPage::retranslate()
{
    m_header->setTitle(tr("Prompt templates"),
                       tr("Prompts with variables and versions. Edit, try, and save each change."));
    m_new->setText(tr("New template"));
    m_more->setText(tr("More"));
    m_folders->retranslate();
    m_filters->search()->setPlaceholder(tr("Search names, tags and prompts"));
    m_table->setAccessibleName(tr("Templates"));
    m_model.retranslate();
    if (m_editor)
        m_editor->retranslate();
    restoreViewState(viewState());
    renewEmpty();
    renewFooter();
}
