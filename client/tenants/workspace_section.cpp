// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/workspace_section.h"

#include "client/design/theme.h"
#include "client/session/workspace.h"
#include "client/tenants/theme_editor.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/card.h"
#include "client/widgets/controls.h"
#include "client/widgets/dialog.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/settings/endpoints.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>

using namespace Qt::StringLiterals;

WorkspaceSection::WorkspaceSection(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_problem(new Banner),
      m_name(new TextField({})),
      m_theme(new ThemeEditor),
      m_use(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_save(new Button({}, u"save"_s)),
      m_factorTitle(new Label({}, TextStyle::BodyStrong)),
      m_factorText(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_factor(new Switch({}))
{
    m_name->edit()->setMaxLength(120);
    m_use->setWordWrap(true);
    m_factorText->setWordWrap(true);
    auto *looks = new Card, *rules = new Card;
    looks->body()->addWidget(m_name);
    looks->body()->addSpacing(px(Length::Space8));
    looks->body()->addWidget(m_theme);
    looks->body()->addLayout(layout::row({layout::wide(m_use), m_save}, Length::Space16));
    rules->body()->addLayout(layout::row(
        {layout::wide(layout::column({m_factorTitle, m_factorText}, Length::Space2)), m_factor}, Length::Space24));
    setLayout(layout::column({m_title, m_problem, looks, rules}, Length::Space10));
    connect(m_name->edit(), &QLineEdit::textEdited, this, &WorkspaceSection::renewSave);
    connect(m_theme, &ThemeEditor::edited, this, &WorkspaceSection::renewSave);
    connect(m_save, &QPushButton::clicked, this, &WorkspaceSection::save);
    connect(m_factor, &QAbstractButton::clicked, this, &WorkspaceSection::requireFactor);
    connect(m_problem, &Banner::actionRequested, this, &WorkspaceSection::load);
    retranslate();
    renewSave();
}

bool WorkspaceSection::mayChange() const { return m_workspace.session().can(Ability::SettingsUpdate); }

void WorkspaceSection::load()
{
    m_problem->hide();
    const auto unknown = [this](const ApiError &error) {
        m_problem->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
    };
    m_workspace.api().call(endpoints::tenants::own, {}, this, [this, unknown](const Result<OwnTenant> &reply) {
        if (!reply)
            return unknown(reply.error());
        show(*reply);
    });
    m_workspace.api().call(endpoints::settings::get, {}, this, [this, unknown](const Result<TenantSettings> &reply) {
        if (!reply)
            return unknown(reply.error());
        m_settings = *reply;
        m_factor->setChecked(reply->requireSecondFactor);
        renewSave();
    });
}

void WorkspaceSection::show(const OwnTenant &tenant)
{
    m_tenant = tenant;
    m_name->setText(tenant.name);
    m_theme->setTheme(tenant.name, tenant.theme);
    renewUse();
    renewSave();
}

void WorkspaceSection::renewUse()
{
    if (!m_tenant)
        return;
    const OwnTenant &tenant = *m_tenant;
    const auto used = [](qint64 use, const std::optional<qint64> &limit) {
        return limit ? tr("%1 of %2", "what is used of a limit").arg(amounts::count(use), amounts::count(*limit))
                     : amounts::count(use);
    };
    m_use->setText(tr("Plan %1. People: %2. Templates: %3. Jobs today: %4. Waiting: %5.")
                       .arg(tenant.plan, used(tenant.use.users, tenant.limits.users),
                            used(tenant.use.templates, tenant.limits.templates),
                            used(tenant.use.jobsPerDay, tenant.limits.jobsPerDay),
                            used(tenant.use.waitingJobs, tenant.limits.waitingJobs)));
}

void WorkspaceSection::renewSave()
{
    const QString name = m_name->text().trimmed();
    const bool isChanged = m_tenant && (name != m_tenant->name || m_theme->theme() != m_tenant->theme);
    m_save->setVisible(mayChange());
    m_save->setEnabled(isChanged && !name.isEmpty() && m_theme->isValid());
    m_name->setEnabled(m_tenant && mayChange());
    m_theme->setEnabled(m_tenant && mayChange());
    m_factor->setEnabled(m_settings && mayChange());
}

void WorkspaceSection::save()
{
    OwnTenantChange change;
    if (const QString name = m_name->text().trimmed(); name != m_tenant->name)
        change.name = name;
    if (const QJsonObject theme = m_theme->theme(); theme != m_tenant->theme)
        change.theme = theme;
    m_save->setEnabled(false);
    m_workspace.api().call(endpoints::tenants::updateOwn, change, this,
                           [this](const Result<OwnTenant> &reply) {
                               if (!reply) {
                                   renewSave();
                                   const QList<std::pair<QString, FormField *>> places{{u"/name"_s, m_name}};
                                   if (!showProblems(reply.error().errors, places + m_theme->places()))
                                       failed(reply.error());
                                   return;
                               }
                               show(*reply);
                               m_workspace.session().reload(); // the window takes the new looks
                               Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("The workspace was changed")});
                           },
                           {.revision = m_tenant->revision});
}

void WorkspaceSection::requireFactor(bool required)
{
    const auto send = [this, required] {
        m_workspace.api().call(endpoints::settings::update, {required}, this,
                               [this, required](const Result<TenantSettings> &reply) {
                                   m_factor->setChecked(reply ? reply->requireSecondFactor : !required);
                                   if (!reply)
                                       return failed(reply.error());
                                   m_settings = *reply;
                               },
                               {.revision = m_settings->revision});
    };
    if (!required)
        return send();
    auto *dialog = Dialog::question(tr("Demand a second factor of everybody"),
                                    tr("Whoever has none can do nothing but set one up, from now on. You as well."),
                                    tr("Demand it"), this);
    connect(dialog, &QDialog::accepted, this, send);
    connect(dialog, &QDialog::rejected, this, [this] { m_factor->setChecked(false); });
    dialog->open();
}

void WorkspaceSection::failed(const ApiError &error)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = tr("The workspace could not be changed"),
                           .text = error.detail,
                           .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412)
        load();
}

void WorkspaceSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void WorkspaceSection::retranslate()
{
    m_title->setText(tr("Workspace"));
    m_name->setLabel(tr("Name of the tenant"));
    m_save->setText(tr("Save workspace"));
    m_factorTitle->setText(tr("Second factor for everybody"));
    m_factorText->setText(tr("Whoever has none can only set one up."));
    m_factor->setAccessibleName(tr("Second factor for everybody"));
    m_theme->retranslate();
    renewUse(); // what has been typed stays
}
