// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/tenants/plan.h"

class FormField;
class Label;
class LimitsForm;
class QCheckBox;
class Switch;
class TextField;

// Makes a plan, or replaces what one allows.
class PlanDialog : public Dialog
{
    Q_OBJECT

public:
    PlanDialog(ApiClient &api, const std::optional<Plan> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Plan &plan);

private:
    void typed();
    std::optional<QList<QString>> subjectsChosen() const;
    void answered(const Result<Plan> &reply);

    ApiClient &m_api;
    const std::optional<Plan> m_before;
    TextField *m_name;
    TextField *m_description;
    Switch *m_everything;
    QList<QCheckBox *> m_subjects;
    FormField *m_subjectsField;
    LimitsForm *m_limits;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
