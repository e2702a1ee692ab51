// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/jobs/job_actions.h"
#include "client/jobs/job_counts.h"
#include "client/jobs/jobs_feed.h"
#include "client/jobs/mass_actions.h"
#include "client/jobs/saved_views.h"
#include "client/shell/page_widget.h"
#include "client/templates/template_library.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class Footer;
class IconButton;
class JobFilters;
class JobPane;
class QMenu;
class PageHeader;
class ProgressLine;
class QSplitter;
class Tabs;

// Every job of the tenant, live, and one of them in detail beside the table.
class JobsPage : public PageWidget
{
    Q_OBJECT

public:
    JobsPage(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void openObject(const QString &id) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    JobsFeed &feed() { return m_feed; }

Q_SIGNALS:
    void deadLettersCounted(int count);

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void connectTable();
    void setView(const JobView &view);
    void renewEmpty();
    void renewFooter();
    void renewCounts();
    void openPane(const QModelIndex &index);
    void openJob(const Job &job);
    void closePane();
    void loadMoreIfNear();
    QList<struct JobCommand> rowCommands();
    void fillRowMenu(QMenu *menu, const QModelIndex &index);
    void exportRows();
    std::optional<Job> current() const;
    QList<Job> chosen() const; // what is selected, or the current one
    void discardMany(const QList<Job> &jobs);
    JobFilter shownFilter() const;
    void askForAll(JobActionKind kind);
    bool mayForAll(JobActionKind kind) const;
    void renewDeadTools();
    void fillViewsMenu();
    void saveView();
    void openLimits();
    void tick();

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    JobsModel m_model;
    JobsFeed m_feed;
    JobActions m_actions;
    JobCounts m_counts;
    MassActions m_massActions;
    SavedViews m_savedViews;
    QTimer m_tick; // ages and running times, while somebody looks
    std::optional<ApiError> m_problem;
    QUuid m_chosen; // while the list is being replaced

    PageHeader *m_header;
    Button *m_export;
    Tabs *m_tabs;
    FilterBar *m_filterBar;
    JobFilters *m_filters;
    Button *m_replayAll;
    Button *m_discardAll;
    Button *m_views;
    QMenu *m_viewsMenu;
    IconButton *m_limits;
    IconButton *m_columns;
    IconButton *m_refresh;
    ProgressLine *m_progress;
    Banner *m_massBanner; // what is done to many jobs now
    Banner *m_banner;
    QSplitter *m_splitter;
    DataTable *m_table;
    JobPane *m_pane;
    Footer *m_footer;
};
