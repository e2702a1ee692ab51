// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/call_journal.h"
#include "shared/error.h"
#include "shared/id.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Status = UsageStore::CallStatus;

namespace {

CallBegin someCall()
{
    return {.attemptId = newId(),
            .tenantId = newId(),
            .keyId = newId(),
            .keyName = u"Web shop “1”"_s,
            .userId = newId(),
            .userName = u"Ana"_s,
            .model = u"openai/gpt-5"_s,
            .calledAt = QDateTime::currentDateTimeUtc(),
            .promptTokens = 12};
}

CallEnd someEnd()
{
    return {.status = Status::Succeeded, .usage = {7, 1, 2, 1, 9, 3}, .firstTokenMs = 40, .totalMs = 80};
}

} // namespace

// What of the calls stands in the files when a process ends at any moment.
class TestCallJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatTheLedgerHasNot();
    void removesFilesThatNobodyNeeds();
    void endInALaterFileIsKept();
    void lineThatWasCutOff();
    void fullDiskRefusesCalls();

private:
    static qsizetype filesIn(const QTemporaryDir &folder)
    {
        return QDir(folder.path()).entryList({u"*.journal"_s}, QDir::Files).size();
    }
};

void TestCallJournal::keepsWhatTheLedgerHasNot()
{
    QTemporaryDir folder;
    const CallBegin open = someCall(), ended = someCall(), settled = someCall();
    {
        CallJournal journal(folder.path());
        for (const CallBegin &call : {open, ended, settled})
            journal.begin(call);
        journal.end(ended.attemptId, someEnd());
        journal.end(settled.attemptId, someEnd());
        journal.settled(settled.attemptId);
    }
    CallJournal next(folder.path());
    const QList<CallJournal::Left> left = next.left();
    QCOMPARE(left.size(), 3); // the settled one too: the ledger passes over what it has
    QCOMPARE(left[0].begin.attemptId, open.attemptId);
    QCOMPARE(left[0].begin.keyName, open.keyName);
    QCOMPARE(left[0].begin.promptTokens, 12);
    QVERIFY(!left[0].end);
    QVERIFY(left[1].end);
    QCOMPARE(left[1].end->usage, someEnd().usage);
    QCOMPARE(left[1].end->status, Status::Succeeded);
    QCOMPARE(left[1].end->firstTokenMs, 40);
    next.begin(someCall()); // does not touch them
    QCOMPARE(filesIn(folder), 2);
    next.removeLeft();
    QCOMPARE(filesIn(folder), 1);
}

void TestCallJournal::removesFilesThatNobodyNeeds()
{
    QTemporaryDir folder;
    CallJournal journal(folder.path(), 1000);
    QList<QUuid> calls;
    for (int i = 0; i < 30; ++i) {
        const CallBegin call = someCall();
        calls.append(call.attemptId);
        journal.begin(call);
        journal.end(call.attemptId, someEnd());
    }
    QVERIFY(filesIn(folder) > 5);
    for (const QUuid &call : calls)
        journal.settled(call);
    QCOMPARE(filesIn(folder), 1); // that which is written to
}

void TestCallJournal::endInALaterFileIsKept()
{
    QTemporaryDir folder;
    const CallBegin slow = someCall();
    {
        CallJournal journal(folder.path(), 1000);
        journal.begin(slow);
        QList<QUuid> quick;
        for (int i = 0; i < 10; ++i) {
            quick.append(someCall().attemptId);
            CallBegin call = someCall();
            call.attemptId = quick.last();
            journal.begin(call);
            if (i == 5)
                journal.end(slow.attemptId, someEnd());
            journal.end(call.attemptId, someEnd());
        }
        for (const QUuid &call : quick)
            journal.settled(call);
    }
    const QList<CallJournal::Left> left = CallJournal(folder.path()).left();
    const auto found = std::find_if(left.begin(), left.end(), [&](const CallJournal::Left &call) {
        return call.begin.attemptId == slow.attemptId;
    });
    QVERIFY(found != left.end());
    QVERIFY(found->end.has_value());
}

void TestCallJournal::lineThatWasCutOff()
{
    QTemporaryDir folder;
    const CallBegin whole = someCall();
    {
        CallJournal journal(folder.path());
        journal.begin(whole);
        journal.begin(someCall());
    }
    const QString path = folder.filePath(QDir(folder.path()).entryList({u"*.journal"_s}).first());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 written = file.readAll().indexOf('\0'); // the room after it was taken beforehand
    QVERIFY(written > 20);
    QVERIFY(file.seek(written - 20));
    QCOMPARE(file.write(QByteArray(20, '\0')), 20);
    file.close();
    const QList<CallJournal::Left> left = CallJournal(folder.path()).left();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().begin.attemptId, whole.attemptId);
}

void TestCallJournal::fullDiskRefusesCalls()
{
    QTemporaryDir folder;
    CallJournal journal(folder.path() + u"/gone"_s);
    QVERIFY(QDir(folder.path() + u"/gone"_s).removeRecursively());
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"cannot be made"_s));
    int status = 0;
    try {
        journal.begin(someCall());
    } catch (const ApiError &error) {
        status = error.status;
    }
    QCOMPARE(status, 503);
}

QTEST_GUILESS_MAIN(TestCallJournal)
#include "tst_call_journal.moc"
