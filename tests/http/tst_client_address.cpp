// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/client_address.h"

#include <QTest>

using namespace Qt::StringLiterals;

// Whom to believe about where a request comes from.
class TestClientAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void address_data();
    void address();
};

void TestClientAddress::address_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArrayList>("forwarded"); // one for each field
    QTest::addColumn<QString>("client");
    const auto row = [](const char *name, const char16_t *peer, const QByteArrayList &forwarded,
                        const char16_t *client) {
        QTest::newRow(name) << QString::fromUtf16(peer) << forwarded << QString::fromUtf16(client);
    };
    row("a stranger", u"192.0.2.1", {}, u"192.0.2.1");
    row("a stranger who claims to be another", u"192.0.2.1", {"198.51.100.7"}, u"192.0.2.1");
    row("a proxy that says nothing", u"10.0.0.5", {}, u"10.0.0.5");
    row("behind a proxy", u"10.0.0.5", {"198.51.100.7"}, u"198.51.100.7");
    row("behind two", u"10.0.0.5", {"198.51.100.7, 10.0.0.9"}, u"198.51.100.7");
    row("behind two, in two fields", u"10.0.0.5", {"198.51.100.7", "10.0.0.9"}, u"198.51.100.7");
    row("behind a proxy, and claims to be another", u"10.0.0.5", {"203.0.113.1, 198.51.100.7"}, u"198.51.100.7");
    row("claims to be behind a proxy of ours", u"10.0.0.5", {"203.0.113.1, 10.0.0.1, 198.51.100.7"}, u"198.51.100.7");
    row("nonsense", u"10.0.0.5", {"somewhere"}, u"10.0.0.5");
    row("nonsense before a proxy", u"10.0.0.5", {"<script>, 10.0.0.9"}, u"10.0.0.9");
    row("only proxies", u"10.0.0.5", {"10.0.0.8"}, u"10.0.0.8");
    row("a proxy of IPv6", u"fd00::5", {"2001:db8::7"}, u"2001:db8::7");
    row("IPv4 written as IPv6", u"::ffff:10.0.0.5", {"::ffff:198.51.100.7"}, u"198.51.100.7");
}

void TestClientAddress::address()
{
    QFETCH(QString, peer);
    QFETCH(QByteArrayList, forwarded);
    http::Request request;
    request.peer = QHostAddress(peer);
    for (const QByteArray &value : forwarded)
        request.headers.emplaceBack("X-Forwarded-For", value);
    const QList<http::Network> proxies{QHostAddress::parseSubnet(u"10.0.0.0/8"_s),
                                       QHostAddress::parseSubnet(u"fd00::/8"_s)};
    QTEST(http::clientAddress(request, proxies).toString(), "client");
    QCOMPARE(http::clientAddress(request, {}), request.peer);
}

QTEST_GUILESS_MAIN(TestClientAddress)
#include "tst_client_address.moc"
