// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/templates_page.h"

#include "client/design/theme.h"
#include "client/templates/template_dialogs.h"
#include "client/templates/template_editor.h"
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
#include <QJsonArray>
#include <QMenu>
#include <QStackedWidget>

#include <set>

using namespace Qt::StringLiterals;

namespace {

QString textOf(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

const auto anyFolder = u"folder"_s;
const auto anyTag = u"tag"_s;

bool contains(const PromptTemplate &one, const QString &search)
{
    return search.isEmpty() || one.name.contains(search, Qt::CaseInsensitive)
        || one.slug.contains(search, Qt::CaseInsensitive) || one.description.contains(search, Qt::CaseInsensitive);
}

bool isInFolder(const PromptTemplate &one, const QString &folder)
{
    return one.folder == folder || one.folder.startsWith(folder + u'/');
}

} // namespace

TemplatesPage::TemplatesPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_stack(new QStackedWidget),
      m_header(new PageHeader),
      m_new(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar(tr("Filter by name or slug"))),
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
    connect(m_table, &DataTable::openRequested, this,
            [this](const QModelIndex &index) { openTemplate(m_model.row(index).id); });
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const QUuid id = m_model.row(index).id;
        menu->addAction(tr("Open"), this, [this, id] { openTemplate(id); });
        if (m_workspace.session().can(Ability::TemplatesUpdate))
            menu->addAction(tr("Rename…"), this, [this, id] { rename(id); });
        if (m_workspace.session().can(Ability::TemplatesDelete))
            menu->addAction(tr("Delete"), this, [this, id] { remove(id); });
    });
    connect(m_table, &DataTable::currentRowChanged, this, &TemplatesPage::commandsChanged);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_filters->isFiltering())
            m_filters->clear();
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
        Q_EMIT commandsChanged();
    });
    m_new->setVisible(m_workspace.session().can(Ability::TemplatesCreate));
    retranslate();
    renewRows();
}

void TemplatesPage::buildList()
{
    m_header->addAction(m_new);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"updated"_s, Qt::DescendingOrder);
    m_table->setStateKey(u"templates"_s);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    m_stack->addWidget(layout::box(layout::tight(
        layout::column({m_header, m_filters, layout::line(), m_progress, m_banner, layout::wide(m_table), m_footer}))));
}

QWidget *TemplatesPage::makeEditor()
{
    m_editor = new TemplateEditor(m_workspace, m_library);
    connect(m_editor, &TemplateEditor::backRequested, this, &TemplatesPage::showList);
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

QJsonObject TemplatesPage::viewState() const
{
    QJsonArray conditions;
    for (const FilterBar::Condition &condition : m_filters->conditions())
        conditions.append(QJsonObject{{u"id"_s, condition.id}, {u"value"_s, condition.value}});
    QJsonObject state{{u"search"_s, m_filters->search()->text()}, {u"filters"_s, conditions}};
    if (isEditing())
        state.insert(u"open"_s, textOf(m_editor->templateId()));
    return state;
}

void TemplatesPage::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    QList<FilterBar::Condition> conditions;
    for (const QJsonValue &value : state.value(u"filters"_s).toArray()) {
        const QString id = value[u"id"_s].toString(), text = value[u"value"_s].toString();
        if (id == anyFolder || id == anyTag)
            conditions.append({id, id == anyFolder ? tr("Folder") : tr("Tag"), text, text});
    }
    m_filters->setConditions(conditions);
    renewFilter();
    const QUuid open = QUuid::fromString(state.value(u"open"_s).toString());
    if (!open.isNull())
        openTemplate(open);
    else if (isEditing())
        showList();
}

void TemplatesPage::renewRows()
{
    const auto chosen = current();
    m_model.setRows(m_library.templates());
    if (chosen)
        m_table->setCurrentIndex(m_model.indexOf(*chosen));
    renewEmpty();
    renewFooter();
}

void TemplatesPage::renewFilter()
{
    const QString search = m_filters->search()->text().trimmed();
    const auto conditions = m_filters->conditions();
    m_model.setFilter([search, conditions](const PromptTemplate &one) {
        for (const FilterBar::Condition &condition : conditions) {
            if (condition.id == anyFolder && !isInFolder(one, condition.value))
                return false;
            if (condition.id == anyTag && !one.tags.contains(condition.value))
                return false;
        }
        return contains(one, search);
    });
    renewEmpty();
    renewFooter();
    Q_EMIT viewChanged();
}

void TemplatesPage::offerFilters()
{
    std::set<QString> folders, tags;
    for (const PromptTemplate &one : m_library.templates()) {
        for (QString folder = one.folder; !folder.isEmpty(); folder = folder.section(u'/', 0, -2))
            folders.insert(folder);
        tags.insert(one.tags.begin(), one.tags.end());
    }
    QMenu *menu = m_filters->addMenu();
    menu->clear();
    const auto offer = [&](const QString &id, const QString &title, const std::set<QString> &values) {
        QMenu *choices = menu->addMenu(title);
        choices->setEnabled(!values.empty());
        for (const QString &value : values)
            choices->addAction(value, this, [this, id, title, value] {
                m_filters->setCondition({id, title, value, value});
            });
    };
    offer(anyFolder, tr("Folder"), folders);
    offer(anyTag, tr("Tag"), tags);
}

