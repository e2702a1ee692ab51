// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/tenant_pane.h"

#include "client/tenants/tenant_looks.h"
#include "client/tenants/theme_preview.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

TenantPane::TenantPane(QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_change(new Button({}, u"pencil"_s)),
      m_theme(new Button({}, u"palette"_s)),
      m_suspend(new IconButton(u"ban"_s, {})),
      m_export(new IconButton(u"download"_s, {})),
      m_erase(new IconButton(u"trash-2"_s, {})),
      m_facts(new Facts),
      m_preview(new ThemePreview)
{
    m_pane->addAction(m_change);
    m_pane->addAction(m_theme);
    for (IconButton *tool : {m_export, m_suspend, m_erase})
        m_pane->addTool(tool);
    m_pane->addSection(QString(), m_facts);
    m_pane->addSection(QString(), m_preview);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &TenantPane::closed);
    connect(m_change, &QPushButton::clicked, this, &TenantPane::changeRequested);
    connect(m_theme, &QPushButton::clicked, this, &TenantPane::themeRequested);
    connect(m_suspend, &QToolButton::clicked, this, &TenantPane::suspendRequested);
    connect(m_export, &QToolButton::clicked, this, &TenantPane::exportRequested);
    connect(m_erase, &QToolButton::clicked, this, &TenantPane::eraseRequested);
    retranslate();
}

void TenantPane::show(const Tenant &tenant, const std::optional<Plan> &plan, const Allowed &allowed)
{
    const Tenant before = std::exchange(m_tenant, tenant);
    if (before.id != tenant.id)
        m_use.reset();
    else if (before.revision == tenant.revision && !tenant.theme.contains(u"logo"_s))
        m_tenant.theme = before.theme;
    m_plan = plan;
    m_allowed = allowed;
    renew();
}

void TenantPane::setLooks(const QJsonObject &theme)
{
    m_tenant.theme = theme;
    renew();
}

void TenantPane::setUse(const TenantUse &use)
{
    m_use = use;
    renew();
}

void TenantPane::renew()
{
    const bool isSuspended = m_tenant.status == TenantStatus::Suspended;
    m_pane->setStatus(lookOf(m_tenant.status));
    m_pane->setTitle(m_tenant.name, m_tenant.id.toString(QUuid::WithoutBraces));
    const auto limit = [this](std::optional<qint64> TenantLimits::*limit, qint64 TenantUse::*use) {
        return shownLimit(limit, m_tenant, m_plan, m_use ? std::optional((*m_use).*use) : std::nullopt);
    };
    m_facts->setFacts({{tr("Slug"), m_tenant.slug},
                       {tr("Plan"), m_tenant.plan},
                       {tr("People"), limit(&TenantLimits::users, &TenantUse::users)},
                       {tr("Templates"), limit(&TenantLimits::templates, &TenantUse::templates)},
                       {tr("Jobs today"), limit(&TenantLimits::jobsPerDay, &TenantUse::jobsPerDay)},
                       {tr("Waiting jobs"), limit(&TenantLimits::waitingJobs, &TenantUse::waitingJobs)},
                       {tr("Product name"), m_tenant.theme.value(u"productName"_s).toString()},
                       {tr("Since"), amounts::dayAndTime(m_tenant.createdAt)},
                       {tr("Changed"), amounts::dayAndTime(m_tenant.updatedAt)}});
    m_preview->setTheme(m_tenant.name, m_tenant.theme);
    m_change->setVisible(m_allowed.change);
    m_theme->setVisible(m_allowed.change);
    m_suspend->setVisible(m_allowed.suspend);
    m_suspend->setName(isSuspended ? tr("Let in again…") : tr("Suspend…"), u"S"_s);
    m_export->setVisible(m_allowed.exports);
    m_erase->setVisible(m_allowed.erase);
    m_erase->setEnabled(isSuspended);
    m_erase->setName(isSuspended ? tr("Erase…") : tr("Erase: suspend it first"), u"Del"_s);
}

void TenantPane::retranslate()
{
    m_change->setText(tr("Change…"));
    m_theme->setText(tr("Theme…"));
    m_export->setName(tr("Export…"), u"Shift+E"_s);
    renew();
}

void TenantPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
