// SPDX-License-Identifier: GPL-3.0-or-later
// What TemplatesPage does with folders, copies and removed templates, by menu and by drag and drop.
#include "client/design/icon.h"
#include "client/templates/bundle_dialogs.h"
#include "client/templates/template_dialogs.h"
#include "client/templates/template_folders.h"
#include "client/templates/templates_page.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"

#include <QMenu>
#include <QPointer>

#include <memory>

using namespace Qt::StringLiterals;

void TemplatesPage::connectFolders()
{
    connect(m_folders, &TemplateFolders::chosen, this, [this] {
        m_removed.clear();
        renewRows();
        renewFilter();
        loadRemoved();
    });
    connect(m_folders, &TemplateFolders::itemExpanded, this, &TemplatesPage::viewChanged);
    connect(m_folders, &TemplateFolders::itemCollapsed, this, &TemplatesPage::viewChanged);
    connect(m_folders, &TemplateFolders::renameRequested, this, &TemplatesPage::renameFolder);
    connect(m_folders, &TemplateFolders::menuRequested, this, &TemplatesPage::fillFolderMenu);
    connect(m_folders, &TemplateFolders::folderDropped, this, &TemplatesPage::moveFolder);
    connect(m_folders, &TemplateFolders::templatesDropped, this, &TemplatesPage::moveTemplates);
    auto *menu = new QMenu(m_more);
    m_more->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        if (m_workspace.session().can(Ability::TemplatesCreate))
            menu->addAction(themedIcon(u"upload"_s), tr("Import templates…"), this, &TemplatesPage::importTemplates);
        menu->addAction(themedIcon(u"download"_s),
                        chosenFolder().isEmpty() ? tr("Export all templates…") : tr("Export this folder…"), this,
                        [this] { exportTemplates({}); });
        if (const auto ids = selected(); !ids.isEmpty())
            menu->addAction(themedIcon(u"download"_s), tr("Export %n selected…", nullptr, int(ids.size())), this,
                            [this, ids] { exportTemplates(ids); });
    });
}

void TemplatesPage::loadRemoved()
{
    if (!showsRemoved())
        return;
    m_library.loadRemoved(this, [this](const Result<QList<PromptTemplate>> &reply) {
        if (!reply)
            return m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail, tr("Try again"));
        m_removed = *reply;
        renewRows();
    });
}

QList<QUuid> TemplatesPage::selected() const
{
    QList<QUuid> ids;
    for (const QModelIndex &index : m_table->selectedRowIndexes())
        ids.append(m_model.row(index).id);
    return ids;
}

void TemplatesPage::fillRowMenu(QMenu *menu, const QUuid &id)
{
    const auto session = [this](Ability ability) { return m_workspace.session().can(ability); };
    if (showsRemoved()) {
        if (session(Ability::TemplatesDelete))
            menu->addAction(themedIcon(u"undo-2"_s), tr("Restore"), this, [this, id] { restore(id); });
        return;
    }
    const auto ids = selected().contains(id) ? selected() : QList<QUuid>{id};
    menu->addAction(tr("Open"), this, [this, id] { openTemplate(id); });
    if (const PromptTemplate *found = m_library.find(id); found && session(Ability::BatchesCreate))
        menu->addAction(tr("Run over a file"), this, [this, slug = found->slug] {
            Q_EMIT navigationRequested(u"batches"_s, {{u"run"_s, slug}});
        });
    if (session(Ability::TemplatesUpdate)) {
        menu->addAction(tr("Rename…"), this, [this, id] { rename(id); });
        menu->addAction(themedIcon(u"folder-open"_s), tr("Move to folder…"), this, [this, ids] { askFolder(ids); });
    }
    if (session(Ability::TemplatesCreate))
        menu->addAction(themedIcon(u"copy"_s), tr("Duplicate…"), this, [this, id] { duplicate(id); });
    menu->addAction(themedIcon(u"download"_s), tr("Export…"), this, [this, ids] { exportTemplates(ids); });
    if (session(Ability::TemplatesDelete))
        menu->addAction(themedIcon(u"trash-2"_s), tr("Delete"), this, [this, id] { remove(id); });
}

void TemplatesPage::fillFolderMenu(const QString &folder, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_workspace.session().can(Ability::TemplatesUpdate)) {
        menu->addAction(themedIcon(u"pencil"_s), tr("Rename or move…"), this, [this, folder] { renameFolder(folder); });
        if (folder.contains(u'/'))
            menu->addAction(tr("Move to the top"), this,
                            [this, folder] { moveFolder(folder, folder.section(u'/', -1)); });
    }
    menu->addAction(themedIcon(u"download"_s), tr("Export this folder…"), this, [this, folder] {
        m_folders->choose(TemplateFolders::Place::Folder, folder);
        renewFilter();
        exportTemplates({});
    });
    menu->popup(at);
}

