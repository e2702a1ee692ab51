// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_editor.h"

#include "client/design/theme.h"
#include "client/templates/compare_pane.h"
#include "client/templates/model_picker.h"
#include "client/templates/prompt_blocks.h"
#include "client/templates/run_panel.h"
#include "client/templates/schema_editor.h"
#include "client/templates/template_content.h"
#include "client/templates/template_settings.h"
#include "client/templates/template_side_panel.h"
#include "client/templates/variables_form.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/controls.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto draftDelay = 800ms;
constexpr auto previewDelay = 150ms;

} // namespace

TemplateEditor::TemplateEditor(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_library(library),
      m_run(workspace),
      m_labels(workspace, this),
      m_partials(workspace, library),
      m_presence(workspace),
      m_serverDrafts(workspace),
      m_header(new PageHeader),
      m_back(new IconButton(u"arrow-left"_s, tr("All templates"))),
      m_others(new StatusChip),
      m_labelsButton(new Button({}, u"tag"_s)),
      m_runButton(new Button({}, u"play"_s)),
      m_saveButton(new Button({}, u"save"_s, ButtonVariant::Primary)),
      m_tabs(new Tabs(tr("Parts of the template"))),
      m_banner(new Banner),
      m_stack(new QStackedWidget),
      m_blocks(new PromptBlocks),
      m_schema(new SchemaEditor),
      m_compare(new ComparePane),
      m_settings(new TemplateSettings(workspace)),
      m_side(new TemplateSidePanel(m_run)),
      m_footer(new Footer)
{
    build();
    for (QTimer *timer : {&m_draftTimer, &m_previewTimer})
        timer->setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    m_previewTimer.setInterval(previewDelay);
    m_clockTimer.setInterval(10s);
    connect(&m_draftTimer, &QTimer::timeout, this, &TemplateEditor::keepDraft);
    connect(&m_previewTimer, &QTimer::timeout, this, &TemplateEditor::renewPreview);
    connect(&m_clockTimer, &QTimer::timeout, this, &TemplateEditor::renewHeader);

    connect(m_banner, &Banner::actionRequested, this, [this] {
        if (const auto run = m_bannerAction) // it may show another banner
            run();
    });
    connect(m_back, &QToolButton::clicked, this, &TemplateEditor::backRequested);
    connect(m_runButton, &QPushButton::clicked, this, &TemplateEditor::run);
    connect(m_saveButton, &QPushButton::clicked, this, &TemplateEditor::saveVersion);
    connect(m_tabs, &QTabBar::currentChanged, this, &TemplateEditor::showTab);
    connect(m_blocks, &PromptBlocks::textsChanged, this, &TemplateEditor::edited);
    connect(m_blocks, &PromptBlocks::problemsChanged, this, [this] {
        m_schema->setUndescribed(m_blocks->unknownNames());
        renewFooter();
    });
    connect(m_blocks, &PromptBlocks::caretMoved, this, &TemplateEditor::renewFooter);
    connect(m_schema, &SchemaEditor::schemaChanged, this, [this] {
        m_blocks->setSchema(m_schema->schema());
        m_side->variables()->setSchema(m_schema->schema());
        renewTabs();
        edited();
    });
    connect(m_side->model(), &ModelPicker::changed, this, &TemplateEditor::edited);
    connect(m_side->variables(), &VariablesForm::valuesChanged, &m_previewTimer, qOverload<>(&QTimer::start));
    connect(m_side->variables(), &VariablesForm::valuesChanged, this, [this] {
        if (!m_setting && m_detail)
            keepDraftSoon();
    });
    connect(m_side, &TemplateSidePanel::compareRequested, this, &TemplateEditor::compare);
    connect(m_side->runPanel(), &RunPanel::openJobRequested, this, &TemplateEditor::openJobRequested);
    connect(m_side->runPanel(), &RunPanel::runAgainRequested, this, &TemplateEditor::run);
    connect(m_compare, &ComparePane::restoreRequested, this, [this](int number) {
        for (const TemplateVersion &version : m_versions)
            if (version.version == number)
                setContent(contentOf(version));
        m_tabs->setCurrentIndex(EditorTab);
        edited();
    });
    connect(m_settings, &TemplateSettings::saveRequested, this, &TemplateEditor::changeSettings);
    connect(m_settings, &TemplateSettings::removeRequested, this, [this] { Q_EMIT removeRequested(m_id); });
    connect(&m_run, &TemplateRun::changed, this, &TemplateEditor::renewHeader);
    connect(&m_library, &TemplateLibrary::modelsChanged, this, [this] {
        m_side->model()->setModels(m_library.models());
        renewPreview();
    });
    connect(&m_workspace.live(), &LiveClient::stateChanged, this, &TemplateEditor::renewHeader);
    connect(&m_workspace.session(), &AccountSession::abilitiesChanged, this, [this] {
        renewReadOnly();
        renewHeader();
        renewFooter();
    });
    connectLinks();
    retranslate();
}

TemplateEditor::~TemplateEditor()
{
    if (m_draftTimer.isActive())
        keepDraft();
}

void TemplateEditor::build()
{
    m_header->addBack(m_back);
    m_header->addAction(m_others);
    m_header->addAction(m_labelsButton);
    m_header->addAction(m_runButton);
    m_header->addAction(m_saveButton);
    for (QWidget *page : std::initializer_list<QWidget *>{m_blocks, m_schema, m_compare, m_settings})
        m_stack->addWidget(page);
    m_side->setMinimumWidth(theme().px(Length::DetailMinimum));
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_side);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({theme().px(Length::DialogLarge), theme().px(Length::DialogSmall)});
    auto *tabs = layout::inset(layout::row({m_tabs, layout::stretch()}),
                               {Length::Space24, Length::Space2, Length::Space24, Length::Space2});
    tabs->setContentsMargins(theme().px(Length::Space24), 0, theme().px(Length::Space24), 0);
    m_notice = layout::box(layout::inset(layout::column({m_banner}),
                                         {Length::Space24, Length::Space10, Length::Space24, Length::Space10}));
    m_notice->hide();
    setLayout(
        layout::tight(layout::column({m_header, tabs, layout::line(), m_notice, layout::wide(splitter), m_footer})));
}

