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
      m_header(new PageHeader),
      m_back(new IconButton(u"arrow-left"_s, tr("All templates"))),
      m_runButton(new Button({}, u"play"_s)),
      m_saveButton(new Button({}, u"save"_s, ButtonVariant::Primary)),
      m_tabs(new Tabs(tr("Parts of the template"))),
      m_banner(new Banner),
      m_stack(new QStackedWidget),
      m_blocks(new PromptBlocks),
      m_schema(new SchemaEditor),
      m_compare(new ComparePane),
      m_settings(new TemplateSettings),
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
    connect(m_blocks, &PromptBlocks::problemsChanged, this, &TemplateEditor::renewFooter);
    connect(m_blocks, &PromptBlocks::caretMoved, this, &TemplateEditor::renewFooter);
    connect(m_schema, &SchemaEditor::schemaChanged, this, [this] {
        m_blocks->setSchema(m_schema->schema());
        m_side->variables()->setSchema(m_schema->schema());
        edited();
    });
    connect(m_side->model(), &ModelPicker::changed, this, &TemplateEditor::edited);
    connect(m_side->variables(), &VariablesForm::valuesChanged, &m_previewTimer, qOverload<>(&QTimer::start));
    connect(m_side->variables(), &VariablesForm::valuesChanged, this, [this] {
        if (!m_setting)
            m_draftTimer.start();
    });
    connect(m_side, &TemplateSidePanel::compareRequested, this, &TemplateEditor::compare);
    connect(m_side->runPanel(), &RunPanel::openJobRequested, this, &TemplateEditor::openJobRequested);
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
    splitter->setSizes({theme().px(Length::DialogLarge), theme().px(Length::DetailMaximum)});
    auto *tabs = layout::inset(layout::row({m_tabs, layout::stretch()}),
                               {Length::Space24, Length::Space2, Length::Space24, Length::Space2});
    tabs->setContentsMargins(theme().px(Length::Space24), 0, theme().px(Length::Space24), 0);
    setLayout(
        layout::tight(layout::column({m_header, tabs, layout::line(), m_banner, layout::wide(splitter), m_footer})));
}

void TemplateEditor::open(const QUuid &id)
{
    if (m_draftTimer.isActive())
        keepDraft();
    m_id = id;
    m_detail.reset();
    m_versions.clear();
    m_banner->hide();
    m_restored = false;
    m_draftKeptAt = {};
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
    m_blocks->focusText();
}

void TemplateEditor::leave()
{
    if (m_draftTimer.isActive())
        keepDraft();
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
        std::optional<NewTemplateVersion> kept;
        if (draft && first) {
            try {
                kept =
                    json::fromValue<NewTemplateVersion>(draft->body.value(u"content"_s), json::UnknownMembers::Ignore);
            } catch (const json::InvalidError &) {
                // of another version of Patio
            }
        }
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
    Q_UNUSED(isCached)
    const bool readOnly = !mayEdit();
    m_blocks->setReadOnly(readOnly);
    m_schema->setReadOnly(readOnly);
    m_settings->setReadOnly(readOnly);
    m_compare->setCanRestore(!readOnly);
    renewPreview();
    renewVersions();
}

void TemplateEditor::showBanner(Tone tone, const QString &icon, const QString &text, const QString &action,
                                std::function<void()> run)
{
    m_bannerAction = std::move(run);
    m_banner->show(tone, icon, text, action);
}

