// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/user_dialog.h"

#include "client/users/user_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/users/endpoints.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace {

constexpr int shortestPassword = 12;

// Easy to read out: no letters that look like others. 16 of 54 are some 92 bits.
QString madeUpPassword()
{
    const QString letters = u"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"_s;
    QString password;
    for (int i = 0; i < 16; ++i)
        password += letters[QRandomGenerator::system()->bounded(int(letters.size()))];
    return password;
}

} // namespace

UserDialog::UserDialog(ApiClient &api, const std::optional<User> &before, const Choices &choices, QWidget *parent)
    : Dialog(before ? tr("Change %1").arg(before->displayName) : tr("Add a person"), Length::DialogMedium, parent),
      m_api(api),
      m_before(before),
      m_way(new SegmentedControl(tr("How they get in"))),
      m_email(new TextField(tr("E-mail"))),
      m_name(new TextField(tr("Name"))),
      m_password(new TextField(tr("First password"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_email->edit()->setMaxLength(254);
    m_email->setPlaceholder(u"ana@example.com"_s);
    m_name->edit()->setMaxLength(120);
    m_password->edit()->setMaxLength(1024);
    m_password->setText(madeUpPassword());
    m_password->setHelp(
        tr("Pass it on yourself: the server sends no mail, and nobody can read it again. They can change "
           "it in Settings."));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_way->setChoices({tr("By invitation"), tr("With a first password")});
    m_way->setVisible(!before);
    body()->addWidget(layout::box(layout::row({m_way, layout::stretch()})));
    body()->addWidget(m_email);
    body()->addWidget(m_name);
    body()->addWidget(m_password);
    addRoles(choices);
    body()->addWidget(m_problem);
    m_email->setVisible(!before);
    m_password->hide();
    connect(m_way, &SegmentedControl::chosen, this, [this] {
        m_password->setVisible(!isInvitation());
        typed();
        fitContent();
    });
    if (before)
        m_name->setText(before->displayName);
    addCancel();
    m_save = addMain(tr("Save"));
    for (TextField *field : {m_email, m_name, m_password})
        connect(field->edit(), &QLineEdit::textChanged, this, &UserDialog::typed);
    typed();
    (before ? m_name : m_email)->edit()->setFocus();
}

void UserDialog::addRoles(const Choices &choices)
{
    auto *rows = new QWidget;
    auto *column = layout::column({}, Length::Space8);
    rows->setLayout(column);
    const auto add = [&](const QString &name, const QString &explained, bool isChecked) {
        auto *box = new QCheckBox(name);
        box->setChecked(isChecked);
        box->setToolTip(explained);
        box->setAccessibleDescription(explained);
        auto *text = new Label(explained, TextStyle::Small, ColorRole::Text2);
        text->setElided(true);
        column->addWidget(layout::box(layout::row({box, layout::wide(text)}, Length::Space12)));
        connect(box, &QCheckBox::toggled, this, &UserDialog::typed);
        return box;
    };
    for (const Role role : choices.roles)
        m_roles.append(
            {role,
             add(shownRole(role), explainedRole(role),
                 m_before ? m_before->roles.contains(role) : role == Role::Viewer || choices.roles.size() == 1)});
    for (const CustomRole &role : choices.customRoles)
        m_customRoles.append(
            {role.id, add(role.name, role.description, m_before && m_before->customRoles.contains(role.id))});
    m_rolesField = new FormField(tr("Roles"), rows);
    body()->addWidget(m_rolesField);
}

template<class Key> QList<Key> UserDialog::checkedOf(const QList<std::pair<Key, QCheckBox *>> &boxes)
{
    QList<Key> keys;
    for (const auto &[key, box] : boxes)
        if (box->isChecked())
            keys.append(key);
    return keys;
}

bool UserDialog::isInvitation() const { return !m_before && m_way->current() == 0; }

void UserDialog::typed()
{
    const bool isNew = !m_before;
    const bool hasName = isInvitation() || !m_name->text().trimmed().isEmpty(); // who is invited says it
    m_name->setNote(isInvitation() ? tr("may stay empty") : QString());
    m_save->setText(!isNew ? tr("Save") : isInvitation() ? tr("Make invitation") : tr("Add person"));
    const bool hasRole = !checkedOf(m_roles).isEmpty();
    const bool canEnter =
        !isNew || (m_email->text().contains(u'@') && (isInvitation() || m_password->text().size() >= shortestPassword));
    m_save->setEnabled(!m_sending && hasName && hasRole && canEnter);
    m_rolesField->setError(hasRole ? QString() : tr("At least one role of these is needed."));
    m_problem->hide();
}

void UserDialog::accept()
{
    if (!m_sending && m_save->isEnabled())
        send();
}

void UserDialog::send()
{
    m_sending = true;
    m_save->setEnabled(false);
    const auto done = [this](const Result<User> &reply) { answered(reply); };
    const QList<Role> roles = checkedOf(m_roles);
    const QList<QUuid> customRoles = checkedOf(m_customRoles);
    if (isInvitation()) {
        NewInvitation input{m_email->text().trimmed(), {}, roles, {}, {}};
        if (const QString name = m_name->text().trimmed(); !name.isEmpty())
            input.displayName = name;
        if (!customRoles.isEmpty())
            input.customRoles = customRoles;
        m_api.call(endpoints::users::invite, input, this, [this](const Result<UserLink> &reply) {
            answered(reply ? Result<User>(reply->user) : Result<User>(reply.error()));
            if (reply)
                Q_EMIT invited(*reply);
        });
        return;
    }
    if (!m_before) {
        NewUser input{m_email->text().trimmed(), m_name->text().trimmed(), m_password->text(), roles, {}, {}};
        if (!customRoles.isEmpty())
            input.customRoles = customRoles;
        m_api.call(endpoints::users::create, input, this, done);
        return;
    }
    UserChange change; // what stays absent stays as it is
    if (const QString name = m_name->text().trimmed(); name != m_before->displayName)
        change.displayName = name;
    const auto sorted = [](auto list) {
        std::sort(list.begin(), list.end());
        return list;
    };
    if (sorted(roles) != sorted(m_before->roles))
        change.roles = roles;
    if (!m_customRoles.isEmpty() && sorted(customRoles) != sorted(m_before->customRoles))
        change.customRoles = customRoles;
    m_api.call(endpoints::users::update.at(m_before->id), change, this, done, {.revision = m_before->revision});
}

void UserDialog::answered(const Result<User> &reply)
{
    m_sending = false;
    if (reply) {
        m_password->edit()->clear();
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (!showProblems(reply.error().errors,
                      {{u"/email"_s, m_email},
                       {u"/displayName"_s, m_name},
                       {u"/password"_s, m_password},
                       {u"/roles"_s, m_rolesField},
                       {u"/customRoles"_s, m_rolesField}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
