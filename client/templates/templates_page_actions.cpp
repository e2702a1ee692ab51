// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the templates of TemplatesPage: make, rename, delete; and the commands that offer it.
#include "client/templates/template_dialogs.h"
#include "client/templates/template_editor.h"
#include "client/templates/template_folders.h"
#include "client/templates/templates_page.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"

#include <QPointer>

using namespace Qt::StringLiterals;

void TemplatesPage::create()
{
    QString model;
    for (const ModelInfo &info : m_library.models())
        if (info.configured && model.isEmpty())
            model = info.name;
    auto *dialog = new NewTemplateDialog(chosenFolder(), model.isEmpty() ? u"demo/echo"_s : model, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewTemplateDialog::submitted, this, [this, dialog](const NewTemplate &input) {
        m_library.create(input, this, [this, name = input.name, dialog = QPointer(dialog)](const auto &reply) {
            if (reply) {
                if (dialog)
                    dialog->done(QDialog::Accepted);
                return openTemplate(reply->promptTemplate.id);
            }
            if (dialog)
                return dialog->showError(reply.error());
            failed(tr("Could not create “%1”").arg(name), reply.error());
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
    if (!m_workspace.session().can(Ability::TemplatesDelete))
        return;
    m_library.remove(id, this, [this](const PromptTemplate &removed) {
        Q_EMIT toastRequested(
            {.title = tr("Template deleted"), .text = removed.name, .undo = [this, id = removed.id] { restore(id); }});
    });
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
    add(u"templates.folders"_s, tr("Go to folders"), u"folder-open"_s, u"Ctrl+Shift+F"_s, false,
        [this] { m_folders->setFocus(Qt::ShortcutFocusReason); });
    if (session(Ability::TemplatesCreate)) {
        add(u"templates.duplicate"_s, tr("Duplicate template"), u"copy"_s, u"Ctrl+D"_s, true,
            [this] { duplicate(current().value_or(QUuid())); });
        add(u"templates.import"_s, tr("Import templates…"), u"upload"_s, {}, false, [this] { importTemplates(); });
    }
    add(u"templates.export"_s, tr("Export templates…"), u"download"_s, {}, false, [this] { exportTemplates({}); });
    if (session(Ability::TemplatesUpdate))
        add(u"templates.move"_s, tr("Move to folder…"), u"folder-open"_s, u"M"_s, true,
            [this] { askFolder(selected()); });
    if (session(Ability::TemplatesUpdate))
        add(u"templates.rename"_s, tr("Rename template"), u"pencil"_s, u"F2"_s, true,
            [this] { rename(current().value_or(QUuid())); });
    if (session(Ability::TemplatesDelete))
        add(u"templates.delete"_s, tr("Delete template"), u"trash-2"_s, u"Del"_s, true,
            [this] { remove(current().value_or(QUuid())); });
    return all;
}
