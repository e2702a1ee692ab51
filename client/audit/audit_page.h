// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/audit/audit_feed.h"
#include "client/shell/page_widget.h"

class AuditFilters;
class AuditPane;
class Banner;
class Button;
class DataTable;
class FilterBar;
class Footer;
class IconButton;
class PageHeader;
class ProgressLine;
class QMenu;
class QSplitter;
class Tabs;

// The audit log of the tenant, live, and one entry in detail beside the table.
class AuditPage : public PageWidget
{
    Q_OBJECT

public:
    explicit AuditPage(Workspace &workspace, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void openObject(const QString &id) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    AuditFeed &feed() { return m_feed; }

protected:
    void retranslate() override;

private:
    void build();
    void connectTable();
    void setView(const AuditView &view);
    void renewEmpty();
    void renewFooter();
    void openPane(const QModelIndex &index);
    void openEntry(const AuditEntry &entry);
    void closePane();
    void loadMoreIfNear();
    void fillRowMenu(QMenu *menu, const QModelIndex &index);
    void exportRows();
    void exportTo(const QString &path);
    bool mayExport() const { return m_workspace.session().can(Ability::AuditExport); }

    Workspace &m_workspace;
    AuditModel m_model;
    AuditFeed m_feed;
    std::optional<ApiError> m_problem;

    PageHeader *m_header;
    Button *m_export;
    Tabs *m_tabs;
    FilterBar *m_filterBar;
    AuditFilters *m_filters;
    IconButton *m_columns;
    IconButton *m_refresh;
    ProgressLine *m_progress;
    Banner *m_banner;
    QSplitter *m_splitter;
    DataTable *m_table;
    AuditPane *m_pane;
    Footer *m_footer;
};
