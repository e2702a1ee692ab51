// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/roles_view.h"

#include "client/permissions/permission_words.h"
#include "client/permissions/role_dialog.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/permissions/endpoints.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace at = endpoints::permissions;

RolesView::RolesView(PermissionDirectory &directory, QWidget *parent)
    : QWidget(parent),
      m_directory(directory),
      m_model(directory),
      m_matrix(new RoleMatrix),
      m_cell(new Label({}, TextStyle::Body))
{
    m_matrix->setModel(&m_model);
    m_cell->setWordWrap(true);
    auto *legend = layout::row({}, Length::Space8);
    for (StatusChip *&chip : m_legend)
        legend->addWidget(chip = new StatusChip);
    legend->addStretch();
    auto *below = layout::inset(layout::column({m_cell, legend}, Length::Space8),
                                {Length::Space24, Length::Space10, Length::Space24, Length::Space10});
    setLayout(layout::tight(layout::column({layout::wide(m_matrix), layout::line(), layout::box(below)})));
    connect(m_matrix, &RoleMatrix::cellChosen, this, &RolesView::explain);
    connect(m_matrix, &RoleMatrix::toggleRequested, this, &RolesView::toggle);
    connect(&m_directory, &PermissionDirectory::changed, this, &RolesView::renew);
    retranslate();
}

void RolesView::renew()
{
    const QModelIndex before = m_matrix->currentIndex();
    const int row = before.isValid() ? before.row() : 0, column = before.isValid() ? before.column() : 0;
    m_model.renew();
    m_matrix->setCurrentIndex(
        m_model.index(std::min(row, m_model.rowCount() - 1), std::min(column, m_model.columnCount() - 1)));
    explain();
}

void RolesView::explain()
{
    const QModelIndex cell = m_matrix->currentIndex();
    m_cell->setText(cell.isValid() ? m_model.explained(cell.row(), cell.column()) : QString());
    Q_EMIT commandsChanged();
}

const CustomRole *RolesView::current() const
{
    const QModelIndex cell = m_matrix->currentIndex();
    return cell.isValid() ? m_model.customRole(cell.column()) : nullptr;
}

QString RolesView::shownCount() const
{
    return tr("%n role(s) of your own", nullptr, int(m_directory.customRoles().size()));
}

// ---- what can be done

void RolesView::toggle(const QModelIndex &cell)
{
    const CustomRole *role = m_model.customRole(cell.column());
    if (!role)
        return Q_EMIT toastRequested({.title = tr("Built-in roles stay as they are"),
                                      .text = tr("Make a role of your own that begins like this one.")});
    if (!may(Ability::RolesUpdate))
        return;
    const Ability ability = m_model.ability(cell.row());
    give(role->id, ability, !m_wanted.value(role->id, role->abilities).contains(ability));
}

void RolesView::give(const QUuid &roleId, Ability ability, bool has)
{
    const CustomRole *role = m_directory.customRole(roleId);
    if (!role)
        return;
    QList<Ability> wanted = m_wanted.value(roleId, role->abilities);
    wanted.removeAll(ability);
    if (has)
        wanted.append(ability);
    if (wanted.isEmpty())
        return Q_EMIT toastRequested({.tone = Tone::Warning,
                                      .title = tr("A role needs an ability"),
                                      .text = tr("Remove the role if nobody is to have it.")});
    m_wanted.insert(roleId, wanted);
    sendAbilities(roleId);
}

// One change after the other: each needs the revision that the one before made.
void RolesView::sendAbilities(const QUuid &roleId)
{
    const CustomRole *role = m_directory.customRole(roleId);
    if (!role || m_saving.contains(roleId))
        return;
    m_saving.insert(roleId);
    const QList<Ability> sent = m_wanted.value(roleId);
    m_directory.workspace().api().call(at::updateRole.at(roleId), {{}, {}, sent}, this,
                                       [this, roleId, sent](const Result<CustomRole> &reply) {
                                           m_saving.remove(roleId);
                                           if (!reply) {
                                               m_wanted.remove(roleId);
                                               return failed(tr("Could not change the role"), reply.error());
                                           }
                                           const bool isLast = m_wanted.value(roleId) == sent;
                                           if (isLast)
                                               m_wanted.remove(roleId);
                                           m_directory.put(*reply);
                                           if (!isLast)
                                               sendAbilities(roleId);
                                       },
                                       {.revision = role->revision});
}

