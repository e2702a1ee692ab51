// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/users_page.h"

#include "client/users/user_dialog.h"
#include "client/users/user_link_dialog.h"
#include "client/users/user_looks.h"
#include "client/users/user_pane.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/dialog.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "client/widgets/master_detail.h"
#include "client/widgets/page_parts.h"
#include "shared/auth/endpoints.h"
#include "shared/permissions/endpoints.h"
#include "shared/users/endpoints.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

UsersPage::UsersPage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_header(new PageHeader),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar({})),
      m_role(new Select(tr("Role"))),
      m_status(new Select(tr("Status"))),
      m_progress(new ProgressLine),
      m_banner(new Banner),
      m_table(new DataTable(tr("People"))),
      m_pane(new UserPane(workspace.api())),
      m_split(new MasterDetail(m_table, m_pane)),
      m_footer(new Footer)
{
    build();
    connect(m_add, &QPushButton::clicked, this, &UsersPage::add);
    connect(m_filters, &FilterBar::changed, this, &UsersPage::filter);
    connect(m_role, &Select::valueChosen, this, &UsersPage::filter);
    connect(m_status, &Select::valueChosen, this, &UsersPage::filter);
    connect(m_banner, &Banner::actionRequested, this, &UsersPage::load);
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_problem || m_model.totalRows() == 0)
            return load();
        m_role->setValue({});
        m_status->setValue({});
        m_filters->clear();
        filter();
    });
    connect(m_table, &DataTable::currentRowChanged, this, &UsersPage::commandsChanged);
    connect(m_split, &MasterDetail::opened, this, &UsersPage::fillPane);
    connect(m_pane, &UserPane::closed, m_split, &MasterDetail::close);
    const auto onShown = [this](void (UsersPage::*action)(const User &)) {
        return [this, action] {
            if (const User *shown = m_model.find(m_pane->userId()))
                (this->*action)(User(*shown));
        };
    };
    connect(m_pane, &UserPane::changeRequested, this, onShown(&UsersPage::change));
    connect(m_pane, &UserPane::suspendRequested, this, onShown(&UsersPage::suspend));
    connect(m_pane, &UserPane::linkRequested, this, onShown(&UsersPage::makeLink));
    connect(m_pane, &UserPane::factorResetRequested, this, onShown(&UsersPage::resetFactor));
    connect(m_pane, &UserPane::sessionsEndRequested, this, onShown(&UsersPage::endSessions));
    connect(m_pane, &UserPane::removeRequested, this, onShown(&UsersPage::remove));
    connect(m_pane, &UserPane::sessionEnded, this, [this](const QString &device) {
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Session ended"), .text = device});
    });
    connect(m_pane, &UserPane::failed, this,
            [this](const ApiError &error) { failed(tr("The sessions could not be read or ended"), error); });
    retranslate();
}

void UsersPage::build()
{
    m_header->addAction(m_add);
    m_filters->setCanAdd(false); // the two choices beside it are all
    m_filters->addTool(m_role);
    m_filters->addTool(m_status);
    m_table->setModel(&m_model);
    m_table->sortByColumn(u"name"_s, Qt::AscendingOrder);
    m_table->setStateKey(u"users"_s);
    auto *columns = new IconButton(u"columns-3"_s, tr("Columns"));
    columns->setMenu(m_table->columnsMenu());
    columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(columns);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(
        layout::column({m_header, m_filters, layout::line(), m_progress, m_banner, layout::wide(m_split), m_footer})));
}

QWidget *UsersPage::mainContent() { return m_table; }

void UsersPage::activated()
{
    m_add->setVisible(may(Ability::UsersCreate));
    loadRoles();
    load();
}

QJsonObject UsersPage::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()},
            {u"role"_s, m_role->value().toString()},
            {u"status"_s, m_status->value().toString()}};
}

void UsersPage::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_role->setValue(state.value(u"role"_s).toString());
    m_status->setValue(state.value(u"status"_s).toString());
    filter();
}

// ---- loading

void UsersPage::load()
{
    if (std::exchange(m_loading, true))
        return;
    m_progress->setActive(m_isLoaded);
    m_table->setLoading(!m_isLoaded);
    loadMore({}, {});
}

