// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/address_policy.h"

#include <QList>

#include <algorithm>

namespace providers {
namespace {

using Subnet = QPair<QHostAddress, int>;

QList<Subnet> subnets(std::initializer_list<const char *> texts)
{
    QList<Subnet> result;
    for (const char *text : texts)
        result.append(QHostAddress::parseSubnet(QString::fromLatin1(text)));
    return result;
}

bool isInOneOf(const QHostAddress &address, const QList<Subnet> &list)
{
    return std::any_of(list.begin(), list.end(), [&](const Subnet &subnet) { return address.isInSubnet(subnet); });
}

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    static const QList<Subnet> special4 =
        subnets({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                 "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
                 "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
    // Everything global lies in 2000::/3; of that, these are special again.
    static const Subnet global6 = QHostAddress::parseSubnet(QStringLiteral("2000::/3"));
    static const QList<Subnet> special6 = subnets({"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"});

    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return !isInOneOf(address, special4);
    return address.protocol() == QAbstractSocket::IPv6Protocol && address.isInSubnet(global6)
        && !isInOneOf(address, special6);
}

} // namespace providers
