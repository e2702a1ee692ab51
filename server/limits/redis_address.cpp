// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/redis_address.h"

#include <QUrl>

#include <stdexcept>

using namespace Qt::StringLiterals;

namespace limits {

RedisAddress RedisAddress::parse(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == "rediss"_L1)
        throw std::runtime_error("rediss:// (TLS) is not supported. Use redis:// within a network of your own, or let "
                                 "a tunnel such as stunnel on this machine add the TLS.");
    if (!url.isValid() || url.scheme() != "redis"_L1 || url.host().isEmpty() || url.hasQuery() || url.hasFragment())
        throw std::runtime_error("must be redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]; signs such as @ and / in a "
                                 "password are written as %40 and %2F.");
    RedisAddress address{.host = url.host(QUrl::FullyDecoded),
                         .port = url.port(6379),
                         .user = url.userName(QUrl::FullyDecoded).toUtf8(),
                         .password = url.password(QUrl::FullyDecoded).toUtf8()};
    const QString path = url.path();
    if (path.size() > 1) {
        bool isNumber = false;
        address.database = path.mid(1).toInt(&isNumber);
        if (!isNumber || address.database < 0)
            throw std::runtime_error("names its database by a number, such as redis://HOST/0.");
    }
    return address;
}

} // namespace limits
