// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/provider_server.h"

#include <QTcpSocket>
#include <QTimer>

// One connection to the test provider: reads requests one after the other and writes what the behaviour asks for.
class ProviderConnection : public QObject
{
    Q_OBJECT
public:
    ProviderConnection(ProviderServer &server, QTcpSocket *socket);
    ~ProviderConnection() override;

private:
    void readOn();
    bool readOne();
    void handle();
    void handleModel(const WireTarget &target);
    void handleListing();
    void readKey();
    void begin();
    void writeStep();
    void complete();
    void finishWhenWritten();
    void writeEndlessly();
    void reply(int status, const QByteArray &body, const QByteArray &type = "application/json",
               const QByteArray &headers = {});
    QByteArray rateHeaders() const;

    ProviderServer &m_server;
    QTcpSocket *m_socket;
    QTimer m_timer;
    QByteArray m_input;
    ProviderServer::Recorded m_request;

    // The answer being written.
    bool m_isBusy = false;
    Wire m_wire = Wire::OpenAi;
    QString m_model;
    QByteArray m_key;
    qint64 m_number = 0;
    Behaviour m_behaviour;
    WireTokens m_tokens;
    std::shared_ptr<ProviderServer::Call> m_call; // null where the request had no name
    QByteArray m_head;
    QList<QByteArray> m_pieces; // after the head, one at a time
    qsizetype m_next = 0;
    bool m_isAllWritten = false;
};
