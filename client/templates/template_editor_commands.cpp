// SPDX-License-Identifier: GPL-3.0-or-later
// What TemplateEditor offers to the palette and the keyboard.
#include "client/templates/compare_pane.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/template_editor.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"

using namespace Qt::StringLiterals;

QList<Command> TemplateEditor::commands()
{
    const auto editor = [](const QString &id, const QString &text, const QString &icon, const QString &keys,
                           std::function<void()> run) {
        return Command{.id = id,
                       .text = text,
                       .icon = icon,
                       .keys = keys,
                       .scope = Command::Scope::Editor,
                       .run = std::move(run),
                       .enabled = {},
                       .subject = {}};
    };
    QList<Command> all{
        editor(u"template.run"_s, tr("Run"), u"play"_s, u"Ctrl+Return; Ctrl+Enter"_s, [this] { run(); }),
        editor(u"template.stop"_s, tr("Stop the run"), u"square"_s, u"Ctrl+."_s, [this] { m_run.stop(); }),
        editor(u"template.save"_s, tr("Save version"), u"save"_s, u"Ctrl+S"_s, [this] { saveVersion(); }),
        editor(u"template.problem"_s, tr("Next problem"), u"circle-alert"_s, u"F8"_s,
               [this] {
                   m_tabs->setCurrentIndex(EditorTab);
                   m_blocks->goToNextProblem();
               }),
        editor(u"template.variable"_s, tr("Insert variable"), u"code"_s, u"Ctrl+Space"_s,
               [this] {
                   m_tabs->setCurrentIndex(EditorTab);
                   m_blocks->insertVariable();
               }),
        editor(u"template.example"_s, tr("Add example turn"), u"plus"_s, {},
               [this] {
                   m_tabs->setCurrentIndex(EditorTab);
                   m_blocks->addExample();
               }),
        editor(u"template.compare"_s, tr("Compare versions"), u"git-compare-arrows"_s, {},
               [this] { m_tabs->setCurrentIndex(CompareTab); }),
        editor(u"template.nextChange"_s, tr("Next change"), u"arrow-down"_s, u"F7"_s,
               [this] { m_compare->goToChange(1); }),
        editor(u"template.previousChange"_s, tr("Previous change"), u"arrow-up"_s, u"Shift+F7"_s,
               [this] { m_compare->goToChange(-1); }),
        editor(u"template.labels"_s, tr("Labels"), u"tag"_s, u"Ctrl+L"_s,
               [this] {
                   if (m_labelsButton->isVisible())
                       m_labelsButton->click();
               }),
        editor(u"template.reference"_s, tr("Open included template"), u"external-link"_s, u"F12"_s,
               [this] { openReference(m_blocks->referenceAtCaret()); }),
        editor(u"template.discard"_s, tr("Discard draft"), u"undo-2"_s, {},
               [this] {
                   if (isDirty())
                       discardDraft();
               }),
        editor(u"template.back"_s, tr("All templates"), u"arrow-left"_s, u"Alt+Up"_s,
               [this] { Q_EMIT backRequested(); }),
    };
    const bool edits = mayEdit();
    all.removeIf([edits](const Command &command) {
        return !edits
            && (command.id == u"template.save"_s || command.id == u"template.discard"_s
                || command.id == u"template.variable"_s || command.id == u"template.example"_s);
    });
    return all;
}
