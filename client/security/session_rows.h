// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"

#include <QWidget>

class Button;
class Label;
class QBoxLayout;

// Where a person is signed in: device, address, last use; each can be ended, and all others at once.
class SessionRows : public QWidget
{
    Q_OBJECT

public:
    explicit SessionRows(ApiClient &api, QWidget *parent = nullptr);

    void load(); // the own ones
    void loadOf(const QUuid &userId); // of somebody else, which can be ended one by one
    void retranslate();

Q_SIGNALS:
    void ended(const QString &what); // "Firefox on Linux"; empty: all others
    void failed(const ApiError &error);

private:
    void show(const QList<Session> &sessions);
    void rebuild();
    QWidget *row(const Session &session);
    void end(const Session &session);
    void endOthers();

    ApiClient &m_api;
    std::optional<QUuid> m_owner; // absent: whoever is signed in
    CallHandle m_loading;
    QList<Session> m_sessions;
    QBoxLayout *m_rows;
    Button *m_endOthers;
};
