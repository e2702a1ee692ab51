// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/users_model.h"

#include "client/users/user_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<User>> makeColumns(const std::shared_ptr<QList<CustomRole>> &customRoles)
{
    QList<TableColumn<User>> columns{
        column<User>(u"name"_s, {}, &User::displayName, CellKind::Person, 190),
        column<User>(u"email"_s, {}, &User::email, CellKind::Text, 220),
        column<User>(
            u"roles"_s, {}, [customRoles](const User &one) { return shownRoles(one, *customRoles); }, CellKind::Text,
            200),
        column<User>(
            u"status"_s, {}, [](const User &one) { return lookOf(one.status).label; }, CellKind::Status, 120),
        column<User>(
            u"signedIn"_s, {}, [](const User &one) { return one.lastSignInAt.value_or(QDateTime()); },
            [](const User &one) {
                return one.lastSignInAt ? amounts::moment(*one.lastSignInAt) : UsersModel::tr("Never", "signed in");
            },
            CellKind::Muted, 130),
        column<User>(
            u"since"_s, {}, [](const User &one) { return one.createdAt; },
            [](const User &one) { return amounts::moment(one.createdAt); }, CellKind::Muted, 130)};
    columns[0].extra = [](const User &one) {
        return QVariant::fromValue(PersonLook{one.id.toString(), one.displayName});
    };
    columns[2].stretches = true;
    columns[3].extra = [](const User &one) { return QVariant::fromValue(lookOf(one.status)); };
    columns[3].choices = [] {
        return QList<StatusLook>{lookOf(UserStatus::Active), lookOf(UserStatus::Invited),
                                 lookOf(UserStatus::Suspended)};
    };
    columns[5].hidden = true;
    return columns;
}

} // namespace

UsersModel::UsersModel(QObject *parent) : UsersModel(std::make_shared<QList<CustomRole>>(), parent) { }

UsersModel::UsersModel(std::shared_ptr<QList<CustomRole>> roles, QObject *parent)
    : TableModel(makeColumns(roles), parent),
      m_customRoles(std::move(roles))
{
    retranslate();
}

void UsersModel::setCustomRoles(const QList<CustomRole> &roles)
{
    *m_customRoles = roles;
    retranslate(); // also tells that cells have changed
}

void UsersModel::retranslate()
{
    setTitles({tr("Name"), tr("E-mail"), tr("Roles"), tr("Status"), tr("Last sign-in"), tr("Since")});
}