void TemplateEditor::showBanner(Tone tone, const QString &icon, const QString &text, const QString &action,
                                std::function<void()> run)
{
    m_bannerAction = std::move(run);
    m_banner->show(tone, icon, text, action);
    m_notice->show();
}

void TemplateEditor::hideBanner()
{
    m_banner->hide();
    m_notice->hide();
}

void TemplateEditor::showTab(int tab)
{
    if (tab < 0)
        return;
    if (tab == CompareTab)
        m_compare->setDraft(isDirty() ? std::optional(content()) : std::nullopt);
    if (tab == SettingsTab)
        m_settings->renewUses();
    m_stack->setCurrentIndex(tab);
    m_side->setVisible(tab == EditorTab);
    renewFooter();
}

void TemplateEditor::compare(int before, int after)
{
    m_compare->setDraft(isDirty() ? std::optional(content()) : std::nullopt);
    m_compare->compare(before, after);
    m_tabs->setCurrentIndex(CompareTab);
}

void TemplateEditor::renewHeader()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool dirty = isDirty();
    QString subtitle;
    if (m_detail && dirty) {
        subtitle = tr("Draft based on v%1").arg(m_base.baseVersion.value_or(0));
        if (m_draftKeptAt.isValid())
            subtitle += u" · "_s
                + (m_isOnServer ? tr("draft kept %1 ago") : tr("saved on this computer %1 ago"))
                      .arg(amounts::age(m_draftKeptAt, now));
    } else if (m_detail) {
        subtitle = tr("v%1 · saved %2 ago by %3")
                       .arg(m_detail->version.version)
                       .arg(amounts::age(m_detail->version.createdAt, now), m_detail->version.authorName);
    }
    const QString others = m_presence.text();
    m_others->setVisible(!others.isEmpty());
    m_others->setStatus({Tone::Info, u"users"_s, others});
    const PromptTemplate *listed = m_library.find(m_id);
    m_header->setTitle(m_detail ? m_detail->promptTemplate.name : listed ? listed->name : QString(), subtitle);

    const bool offline = m_workspace.live().state() == LiveClient::State::Offline;
    const QString away = tr("Not possible while the server cannot be reached");
    m_runButton->setVisible(m_workspace.session().can(Ability::JobsCreate));
    m_runButton->setEnabled(m_detail && !m_run.isActive() && !offline);
    m_runButton->setHint(offline ? away : tr("Run"), offline ? QString() : u"Ctrl+Return"_s);
    m_saveButton->setVisible(mayEdit());
    m_saveButton->setEnabled(dirty && !offline && !m_saveCall.isPending());
    m_saveButton->setHint(offline ? away : tr("Save version"), offline ? QString() : u"Ctrl+S"_s);
}

