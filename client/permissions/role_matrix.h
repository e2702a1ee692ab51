// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"

#include <QAbstractTableModel>
#include <QTableView>

// What a role may do, ability by ability.
enum class RoleMark {
    No,
    Yes,
    Depends, // a rule decides case by case
    Forbidden, // the role has it, a rule takes all of it away
    OutsidePlan // whatever the role has
};

// Abilities down, roles across: the built-in ones, then those that the tenant made.
class RoleMatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum { MarkRole = Qt::UserRole + 1, IsOwnRole };

    explicit RoleMatrixModel(const PermissionDirectory &directory, QObject *parent = nullptr);

    void renew();
    Ability ability(int row) const { return m_abilities[row]; }
    const CustomRole *customRole(int column) const; // nullptr: a built-in one
    QString roleName(int column) const;
    RoleMark mark(int row, int column) const;
    QString explained(int row, int column) const; // in a sentence or two

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool canBeHeld(Ability ability) const;
    bool has(int row, int column) const; // by itself, without plan and rules
    QList<Rule> rulesFor(int row, int column) const;

    const PermissionDirectory &m_directory;
    QList<Ability> m_abilities;
};

// The matrix as a table. Arrows move from cell to cell; Space asks to give or take the ability of a role of one's own.
class RoleMatrix : public QTableView
{
    Q_OBJECT

public:
    explicit RoleMatrix(QWidget *parent = nullptr);

Q_SIGNALS:
    void toggleRequested(const QModelIndex &cell);
    void cellChosen(const QModelIndex &cell);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyboardSearch(const QString &) override { } // letters are shortcuts, not a search
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;

    void reset() override;

private:
    void applyTheme();
    void fitTitles();
};
