// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/signing_keys.h"
#include "server/database/listener.h"
#include "shared/id.h"
#include "shared/json/json.h"
#include "tests/support/test_database.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Verdict = AccessTokens::Verdict;

class TestSigningKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void processesShareOneKey();
    void startedTogetherTheyAgree();
    void nextKeyIsPublishedBeforeItSigns();
    void afterALongPause();
    void slowClockStillSigns();
    void rotatedByHandFromNowOn();
    void rotatedByHandAheadOfTime();
    void otherProcessesFollowARotation();
    void secretsAreSealed();
    void wrongMasterKeyIsSaid();

private:
    struct Process
    {
        Process(Database &database, const SecretBox &box, QDateTime &now)
            : keys(database, box, tokens, [&now] { return now; })
        {
        }
        QByteArray signer() { return tokens.keys()->keys.first().id; }
        QByteArray token() { return tokens.issue(newId(), newId(), newId()); }
        AccessTokens tokens;
        SigningKeys keys;
    };

    std::optional<TestDatabase> m_database;
    const SecretBox m_box = SecretBox::random();
    QDateTime m_now;
};

void TestSigningKeys::initTestCase() { m_database.emplace(); }

void TestSigningKeys::init()
{
    m_now = QDateTime::currentDateTimeUtc();
    m_database->database().platform([](Transaction &tx) { tx.run("DELETE FROM signing_keys"); });
}

void TestSigningKeys::processesShareOneKey()
{
    Process one(m_database->database(), m_box, m_now), two(m_database->database(), m_box, m_now);
    one.keys.load();
    two.keys.load();
    QCOMPARE(one.tokens.keys()->keys.size(), 1);
    QCOMPARE(two.tokens.verify(one.token()).verdict, Verdict::Good);
    QCOMPARE(one.tokens.verify(two.token()).verdict, Verdict::Good);
}

void TestSigningKeys::startedTogetherTheyAgree()
{
    std::vector<std::unique_ptr<Process>> processes;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        processes.push_back(std::make_unique<Process>(m_database->database(), m_box, m_now));
    for (const auto &process : processes)
        threads.emplace_back([&] { process->keys.load(); });
    for (std::thread &thread : threads)
        thread.join();
    for (const auto &process : processes)
        QCOMPARE(process->signer(), processes.front()->signer());
}

void TestSigningKeys::nextKeyIsPublishedBeforeItSigns()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    const QByteArray first = process.signer();
    const QByteArray old = process.token();
    m_now = m_now.addDays(29).addSecs(60);
    process.keys.load();
    QCOMPARE(process.tokens.keys()->keys.size(), 2);
    QCOMPARE(process.signer(), first);
    const QByteArray next = process.tokens.keys()->keys.last().id;

    m_now = m_now.addDays(1);
    process.keys.load();
    QCOMPARE(process.signer(), next);
    QCOMPARE(process.tokens.keys()->keys.size(), 2); // tokens of the first one are still on their way
    QCOMPARE(process.tokens.verify(old).verdict, Verdict::Good);

    m_now = m_now.addSecs(2 * 60 * 60);
    process.keys.load();
    QCOMPARE(process.tokens.keys()->keys.size(), 1);
    QCOMPARE(process.tokens.verify(old).verdict, Verdict::UnknownKey);
}

void TestSigningKeys::afterALongPause()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    const QByteArray first = process.signer();
    m_now = m_now.addDays(400);
    process.keys.load();
    QVERIFY(process.signer() != first);
    QCOMPARE(process.tokens.keys()->keys.size(), 1);
    QCOMPARE(process.tokens.verify(process.token()).verdict, Verdict::Good);
}

void TestSigningKeys::slowClockStillSigns()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    QDateTime slow = m_now.addSecs(-120);
    Process other(m_database->database(), m_box, slow);
    other.keys.load();
    QCOMPARE(other.signer(), process.signer());
    QCOMPARE(process.tokens.verify(other.token()).verdict, Verdict::Good);
}

void TestSigningKeys::rotatedByHandFromNowOn()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    const QByteArray old = process.token();
    m_now = m_now.addSecs(60);
    const QByteArray id = process.keys.rotate(true).toLatin1();
    QCOMPARE(process.signer(), id);
    QCOMPARE(process.tokens.verify(old).verdict, Verdict::Good); // until it ends by itself
    QCOMPARE(json::object(process.tokens.keys()->publicDocument())[u"keys"_s].toArray().size(), 2);
    m_now = m_now.addSecs(60 * 60 + 1);
    process.keys.load();
    QCOMPARE(json::object(process.tokens.keys()->publicDocument())[u"keys"_s].toArray().size(), 1);
    QCOMPARE(process.tokens.verify(old).verdict, Verdict::UnknownKey);
    QCOMPARE(process.tokens.verify(process.token()).verdict, Verdict::Good);
}

void TestSigningKeys::rotatedByHandAheadOfTime()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    const QByteArray first = process.signer();
    const QByteArray id = process.keys.rotate(false).toLatin1();
    QCOMPARE(process.signer(), first);
    QVERIFY(process.tokens.keys()->find(id)); // published
    const QByteArray better = process.keys.rotate(false).toLatin1();
    QVERIFY(!process.tokens.keys()->find(id)); // never used, replaced
    m_now = m_now.addDays(1).addSecs(1);
    process.keys.load();
    QCOMPARE(process.signer(), better);
}

void TestSigningKeys::otherProcessesFollowARotation()
{
    Process here(m_database->database(), m_box, m_now), there(m_database->database(), m_box, m_now);
    here.keys.load();
    there.keys.load();
    Listener listener(m_database->appUrl(), {QString::fromLatin1(SigningKeys::channel)});
    QSignalSpy connected(&listener, &Listener::reconnected);
    there.keys.follow(listener);
    listener.start();
    QTRY_COMPARE(connected.size(), 1);
    there.keys.refresh();
    m_now = m_now.addSecs(60);
    const QByteArray id = here.keys.rotate(true).toLatin1();
    // As before each use of the keys.
    QTRY_VERIFY_WITH_TIMEOUT((there.keys.refresh(), there.signer() == id), 1000);
    QCOMPARE(here.tokens.verify(there.token()).verdict, Verdict::Good);
}

void TestSigningKeys::secretsAreSealed()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    const QByteArray sealed = m_database->database().platform(
        [](Transaction &tx) { return tx.one<QByteArray>("SELECT sealed_secret FROM signing_keys"); });
    const QByteArray secret = process.tokens.keys()->keys.first().secretKey;
    QCOMPARE(secret.size(), 64);
    QVERIFY(!sealed.contains(secret.left(32)));
    QVERIFY(!process.tokens.keys()->publicDocument().contains(secret.toBase64(QByteArray::Base64UrlEncoding).left(40)));
}

void TestSigningKeys::wrongMasterKeyIsSaid()
{
    Process process(m_database->database(), m_box, m_now);
    process.keys.load();
    const SecretBox other = SecretBox::random();
    Process stranger(m_database->database(), other, m_now);
    try {
        stranger.keys.load();
        QFAIL("was accepted");
    } catch (const SecretBoxError &error) {
        QVERIFY(QByteArray(error.what()).contains(m_box.keyId().toHex()));
    }
}

QTEST_GUILESS_MAIN(TestSigningKeys)
#include "tst_signing_keys.moc"
