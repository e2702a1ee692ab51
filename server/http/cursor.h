// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"
#include "shared/http/page.h"
#include "shared/json/json.h"

#include <functional>

// Where a list goes on: the sort values of the last row that was shown, as text that clients hand back unread.
namespace cursor {

template<class... T> QString print(const T &...values)
{
    QByteArray text;
    ((text += text.isEmpty() ? '[' : ',', json::write(text, values)), ...);
    text += ']';
    return QString::fromLatin1(text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

// Throws ApiError::invalid for text that print() of the same types did not make.
template<class... T> std::tuple<T...> parse(const QString &text)
{
    const auto refuse = [] {
        return ApiError::invalid(QStringLiteral("/cursor"), QStringLiteral("is not a nextCursor of this list"));
    };
    const auto bytes = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    std::tuple<T...> values;
    try {
        const QJsonArray array = json::document(*bytes).toArray();
        if (!bytes || array.size() != qsizetype(sizeof...(T)))
            throw refuse();
        qsizetype index = 0;
        std::apply(
            [&](T &...value) { ((value = json::fromValue<T>(array.at(index++), json::UnknownMembers::Reject)), ...); },
            values);
    } catch (const json::SyntaxError &) {
        throw refuse();
    } catch (const json::InvalidError &) {
        throw refuse();
    }
    return values;
}

inline int limitOf(const std::optional<int> &limit) { return limit.value_or(50); }

// The page of rows that were asked for with one more than the limit. `key` gives the cursor of a row.
template<class Row, class Key> Page<Row> page(QList<Row> rows, int limit, const Key &key)
{
    Page<Row> page{std::move(rows), std::nullopt};
    if (page.items.size() > limit) {
        page.items.resize(limit);
        page.nextCursor = key(page.items.last());
    }
    return page;
}

} // namespace cursor
