// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "shared/gateway/gateway_call_row.h"

#include <QWidget>

class CodeBox;
class DetailPane;
class Facts;
class IconButton;
class Label;
class QStackedWidget;
class Tabs;

// One call beside the table: tokens, cost, times; and what was sent and answered, where the tenant keeps that and the
// person may read it.
class CallPane : public QWidget
{
    Q_OBJECT

public:
    explicit CallPane(ApiClient &api, QWidget *parent = nullptr);

    void show(const GatewayCallRow &call, bool mayReadBodies);
    const QUuid &callId() const { return m_call.id; }
    void close(); // forgets what was sent and answered
    void showBodies();
    bool hasBodies() const { return m_bodies.has_value(); }

Q_SIGNALS:
    void closed();
    void sameKeyRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void loadBodies();
    void retranslate();
    void renew();
    void renewBodies();

    ApiClient &m_api;
    DetailPane *m_pane;
    IconButton *m_sameKey;
    Tabs *m_tabs;
    QStackedWidget *m_views;
    Facts *m_facts;
    Facts *m_amounts;
    Label *m_amountsTitle;
    Label *m_note; // why there is nothing to read
    Label *m_bodiesNote;
    Label *m_requestTitle;
    Label *m_requestCut; // that only its beginning was kept
    CodeBox *m_request;
    Label *m_answerTitle;
    Label *m_answerCut;
    CodeBox *m_answer;
    GatewayCallRow m_call;
    std::optional<GatewayCallBodies> m_bodies;
    std::optional<ApiError> m_problem;
    CallHandle m_loading;
    bool m_mayReadBodies = false;
};
