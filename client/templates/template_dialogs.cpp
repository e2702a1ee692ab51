// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_dialogs.h"

#include "client/templates/starters.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"

#include <QBoxLayout>
#include <QCompleter>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestNote = 500;
constexpr int longestName = 120;
constexpr int longestFolder = 200;

TextField *folderField(const QString &folder, const QStringList &known)
{
    auto *field = new TextField(FolderDialog::tr("Folder"));
    field->setText(folder);
    field->setPlaceholder(FolderDialog::tr("support/refunds"));
    field->setHelp(FolderDialog::tr("Slashes part folders within folders. Empty: at the top."));
    field->edit()->setMaxLength(longestFolder);
    auto *completer = new QCompleter(known, field);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    field->edit()->setCompleter(completer);
    return field;
}

QString cleaned(const QString &folder)
{
    QStringList parts;
    for (const QString &part : folder.split(u'/'))
        if (!part.trimmed().isEmpty())
            parts << part.trimmed();
    return parts.join(u'/');
}

} // namespace

SaveVersionDialog::SaveVersionDialog(int nextVersion, QWidget *parent)
    : Dialog(tr("Save version %1").arg(nextVersion), Length::DialogSmall, parent),
      m_note(new TextField(tr("What changed")))
{
    m_note->edit()->setMaxLength(longestNote);
    m_note->setHelp(tr("One line for those who read the list of versions. May stay empty."));
    body()->addWidget(m_note);
    addCancel();
    addMain(tr("Save version"));
    m_note->edit()->setFocus();
}

QString SaveVersionDialog::note() const { return m_note->text().trimmed(); }

NewTemplateDialog::NewTemplateDialog(const QString &folder, const QString &model, QWidget *parent)
    : Dialog(tr("New template"), Length::DialogSmall, parent),
      m_name(new TextField(tr("Name"))),
      m_folder(new TextField(tr("Folder"))),
      m_starter(new Select(tr("Start with"))),
      m_model(model)
{
    QList<std::pair<QVariant, QString>> choices;
    const auto all = starters();
    for (qsizetype i = 0; i < all.size(); ++i)
        choices.append({int(i), all[i].title});
    m_starter->setChoices(choices);
    m_name->edit()->setMaxLength(longestName);
    m_folder->setText(folder);
    m_folder->setPlaceholder(tr("support/refunds"));
    body()->addWidget(m_name);
    body()->addWidget(new FormField(tr("Start with"), m_starter));
    body()->addWidget(m_folder);
    addCancel();
    m_create = addMain(tr("Create template"));
    m_create->setEnabled(false);
    connect(m_name->edit(), &QLineEdit::textChanged, m_create,
            [this](const QString &text) { m_create->setEnabled(!text.trimmed().isEmpty()); });
    m_name->edit()->setFocus();
}

void NewTemplateDialog::accept()
{
    NewTemplate result;
    result.name = m_name->text().trimmed();
    result.folder = m_folder->text().trimmed();
    result.version = starters().value(m_starter->value().toInt()).content;
    result.version.defaultModel = m_model;
    m_create->setEnabled(false);
    Q_EMIT submitted(result);
}

void NewTemplateDialog::showError(const ApiError &error)
{
    m_create->setEnabled(true);
    bool isPlaced = false;
    for (const json::Problem &problem : error.errors) {
        if (problem.pointer != u"/name"_s && problem.pointer != u"/folder"_s)
            continue;
        (problem.pointer == u"/folder"_s ? m_folder : m_name)->setError(problem.message);
        isPlaced = true;
    }
    if (!isPlaced)
        m_name->setError(error.detail);
}

FolderDialog::FolderDialog(const QString &title, const QString &folder, const QStringList &known, const QString &action,
                           QWidget *parent)
    : Dialog(title, Length::DialogSmall, parent),
      m_folder(folderField(folder, known))
{
    body()->addWidget(m_folder);
    addCancel();
    addMain(action);
    m_folder->edit()->selectAll();
    m_folder->edit()->setFocus();
}

QString FolderDialog::folder() const { return cleaned(m_folder->text()); }

DuplicateDialog::DuplicateDialog(const PromptTemplate &original, const QStringList &folders, QWidget *parent)
    : Dialog(tr("Duplicate “%1”").arg(original.name), Length::DialogSmall, parent),
      m_name(new TextField(tr("Name"))),
      m_folder(folderField(original.folder, folders))
{
    m_name->setText(tr("%1 (copy)").arg(original.name).left(longestName));
    m_name->setHelp(tr("The copy begins with the latest version, without labels."));
    m_name->edit()->setMaxLength(longestName);
    body()->addWidget(m_name);
    body()->addWidget(m_folder);
    addCancel();
    m_make = addMain(tr("Duplicate"));
    connect(m_name->edit(), &QLineEdit::textChanged, m_make,
            [this](const QString &text) { m_make->setEnabled(!text.trimmed().isEmpty()); });
    m_name->edit()->selectAll();
    m_name->edit()->setFocus();
}

void DuplicateDialog::accept()
{
    if (!m_make->isEnabled())
        return;
    m_make->setEnabled(false);
    TemplateCopy copy;
    copy.name = m_name->text().trimmed();
    copy.folder = cleaned(m_folder->text());
    Q_EMIT submitted(copy);
}

void DuplicateDialog::showError(const ApiError &error)
{
    m_make->setEnabled(true);
    if (!showProblems(error.errors, {{u"/name"_s, m_name}, {u"/folder"_s, m_folder}}) || error.errors.isEmpty())
        m_name->setError(error.detail);
}

RenameDialog::RenameDialog(const QString &name, QWidget *parent)
    : Dialog(tr("Rename “%1”").arg(name), Length::DialogSmall, parent),
      m_name(new TextField(tr("Name")))
{
    m_name->setText(name);
    m_name->edit()->setMaxLength(longestName);
    m_name->edit()->selectAll();
    body()->addWidget(m_name);
    addCancel();
    Button *rename = addMain(tr("Rename"));
    connect(m_name->edit(), &QLineEdit::textChanged, rename,
            [rename](const QString &text) { rename->setEnabled(!text.trimmed().isEmpty()); });
    m_name->edit()->setFocus();
}

QString RenameDialog::name() const { return m_name->text().trimmed(); }
