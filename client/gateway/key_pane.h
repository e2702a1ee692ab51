// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "shared/gateway/gateway_key.h"
#include "shared/usage/usage.h"

#include <QWidget>

class Button;
class DetailPane;
class Facts;
class IconButton;
class KpiCard;
class Label;

// One gateway key beside the table: what is known of it, what it was used for in the last 30 days, and what can be
// done.
class KeyPane : public QWidget
{
    Q_OBJECT

public:
    struct Allowed
    {
        bool change = false;
        bool revoke = false;
        bool usage = false;
        bool calls = false;
    };

    explicit KeyPane(ApiClient &api, QWidget *parent = nullptr);

    void show(const GatewayKey &key, const Allowed &allowed);
    const QUuid &keyId() const { return m_key.id; }
    bool hasUsage() const { return m_usage.has_value(); }

Q_SIGNALS:
    void closed();
    void changeRequested();
    void rotateRequested();
    void revokeRequested();
    void callsRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void loadUsage();
    void retranslate();
    void renew();
    void renewUsage();

    ApiClient &m_api;
    DetailPane *m_pane;
    Button *m_change;
    Button *m_rotate;
    IconButton *m_calls;
    IconButton *m_revoke;
    Facts *m_facts;
    Label *m_usageTitle;
    KpiCard *m_cost;
    KpiCard *m_callsMade;
    Label *m_usageNote;
    GatewayKey m_key;
    Allowed m_allowed;
    std::optional<UsageReport> m_usage;
    std::optional<ApiError> m_problem;
    CallHandle m_call;
};
