// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/network_error.h"
#include "client/net/pending_call.h"
#include "shared/auth/auth.h"
#include "shared/http/query.h"
#include "shared/permissions/records.h"

#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>

#include <concepts>

// A call that can be taken back. Cancelling one that has answered does nothing.
class CallHandle
{
public:
    CallHandle() = default;
    explicit CallHandle(PendingCall *call) : m_call(call) { }
    void cancel() { delete m_call.data(); }
    bool isPending() const { return m_call; }

private:
    QPointer<PendingCall> m_call;
};

struct CallOptions
{
    std::optional<qint64> revision; // goes into If-Match: refused with 412 when somebody else saved first
    std::chrono::milliseconds timeout = std::chrono::seconds(30); // without a byte
    QIODevice *sink = nullptr; // takes the body of a success as it comes, of any length; lives until the answer
};

// Calls the operations of shared/*/endpoints.h. Never throws, never blocks: a refusal and a dead network both come back
// as an ApiError. The callback runs in the GUI thread, at most once, and never after its receiver is gone:
//
//     m_api.call(endpoints::templates::get.at(id), {}, this, [this](const Result<TemplateDetail> &reply) { … });
//
// Holds the tokens of one person. An access token that ran out is renewed once, for all calls that wait for it.
class ApiClient : public QObject
{
    Q_OBJECT

public:
    explicit ApiClient(QObject *parent = nullptr);
    ~ApiClient() override;

    void setServer(const QUrl &server);
    const QUrl &server() const { return m_server; }

    void setTokens(const SignedIn &signedIn);
    void setRefreshToken(const QString &refreshToken); // of an earlier start; the first call renews it
    void clearTokens();
    // Somebody is being signed in: calls wait until there are tokens, or until noTokens() answers them with the reason.
    void expectTokens() { m_expectsTokens = true; }
    void noTokens(const ApiError &reason);
    const QByteArray &accessToken() const { return m_accessToken; }

    // Gets a new access token now, for example because the live connection was refused the old one.
    void renew();

    template<class Input, class Output, class Query, std::invocable<const Result<Output> &> Callback>
    CallHandle call(const Call<Input, Output, Query> &call, const std::type_identity_t<Input> &input, QObject *receiver,
                    Callback callback, const CallOptions &options = {})
    {
        return start(rawCall(call, input, options), receiver, decoder<Output>(std::move(callback)));
    }
    template<class Input, class Output, class Query, std::invocable<const Result<Output> &> Callback>
    CallHandle call(const Endpoint<Input, Output, Query> &endpoint, const std::type_identity_t<Input> &input,
                    QObject *receiver, Callback callback, const CallOptions &options = {})
    {
        RawCall raw = rawCall(endpoint.at(), input, options);
        raw.anonymous = endpoint.needs == Ability::Public;
        return start(std::move(raw), receiver, decoder<Output>(std::move(callback)));
    }

Q_SIGNALS:
    void renewed(const SignedIn &signedIn); // new tokens and profile, also once after signing in
    void signedOut(const ApiError &reason); // the session is over: the refresh token is no longer good

private:
    friend class PendingCall;

    QNetworkAccessManager &network() { return m_network; }
    bool canRenew() const { return m_expectsTokens || !m_refreshToken.isEmpty(); }
    void renewFor(PendingCall *call);
    void renewalAnswered(const Result<SignedIn> &reply);
    void sendWaiting();
    void answerWaiting(const ApiError &error);
    CallHandle start(RawCall call, QObject *receiver, PendingCall::Handler handler);

    template<class Input, class Output, class Query>
    static RawCall rawCall(const Call<Input, Output, Query> &call, const Input &input, const CallOptions &options)
    {
        RawCall raw{.method = call.method,
                    .path = call.path,
                    .revision = options.revision,
                    .timeout = options.timeout,
                    .sink = options.sink};
        if (call.method == Method::Get) {
            raw.query = query::print(input);
            return raw;
        }
        if constexpr (!std::is_same_v<Query, Nothing>)
            raw.query = query::print(call.query);
        if constexpr (!std::is_same_v<Input, Nothing>)
            raw.body = json::print(input);
        return raw;
    }

    template<class Output, class Callback> static PendingCall::Handler decoder(Callback callback)
    {
        return [callback = std::move(callback)](const Result<QByteArray> &reply, const QString &requestId) {
            const Result<Output> decoded = reply ? decode<Output>(*reply) : Result<Output>(reply.error());
            callback(decoded ? decoded : Result<Output>(withRequestId(decoded.error(), requestId)));
        };
    }

    static ApiError withRequestId(ApiError error, const QString &requestId)
    {
        if (!error.requestId)
            error.requestId = requestId;
        return error;
    }

    template<class Output> static Result<Output> decode(const QByteArray &body)
    {
        if constexpr (std::is_same_v<Output, Nothing>) {
            return Nothing{};
        } else {
            try {
                constexpr bool mayLack = permissions::holdsRecords<Output>();
                return json::parse<Output>(body,
                                           mayLack ? json::UnknownMembers::Lenient : json::UnknownMembers::Ignore);
            } catch (const std::runtime_error &error) {
                return badReply(QString::fromUtf8(error.what()));
            }
        }
    }

    QNetworkAccessManager m_network;
    QUrl m_server;
    QByteArray m_accessToken;
    QString m_refreshToken;
    QTimer m_renewal; // before the access token runs out, so that the live connection never loses its right
    bool m_renewing = false;
    bool m_expectsTokens = false;
    QList<QPointer<PendingCall>> m_waiting;
};
