// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/gateway/route.h"

class FormField;
class Label;
class RouteTargets;
class SegmentedControl;
class Switch;
class TextField;

// Makes a route, or changes one. Stays open until the server has taken it, and says at the field what it refuses.
class RouteDialog : public Dialog
{
    Q_OBJECT

public:
    RouteDialog(ApiClient &api, const std::optional<GatewayRoute> &before, const QStringList &models, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const GatewayRoute &route);

private:
    void build(const QStringList &models);
    void fill(const GatewayRoute &route);
    bool isGood() const;
    void typed();
    NewGatewayRoute input() const;
    void answered(const Result<GatewayRoute> &reply);

    ApiClient &m_api;
    const std::optional<GatewayRoute> m_before;
    TextField *m_alias;
    SegmentedControl *m_order;
    Label *m_orderText;
    RouteTargets *m_targets;
    Switch *m_sticky;
    Label *m_stickyLabel;
    TextField *m_hedge;
    Label *m_problem;
    Button *m_save = nullptr;
    bool m_sending = false;
};
