// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_things.h"
#include "client/widgets/dialog.h"
#include "shared/gateway/limit.h"

class FormField;
class Label;
class SearchSelect;
class Select;
class TextField;

// Makes a limit of the gateway, or changes how much one lets through.
class LimitDialog : public Dialog
{
    Q_OBJECT

public:
    LimitDialog(Workspace &workspace, const std::optional<GatewayLimit> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const GatewayLimit &limit);

private:
    struct Who;
    void build();
    const Who &who() const;
    void chosenWho();
    void offerThings();
    void typed();
    std::optional<qint64> amount() const;
    void answered(const Result<GatewayLimit> &reply);

    Workspace &m_workspace;
    GatewayThings m_things;
    const std::optional<GatewayLimit> m_before;
    Select *m_who;
    SearchSelect *m_thing;
    Select *m_kind;
    FormField *m_whoField;
    FormField *m_thingField;
    FormField *m_kindField;
    TextField *m_amount;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
