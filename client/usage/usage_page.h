// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/page_widget.h"
#include "client/usage/usage_feed.h"
#include "client/usage/usage_table.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class Footer;
class PageHeader;
class ProgressLine;
class QStackedWidget;
class SegmentedControl;
class Tabs;
class UsageOverview;

// What models were used for what money: charts, and the same numbers as tables.
class UsagePage : public PageWidget
{
    Q_OBJECT

public:
    explicit UsagePage(Workspace &workspace, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    const UsageFeed &feed() const { return m_feed; }

protected:
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum Tab { Overview, Models, Users, Templates };

    void build();
    DataTable *addTable(UsageTable &model, const QString &key);
    void setRange(int days);
    void movePeriod(int by);
    void setModel(const QString &model);
    void showTab(int tab);
    void setShowsTable(bool showsTable);
    void renew();
    void renewHeader();
    void renewFooter();
    void openJobs(QJsonObject filter);
    void exportRows();

    Workspace &m_workspace;
    UsageFeed m_feed;
    UsageTable m_days{UsageGroup::Day};
    UsageTable m_models{UsageGroup::Model};
    UsageTable m_users{UsageGroup::User};
    UsageTable m_templates{UsageGroup::Template};
    int m_rangeDays = 30;
    bool m_showsTable = false; // in place of the charts

    PageHeader *m_header;
    SegmentedControl *m_range;
    Button *m_export;
    Tabs *m_tabs;
    Button *m_asTable;
    Button *m_onlyModel; // takes the filter away
    ProgressLine *m_progress;
    Banner *m_banner;
    Banner *m_doubts;
    QStackedWidget *m_stack;
    UsageOverview *m_overview;
    QList<DataTable *> m_tables; // models, users, templates, days
    Footer *m_footer;
};
