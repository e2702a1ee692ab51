// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TemplateEditor that keeps what is typed: opening, the draft on this computer, what it is based on.
#include "client/templates/compare_pane.h"
#include "client/templates/model_picker.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/schema_editor.h"
#include "client/templates/template_content.h"
#include "client/templates/template_editor.h"
#include "client/templates/template_settings.h"
#include "client/templates/template_side_panel.h"
#include "client/templates/variables_form.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/controls.h"

using namespace Qt::StringLiterals;

void TemplateEditor::open(const QUuid &id)
{
    if (m_draftTimer.isActive())
        keepDraft();
    if (id != m_id) {
        m_run.forget(); // goes on at the server; its place is the list of jobs
        m_side->show(TemplateSidePanel::Preview);
    }
    m_id = id;
    m_detail.reset();
    m_versions.clear();
    hideBanner();
    m_restored = false;
    m_draftKeptAt = {};
    m_isOnServer = m_looksForDraft = false;
    m_serverDrafts.begin();
    m_previewVersion = 0;
    m_side->setPreviewOf({});
    m_presence.enter(id);
    m_side->model()->setModels(m_library.models());
    m_tabs->setCurrentIndex(EditorTab);
    m_clockTimer.start();
    m_library.open(id, this, [this, id](const Result<TemplateDetail> &reply, bool isCached) {
        if (id != m_id)
            return; // another one was opened meanwhile
        if (reply)
            show(*reply, isCached);
        else if (reply.error().status == 404)
            showBanner(Tone::Danger, u"circle-alert"_s, tr("This template is no longer there."));
        else if (!m_detail)
            showBanner(Tone::Danger, u"circle-alert"_s, reply.error().detail, tr("Try again"),
                       [this, id] { open(id); });
        renewHeader();
    });
    loadVersions();
    m_library.reloadModels();
    m_side->scrollToTop();
    m_blocks->focusText();
}

void TemplateEditor::resume()
{
    if (m_id.isNull())
        return;
    m_presence.enter(m_id);
    m_clockTimer.start();
}

void TemplateEditor::leave()
{
    if (m_draftTimer.isActive())
        keepDraft();
    m_serverDrafts.sendNow();
    m_presence.leave();
    m_clockTimer.stop();
}

bool TemplateEditor::mayEdit() const { return m_workspace.session().can(Ability::TemplatesUpdate); }

void TemplateEditor::show(const TemplateDetail &detail, bool isCached)
{
    const bool first = !m_detail;
    const bool dirty = !first && isDirty();
    m_detail = detail;
    m_settings->setTemplate(detail.promptTemplate);
    if (dirty && m_base.baseVersion != detail.version.version) {
        showBanner(Tone::Warning, u"info"_s,
                   tr("%1 saved version %2 meanwhile.").arg(detail.version.authorName).arg(detail.version.version),
                   tr("Compare"), [this, number = detail.version.version] { compare(number, 0); });
    } else if (!dirty) {
        m_base = contentOf(detail.version);
        const auto draft =
            mayEdit() ? m_workspace.store().draft(u"template"_s, m_id.toString(QUuid::WithoutBraces)) : std::nullopt;
        const auto kept = draft && first ? ServerDrafts::contentOf(draft->body) : std::nullopt;
        m_restored = kept && !sameContent(*kept, m_base);
        m_draftKeptAt = m_restored ? draft->savedAt : QDateTime();
        setContent(m_restored ? *kept : m_base);
        if (m_restored) {
            m_base.baseVersion = int(draft->baseRevision); // so that saving notices a version in between
            showBanner(Tone::Info, u"history"_s, tr("Restored draft · %1").arg(amounts::clock(draft->savedAt)),
                       tr("Discard draft"), [this] { discardDraft(); });
        }
        if (first) {
            const QJsonObject state =
                m_workspace.store().viewState(u"template/"_s + m_id.toString(QUuid::WithoutBraces));
            m_setting = true;
            m_side->variables()->setValues(state.value(u"variables"_s).toObject());
            m_setting = false;
        }
    }
    m_labels.open(detail.promptTemplate);
    if (!isCached && !std::exchange(m_looksForDraft, true))
        lookForDraft();
    renewReadOnly();
    renewPreview();
    renewVersions();
}

// What was typed stays, for copying, also where it can be saved no longer.
void TemplateEditor::renewReadOnly()
{
    const bool readOnly = !mayEdit();
    m_blocks->setReadOnly(readOnly);
    m_schema->setReadOnly(readOnly);
    m_side->model()->setReadOnly(readOnly);
    m_settings->setReadOnly(readOnly);
    m_compare->setCanRestore(!readOnly);
}

void TemplateEditor::setContent(const NewTemplateVersion &content)
{
    m_setting = true;
    m_schema->setSchema(content.variablesSchema);
    m_blocks->setSchema(content.variablesSchema);
    m_blocks->setTexts(content.systemPrompt, content.examples, content.userPrompt);
    m_side->variables()->setSchema(content.variablesSchema);
    m_side->model()->setChoice(content.defaultModel, content.parameters);
    m_blocks->setBase(m_base.systemPrompt, m_base.examples, m_base.userPrompt);
    m_setting = false;
    renewTabs();
    renewHeader();
}

