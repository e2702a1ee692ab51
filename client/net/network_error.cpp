// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/net/network_error.h"

#include <QCoreApplication>
#include <QNetworkReply>

namespace {

struct NetworkError
{
    Q_DECLARE_TR_FUNCTIONS(NetworkError)
};

QString place(const QUrl &url)
{
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

QString sentence(const QNetworkReply &reply, const QString &tlsProblem)
{
    const QUrl url = reply.url();
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return NetworkError::tr("No server is called “%1”. Check the address.").arg(url.host());
    case QNetworkReply::ConnectionRefusedError:
        return NetworkError::tr("Nothing answers at %1. Check the port, and that the server runs.").arg(place(url));
    case QNetworkReply::SslHandshakeFailedError:
        return tlsProblem.isEmpty()
            ? NetworkError::tr("No secure connection to %1 could be made.").arg(place(url))
            : NetworkError::tr("The certificate of %1 cannot be trusted: %2").arg(place(url), tlsProblem);
    case QNetworkReply::OperationCanceledError: // what a transfer time-out looks like
    case QNetworkReply::TimeoutError:
        return NetworkError::tr("%1 took too long to answer.").arg(place(url));
    case QNetworkReply::RemoteHostClosedError:
        return NetworkError::tr("%1 broke off the connection.").arg(place(url));
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return NetworkError::tr("What answers at %1 is not a Patio server.").arg(place(url));
    default:
        return NetworkError::tr("%1 cannot be reached: %2").arg(place(url), reply.errorString());
    }
}

} // namespace

ApiError networkError(const QNetworkReply &reply, const QString &tlsProblem)
{
    ApiError error = ApiError::make(0, "offline", sentence(reply, tlsProblem));
    error.title = NetworkError::tr("No connection");
    return error;
}

ApiError refusal(int status, const QByteArray &body)
{
    try {
        return json::parse<ApiError>(body);
    } catch (const std::runtime_error &) {
        return ApiError::make(status, "refused",
                              NetworkError::tr("The answer, with status %1, is not from a Patio server.").arg(status));
    }
}

ApiError badReply(const QString &problem)
{
    ApiError error =
        ApiError::make(0, "bad_reply", NetworkError::tr("The server sent something unexpected: %1").arg(problem));
    error.title = NetworkError::tr("Not understood");
    return error;
}
