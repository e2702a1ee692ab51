// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/client_address.h"

#include <algorithm>

namespace http {
namespace {

// ::ffff:192.0.2.1 is 192.0.2.1.
QHostAddress plain(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

bool isOneOf(const QHostAddress &address, const QList<Network> &networks)
{
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network &network) { return address.isInSubnet(network); });
}

} // namespace

QHostAddress clientAddress(const Request &request, const QList<Network> &trustedProxies)
{
    QHostAddress client = plain(request.peer);
    if (trustedProxies.isEmpty() || !isOneOf(client, trustedProxies))
        return request.peer;
    QByteArray chain;
    for (const auto &[name, value] : request.headers)
        if (equalsIgnoringCase(name, "x-forwarded-for"))
            chain += ',' + value;
    const QList<QByteArray> hops = chain.split(',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const QHostAddress address = plain(QHostAddress(QString::fromLatin1(hop->trimmed())));
        if (address.isNull())
            break; // nothing that a proxy writes: believe no more of it
        client = address;
        if (!isOneOf(address, trustedProxies))
            break;
    }
    return client;
}

} // namespace http