NewTemplateVersion TemplateEditor::content() const
{
    NewTemplateVersion result;
    result.systemPrompt = m_blocks->systemPrompt();
    result.userPrompt = m_blocks->userPrompt();
    result.examples = m_blocks->examples();
    result.variablesSchema = m_schema->schema();
    result.defaultModel = m_side->model()->model();
    result.parameters = m_side->model()->parameters();
    result.baseVersion = m_base.baseVersion;
    return result;
}

bool TemplateEditor::isDirty() const { return m_detail && !sameContent(content(), m_base); }

void TemplateEditor::edited()
{
    if (m_setting || !m_detail)
        return;
    if (std::exchange(m_restored, false))
        hideBanner(); // going on with the draft is the answer; to discard it is still among the commands
    if (m_previewVersion > 0)
        preview(0, {});
    m_presence.typed();
    m_isOnServer = false;
    keepDraftSoon();
    m_previewTimer.start();
    renewHeader();
}

// Not put off by the next letter: who types on and on loses no more than who pauses.
void TemplateEditor::keepDraftSoon()
{
    if (!m_draftTimer.isActive())
        m_draftTimer.start();
}

void TemplateEditor::keepDraft()
{
    m_draftTimer.stop();
    if (!m_detail)
        return;
    const QString key = m_id.toString(QUuid::WithoutBraces);
    m_workspace.store().setViewState(u"template/"_s + key, {{u"variables"_s, m_side->variables()->values()}});
    if (isDirty() && mayEdit()) {
        m_workspace.store().saveDraft(u"template"_s, key, {{u"content"_s, json::object(json::print(content()))}},
                                      m_base.baseVersion.value_or(0));
        m_draftKeptAt = QDateTime::currentDateTimeUtc();
        m_serverDrafts.keep(m_id, content(), m_detail->promptTemplate.name);
    } else if (mayEdit() && m_looksForDraft) {
        m_serverDrafts.discard(m_id);
        m_workspace.store().removeDraft(u"template"_s, key);
        m_draftKeptAt = {};
    } else {
        m_workspace.store().removeDraft(u"template"_s, key);
        m_draftKeptAt = {};
    }
    renewHeader();
    renewVersions();
}

void TemplateEditor::discardDraft()
{
    const NewTemplateVersion dropped = content();
    m_restored = false;
    hideBanner();
    m_base = contentOf(m_detail->version);
    setContent(m_base);
    keepDraft();
    renewPreview();
    Q_EMIT toastRequested(
        {.title = tr("Draft discarded"), .text = m_detail->promptTemplate.name, .undo = [this, dropped, id = m_id] {
             if (id != m_id)
                 return;
             setContent(dropped);
             edited();
         }});
}

// One that was made at another machine is offered where nothing was typed here, and where both have something it is for
// the person to choose: until then neither goes over the other.
void TemplateEditor::lookForDraft()
{
    if (!mayEdit())
        return;
    m_serverDrafts.find(m_id, this, [this, id = m_id](const Result<TemplateDraft> &draft, bool isOurs) {
        if (id != m_id || !m_detail)
            return;
        if (!draft && draft.error().status != 404)
            return; // asked again once the server is back; what is typed stays on this computer meanwhile
        const auto theirs = draft && draft->content ? ServerDrafts::contentOf(*draft->content) : std::nullopt;
        const bool isNew = theirs && !isOurs && !sameContent(*theirs, content());
        if (isNew && !sameContent(*theirs, contentOf(m_detail->version)))
            return offerDraft(*draft);
        m_isOnServer = theirs && sameContent(*theirs, content());
        m_serverDrafts.setHeld(false);
        if (isDirty() && !m_isOnServer)
            keepDraftSoon();
        renewHeader();
    });
}

void TemplateEditor::offerDraft(const TemplateDraft &draft)
{
    showBanner(Tone::Info, u"monitor"_s,
               isDirty()
                   ? tr("Another machine has a draft of yours as well, of %1.").arg(amounts::clock(draft.updatedAt))
                   : tr("You have a draft from another machine, of %1.").arg(amounts::clock(draft.updatedAt)),
               tr("Take it"), [this, draft, id = m_id] {
                   const auto content = ServerDrafts::contentOf(*draft.content);
                   if (id != m_id || !content)
                       return;
                   const NewTemplateVersion before = this->content();
                   const bool wasDirty = isDirty();
                   hideBanner();
                   m_serverDrafts.setHeld(false);
                   m_restored = false;
                   m_base.baseVersion = draft.baseVersion; // so that saving notices a version in between
                   setContent(*content);
                   edited();
                   if (wasDirty)
                       Q_EMIT toastRequested({.title = tr("Draft of another machine taken"),
                                              .text = m_detail->promptTemplate.name,
                                              .undo = [this, before, id] {
                                                  if (id != m_id)
                                                      return;
                                                  setContent(before);
                                                  edited();
                                              }});
               });
}
