// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_dialogs.h"

#include "client/templates/starters.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestNote = 500;
constexpr int longestName = 120;

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

ConflictDialog::ConflictDialog(const TemplateVersion &theirs, QWidget *parent)
    : Dialog(tr("Version %1 was saved meanwhile").arg(theirs.version), Length::DialogMedium, parent)
{
    const QString age = amounts::age(theirs.createdAt, QDateTime::currentDateTimeUtc());
    auto *text = new Label(theirs.note.isEmpty() ? tr("%1 saved version %2 %3 ago. Your text is kept as a draft.")
                                                       .arg(theirs.authorName)
                                                       .arg(theirs.version)
                                                       .arg(age)
                                                 : tr("%1 saved version %2 %3 ago: “%4”. Your text is kept as a draft.")
                                                       .arg(theirs.authorName)
                                                       .arg(theirs.version)
                                                       .arg(age, theirs.note));
    text->setWordWrap(true);
    body()->addWidget(text);
    auto *compare = new Button(tr("Compare both"), u"git-compare-arrows"_s, ButtonVariant::Primary);
    compare->setDefault(true);
    auto *mine = new Button(tr("Save mine as version %1").arg(theirs.version + 1), u"save"_s);
    auto *take = new Button(tr("Discard mine and take version %1").arg(theirs.version), u"undo-2"_s);
    const auto offer = [this](Button *button, auto wanted) {
        body()->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, wanted] {
            reject();
            Q_EMIT(this->*wanted)();
        });
    };
    offer(compare, &ConflictDialog::compareRequested);
    offer(mine, &ConflictDialog::saveAnywayRequested);
    offer(take, &ConflictDialog::takeTheirsRequested);
    addCancel(tr("Go on editing"));
    compare->setFocus();
}

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