void TemplateEditor::renewTabs()
{
    const auto &schema = m_schema->schema();
    m_tabs->setCount(VariablesTab, schema ? int(schema->value(u"properties"_s).toObject().size()) : -1);
}

void TemplateEditor::renewPreview()
{
    renewPartials();
    if (m_previewVersion > 0)
        return preview(m_previewVersion, m_previewLabel);
    const auto messages = renderedMessages(content(), m_side->variables()->values(), m_partials.texts());
    m_estimatedNanos.reset();
    if (messages) {
        m_side->setPreview(*messages);
        m_estimatedTokens = estimatedTokens(*messages);
        const auto info = m_side->model()->modelInfo();
        if (info && info->inputMicrosPerMillion) // millionths of a dollar for a million: a nano each thousand
            m_estimatedNanos = m_estimatedTokens * *info->inputMicrosPerMillion / 1000;
    } else {
        m_side->setPreviewProblem(messages.error().detail);
    }
    renewFooter();
}

void TemplateEditor::renewVersions()
{
    const bool dirty = isDirty();
    m_side->setVersions(m_versions, m_base.baseVersion.value_or(0),
                        dirty ? m_isOnServer ? tr("Unsaved changes, kept on the server")
                                             : tr("Unsaved changes, kept on this computer")
                              : QString());
    m_compare->setVersions(m_versions);
    m_labels.setVersions(m_versions);
}

void TemplateEditor::renewFooter()
{
    const int tab = m_tabs->currentIndex(), problems = m_blocks->problemCount();
    const QString problem = problems == 0 ? QString()
        : problems == 1                   ? m_blocks->firstProblem()
                                          : tr("%n problem(s)", nullptr, problems);
    const QString tokens = tr("about %1 tokens").arg(amounts::count(m_estimatedTokens));
    QStringList parts{m_estimatedNanos ? tr("%1, %2 to ask").arg(tokens, amounts::cost(m_estimatedNanos)) : tokens};
    if (const QString caret = m_blocks->caretPlace(); !caret.isEmpty())
        parts << caret;
    m_footer->setText(parts.join(u" · "_s), problem);
    QList<Footer::Hint> hints;
    if (tab == CompareTab)
        hints << Footer::Hint{u"F7"_s, tr("next change")} << Footer::Hint{u"Shift+F7"_s, tr("previous")};
    else if (problems > 0)
        hints << Footer::Hint{u"F8"_s, tr("next problem")};
    if (mayEdit())
        hints << Footer::Hint{u"Ctrl+S"_s, tr("save version")};
    if (m_workspace.session().can(Ability::JobsCreate))
        hints << Footer::Hint{u"Ctrl+Return"_s, tr("run")};
    if (tab == EditorTab && !m_blocks->referenceAtCaret().isEmpty())
        hints << Footer::Hint{u"F12"_s, tr("open included template")};
    if (tab == EditorTab && mayEdit())
        hints << Footer::Hint{u"Ctrl+Space"_s, tr("insert variable")};
    m_footer->setHints(hints);
}

void TemplateEditor::failed(const QString &what, const ApiError &error, std::function<void()> retry)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = what,
                           .text = error.detail,
                           .retry = std::move(retry),
                           .details = QString::fromUtf8(json::print(error))});
}

void TemplateEditor::retranslate()
{
    m_back->setName(tr("All templates"));
    m_labelsButton->setText(tr("Labels"));
    m_labelsButton->setHint(tr("Where labels stand, and how to move them"), u"Ctrl+L"_s);
    m_runButton->setText(tr("Run"));
    m_saveButton->setText(tr("Save version"));
    const int tab = m_tabs->currentIndex();
    m_tabs->setTabs({tr("Editor"), tr("Variables"), tr("Compare"), tr("Settings")});
    m_tabs->setCurrentIndex(std::max(tab, int(EditorTab)));
    renewHeader();
    renewFooter();
    renewVersions();
}
