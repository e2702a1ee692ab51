// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/one_time_link.h"
#include "client/session/workspace.h"
#include "client/shell/page_widget.h"
#include "client/users/users_model.h"
#include "shared/users/user_link.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class Footer;
class MasterDetail;
class PageHeader;
class ProgressLine;
class Select;
class UserPane;

// The people of the tenant: who they are, what roles they have, where they are signed in. Nothing of this page is kept
// on this computer.
class UsersPage : public PageWidget
{
    Q_OBJECT

public:
    explicit UsersPage(Workspace &workspace, QWidget *parent = nullptr);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

protected:
    void retranslate() override;

private:
    void build();
    void load();
    void loadMore(const std::optional<QString> &cursor, QList<User> before);
    void loaded(const QList<User> &users);
    void loadRoles();
    void filter();
    void put(const User &user);
    void add();
    void change(const User &user);
    void suspend(const User &user);
    void setStatus(const User &user, UserStatus status);
    void remove(const User &user);
    void makeLink(const User &user); // another invitation, or a password reset
    void showLink(const UserLink &link, OneTimeLink::Kind kind);
    void resetFactor(const User &user);
    void endSessions(const User &user);
    void fillPane(const QModelIndex &index);
    void failed(const QString &what, const ApiError &error);
    void renewEmpty();
    void renewFooter();
    bool may(Ability ability) const { return m_workspace.session().can(ability); }
    bool isOneself(const User &user) const { return user.id == m_workspace.session().profile().userId; }
    const User *current() const;

    Workspace &m_workspace;
    UsersModel m_model;
    PageHeader *m_header;
    Button *m_add;
    FilterBar *m_filters;
    Select *m_role;
    Select *m_status;
    ProgressLine *m_progress;
    Banner *m_banner;
    DataTable *m_table;
    UserPane *m_pane;
    MasterDetail *m_split;
    Footer *m_footer;
    std::optional<ApiError> m_problem;
    bool m_loading = false;
    bool m_isLoaded = false;
};
