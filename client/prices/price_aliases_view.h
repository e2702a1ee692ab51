// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/prices/prices_model.h"
#include "client/session/workspace.h"
#include "client/shell/commands.h"
#include "client/widgets/toast.h"
#include "shared/http/page.h"

class Banner;
class DataTable;

// Names of deployments and local models, and what they are priced as.
class PriceAliasesView : public QWidget
{
    Q_OBJECT

public:
    explicit PriceAliasesView(Workspace &workspace, QWidget *parent = nullptr);

    void load();
    void add(const QString &name, const QStringList &models); // `models`: to be priced as
    QList<Command> commands();
    QString shownCount() const;
    int count() const { return m_model.totalRows(); }
    DataTable *table() const { return m_table; }
    void retranslate();

Q_SIGNALS:
    void addRequested(); // from the empty table
    void changed();
    void toastRequested(const Toast &toast);
    void commandsChanged();

private:
    void loadMore(const std::optional<QString> &cursor, QList<PriceAlias> before);
    void remove(const PriceAlias &alias);
    void renewEmpty();
    const PriceAlias *current() const;
    bool mayChange() const { return m_workspace.session().can(Ability::PricesUpdate); }

    Workspace &m_workspace;
    PriceAliasesModel m_model;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    std::optional<ApiError> m_problem;
    bool m_loading = false;
};
