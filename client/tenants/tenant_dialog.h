// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/tenants/plan.h"
#include "shared/tenants/tenant.h"

class FormField;
class Label;
class LimitsForm;
class Select;
class TextField;

// Makes a tenant with its first owner, or changes name, plan and limits of one.
class TenantDialog : public Dialog
{
    Q_OBJECT

public:
    TenantDialog(ApiClient &api, const std::optional<Tenant> &before, const QList<Plan> &plans, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Tenant &tenant);

private:
    void typed();
    void send();
    void answered(const Result<Tenant> &reply);
    void renewLimits(const QList<Plan> &plans);

    ApiClient &m_api;
    const std::optional<Tenant> m_before;
    TextField *m_name;
    TextField *m_slug;
    Select *m_plan;
    FormField *m_planField;
    LimitsForm *m_limits;
    TextField *m_ownerEmail;
    TextField *m_ownerName;
    TextField *m_ownerPassword;
    Label *m_problem;
    Button *m_save;
    bool m_slugIsOwn = false; // typed by the person, and not made from the name
    bool m_sending = false;
};
