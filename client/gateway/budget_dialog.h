// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_things.h"
#include "client/widgets/dialog.h"
#include "shared/gateway/budget.h"

class FormField;
class Label;
class SearchSelect;
class SegmentedControl;
class Select;
class Switch;
class TextField;

// Makes a budget, or changes the name, the amount and what happens to models without a price.
class BudgetDialog : public Dialog
{
    Q_OBJECT

public:
    BudgetDialog(Workspace &workspace, const std::optional<Budget> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Budget &budget);

private:
    void build();
    BudgetSubject subject() const;
    BudgetPeriod period() const;
    void chosenSubject();
    void offerThings();
    void typed();
    std::optional<qint64> amount() const; // nano-dollars
    void send();
    void answered(const Result<Budget> &reply);

    Workspace &m_workspace;
    GatewayThings m_things;
    const std::optional<Budget> m_before;
    TextField *m_name;
    Select *m_subject;
    SearchSelect *m_thing;
    SegmentedControl *m_period;
    FormField *m_subjectField;
    FormField *m_thingField;
    FormField *m_periodField;
    TextField *m_amount;
    Switch *m_refuses;
    Label *m_refusesText;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
