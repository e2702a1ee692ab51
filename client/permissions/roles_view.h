// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/role_matrix.h"
#include "client/shell/commands.h"
#include "client/widgets/toast.h"

class Label;
class StatusChip;

// The roles of the tenant as a matrix. Those of one's own can be made, changed cell by cell, and removed.
class RolesView : public QWidget
{
    Q_OBJECT

public:
    explicit RolesView(PermissionDirectory &directory, QWidget *parent = nullptr);

    void add();
    QList<Command> commands();
    QString shownCount() const;
    RoleMatrix *matrix() const { return m_matrix; }
    void retranslate();

Q_SIGNALS:
    void toastRequested(const Toast &toast);
    void commandsChanged();
    void reloadRequested();

private:
    void renew();
    void explain();
    void toggle(const QModelIndex &cell);
    void give(const QUuid &roleId, Ability ability, bool has);
    void sendAbilities(const QUuid &roleId);
    void rename(const CustomRole &role);
    void remove(const CustomRole &role);
    const CustomRole *current() const; // the role of the current cell, when it is one of their own
    void failed(const QString &what, const ApiError &error);
    bool may(Ability ability) const { return m_directory.can(ability); }

    PermissionDirectory &m_directory;
    RoleMatrixModel m_model;
    RoleMatrix *m_matrix;
    Label *m_cell;
    std::array<StatusChip *, 4> m_legend{};
    QHash<QUuid, QList<Ability>> m_wanted; // of roles that are being saved
    QSet<QUuid> m_saving;
};