// Everybody, page by page: people are few beside what they do, and so can be searched and sorted here.
void UsersPage::loadMore(const std::optional<QString> &cursor, QList<User> before)
{
    UserFilter everybody;
    everybody.limit = 200;
    everybody.cursor = cursor;
    m_workspace.api().call(
        endpoints::users::list, everybody, this, [this, before = std::move(before)](const Result<Page<User>> &reply) {
            if (reply && reply->nextCursor)
                return loadMore(reply->nextCursor, before + reply->items);
            m_loading = false;
            m_progress->setActive(false);
            m_table->setLoading(false);
            if (reply)
                return loaded(before + reply->items);
            m_problem = reply.error();
            // A dead network is said once, above all pages.
            if (reply.error().status != 0 && reply.error().status != 403)
                m_banner->show(Tone::Danger, u"circle-alert"_s, reply.error().detail, tr("Try again"));
            renewEmpty();
        });
}

void UsersPage::loaded(const QList<User> &users)
{
    m_isLoaded = true;
    m_problem.reset();
    m_banner->hide();
    m_model.setRows(users);
    if (const QModelIndex shown = m_model.indexOf(m_pane->userId()); m_split->isOpen() && shown.isValid())
        m_split->open(shown);
    else
        m_split->close();
    renewEmpty();
    renewFooter();
}

void UsersPage::loadRoles()
{
    if (!may(Ability::RolesRead))
        return;
    CustomRoleFilter all;
    all.limit = 200;
    m_workspace.api().call(endpoints::permissions::listRoles, all, this, [this](const Result<Page<CustomRole>> &reply) {
        if (reply)
            m_model.setCustomRoles(reply->items);
    });
}

void UsersPage::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const QString role = m_role->value().toString();
    const QString status = m_status->value().toString();
    m_model.setFilter([text, role, status](const User &user) {
        const auto hasRole = [&](Role one) { return role == json::name(one); };
        return (user.displayName.contains(text, Qt::CaseInsensitive) || user.email.contains(text, Qt::CaseInsensitive))
            && (role.isEmpty() || std::any_of(user.roles.begin(), user.roles.end(), hasRole))
            && (status.isEmpty() || status == json::name(user.status));
    });
    renewEmpty();
    renewFooter();
    Q_EMIT viewChanged();
}

void UsersPage::put(const User &user)
{
    m_model.put(user);
    m_model.resort();
    if (const QModelIndex index = m_model.indexOf(user.id);
        m_split->isOpen() && m_pane->userId() == user.id && index.isValid())
        fillPane(index);
    renewEmpty();
    renewFooter();
}

// ---- what can be done

