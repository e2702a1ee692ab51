// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/database/cursor.h"

#include "shared/error.h"

using namespace Qt::StringLiterals;

namespace cursor {

QString print(const QStringList &keys)
{
    const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return QString::fromLatin1(json::print(keys).toBase64(options));
}

std::optional<QStringList> parse(const std::optional<QString> &text, qsizetype count)
{
    if (!text)
        return std::nullopt;
    try {
        const auto decoded = QByteArray::fromBase64Encoding(
            text->toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        if (decoded) {
            const auto keys = json::parse<QList<QString>>(*decoded);
            if (keys.size() == count)
                return keys;
        }
    } catch (const std::exception &) {
        // refused below
    }
    refuse();
}

void outdated()
{
    throw ApiError::conflict(u"The last row of the page before has been removed meanwhile. Begin the list anew."_s);
}

void refuse() { throw ApiError::invalid(u"/cursor"_s, u"is not a cursor of this list"_s); }

} // namespace cursor
