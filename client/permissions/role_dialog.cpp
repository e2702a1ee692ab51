// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/role_dialog.h"

#include "client/users/user_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/permissions/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

RoleDialog::RoleDialog(const PermissionDirectory &directory, const std::optional<CustomRole> &before, QWidget *parent)
    : Dialog(before ? tr("Change the role %1").arg(before->name) : tr("New role"), Length::DialogSmall, parent),
      m_directory(directory),
      m_before(before),
      m_name(new TextField(tr("Name"))),
      m_description(new TextField(tr("What it is for"))),
      m_like(new Select(tr("Begins like"))),
      m_likeField(new FormField(tr("Begins like"), m_like)),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_name->edit()->setMaxLength(60);
    m_description->edit()->setMaxLength(500);
    QList<std::pair<QVariant, QString>> roles;
    for (const BuiltInRole &role : directory.catalogue().roles)
        roles.append({QString(json::name(role.name)), shownRole(role.name)});
    for (const CustomRole &role : directory.customRoles())
        roles.append({role.id.toString(), role.name});
    m_like->setChoices(roles);
    m_like->setValue(QString(json::name(Role::Viewer)));
    m_likeField->setHelp(tr("Give and take abilities in the matrix afterwards."));
    m_likeField->setVisible(!before);
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(m_name);
    body()->addWidget(m_description);
    body()->addWidget(m_likeField);
    body()->addWidget(m_problem);
    if (before) {
        m_name->setText(before->name);
        m_description->setText(before->description);
    }
    addCancel();
    m_save = addMain(before ? tr("Save") : tr("Add role"));
    connect(m_name->edit(), &QLineEdit::textChanged, this, &RoleDialog::typed);
    connect(m_description->edit(), &QLineEdit::textChanged, this, &RoleDialog::typed);
    typed();
    m_name->edit()->setFocus();
}

void RoleDialog::typed()
{
    m_save->setEnabled(!m_sending && !m_name->text().trimmed().isEmpty());
    m_problem->hide();
}

QList<Ability> RoleDialog::startingAbilities() const
{
    const QString like = m_like->value().toString();
    for (const BuiltInRole &role : m_directory.catalogue().roles)
        if (like == json::name(role.name))
            return role.abilities;
    const CustomRole *own = m_directory.customRole(QUuid::fromString(like));
    return own ? own->abilities : QList<Ability>();
}

void RoleDialog::accept()
{
    if (m_sending || !m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<CustomRole> &reply) { answered(reply); };
    ApiClient &api = m_directory.workspace().api();
    const QString name = m_name->text().trimmed(), description = m_description->text().trimmed();
    if (m_before)
        api.call(endpoints::permissions::updateRole.at(m_before->id), {name, description, {}}, this, done,
                 {.revision = m_before->revision});
    else
        api.call(endpoints::permissions::createRole, {name, description, startingAbilities()}, this, done);
}

void RoleDialog::answered(const Result<CustomRole> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (!showProblems(reply.error().errors,
                      {{u"/name"_s, m_name}, {u"/description"_s, m_description}, {u"/abilities"_s, m_likeField}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