const User *UsersPage::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void UsersPage::add()
{
    const bool ofOperators = m_workspace.session().profile().roles.contains(Role::Operator);
    auto *dialog = new UserDialog(m_workspace.api(), {}, {rolesToGive(ofOperators), m_model.customRoles()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &UserDialog::saved, this, [this](const User &user) {
        put(user);
        openObject(user.id.toString());
        if (user.status != UserStatus::Invited) // whose link says enough
            Q_EMIT toastRequested(
                {.tone = Tone::Success, .title = tr("%1 was added").arg(user.displayName), .text = user.email});
    });
    connect(dialog, &UserDialog::invited, this,
            [this](const UserLink &link) { showLink(link, OneTimeLink::Kind::Invitation); });
    dialog->open();
}

void UsersPage::change(const User &user)
{
    if (!may(Ability::UsersUpdate))
        return;
    const bool ofOperators = user.roles.contains(Role::Operator);
    auto *dialog = new UserDialog(m_workspace.api(), user, {rolesToGive(ofOperators), m_model.customRoles()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &UserDialog::saved, this, &UsersPage::put);
    dialog->open();
}

void UsersPage::suspend(const User &user)
{
    if (!may(Ability::UsersUpdate) || isOneself(user) || user.status == UserStatus::Invited)
        return;
    if (user.status == UserStatus::Suspended)
        return setStatus(user, UserStatus::Active);
    auto *dialog = Dialog::question(tr("Suspend %1").arg(user.displayName),
                                    tr("All of their sessions end at once, and they cannot sign in until you let them "
                                       "in again. What they have made stays."),
                                    tr("Suspend"), this);
    connect(dialog, &QDialog::accepted, this, [this, user] { setStatus(user, UserStatus::Suspended); });
    dialog->open();
}

void UsersPage::setStatus(const User &user, UserStatus status)
{
    UserChange change;
    change.status = status;
    m_workspace.api().call(endpoints::users::update.at(user.id), change, this,
                           [this, user](const Result<User> &reply) {
                               reply ? put(*reply)
                                     : failed(tr("Could not change %1").arg(user.displayName), reply.error());
                           },
                           {.revision = user.revision});
}

void UsersPage::remove(const User &user)
{
    if (!may(Ability::UsersDelete) || isOneself(user))
        return;
    auto *dialog = Dialog::question(
        tr("Remove %1").arg(user.displayName),
        tr("Their account goes for good, with its sessions. Templates, jobs and entries of the audit log stay "
           "under their name. To keep somebody out for a while, suspend them."),
        tr("Remove person"), this);
    dialog->requireTyped(user.email);
    connect(dialog, &QDialog::accepted, this, [this, user] {
        m_workspace.api().call(
            endpoints::users::remove.at(user.id), {}, this, [this, user](const Result<Nothing> &reply) {
                if (!reply && reply.error().status != 404)
                    return failed(tr("Could not remove %1").arg(user.displayName), reply.error());
                m_model.remove(user.id);
                if (m_pane->userId() == user.id)
                    m_split->close();
                renewEmpty();
                renewFooter();
                Q_EMIT toastRequested({.title = tr("%1 was removed").arg(user.displayName), .text = user.email});
            });
    });
    dialog->open();
}

void UsersPage::makeLink(const User &user)
{
    if (!may(Ability::UsersUpdate) || user.status == UserStatus::Suspended)
        return;
    const bool isInvited = user.status == UserStatus::Invited;
    const auto kind = isInvited ? OneTimeLink::Kind::Invitation : OneTimeLink::Kind::PasswordReset;
    const auto &endpoint = isInvited ? endpoints::users::renewInvitation : endpoints::users::offerPasswordReset;
    m_workspace.api().call(endpoint.at(user.id), {}, this, [this, user, kind](const Result<UserLink> &reply) {
        reply ? showLink(*reply, kind)
              : failed(tr("Could not make a link for %1").arg(user.displayName), reply.error());
    });
}

void UsersPage::showLink(const UserLink &link, OneTimeLink::Kind kind)
{
    const Account &account = m_workspace.session().account();
    const OneTimeLink shown{kind, QUrl(account.server), account.tenant, link.user.email, link.token};
    (new UserLinkDialog(shown, link.user.displayName, link.expiresAt, this))->open();
}

void UsersPage::resetFactor(const User &user)
{
    if (!may(Ability::UsersUpdate) || isOneself(user))
        return;
    auto *dialog = Dialog::question(tr("Turn off the second factor of %1").arg(user.displayName),
                                    tr("For somebody who lost the device with it. All of their sessions end, and their "
                                       "password alone lets them in until they set up another one."),
                                    tr("Turn off"), this);
    connect(dialog, &QDialog::accepted, this, [this, user] {
        m_workspace.api().call(
            endpoints::secondFactor::reset.at(user.id), {}, this, [this, user](const Result<Nothing> &reply) {
                if (!reply)
                    return failed(tr("Could not change %1").arg(user.displayName), reply.error());
                m_pane->reloadSessions();
                Q_EMIT toastRequested(
                    {.tone = Tone::Success, .title = tr("The second factor is off"), .text = user.displayName});
            });
    });
    dialog->open();
}

void UsersPage::endSessions(const User &user)
{
    m_workspace.api().call(
        endpoints::auth::endSessions.at().with({user.id}), {}, this, [this, user](const Result<Nothing> &reply) {
            if (!reply)
                return failed(tr("The sessions could not be read or ended"), reply.error());
            m_pane->reloadSessions();
            Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("All sessions ended"), .text = user.displayName});
        });
}

void UsersPage::fillPane(const QModelIndex &index)
{
    const User user = m_model.row(index);
    m_pane->show(user, m_model.customRoles(),
                 {.change = may(Ability::UsersUpdate),
                  .suspend = may(Ability::UsersUpdate) && !isOneself(user),
                  .remove = may(Ability::UsersDelete) && !isOneself(user),
                  .sessions = may(Ability::SessionsRead),
                  .endSessions = may(Ability::SessionsDelete) && !isOneself(user)});
}