void TemplatesPage::renewEmpty()
{
    EmptyState *empty = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_library.isLoading();
    empty->setVisible(none);
    if (!none)
        return;
    if (!m_workspace.session().can(Ability::TemplatesRead) && m_workspace.session().hasProfile())
        empty->showForbidden(tr("An administrator of your tenant can let you read templates."));
    else if (m_filters->isFiltering())
        empty->showFiltered(tr("No template matches"));
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
    m_footer->setHints(
        {{u"J, K"_s, tr("move")}, {u"Return"_s, tr("open")}, {u"N"_s, tr("new")}, {u"/"_s, tr("filter")}});
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

void TemplatesPage::create()
{
    QString folder;
    for (const FilterBar::Condition &condition : m_filters->conditions())
        if (condition.id == anyFolder)
            folder = condition.value;
    QString model;
    for (const ModelInfo &info : m_library.models())
        if (info.configured && model.isEmpty())
            model = info.name;
    auto *dialog = new NewTemplateDialog(folder, model.isEmpty() ? u"demo/echo"_s : model, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const NewTemplate input = dialog->input();
        m_library.create(input, this, [this, input](const Result<TemplateDetail> &reply) {
            if (!reply)
                return failed(tr("Could not create “%1”").arg(input.name), reply.error());
            openTemplate(reply->promptTemplate.id);
        });
    });
    dialog->open();
}

void TemplatesPage::rename(const QUuid &id)
{
    const PromptTemplate *found = m_library.find(id);
    if (!found)
        return;
    auto *dialog = new RenameDialog(found->name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, before = *found] {
        const auto renameTo = [this](const PromptTemplate &from, const QString &name, auto then) {
            m_library.update(from, {.name = name}, this, [this, from, then](const Result<TemplateDetail> &reply) {
                if (!reply)
                    return failed(tr("Could not rename “%1”").arg(from.name), reply.error());
                then(reply->promptTemplate);
            });
        };
        const QString name = dialog->name();
        if (name == before.name)
            return;
        renameTo(before, name, [this, before, renameTo](const PromptTemplate &now) {
            Q_EMIT toastRequested(
                {.tone = Tone::Success,
                 .title = tr("Template renamed"),
                 .text = u"%1 → %2"_s.arg(before.name, now.name),
                 .undo = [now, before, renameTo] { renameTo(now, before.name, [](const PromptTemplate &) {}); }});
        });
    });
    dialog->open();
}

void TemplatesPage::remove(const QUuid &id)
{
    const PromptTemplate *found = m_library.find(id);
    if (!found || !m_workspace.session().can(Ability::TemplatesDelete))
        return;
    const QString name = found->name;
    m_library.removeLater(id);
    Q_EMIT toastRequested(
        {.title = tr("Template deleted"), .text = name, .undo = [this, id] { m_library.takeBack(id); }});
}

QList<Command> TemplatesPage::commands()
{
    if (isEditing())
        return m_editor->commands();
    const auto session = [this](Ability ability) { return m_workspace.session().can(ability); };
    const auto chosen = current();
    const PromptTemplate *found = chosen ? m_library.find(*chosen) : nullptr;
    QList<Command> all;
    const auto add = [&](const QString &id, const QString &text, const QString &icon, const QString &keys, bool onRow,
                         auto run) {
        all.append({.id = id,
                    .text = text,
                    .icon = icon,
                    .keys = keys,
                    .scope = onRow ? Command::Scope::List : Command::Scope::Page,
                    .run = run,
                    .enabled = onRow ? std::function<bool()>([this] { return current().has_value(); }) : nullptr,
                    .subject = onRow && found ? found->name : QString()});
    };
    if (session(Ability::TemplatesCreate))
        add(u"templates.new"_s, tr("New template"), u"plus"_s, u"N; Ctrl+N"_s, false, [this] { create(); });
    add(u"templates.filter"_s, tr("Filter templates"), u"filter"_s, u"Ctrl+F; /"_s, false,
        [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); });
    add(u"templates.reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, false, [this] { activated(); });
    add(u"templates.open"_s, tr("Open template"), u"pencil"_s, {}, true,
        [this] { openTemplate(current().value_or(QUuid())); });
    if (session(Ability::TemplatesUpdate))
        add(u"templates.rename"_s, tr("Rename template"), u"pencil"_s, u"F2"_s, true,
            [this] { rename(current().value_or(QUuid())); });
    if (session(Ability::TemplatesDelete))
        add(u"templates.delete"_s, tr("Delete template"), u"trash-2"_s, u"Del"_s, true,
            [this] { remove(current().value_or(QUuid())); });
    return all;
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
    m_filters->search()->setPlaceholder(tr("Filter by name or slug"));
    m_table->setAccessibleName(tr("Templates"));
    m_model.retranslate();
    if (m_editor)
        m_editor->retranslate();
    restoreViewState(viewState());
    renewEmpty();
    renewFooter();
}
