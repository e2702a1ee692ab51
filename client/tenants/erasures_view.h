// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/tenants/tenants_model.h"
#include "shared/http/page.h"

class DataTable;

// The receipts of the tenants that were erased, newest first.
class ErasuresView : public QWidget
{
    Q_OBJECT

public:
    explicit ErasuresView(Workspace &workspace, QWidget *parent = nullptr);

    void load();
    QString shownCount() const;
    DataTable *table() const { return m_table; }
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void loadMore(const std::optional<QString> &cursor, QList<Erasure> before);
    void renewEmpty();

    Workspace &m_workspace;
    ErasuresModel m_model;
    DataTable *m_table;
    std::optional<ApiError> m_problem;
    bool m_loading = false;
};