void TemplatesPage::renameFolder(const QString &folder)
{
    auto *dialog = new FolderDialog(tr("Rename or move folder “%1”").arg(folder), folder, m_library.folders(),
                                    tr("Move folder"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, folder] { moveFolder(folder, dialog->folder()); });
    dialog->open();
}

void TemplatesPage::moveFolder(const QString &from, const QString &to)
{
    if (from == to)
        return;
    const bool joins = m_library.folders().contains(to) || to.isEmpty();
    m_library.moveFolder({from, to}, this, [this, joins](const Result<FolderMoved> &reply) {
        if (!reply)
            return failed(tr("The folder was not moved"), reply.error());
        m_folders->choose(TemplateFolders::Place::All);
        Toast toast{.tone = Tone::Success,
                    .title = tr("Folder moved"),
                    .text = u"%1 → %2"_s.arg(reply->from, reply->to.isEmpty() ? tr("top") : reply->to)};
        // What joined another folder can no longer be told from what was there.
        if (!joins)
            toast.undo = [this, moved = *reply] { moveFolder(moved.to, moved.from); };
        Q_EMIT toastRequested(toast);
    });
}

void TemplatesPage::askFolder(const QList<QUuid> &ids)
{
    const PromptTemplate *first = ids.isEmpty() ? nullptr : m_library.find(ids.first());
    if (!first)
        return;
    auto *dialog = new FolderDialog(ids.size() == 1 ? tr("Move “%1”").arg(first->name)
                                                    : tr("Move %n template(s)", nullptr, int(ids.size())),
                                    first->folder, m_library.folders(), tr("Move"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, ids] { moveTemplates(ids, dialog->folder()); });
    dialog->open();
}

void TemplatesPage::moveTemplates(const QList<QUuid> &ids, const QString &folder)
{
    struct Moves
    {
        QList<std::pair<QUuid, QString>> done; // with where each was before
        int open = 0;
    };
    const auto moves = std::make_shared<Moves>();
    for (const QUuid &id : ids) {
        const PromptTemplate *found = m_library.find(id);
        if (!found || found->folder == folder)
            continue;
        ++moves->open;
        const PromptTemplate before = *found;
        TemplateChange change;
        change.folder = folder;
        m_library.update(before, change, this, [this, moves, before, folder](const Result<TemplateDetail> &reply) {
            --moves->open;
            if (reply)
                moves->done.append({before.id, before.folder});
            else
                failed(tr("Could not move “%1”").arg(before.name), reply.error());
            if (moves->open > 0 || moves->done.isEmpty())
                return;
            Q_EMIT toastRequested({.tone = Tone::Success,
                                   .title = tr("%n template(s) moved", nullptr, int(moves->done.size())),
                                   .text = folder.isEmpty() ? tr("to the top") : folder,
                                   .undo = [this, moves] {
                                       for (const auto &[one, was] : std::as_const(moves->done))
                                           moveTemplates({one}, was);
                                   }});
        });
    }
}

void TemplatesPage::duplicate(const QUuid &id)
{
    const PromptTemplate *found = m_library.find(id);
    if (!found)
        return;
    auto *dialog = new DuplicateDialog(*found, m_library.folders(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DuplicateDialog::submitted, this, [this, dialog, id](const TemplateCopy &copy) {
        m_library.duplicate(id, copy, this,
                            [this, copy, dialog = QPointer(dialog)](const Result<TemplateDetail> &reply) {
                                if (reply) {
                                    if (dialog)
                                        dialog->done(QDialog::Accepted);
                                    return openTemplate(reply->promptTemplate.id);
                                }
                                if (dialog)
                                    return dialog->showError(reply.error());
                                failed(tr("Could not create “%1”").arg(copy.name), reply.error());
                            });
    });
    dialog->open();
}

void TemplatesPage::restore(const QUuid &id)
{
    m_library.restore(id, this, [this](const Result<TemplateDetail> &reply) {
        if (!reply)
            return failed(tr("The template was not restored"), reply.error());
        m_removed.removeIf([&](const PromptTemplate &one) { return one.id == reply->promptTemplate.id; });
        renewRows();
        Q_EMIT toastRequested(
            {.tone = Tone::Success, .title = tr("Template restored"), .text = reply->promptTemplate.name});
    });
}

void TemplatesPage::exportTemplates(const QList<QUuid> &ids)
{
    ExportFilter filter;
    if (!ids.isEmpty())
        filter.ids = ids;
    else if (const QString folder = chosenFolder(); !folder.isEmpty())
        filter.folder = folder;
    auto *dialog = new ExportDialog(m_workspace.api(), filter, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this, [this](const QString &path) {
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Templates exported"), .text = path});
    });
    dialog->open();
}

void TemplatesPage::importTemplates()
{
    auto *dialog = new ImportDialog(m_workspace.api(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::imported, this, [this](int count) {
        m_library.reload();
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("%n template(s) imported", nullptr, count)});
    });
    dialog->open();
}
