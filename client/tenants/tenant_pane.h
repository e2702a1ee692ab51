// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/tenants/plan.h"
#include "shared/tenants/tenant.h"

#include <QWidget>

class Button;
class DetailPane;
class Facts;
class IconButton;
class ThemePreview;

// One tenant beside the table, and what an operator can do with it.
class TenantPane : public QWidget
{
    Q_OBJECT

public:
    struct Allowed
    {
        bool change = false;
        bool suspend = false; // also: let in again
        bool exports = false;
        bool erase = false;
    };

    explicit TenantPane(QWidget *parent = nullptr);

    // What is known already of the same tenant stays until it is told anew.
    void show(const Tenant &tenant, const std::optional<Plan> &plan, const Allowed &allowed);
    const QUuid &tenantId() const { return m_tenant.id; }
    void setLooks(const QJsonObject &theme); // with the logo, which lists leave out
    void setUse(const TenantUse &use);

Q_SIGNALS:
    void closed();
    void changeRequested();
    void themeRequested();
    void suspendRequested(); // or to let it in again
    void exportRequested();
    void eraseRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_change;
    Button *m_theme;
    IconButton *m_suspend;
    IconButton *m_export;
    IconButton *m_erase;
    Facts *m_facts;
    ThemePreview *m_preview;
    Tenant m_tenant;
    std::optional<Plan> m_plan;
    std::optional<TenantUse> m_use;
    Allowed m_allowed;
};
