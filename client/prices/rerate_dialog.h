// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/prices/prices_model.h"
#include "client/widgets/dialog.h"
#include "shared/tenants/tenant.h"

class Banner;
class DataTable;
class FormField;
class Label;
class QSaveFile;
class Select;
class TextField;

// What the calls of a period would cost by the price book as it is now, beside what they cost. Changes nothing.
class RerateDialog : public Dialog
{
    Q_OBJECT

public:
    // `isOperator`: over the tenants, one at a time, instead of the own one.
    RerateDialog(ApiClient &api, bool isOperator, QWidget *parent);

    void accept() override; // computes
    void exportTo(const QString &path); // each call that differs, as CSV

Q_SIGNALS:
    void exported(const QString &path);

private:
    void loadTenants(const std::optional<QString> &cursor, QList<Tenant> before);
    void typed();
    std::optional<RerateInput> input() const;
    void answered(const Result<Rerating> &reply);
    void showSums(const Rerating &rerating);
    void askWhereTo();
    void failed(const ApiError &error);

    ApiClient &m_api;
    const bool m_isOperator;
    ReratedRowsModel m_model;
    Select *m_tenant;
    FormField *m_tenantField;
    TextField *m_from;
    TextField *m_to;
    TextField *m_only;
    Banner *m_banner;
    Label *m_total;
    DataTable *m_table;
    Button *m_export;
    Button *m_compute;
    std::optional<RerateInput> m_computed; // what the table is of
    CallHandle m_call;
};
