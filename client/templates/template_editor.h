// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/commands.h"
#include "client/templates/server_drafts.h"
#include "client/templates/template_labels.h"
#include "client/templates/template_library.h"
#include "client/templates/template_partials.h"
#include "client/templates/template_presence.h"
#include "client/templates/template_run.h"
#include "client/widgets/toast.h"

class Banner;
class Button;
class ComparePane;
class Footer;
class IconButton;
class PageHeader;
class MergeDialog;
class PromptBlocks;
class QStackedWidget;
class SchemaEditor;
class StatusChip;
class Tabs;
class TemplateSettings;
class TemplateSidePanel;

// One template: its texts, variables and settings, a trial run beside it, its versions. What is typed is kept on this
// computer within 0.8 s and on the server a moment later, and comes back after a crash or on another machine; saving
// makes a new version, and where somebody else saved one meanwhile, both are merged part by part.
class TemplateEditor : public QWidget
{
    Q_OBJECT

public:
    TemplateEditor(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);
    ~TemplateEditor() override; // keeps the draft

    void open(const QUuid &id);
    void resume(); // comes to the front again
    void leave(); // keeps the draft, stops nothing
    QUuid templateId() const { return m_id; }
    void retranslate();
    QList<Command> commands();

    void run();
    void runLabel(const QString &label); // what is saved, as programs would ask for it
    void saveVersion();

Q_SIGNALS:
    void backRequested();
    void openTemplateRequested(const QUuid &id);
    void openJobRequested(const QUuid &id);
    void removeRequested(const QUuid &id);
    void toastRequested(const Toast &toast);

private:
    enum Tab { EditorTab, VariablesTab, CompareTab, SettingsTab };

    void build();
    void show(const TemplateDetail &detail, bool isCached);
    void hideBanner();
    void showBanner(Tone tone, const QString &icon, const QString &text, const QString &action = {},
                    std::function<void()> run = {});
    void setContent(const NewTemplateVersion &content);
    NewTemplateVersion content() const;
    bool isDirty() const;
    bool mayEdit() const;
    void edited();
    void keepDraftSoon();
    void keepDraft();
    void discardDraft();
    void loadVersions();
    void showTab(int tab);
    void compare(int before, int after);
    void renewHeader();
    void renewReadOnly();
    void renewTabs();
    void renewPreview();
    void renewVersions();
    void renewFooter();
    void save(const QString &note, int baseVersion);
    void saved(const TemplateVersion &version);
    void conflict(const QString &note, const ApiError &error);
    void merge(const QString &note, const std::optional<TemplateVersion> &base, const TemplateVersion &theirs);
    void saveMerged(MergeDialog *dialog, const QString &note, const NewTemplateVersion &content);
    void connectLinks();
    void showVersionMenu(int version, const QPoint &at);
    void preview(int version, const QString &label); // version 0: the draft
    void renewPartials();
    void renewLabels();
    void openReference(const QString &reference);
    void heard(const live::Event &event);
    void lookForDraft();
    void offerDraft(const TemplateDraft &draft);
    void changeSettings(const TemplateChange &change);
    void failed(const QString &what, const ApiError &error, std::function<void()> retry = {});

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    TemplateRun m_run;
    TemplateLabels m_labels;
    TemplatePartials m_partials;
    TemplatePresence m_presence;
    ServerDrafts m_serverDrafts;
    QUuid m_id;
    std::optional<TemplateDetail> m_detail;
    NewTemplateVersion m_base; // what the draft began with
    QList<TemplateVersion> m_versions;
    QTimer m_draftTimer;
    QTimer m_previewTimer;
    QTimer m_clockTimer; // "saved 4 s ago"
    QDateTime m_draftKeptAt;
    bool m_restored = false;
    bool m_setting = false;
    qint64 m_estimatedTokens = 0;
    std::optional<qint64> m_estimatedNanos;
    CallHandle m_saveCall;
    CallHandle m_previewCall;
    int m_previewVersion = 0; // shown instead of the draft
    QString m_previewLabel;
    bool m_looksForDraft = false; // on the server; once for each opening
    bool m_isOnServer = false; // the draft, as it is
    std::function<void()> m_bannerAction;

    PageHeader *m_header;
    IconButton *m_back;
    StatusChip *m_others;
    Button *m_labelsButton;
    Button *m_runButton;
    Button *m_saveButton;
    Tabs *m_tabs;
    Banner *m_banner;
    QWidget *m_notice; // around the banner
    QStackedWidget *m_stack;
    PromptBlocks *m_blocks;
    SchemaEditor *m_schema;
    ComparePane *m_compare;
    TemplateSettings *m_settings;
    TemplateSidePanel *m_side;
    Footer *m_footer;
};
