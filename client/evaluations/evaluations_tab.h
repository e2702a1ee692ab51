// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/shell/page_widget.h"
#include "client/widgets/page_parts.h"

class Banner;
class DataTable;
class FilterBar;
class MasterDetail;
class TableModelBase;

// A list on the page of evaluations: a search field, what went wrong, a table with a pane beside it. What the lists
// have in common; each says what it lists.
class EvaluationsTab : public PageWidget
{
    Q_OBJECT

public:
    explicit EvaluationsTab(Workspace &workspace, QWidget *parent = nullptr);

    QWidget *mainContent() override;
    QList<Command> commands() override; // searching, reading again
    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;

    virtual QWidget *headerAction() = 0; // stands in the page's header while the tab is in front
    virtual QString shownCount() const = 0; // "12 datasets", for the footer
    virtual QList<Footer::Hint> keyHints() const = 0;
    DataTable *table() const { return m_table; }

Q_SIGNALS:
    void footerChanged(); // shownCount() or keyHints() say something else
    void datasetRequested(const QUuid &id);
    void runRequested(const QUuid &id, const QJsonObject &state);
    void newRunRequested(const QUuid &datasetId); // null: any

protected:
    // What stands in place of the rows where there are none.
    struct EmptyWords
    {
        QString icon, title, text, action; // an empty action: nothing can be done
        QString noneMatches;
        QString notKnown; // the list could not be read
    };

    void setUp(TableModelBase &model, const QString &name, QWidget *pane);
    void showState(bool isLoading, bool isLoaded, const std::optional<ApiError> &problem);
    QString searchText() const;
    void failed(const QString &what, const ApiError &error, std::function<void()> retry = {});
    bool may(Ability ability) const { return m_workspace.session().can(ability); }
    void retranslate() override;

    virtual EmptyWords emptyWords() const = 0;
    virtual QString searchPlaceholder() const = 0;
    virtual QString listTitle() const = 0;
    virtual void reload() = 0;
    virtual void loadMore() { }
    virtual void applyFilter() = 0;
    virtual void add() = 0;
    virtual bool isFiltering() const;
    virtual void clearFilter();

    Workspace &m_workspace;
    FilterBar *m_filters;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    MasterDetail *m_split = nullptr; // only with a pane

private:
    void loadMoreIfNear();

    QString m_name;
    std::optional<ApiError> m_problem;
    bool m_isLoading = false;
};