void RolesView::add()
{
    auto *dialog = new RoleDialog(m_directory, {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RoleDialog::saved, this, [this](const CustomRole &role) {
        m_directory.put(role);
        for (int column = 0; column < m_model.columnCount(); ++column)
            if (const CustomRole *one = m_model.customRole(column); one && one->id == role.id)
                m_matrix->setCurrentIndex(m_model.index(0, column));
        m_matrix->setFocus();
    });
    dialog->open();
}

void RolesView::rename(const CustomRole &role)
{
    auto *dialog = new RoleDialog(m_directory, role, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RoleDialog::saved, &m_directory, qOverload<const CustomRole &>(&PermissionDirectory::put));
    dialog->open();
}

void RolesView::remove(const CustomRole &role)
{
    auto *dialog = Dialog::question(
        tr("Remove the role %1").arg(role.name),
        role.people > 0 ? tr("%n person(s) have it, and lose what only it allows.", nullptr, int(role.people))
                        : tr("Nobody has it. Rules that speak of it match nobody any more."),
        tr("Remove role"), this);
    connect(dialog, &QDialog::accepted, this, [this, role] {
        m_directory.workspace().api().call(at::removeRole.at(role.id), {}, this,
                                           [this, role](const Result<Nothing> &reply) {
                                               if (!reply && reply.error().status != 404)
                                                   return failed(tr("Could not remove the role"), reply.error());
                                               m_directory.removeRole(role.id);
                                               Q_EMIT toastRequested({.title = tr("Role removed"), .text = role.name});
                                           },
                                           {.revision = role.revision});
    });
    dialog->open();
}

void RolesView::failed(const QString &what, const ApiError &error)
{
    Q_EMIT toastRequested(
        {.tone = Tone::Danger, .title = what, .text = error.detail, .details = QString::fromUtf8(json::print(error))});
    if (error.status == 412 || error.status == 404)
        Q_EMIT reloadRequested();
}

QList<Command> RolesView::commands()
{
    const auto on = [this](void (RolesView::*action)(const CustomRole &)) {
        return [this, action] {
            if (const CustomRole *role = current())
                (this->*action)(CustomRole(*role));
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? current()->name : QString();
    return {{u"roles.toggle"_s, tr("Give or take the ability"), u"check"_s, u"Space"_s, Command::Scope::List,
             [this] { toggle(m_matrix->currentIndex()); }, mayOn(Ability::RolesUpdate), subject, true},
            {u"roles.rename"_s, tr("Change name of role"), u"pencil"_s, u"E"_s, Command::Scope::List,
             on(&RolesView::rename), mayOn(Ability::RolesUpdate), subject, true},
            {u"roles.remove"_s, tr("Remove role"), u"trash-2"_s, u"Del"_s, Command::Scope::List, on(&RolesView::remove),
             mayOn(Ability::RolesDelete), subject, true}};
}

void RolesView::retranslate()
{
    m_matrix->setAccessibleName(tr("Abilities by role"));
    const StatusLook legend[] = {{Tone::Success, u"check"_s, tr("has it")},
                                 {Tone::Warning, u"code"_s, tr("rules decide case by case")},
                                 {Tone::Danger, u"ban"_s, tr("a rule forbids it")},
                                 {Tone::Neutral, u"lock"_s, tr("outside the plan")}};
    for (std::size_t i = 0; i < m_legend.size(); ++i)
        m_legend[i]->setStatus(legend[i]);
    renew();
}