void UsersPage::openObject(const QString &id) { m_split->open(m_model.indexOf(QUuid::fromString(id))); }

void UsersPage::failed(const QString &what, const ApiError &error)
{
    Q_EMIT toastRequested(
        {.tone = Tone::Danger, .title = what, .text = error.detail, .details = QString::fromUtf8(json::print(error))});
}

// ---- texts that follow the state

void UsersPage::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const bool none = m_model.rowCount() == 0 && !m_loading;
    place->setVisible(none);
    if (!none)
        return;
    if (m_problem && m_problem->status == 403)
        place->showForbidden(tr("An owner of your tenant"));
    else if (m_problem)
        place->showError(tr("The people are not known"),
                         m_problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                                : m_problem->detail);
    else
        place->showFiltered(tr("Nobody matches"));
}

void UsersPage::renewFooter()
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    m_footer->setText(shown == all ? tr("%n person(s)", nullptr, all)
                                   : tr("%1 of %n person(s)", nullptr, all).arg(amounts::count(shown)));
}

QList<Command> UsersPage::commands()
{
    const auto on = [this](void (UsersPage::*action)(const User &)) {
        return [this, action] {
            if (const User *user = current())
                (this->*action)(User(*user));
        };
    };
    const auto mayOn = [this](Ability ability, bool alsoOneself) {
        return [this, ability, alsoOneself] {
            return current() && may(ability) && (alsoOneself || !isOneself(*current()));
        };
    };
    const QString subject = current() ? current()->displayName : QString();
    const bool isSuspended = current() && current()->status == UserStatus::Suspended;
    return {{u"users.add"_s,
             tr("Add person"),
             u"plus"_s,
             u"N"_s,
             Command::Scope::Page,
             [this] { add(); },
             [this] { return may(Ability::UsersCreate); },
             {},
             true},
            {u"users.search"_s,
             tr("Search people"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"users.change"_s, tr("Change person"), u"pencil"_s, u"E"_s, Command::Scope::List, on(&UsersPage::change),
             mayOn(Ability::UsersUpdate, true), subject, true},
            {u"users.link"_s,
             current() && current()->status == UserStatus::Invited ? tr("Invite person again")
                                                                   : tr("Reset password of person"),
             u"link"_s, u"L"_s, Command::Scope::List, on(&UsersPage::makeLink), mayOn(Ability::UsersUpdate, true),
             subject, true},
            {u"users.suspend"_s, isSuspended ? tr("Let person in again") : tr("Suspend person"), u"ban"_s, u"S"_s,
             Command::Scope::List, on(&UsersPage::suspend), mayOn(Ability::UsersUpdate, false), subject, true},
            {u"users.remove"_s, tr("Remove person"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&UsersPage::remove), mayOn(Ability::UsersDelete, false), subject, true},
            {u"users.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { load(); },
             {},
             {},
             true}};
}

void UsersPage::retranslate()
{
    m_header->setTitle(tr("People"), tr("Who may enter this tenant, in which roles, and where they are signed in."));
    m_add->setText(tr("Add person"));
    m_add->setHint(tr("Add a person"), u"N"_s);
    m_filters->search()->setPlaceholder(tr("Search by name or e-mail"));
    QList<std::pair<QVariant, QString>> roles{{QString(), tr("All roles")}}, statuses{{QString(), tr("Any status")}};
    for (const Role role : rolesToGive(m_workspace.session().profile().roles.contains(Role::Operator)))
        roles.append({QString(json::name(role)), shownRole(role)});
    for (const UserStatus status : {UserStatus::Active, UserStatus::Invited, UserStatus::Suspended})
        statuses.append({QString(json::name(status)), lookOf(status).label});
    m_role->setChoices(roles);
    m_status->setChoices(statuses);
    m_role->setAccessibleName(tr("Role"));
    m_status->setAccessibleName(tr("Status"));
    m_table->setAccessibleName(tr("People"));
    m_model.retranslate();
    renewEmpty();
    renewFooter();
    m_footer->setHints(
        {{u"N"_s, tr("add")}, {u"E"_s, tr("change")}, {u"S"_s, tr("suspend")}, {u"Del"_s, tr("remove")}});
}
