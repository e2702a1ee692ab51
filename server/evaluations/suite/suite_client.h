// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"
#include "shared/http/query.h"

#include <QNetworkAccessManager>
#include <QUrl>

// Calls a Patio server for a program that has nothing else to do: each call waits, in an event loop of its own, for its
// answer. Connections that break, and servers that are busy, are tried again for a while, POSTs under an
// Idempotency-Key so that nothing is made twice. Throws ApiError; its status is 0 where no answer came.
class SuiteClient
{
public:
    SuiteClient(const QUrl &server, const QByteArray &key);

    template<class Input, class Output, class Query>
    Output send(const Call<Input, Output, Query> &call, const Input &input, const QByteArray &ifMatch = {})
    {
        QByteArray body;
        QUrlQuery query = query::print(call.query);
        if (call.method == Method::Get)
            query = query::print(input);
        else if constexpr (!std::is_same_v<Input, Nothing>)
            body = json::print(input);
        const QByteArray answer = exchange(call.method, call.path, query, body, ifMatch);
        if constexpr (std::is_same_v<Output, Nothing>)
            return {};
        else
            return read<Output>(answer);
    }

    // Of a list, page by page, until take(row) is false.
    template<class Filter, class Row, class Take>
    void each(const Call<Filter, Page<Row>, Nothing> &call, Filter filter, Take take)
    {
        do {
            const Page<Row> page = send(call, filter);
            for (const Row &row : page.items)
                if (!take(row))
                    return;
            filter.cursor = page.nextCursor;
        } while (filter.cursor);
    }

private:
    template<class Output> static Output read(const QByteArray &answer)
    {
        try {
            return json::parse<Output>(answer);
        } catch (const std::exception &error) {
            throw ApiError::make(0, "no_answer", unreadable(error));
        }
    }
    static QString unreadable(const std::exception &error);
    QByteArray exchange(Method method, const QString &path, const QUrlQuery &query, const QByteArray &body,
                        const QByteArray &ifMatch);

    const QUrl m_server;
    const QByteArray m_key;
    QNetworkAccessManager m_network;
};
