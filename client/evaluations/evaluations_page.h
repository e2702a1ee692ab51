// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/page_widget.h"

class DatasetEditor;
class DatasetsView;
class EvaluationsTab;
class Footer;
class GatesView;
class PageHeader;
class QStackedWidget;
class RunMatrixView;
class RunsView;
class TemplateLibrary;
class Tabs;

// How well versions of templates do: datasets of cases, runs over them, gates before labels. A dataset or a run that is
// opened takes the page; the way back leads to the lists.
class EvaluationsPage : public PageWidget
{
    Q_OBJECT

public:
    EvaluationsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    // {"tab": …}, {"dataset": id}, or {"run": id} with what its matrix shows.
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override; // "datasets/<id>", "gates/<id>", or a run's id, with "runs/" or not
    QList<Command> commands() override;
    QWidget *mainContent() override;

    void showTab(int index);
    int currentTab() const;
    EvaluationsTab *tab(int index) const { return m_lists.value(index); }
    DatasetEditor *datasetEditor() const { return m_dataset; } // nullptr: none was opened yet
    RunMatrixView *runView() const { return m_run; }
    void startRun(const QUuid &datasetId); // null: any

Q_SIGNALS:
    void jobRequested(const QUuid &id);

protected:
    void retranslate() override;

private:
    void build();
    void openDataset(const QUuid &id);
    void openRun(const QUuid &id, const QJsonObject &state);
    void showLists();
    PageWidget *opened() const; // nullptr: the lists
    void adopt(PageWidget *page);
    void renewFooter();

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    DatasetsView *m_datasets;
    RunsView *m_runs;
    GatesView *m_gates;
    QList<EvaluationsTab *> m_lists;
    QList<QWidget *> m_actions; // in the header, around those of the tabs
    QStackedWidget *m_stack; // the lists, a dataset, a run
    PageHeader *m_header;
    Tabs *m_tabs;
    QStackedWidget *m_views;
    Footer *m_footer;
    DatasetEditor *m_dataset = nullptr;
    RunMatrixView *m_run = nullptr;
};
