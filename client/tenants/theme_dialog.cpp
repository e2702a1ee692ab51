// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/theme_dialog.h"

#include "client/tenants/theme_editor.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/tenants/endpoints.h"

#include <QBoxLayout>

ThemeDialog::ThemeDialog(ApiClient &api, const Tenant &tenant, QWidget *parent)
    : Dialog(tr("How %1 looks").arg(tenant.name), Length::DialogMedium, parent),
      m_api(api),
      m_tenant(tenant),
      m_editor(new ThemeEditor),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_editor->setTheme(tenant.name, tenant.theme);
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_editor);
    body()->addWidget(m_problem);
    addCancel();
    m_save = addMain(tr("Save theme"));
    connect(m_editor, &ThemeEditor::edited, this, [this] { m_save->setEnabled(m_editor->isValid()); });
}

void ThemeDialog::accept()
{
    if (!m_save->isEnabled())
        return;
    m_save->setEnabled(false);
    TenantChange change;
    change.theme = m_editor->theme();
    m_api.call(endpoints::tenants::update.at(m_tenant.id), change, this,
               [this](const Result<Tenant> &reply) {
                   m_save->setEnabled(true);
                   if (reply) {
                       Q_EMIT saved(*reply);
                       return Dialog::accept();
                   }
                   if (!showProblems(reply.error().errors, m_editor->places())) {
                       m_problem->setText(reply.error().detail);
                       m_problem->show();
                   }
                   fitContent();
               },
               {.revision = m_tenant.revision});
}
