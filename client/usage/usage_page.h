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
class IconButton;
class PageHeader;
class ProgressLine;
class QBoxLayout;
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
    enum Tab { Overview, Models, Users, Templates, Keys };

    void build();
    void connectOverview();
    DataTable *addTable(UsageTable &model, const QString &key);
    void setRange(int days);
    void setPeriod(const UsagePeriod &period);
    void movePeriod(int by);
    void choosePeriod();
    void setGroup(UsageGroup group);
    void addFilter(UsageGroup group, const UsageThing &thing);
    void removeFilter(UsageGroup group);
    void setView(const UsageFeed::View &view);
    void showTab(int tab);
    void setShowsTable(bool showsTable);
    void renew();
    void renewDoubts();
    void renewHeader();
    void renewChips();
    void renewFooter();
    void openJobs(QJsonObject filter);
    void exportRows();
    void tellSaved(const QString &path, const QString &problem);

    Workspace &m_workspace;
    UsageFeed m_feed;
    UsageTable m_days{UsageGroup::Day};
    UsageTable m_models{UsageGroup::Model};
    UsageTable m_users{UsageGroup::User};
    UsageTable m_templates{UsageGroup::Template};
    UsageTable m_keys{UsageGroup::Key};
    int m_rangeDays = 30;
    bool m_followsToday = true; // no days that were chosen by hand
    bool m_showsTable = false; // in place of the charts

    PageHeader *m_header;
    SegmentedControl *m_range;
    IconButton *m_custom;
    Button *m_export;
    Tabs *m_tabs;
    Button *m_asTable;
    QWidget *m_chipRow;
    QBoxLayout *m_chips; // a chip for each filter, then the button that takes all of them away
    Button *m_noFilter;
    UsageFilter m_shownChips;
    ProgressLine *m_progress;
    Banner *m_banner;
    Banner *m_doubts;
    QStackedWidget *m_stack;
    UsageOverview *m_overview;
    QList<DataTable *> m_tables; // models, users, templates, keys, days
    Footer *m_footer;
};
