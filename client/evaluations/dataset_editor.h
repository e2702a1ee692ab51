// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/cases_model.h"
#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

#include <QTimer>

class AssertionsEditor;
class Banner;
class Button;
class CasesTable;
class EmptyState;
class Footer;
class IconButton;
class PageHeader;
class ProgressLine;
class QMenu;
class QStackedWidget;
class SearchField;
class Tabs;
class TemplateLibrary;

// One dataset: its cases as a grid, what is asked of the answers, import and export. Saved all at once; what others
// saved meanwhile is put together with it cell by cell.
class DatasetEditor : public PageWidget
{
    Q_OBJECT

public:
    DatasetEditor(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);
    ~DatasetEditor() override; // keeps what is not saved

    void open(const QUuid &id); // asks first where something else is not saved
    QUuid datasetId() const { return m_id; }
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

    CasesModel &model() { return m_model; }
    CasesTable *grid() const { return m_grid; }
    AssertionsEditor *assertionsEditor() const { return m_assertions; }
    bool isChanged() const { return m_model.isChanged() || m_assertionsChanged; }
    bool isLoading() const { return m_listCall.isPending() || m_getCall.isPending(); }
    void save();

Q_SIGNALS:
    void backRequested();
    void newRunRequested(const QUuid &datasetId);
    void removeRequested(const Dataset &dataset);
    void changed(const Dataset &dataset); // as the server has it

protected:
    void retranslate() override;

private:
    void build();
    QWidget *makeCases();
    void load();
    void loadCases(const std::optional<QString> &cursor, QList<EvaluationCase> before,
                   std::function<void(const QList<EvaluationCase> &)> done);
    void show(const Dataset &dataset);
    void showProblem(const ApiError &error, std::function<void()> retry);
    void back();
    void askToDiscard(std::function<void()> then);
    void addCase();
    void duplicate();
    void removeCases();
    void addColumn();
    void takeColumns(const QUuid &templateId);
    void find(bool backwards);
    void saveAssertions();
    void saveCases();
    void saveEnded();
    void saveFailed(const ApiError &error);
    void mergeCases();
    void decide(const QList<CellConflict> &conflicts, bool thenSave);
    void keepDraft();
    bool restoreDraft(const QList<EvaluationCase> &cases); // false: there is none
    void discardDraft();
    void importCases();
    void exportCases();
    void addFromJobs();
    void rename();
    void renew();
    void renewEmpty();
    void fillMenus();
    bool mayChange() const;

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    QUuid m_id;
    std::optional<Dataset> m_dataset;
    CasesModel m_model;
    CallHandle m_getCall, m_listCall, m_saveCall;
    bool m_isLoaded = false; // the cases
    bool m_isSaving = false;
    bool m_assertionsChanged = false;
    std::optional<ApiError> m_problem;
    std::function<void()> m_bannerAction;
    QTimer m_draftTimer;

    PageHeader *m_header;
    IconButton *m_back;
    Button *m_save;
    Button *m_run;
    IconButton *m_more;
    QMenu *m_menu;
    Tabs *m_tabs;
    Banner *m_banner;
    ProgressLine *m_progress;
    QStackedWidget *m_stack;
    SearchField *m_find;
    Button *m_add;
    Button *m_column;
    QMenu *m_columnMenu;
    IconButton *m_duplicate, *m_remove, *m_undo, *m_redo;
    CasesTable *m_grid;
    EmptyState *m_empty;
    AssertionsEditor *m_assertions;
    Footer *m_footer;
};
