// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/rules_model.h"
#include "client/shell/commands.h"
#include "client/widgets/toast.h"

#include <QSet>

class DataTable;
class FilterBar;
class MasterDetail;
class RulePane;
class Select;

// The rules of the tenant: a table with filters, and the rule that is looked at beside it.
class RulesView : public QWidget
{
    Q_OBJECT

public:
    explicit RulesView(PermissionDirectory &directory, QWidget *parent = nullptr);

    QJsonObject viewState() const;
    void restoreViewState(const QJsonObject &state);
    void open(const QUuid &id);
    // Shows what was saved and offers to undo it; without `before` it was added.
    void showSaved(const Rule &rule, const std::optional<Rule> &before);
    QList<Command> commands();
    QString shownCount() const;
    DataTable *table() const { return m_table; }
    void retranslate();

Q_SIGNALS:
    void editRequested(const std::optional<Rule> &rule); // nothing: a new one; without id: a copy
    void toastRequested(const Toast &toast);
    void commandsChanged();
    void viewChanged();
    void reloadRequested();

private:
    void renew();
    void filter();
    void renewEmpty();
    const Rule *current() const;
    bool may(Ability ability) const { return m_directory.can(ability); }
    void change(const Rule &rule);
    void duplicate(const Rule &rule);
    void flip(const Rule &rule); // off, or on again
    void remove(const Rule &rule);
    void bringBack(const Rule &rule);
    void undo(const Rule &saved, const std::optional<Rule> &before);
    bool begin(const QUuid &id); // false while a change of this rule is on its way
    void failed(const QString &what, const ApiError &error);

    PermissionDirectory &m_directory;
    RulesModel m_model;
    FilterBar *m_filters;
    Select *m_effect;
    Select *m_subject;
    Select *m_state;
    DataTable *m_table;
    RulePane *m_pane;
    MasterDetail *m_split;
    QSet<QUuid> m_changing; // a key that is held or pressed twice changes a rule once
};
