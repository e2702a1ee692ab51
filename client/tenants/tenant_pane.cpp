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

void TenantPane::show(const Tenant &tenant, const Allowed &allowed)
{
    m_tenant = tenant;
    m_allowed = allowed;
    renew();
}

void TenantPane::renew()
{
    const bool isSuspended = m_tenant.status == TenantStatus::Suspended;
    m_pane->setStatus(lookOf(m_tenant.status));
    m_pane->setTitle(m_tenant.name, m_tenant.id.toString(QUuid::WithoutBraces));
    m_facts->setFacts({{tr("Slug"), m_tenant.slug},
                       {tr("Plan"), m_tenant.plan},
                       {tr("People"), shownLimit(m_tenant.limits.users)},
                       {tr("Templates"), shownLimit(m_tenant.limits.templates)},
                       {tr("Jobs a day"), shownLimit(m_tenant.limits.jobsPerDay)},
                       {tr("Waiting jobs"), shownLimit(m_tenant.limits.waitingJobs)},
                       {tr("Product name"), m_tenant.theme.value(u"productName"_s).toString()},
                       {tr("Since"), amounts::dayAndTime(m_tenant.createdAt)},
                       {tr("Changed"), amounts::dayAndTime(m_tenant.updatedAt)}});
    m_preview->setTheme(m_tenant.name, m_tenant.theme);
    m_change->setVisible(m_allowed.change);
    m_theme->setVisible(m_allowed.change);
    m_suspend->setVisible(m_allowed.suspend);
    m_suspend->setName(isSuspended ? tr("Let in again") : tr("Suspend…"), u"S"_s);
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
