// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/local_store.h"
#include "client/net/api_client.h"
#include "client/net/live_client.h"
#include "client/session/account_session.h"

// Everything that belongs to one account while it is open: its calls, its live connection, its cache, its session.
// Pages hold a reference and end before it.
class Workspace : public QObject
{
    Q_OBJECT

public:
    // `folder` is where the client keeps its files; each account gets its own inside.
    Workspace(const Account &account, const QString &folder, QObject *parent = nullptr);
    ~Workspace() override;

    ApiClient &api() { return m_api; }
    LiveClient &live() { return m_live; }
    LocalStore &store() { return m_store; }
    AccountSession &session() { return m_session; }
    const AccountSession &session() const { return m_session; }

    void open(); // starts the live connection; tokens may come later

private:
    LocalStore m_store;
    ApiClient m_api;
    LiveClient m_live;
    AccountSession m_session;
};
