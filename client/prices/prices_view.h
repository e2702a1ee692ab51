// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/prices/price_dialog.h"
#include "client/prices/prices_model.h"
#include "client/session/workspace.h"
#include "client/shell/commands.h"
#include "client/widgets/toast.h"
#include "shared/http/page.h"

class Banner;
class DataTable;
class FilterBar;
class MasterDetail;
class PricePane;
class Select;

// The rows of the price book, and a warning of models that were called without a price.
class PricesView : public QWidget
{
    Q_OBJECT

public:
    explicit PricesView(Workspace &workspace, QWidget *parent = nullptr);

    void load();
    void add(); // for the model in the pane, where there is one
    void addFor(const QString &fullModel); // "provider/model"
    void open(const QUuid &id);
    QStringList models() const; // provider/model of all rows
    QJsonObject viewState() const;
    void restoreViewState(const QJsonObject &state);
    QList<Command> commands();
    QString shownCount() const;
    DataTable *table() const { return m_table; }
    void retranslate();

Q_SIGNALS:
    void changed(); // what the footer and the tabs say
    void toastRequested(const Toast &toast);
    void commandsChanged();
    void viewChanged();
    void nameRequested(const QString &fullModel); // to be priced as another model

private:
    void loadMore(const std::optional<QString> &cursor, QList<PriceRow> before);
    void loaded(const Result<Page<PriceRow>> &reply, const QList<PriceRow> &all);
    void loadUnpriced();
    void showUnpriced();
    void filter();
    void fillPane(const PriceRow &row);
    void renewEmpty();
    void put(const PriceRow &row);
    void verify(const PriceRow &row);
    void withdraw(const PriceRow &row);
    void openSource(const PriceRow &row);
    void addLike(const PriceRow &row);
    void openDialog(const PriceDialog::Start &start);
    void failed(const QString &what, const ApiError &error);
    const PriceRow *current() const;
    bool mayChange() const { return m_workspace.session().can(Ability::PricesUpdate); }

    Workspace &m_workspace;
    PricesModel m_model;
    FilterBar *m_filters;
    Select *m_provider;
    Select *m_state;
    Banner *m_notice; // why the list is not the newest
    Banner *m_unpricedBanner;
    DataTable *m_table;
    PricePane *m_pane;
    MasterDetail *m_split;
    QList<UnpricedModel> m_unpriced;
    std::optional<ApiError> m_problem;
    QString m_wantedProvider; // to filter by, before the rows have come
    QUuid m_wanted; // to be shown when the rows have come
    bool m_loading = false;
    bool m_isLoaded = false;
};
