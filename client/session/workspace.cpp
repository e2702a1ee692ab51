// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/workspace.h"

Workspace::Workspace(const Account &account, const QString &folder, QObject *parent)
    : QObject(parent),
      m_store(folder + QStringLiteral("/accounts/") + account.folderName()),
      m_session(account, m_api, m_store)
{
    connect(&m_session, &AccountSession::tokenRenewed, &m_live, &LiveClient::setToken);
    connect(&m_live, &LiveClient::tokenNeeded, &m_session, &AccountSession::renew);
    connect(&m_live, &LiveClient::permissionsChanged, &m_session, &AccountSession::reload);
    connect(&m_live, &LiveClient::reconnected, &m_session, &AccountSession::reload); // it may have changed meanwhile
    connect(&m_live, &LiveClient::sequenceChanged, &m_store, &LocalStore::setLastSequence);
}

Workspace::~Workspace() { m_live.close(); }

void Workspace::open() { m_live.open(QUrl(m_session.account().server), m_store.lastSequence()); }
