// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TemplateEditor that talks to the server: running, saving, and what happens when somebody saved first.
#include "client/templates/compare_pane.h"
#include "client/templates/merge_dialog.h"
#include "client/templates/model_picker.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/run_panel.h"
#include "client/templates/schema_editor.h"
#include "client/templates/template_content.h"
#include "client/templates/template_dialogs.h"
#include "client/templates/template_editor.h"
#include "client/templates/template_settings.h"
#include "client/templates/template_side_panel.h"
#include "client/templates/variables_form.h"
#include "client/widgets/banner.h"
#include "client/widgets/controls.h"
#include "shared/templates/endpoints.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int versionsShown = 50;

} // namespace

void TemplateEditor::loadVersions()
{
    m_workspace.api().call(endpoints::templates::versions.at(m_id), {.limit = versionsShown}, this,
                           [this, id = m_id](const Result<Page<TemplateVersion>> &page) {
                               if (!page || id != m_id)
                                   return; // the template's own answer says what is wrong
                               m_versions = page->items;
                               renewVersions();
                           });
}

void TemplateEditor::run()
{
    if (!m_detail || m_run.isActive() || !m_workspace.session().can(Ability::JobsCreate))
        return;
    if (!m_side->variables()->check()) {
        m_tabs->setCurrentIndex(EditorTab);
        return m_side->variables()->focusFirstProblem();
    }
    GenerateRequest request;
    request.variables = m_side->variables()->values();
    if (!isDirty()) {
        request.promptTemplate = m_detail->promptTemplate.slug;
        request.version = m_detail->version.version;
    } else {
        // What is not saved yet has no version on the server: the messages themselves are sent.
        const auto messages = renderedMessages(content(), request.variables, m_partials.texts());
        if (!messages)
            return failed(tr("The prompt cannot be rendered"), messages.error());
        request.messages = *messages;
        request.variables = {};
        request.model = content().defaultModel;
        request.parameters = content().parameters;
        request.metadata = {{u"draftOf"_s, m_detail->promptTemplate.name}};
    }
    m_tabs->setCurrentIndex(EditorTab);
    m_side->show(TemplateSidePanel::Output);
    m_run.start(request);
}

void TemplateEditor::saveVersion()
{
    if (!isDirty() || !mayEdit() || m_saveCall.isPending())
        return;
    if (!m_schema->isValid()) {
        m_tabs->setCurrentIndex(VariablesTab);
        return;
    }
    if (!m_side->model()->check())
        return m_tabs->setCurrentIndex(EditorTab);
    if (m_blocks->problemCount() > 0) {
        m_tabs->setCurrentIndex(EditorTab);
        m_blocks->goToNextProblem();
        return Q_EMIT toastRequested(
            {.tone = Tone::Warning, .title = tr("Not saved: the text has problems"), .text = m_blocks->firstProblem()});
    }
    auto *dialog = new SaveVersionDialog(m_detail->promptTemplate.latestVersion + 1, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { save(dialog->note(), m_base.baseVersion.value_or(0)); });
    dialog->open();
}

void TemplateEditor::save(const QString &note, int baseVersion)
{
    NewTemplateVersion input = content();
    input.note = note;
    input.baseVersion = baseVersion;
    m_saveCall = m_workspace.api().call(endpoints::templates::saveVersion.at(m_id), input, this,
                                        [this, note, id = m_id](const Result<TemplateVersion> &reply) {
                                            if (id != m_id)
                                                return; // kept as a draft there
                                            if (reply)
                                                return saved(*reply);
                                            renewHeader();
                                            if (reply.error().status == 412)
                                                return conflict(note, reply.error());
                                            failed(tr("Version not saved"), reply.error(), [this] { saveVersion(); });
                                        });
    renewHeader();
}

