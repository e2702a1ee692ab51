// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/user_pane.h"

#include "client/security/session_rows.h"
#include "client/users/user_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

UserPane::UserPane(ApiClient &api, QWidget *parent)
    : QWidget(parent),
      m_pane(new DetailPane),
      m_change(new Button({}, u"pencil"_s)),
      m_link(new Button({}, u"link"_s)),
      m_factor(new IconButton(u"shield-check"_s, {})),
      m_suspend(new IconButton(u"ban"_s, {})),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_facts(new Facts),
      m_sessionsTitle(new Label({}, TextStyle::BodyStrong)),
      m_sessions(new SessionRows(api)),
      m_endSessions(new Button({}, u"log-out"_s))
{
    m_pane->addAction(m_change);
    m_pane->addAction(m_link);
    m_pane->addTool(m_factor);
    m_pane->addTool(m_suspend);
    m_pane->addTool(m_remove);
    m_pane->addSection(QString(), m_facts);
    m_endSessions->setControlSize(ControlSize::Small);
    m_pane->addSection(m_sessionsTitle,
                       layout::box(layout::column({m_sessions, layout::row({m_endSessions, layout::stretch()})})));
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &UserPane::closed);
    connect(m_change, &QPushButton::clicked, this, &UserPane::changeRequested);
    connect(m_link, &QPushButton::clicked, this, &UserPane::linkRequested);
    connect(m_factor, &QToolButton::clicked, this, &UserPane::factorResetRequested);
    connect(m_endSessions, &QPushButton::clicked, this, &UserPane::sessionsEndRequested);
    connect(m_suspend, &QToolButton::clicked, this, &UserPane::suspendRequested);
    connect(m_remove, &QToolButton::clicked, this, &UserPane::removeRequested);
    connect(m_sessions, &SessionRows::ended, this, &UserPane::sessionEnded);
    connect(m_sessions, &SessionRows::failed, this, &UserPane::failed);
    retranslate();
}

void UserPane::show(const User &user, const QList<CustomRole> &customRoles, const Allowed &allowed)
{
    const bool isOther = user.id != m_user.id || allowed.sessions != m_allowed.sessions;
    m_user = user;
    m_customRoles = customRoles;
    m_allowed = allowed;
    if (isOther && allowed.sessions)
        m_sessions->loadOf(user.id);
    renew();
}

void UserPane::reloadSessions()
{
    if (m_allowed.sessions)
        m_sessions->loadOf(m_user.id);
}

void UserPane::renew()
{
    m_pane->setStatus(lookOf(m_user.status));
    m_pane->setTitle(m_user.displayName, m_user.id.toString(QUuid::WithoutBraces));
    QStringList attributes;
    for (auto it = m_user.attributes.begin(); it != m_user.attributes.end(); ++it)
        attributes << u"%1: %2"_s.arg(it.key(), it->isString() ? it->toString() : QString::fromUtf8(json::print(*it)));
    m_facts->setFacts(
        {{tr("E-mail"), m_user.email},
         {tr("Roles"), shownRoles(m_user, m_customRoles)},
         {tr("Attributes"), attributes.join(u'\n')},
         {tr("Language"), m_user.locale},
         {tr("Time zone"), m_user.timeZone},
         {tr("Last sign-in"), m_user.lastSignInAt ? amounts::dayAndTime(*m_user.lastSignInAt) : tr("Never")},
         {tr("Since"), amounts::dayAndTime(m_user.createdAt)}});
    const bool isSuspended = m_user.status == UserStatus::Suspended;
    m_change->setVisible(m_allowed.change);
    m_suspend->setVisible(m_allowed.suspend && m_user.status != UserStatus::Invited);
    m_suspend->setName(isSuspended ? tr("Let in again") : tr("Suspend…"), u"S"_s);
    const bool isInvited = m_user.status == UserStatus::Invited;
    m_link->setVisible(m_allowed.change && !isSuspended);
    m_link->setText(isInvited ? tr("Invite again…") : tr("Reset password…"));
    m_factor->setVisible(m_allowed.suspend && !isInvited);
    m_endSessions->setVisible(m_allowed.endSessions);
    m_remove->setVisible(m_allowed.remove);
    m_sessionsTitle->setVisible(m_allowed.sessions);
    m_sessions->setVisible(m_allowed.sessions);
}

void UserPane::retranslate()
{
    m_change->setText(tr("Change…"));
    m_remove->setName(tr("Remove…"), u"Del"_s);
    m_sessionsTitle->setText(tr("Signed in at"));
    m_factor->setName(tr("Turn off second factor…"));
    m_endSessions->setText(tr("End all sessions"));
    m_sessions->retranslate();
    renew();
}

void UserPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
