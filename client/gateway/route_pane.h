// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "shared/gateway/route.h"

#include <QTimer>
#include <QWidget>

class Button;
class DetailPane;
class Facts;
class IconButton;
class Label;
class Timeline;

// One route beside the table: its targets in the order in which they are asked, and how each fares. Asks for that again
// and again while it shows.
class RoutePane : public QWidget
{
    Q_OBJECT

public:
    explicit RoutePane(ApiClient &api, QWidget *parent = nullptr);

    void show(const GatewayRoute &route, bool mayChange, bool mayRemove);
    const QUuid &routeId() const { return m_route.id; }
    bool hasHealth() const { return m_health.has_value(); }

Q_SIGNALS:
    void closed();
    void changeRequested();
    void copyRequested();
    void removeRequested();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void loadHealth();
    void retranslate();
    void renew();
    void renewTargets();

    ApiClient &m_api;
    DetailPane *m_pane;
    Button *m_change;
    IconButton *m_copy;
    IconButton *m_remove;
    Facts *m_facts;
    Label *m_targetsTitle;
    Timeline *m_targets;
    Label *m_note;
    QTimer m_poll;
    GatewayRoute m_route;
    std::optional<GatewayRouteHealth> m_health;
    CallHandle m_call;
    bool m_mayChange = false;
    bool m_mayRemove = false;
};