void TemplateEditor::setContent(const NewTemplateVersion &content)
{
    m_setting = true;
    m_schema->setSchema(content.variablesSchema);
    m_blocks->setSchema(content.variablesSchema);
    m_blocks->setTexts(content.systemPrompt, content.examples, content.userPrompt);
    m_side->variables()->setSchema(content.variablesSchema);
    m_side->model()->setChoice(content.defaultModel, content.parameters);
    m_setting = false;
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
    m_draftTimer.start();
    m_previewTimer.start();
    renewHeader();
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
    m_banner->hide();
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

void TemplateEditor::showTab(int tab)
{
    if (tab < 0)
        return;
    if (tab == CompareTab)
        m_compare->setDraft(isDirty() ? std::optional(content()) : std::nullopt);
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
            subtitle += u" · "_s + tr("saved on this computer %1 ago").arg(amounts::age(m_draftKeptAt, now));
    } else if (m_detail) {
        subtitle = tr("v%1 · saved %2 ago by %3")
                       .arg(m_detail->version.version)
                       .arg(amounts::age(m_detail->version.createdAt, now), m_detail->version.authorName);
    }
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

void TemplateEditor::renewPreview()
{
    const auto messages = renderedMessages(content(), m_side->variables()->values());
    m_estimatedNanos.reset();
    if (messages) {
        m_side->runPanel()->setPreview(*messages);
        m_estimatedTokens = estimatedTokens(*messages);
        const auto info = m_side->model()->modelInfo();
        if (info && info->inputMicrosPerMillion) // millionths of a dollar for a million: a nano each thousand
            m_estimatedNanos = m_estimatedTokens * *info->inputMicrosPerMillion / 1000;
    } else {
        m_side->runPanel()->setPreviewProblem(messages.error().detail);
    }
    renewFooter();
}

void TemplateEditor::renewVersions()
{
    const bool dirty = isDirty();
    m_side->setVersions(m_versions, m_base.baseVersion.value_or(0),
                        dirty ? tr("Unsaved changes, kept on this computer") : QString());
    m_compare->setVersions(m_versions);
}

void TemplateEditor::renewFooter()
{
    QStringList parts;
    const int problems = m_blocks->problemCount();
    if (problems > 0)
        parts << (problems == 1 ? m_blocks->firstProblem() : tr("%n problem(s)", nullptr, problems));
    const QString tokens = tr("about %1 tokens").arg(amounts::count(m_estimatedTokens));
    parts << (m_estimatedNanos ? tr("%1, %2 to ask").arg(tokens, amounts::cost(m_estimatedNanos)) : tokens);
    if (const QString caret = m_blocks->caretPlace(); !caret.isEmpty())
        parts << caret;
    m_footer->setText(parts.join(u" · "_s));
    QList<Footer::Hint> hints;
    if (m_tabs->currentIndex() == CompareTab) {
        hints = {{u"F7"_s, tr("next change")}, {u"Shift+F7"_s, tr("previous")}};
    } else {
        if (mayEdit())
            hints << Footer::Hint{u"Ctrl+S"_s, tr("save version")};
        hints << Footer::Hint{u"Ctrl+Return"_s, tr("run")} << Footer::Hint{u"Ctrl+Space"_s, tr("insert variable")};
        if (problems > 0)
            hints << Footer::Hint{u"F8"_s, tr("next problem")};
    }
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
    m_runButton->setText(tr("Run"));
    m_saveButton->setText(tr("Save version"));
    const int tab = m_tabs->currentIndex();
    m_tabs->setTabs({tr("Editor"), tr("Variables"), tr("Compare"), tr("Settings")});
    m_tabs->setCurrentIndex(std::max(tab, int(EditorTab)));
    renewHeader();
    renewFooter();
    renewVersions();
}

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
               [this] { m_blocks->insertVariable(); }),
        editor(u"template.example"_s, tr("Add example turn"), u"plus"_s, {}, [this] { m_blocks->addExample(); }),
        editor(u"template.compare"_s, tr("Compare versions"), u"git-compare-arrows"_s, {},
               [this] { m_tabs->setCurrentIndex(CompareTab); }),
        editor(u"template.nextChange"_s, tr("Next change"), u"arrow-down"_s, u"F7"_s,
               [this] { m_compare->goToChange(1); }),
        editor(u"template.previousChange"_s, tr("Previous change"), u"arrow-up"_s, u"Shift+F7"_s,
               [this] { m_compare->goToChange(-1); }),
        editor(u"template.back"_s, tr("All templates"), u"arrow-left"_s, u"Alt+Up"_s,
               [this] { Q_EMIT backRequested(); }),
    };
    const bool edits = mayEdit();
    all.removeIf([edits](const Command &command) {
        return !edits
            && (command.id == u"template.save"_s || command.id == u"template.variable"_s
                || command.id == u"template.example"_s);
    });
    return all;
}
