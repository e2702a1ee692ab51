// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/suite_client.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostTries = 6; // 1, 2, 4, 8 and 16 s apart
constexpr auto patience = 120s; // for one answer

void wait(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

ApiError errorOf(int status, const QByteArray &body)
{
    try {
        return json::parse<ApiError>(body);
    } catch (const std::exception &) {
        return ApiError::make(
            status, "no_answer",
            u"The server answered with status %1. Is this the address of a Patio server?"_s.arg(status));
    }
}

} // namespace

SuiteClient::SuiteClient(const QUrl &server, const QByteArray &key) : m_server(server), m_key(key)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // the key goes nowhere else
    m_network.setTransferTimeout(int(std::chrono::milliseconds(patience).count()));
}

QString SuiteClient::unreadable(const std::exception &error)
{
    return u"The server's answer cannot be read: %1"_s.arg(QString::fromUtf8(error.what()));
}

QByteArray SuiteClient::exchange(Method method, const QString &path, const QUrlQuery &query, const QByteArray &body,
                                 const QByteArray &ifMatch)
{
    QUrl url = m_server;
    url.setPath(url.path().endsWith(u'/') ? url.path().chopped(1) + path : url.path() + path);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + m_key);
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    if (!ifMatch.isEmpty())
        request.setRawHeader("If-Match", ifMatch);
    if (method == Method::Post)
        request.setRawHeader("Idempotency-Key", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    const bool mayRepeat = method == Method::Get || method == Method::Post;
    for (int tries = 1;; ++tries) {
        const std::unique_ptr<QNetworkReply> reply(
            m_network.sendCustomRequest(request, enumNames<Method>[std::size_t(method)], body));
        QEventLoop loop;
        QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
        if (!reply->isFinished())
            loop.exec();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray answer = reply->readAll();
        if (status >= 200 && status < 300)
            return answer;
        ApiError error = status
            ? errorOf(status, answer)
            : ApiError::make(0, "no_connection",
                             u"%1 cannot be reached: %2"_s.arg(m_server.toString(), reply->errorString()));
        error.status = status;
        const bool isPassing = status == 0 || status == 429 || status == 502 || status == 503 || status == 504;
        if (!isPassing || !mayRepeat || tries == mostTries)
            throw error;
        wait(std::chrono::seconds(error.retryAfter ? std::clamp(*error.retryAfter, 1, 60) : 1 << (tries - 1)));
    }
}