void TemplateEditor::saved(const TemplateVersion &version)
{
    hideBanner();
    m_detail->version = version;
    m_detail->promptTemplate.latestVersion = version.version;
    m_detail->promptTemplate.updatedAt = version.createdAt;
    m_base = contentOf(version);
    m_blocks->setBase(m_base.systemPrompt, m_base.examples, m_base.userPrompt);
    if (m_versions.isEmpty() || m_versions.first().version < version.version)
        m_versions.prepend(version);
    keepDraft(); // there is none any more, or what was typed meanwhile
    m_library.put(*m_detail);
    Q_EMIT toastRequested({.tone = Tone::Success,
                           .title = tr("Version %1 saved").arg(version.version),
                           .text = m_detail->promptTemplate.name});
    // Its revision has changed with the new version.
    m_library.open(m_id, this, [this, id = m_id](const Result<TemplateDetail> &reply, bool isCached) {
        if (reply && !isCached && id == m_id)
            show(*reply, false);
    });
}

void TemplateEditor::conflict(const QString &note, const ApiError &error)
{
    keepDraft();
    try {
        const auto sides =
            json::fromValue<VersionConflict>(error.meanwhile.value_or(QJsonObject()), json::UnknownMembers::Lenient);
        loadVersions();
        return merge(note, sides.base, sides.latest);
    } catch (const json::InvalidError &) {
        // of a server that does not tell: asked for below
    }
    m_workspace.api().call(endpoints::templates::versions.at(m_id), {.limit = versionsShown}, this,
                           [this, note, id = m_id](const Result<Page<TemplateVersion>> &page) {
                               if (id != m_id)
                                   return;
                               if (!page || page->items.isEmpty())
                                   return failed(tr("Version not saved"),
                                                 page ? ApiError::changed(m_detail->promptTemplate.name)
                                                      : page.error());
                               m_versions = page->items;
                               renewVersions();
                               std::optional<TemplateVersion> base;
                               for (const TemplateVersion &version : std::as_const(m_versions))
                                   if (version.version == m_base.baseVersion)
                                       base = version;
                               merge(note, base, m_versions.first());
                           });
}

void TemplateEditor::merge(const QString &note, const std::optional<TemplateVersion> &base,
                           const TemplateVersion &theirs)
{
    auto *dialog = new MergeDialog(base, theirs, content(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &MergeDialog::takeTheirsRequested, this, [this, theirs] {
        m_detail->version = theirs;
        discardDraft();
    });
    connect(dialog, &MergeDialog::saveRequested, this,
            [this, dialog, note](const NewTemplateVersion &merged) { saveMerged(dialog, note, merged); });
    dialog->open();
}

// What was decided becomes the draft before it is sent: a network that fails now costs no decision.
void TemplateEditor::saveMerged(MergeDialog *dialog, const QString &note, const NewTemplateVersion &merged)
{
    NewTemplateVersion input = merged;
    input.note = note;
    m_saveCall = m_workspace.api().call(endpoints::templates::saveVersion.at(m_id), input, dialog,
                                        [this, dialog, note, input, id = m_id](const Result<TemplateVersion> &reply) {
                                            if (id != m_id)
                                                return dialog->done(QDialog::Rejected);
                                            if (reply) {
                                                dialog->done(QDialog::Accepted);
                                                m_base = input;
                                                setContent(input);
                                                return saved(*reply);
                                            }
                                            renewHeader();
                                            if (reply.error().status != 412)
                                                return dialog->showError(reply.error());
                                            // And again somebody was first: what was decided is mine now, over the
                                            // version it was merged with.
                                            m_base = contentOf(dialog->theirs());
                                            setContent(input);
                                            edited();
                                            dialog->done(QDialog::Rejected);
                                            conflict(note, reply.error());
                                        });
    renewHeader();
}

void TemplateEditor::changeSettings(const TemplateChange &change)
{
    m_library.update(m_detail->promptTemplate, change, this, [this, id = m_id](const Result<TemplateDetail> &reply) {
        if (id != m_id)
            return;
        if (reply) {
            show(*reply, false);
            return Q_EMIT toastRequested(
                {.tone = Tone::Success, .title = tr("Settings saved"), .text = reply->promptTemplate.name});
        }
        if (reply.error().status == 422 || reply.error().status == 409)
            return m_settings->showError(reply.error());
        failed(tr("Settings not saved"), reply.error());
    });
}
