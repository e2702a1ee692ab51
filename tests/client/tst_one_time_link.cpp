// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/one_time_link.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestOneTimeLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas()
    {
        const OneTimeLink link{OneTimeLink::Kind::PasswordReset, QUrl(u"https://ops.example:8443"_s), u"acme"_s,
                               u"ana+x&y@acme.example"_s, u"patio_link_a-b_c=="_s};
        const auto read = OneTimeLink::parse(link.print());
        QVERIFY(read);
        QCOMPARE(read->kind, link.kind);
        QCOMPARE(read->server, link.server);
        QCOMPARE(read->tenant, link.tenant);
        QCOMPARE(read->email, link.email);
        QCOMPARE(read->token, link.token);
        QVERIFY(OneTimeLink::parse(u"  "_s + link.print() + u'\n')); // as it is pasted
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "patio://", "https://ops.example/?token=x", "patio://ops.example/acme/jobs/1",
              "patio://invitation?server=https%3A%2F%2Fops.example", "patio://invitation?token=x",
              "patio://invitation?server=%20&token=x", "patio://other?server=https%3A%2F%2Fops.example&token=x"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void refuses()
    {
        QFETCH(QString, text);
        QVERIFY(!OneTimeLink::parse(text));
    }
};

QTEST_GUILESS_MAIN(TestOneTimeLink)
#include "tst_one_time_link.moc"
