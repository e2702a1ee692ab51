// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_server.h"

#include <QJsonArray>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

// `patiod key rotate` beside a running server.
class TestKeyCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServerFollowsWithinASecond();
    void whatIsNotKnownIsRefused();

private:
    int run(const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(PATIO_BINARY_DIR "/bin/patiod"), arguments);
        process.waitForFinished(60'000);
        m_output = QString::fromUtf8(process.readAll());
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    HttpAnswer login()
    {
        const QJsonObject user = m_server.demoUser(u"acme"_s, u"viewer"_s);
        return m_server.post(
            u"/api/v1/auth/login"_s,
            {{u"tenant"_s, u"acme"_s}, {u"email"_s, user[u"email"_s]}, {u"password"_s, user[u"password"_s]}}, {});
    }
    static QByteArray tokenOf(const HttpAnswer &answer)
    {
        return answer.json()[u"accessToken"_s].toString().toLatin1();
    }
    static QString keyOf(const QByteArray &token)
    {
        const QByteArray header = QByteArray::fromBase64(token.left(token.indexOf('.')), QByteArray::Base64UrlEncoding);
        return QJsonDocument::fromJson(header)[u"kid"_s].toString();
    }

    TestServer m_server;
    QString m_output;
};

void TestKeyCommand::theServerFollowsWithinASecond()
{
    const HttpAnswer signedIn = login();
    const QByteArray before = tokenOf(signedIn);
    const QString folder = m_server.folder() + u"/data"_s;
    QVERIFY2(run({u"key"_s, u"rotate"_s, u"--now"_s, u"--data"_s, folder}) == 0, qPrintable(m_output));
    const auto published = [&] { return m_server.get(u"/.well-known/jwks.json"_s, {}).json()[u"keys"_s].toArray(); };
    QTRY_COMPARE_WITH_TIMEOUT(published().size(), 2, 1000);
    const QByteArray after = tokenOf(login());
    QVERIFY(keyOf(after) != keyOf(before));
    QCOMPARE(published()[0][u"kid"_s], keyOf(after));
    QVERIFY2(m_output.contains(keyOf(after)), qPrintable(m_output));
    QCOMPARE(m_server.get(u"/api/v1/me"_s, after).status, 200);
    QCOMPARE(m_server.get(u"/api/v1/me"_s, before).status, 200); // until it ends by itself
    // A session of before goes on, under the new key.
    const HttpAnswer renewed =
        m_server.post(u"/api/v1/auth/refresh"_s, {{u"refreshToken"_s, signedIn.json()[u"refreshToken"_s]}}, {});
    QCOMPARE(keyOf(tokenOf(renewed)), keyOf(after));

    QCOMPARE(run({u"key"_s, u"rotate"_s, u"--data"_s, folder}), 0);
    QTRY_COMPARE_WITH_TIMEOUT(published().size(), 3, 1000);
    QCOMPARE(keyOf(tokenOf(login())), keyOf(after)); // the next one signs in a day
}

void TestKeyCommand::whatIsNotKnownIsRefused()
{
    QCOMPARE(run({u"key"_s}), 2);
    QCOMPARE(run({u"key"_s, u"rotate"_s, u"--soon"_s}), 2);
}

QTEST_GUILESS_MAIN(TestKeyCommand)
#include "tst_key_command.moc"
