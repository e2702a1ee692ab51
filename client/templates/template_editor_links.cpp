// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TemplateEditor that looks at others: labels and versions, included templates, people at the same place.
#include "client/templates/compare_pane.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/template_content.h"
#include "client/templates/template_editor.h"
#include "client/templates/template_settings.h"
#include "client/templates/template_side_panel.h"
#include "client/templates/variables_form.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/controls.h"
#include "shared/templates/endpoints.h"

#include <QMenu>

using namespace Qt::StringLiterals;

void TemplateEditor::connectLinks()
{
    auto *menu = new QMenu(m_labelsButton);
    m_labelsButton->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { m_labels.fillMenu(menu); });
    connect(&m_labels, &TemplateLabels::changed, this, &TemplateEditor::renewLabels);
    connect(&m_labels, &TemplateLabels::toastRequested, this, &TemplateEditor::toastRequested);
    connect(&m_labels, &TemplateLabels::runRequested, this, &TemplateEditor::runLabel);
    connect(&m_labels, &TemplateLabels::previewRequested, this, [this](const QString &label) {
        if (const TemplateLabel *found = m_labels.find(label))
            preview(found->version, label);
    });
    connect(m_side, &TemplateSidePanel::versionMenuRequested, this, &TemplateEditor::showVersionMenu);
    connect(m_side, &TemplateSidePanel::labelDropped, &m_labels, &TemplateLabels::askMove);
    connect(m_side, &TemplateSidePanel::draftPreviewRequested, this, [this] { preview(0, {}); });
    connect(&m_partials, &TemplatePartials::changed, this, &TemplateEditor::renewPreview);
    connect(m_blocks, &PromptBlocks::referenceClicked, this, &TemplateEditor::openReference);
    connect(m_settings, &TemplateSettings::openRequested, this, &TemplateEditor::openTemplateRequested);
    connect(&m_workspace.session(), &AccountSession::abilitiesChanged, this, &TemplateEditor::renewLabels);
    connect(&m_workspace.live(), &LiveClient::reconnected, this, [this] {
        if (m_detail && m_serverDrafts.isHeld())
            lookForDraft();
    });
    connect(&m_presence, &TemplatePresence::changed, this, &TemplateEditor::renewHeader);
    connect(&m_presence, &TemplatePresence::eventHeard, this, &TemplateEditor::heard);
    connect(&m_serverDrafts, &ServerDrafts::kept, this, [this](const QUuid &id) {
        if (id != m_id)
            return;
        m_isOnServer = true;
        renewHeader();
        renewVersions();
    });
    connect(&m_serverDrafts, &ServerDrafts::refused, this,
            [this](const ApiError &error) { failed(tr("The draft is kept on this computer only"), error); });
}

void TemplateEditor::renewLabels()
{
    m_side->setLabels(m_labels.labels(), m_labels.mayMove());
    m_compare->setLabels(m_labels.labels());
    m_labelsButton->setVisible(m_labels.mayMove() || !m_labels.labels().isEmpty());
}

void TemplateEditor::showVersionMenu(int version, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Preview v%1").arg(version), this, [this, version] { preview(version, {}); });
    if (m_workspace.session().can(Ability::JobsCreate))
        menu->addAction(tr("Run v%1").arg(version), this, [this, version] {
            if (!m_detail || m_run.isActive())
                return;
            GenerateRequest request;
            request.variables = m_side->variables()->values();
            request.promptTemplate = m_detail->promptTemplate.slug;
            request.version = version;
            m_side->show(TemplateSidePanel::Output);
            m_run.start(request);
        });
    menu->addAction(tr("Compare v%1 with the draft").arg(version), this, [this, version] { compare(version, 0); })
        ->setEnabled(isDirty());
    m_labels.fillVersionMenu(menu, version);
    menu->popup(at);
}

void TemplateEditor::runLabel(const QString &label)
{
    if (!m_detail || m_run.isActive() || !m_workspace.session().can(Ability::JobsCreate))
        return;
    GenerateRequest request;
    request.variables = m_side->variables()->values();
    request.promptTemplate = m_detail->promptTemplate.slug;
    request.label = label;
    m_tabs->setCurrentIndex(EditorTab);
    m_side->show(TemplateSidePanel::Output);
    m_run.start(request);
}

// A saved version is rendered by the server, so that what is seen is what a program would get.
void TemplateEditor::preview(int version, const QString &label)
{
    m_previewCall.cancel();
    const bool isAnother = m_previewVersion != version || m_previewLabel != label;
    m_previewVersion = version;
    m_previewLabel = label;
    m_side->setPreviewOf(version == 0          ? QString()
                             : label.isEmpty() ? u"v%1"_s.arg(version)
                                               : u"v%1 · %2"_s.arg(version).arg(label));
    if (version == 0)
        return renewPreview();
    if (isAnother) {
        m_tabs->setCurrentIndex(EditorTab);
        m_side->show(TemplateSidePanel::Preview);
    }
    RenderRequest request;
    request.variables = m_side->variables()->values();
    if (label.isEmpty())
        request.version = version;
    else
        request.label = label;
    m_previewCall = m_workspace.api().call(endpoints::templates::render.at(m_id), request, this,
                                           [this](const Result<RenderedPrompt> &reply) {
                                               if (!reply) {
                                                   QStringList lines{reply.error().detail};
                                                   for (const json::Problem &problem : reply.error().errors)
                                                       lines << problem.pointer + u": "_s + problem.message;
                                                   m_side->setPreviewProblem(lines.join(u'\n'));
                                                   return;
                                               }
                                               m_side->setPreview(reply->messages);
                                               m_estimatedTokens = reply->inputTokens;
                                               m_estimatedNanos = reply->inputCostNanos;
                                               renewFooter();
                                           });
}

void TemplateEditor::renewPartials()
{
    m_partials.want(referencesIn(content()), m_id);
    m_blocks->setPartials(m_partials.texts(), m_partials.broken(), m_partials.completions());
}

void TemplateEditor::openReference(const QString &reference)
{
    if (const auto id = m_partials.templateOf(reference))
        Q_EMIT openTemplateRequested(*id);
}

// Somebody saved, renamed, labelled or removed what is open here, or this person on another machine.
void TemplateEditor::heard(const live::Event &event)
{
    if (event.name == u"template.removed"_s)
        return showBanner(Tone::Danger, u"circle-alert"_s,
                          tr("This template was deleted meanwhile. What you typed stays on this computer."));
    if (m_saveCall.isPending())
        return; // our own, very likely: saved() asks anew
    m_library.open(m_id, this, [this, id = m_id](const Result<TemplateDetail> &reply, bool isCached) {
        if (reply && !isCached && id == m_id)
            show(*reply, false);
    });
    loadVersions();
}
