// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/http/endpoint.h"
#include "shared/result.h"

#include <QObject>
#include <QPointer>
#include <QUrlQuery>

#include <chrono>
#include <functional>

class ApiClient;
class QIODevice;
class QNetworkReply;

// What is asked of the server, before it has a token or an address.
struct RawCall
{
    Method method = Method::Get;
    QString path;
    QUrlQuery query = {};
    QByteArray body = {};
    bool anonymous = false; // sent without a token
    std::optional<qint64> revision = {}; // goes into If-Match
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
    QIODevice *sink = nullptr; // takes the body of a success instead of the handler
};

// One call on its way. Belongs to the ApiClient, ends with its receiver, answers once or, when cancelled, never.
class PendingCall : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<void(const Result<QByteArray> &, const QString &requestId)>;

    PendingCall(ApiClient &client, RawCall call, QObject *receiver, Handler handler);
    ~PendingCall() override;

    void send();
    void answer(Result<QByteArray> result);

private:
    void finished();
    bool drain(); // into the sink; false when that ended this call

    ApiClient &m_client;
    RawCall m_call;
    QPointer<QObject> m_receiver;
    Handler m_handler;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_idempotencyKey; // one for all tries, so that a repeated POST makes nothing twice
    QByteArray m_requestId;
    QByteArray m_tokenUsed;
    QString m_tlsProblem;
    bool m_renewed = false;
};
