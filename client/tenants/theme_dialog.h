// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/tenants/tenant.h"

class Label;
class ThemeEditor;

// Changes how a tenant looks, for an operator.
class ThemeDialog : public Dialog
{
    Q_OBJECT

public:
    ThemeDialog(ApiClient &api, const Tenant &tenant, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Tenant &tenant);

private:
    ApiClient &m_api;
    const Tenant m_tenant;
    ThemeEditor *m_editor;
    Label *m_problem;
    Button *m_save;
};
