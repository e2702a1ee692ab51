// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/local_store.h"
#include "shared/jobs/job.h"

#include <QSignalSpy>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

LocalStore::Entry<Job> job(int number)
{
    Job job;
    job.id = QUuid::createUuidV5(QUuid(), QByteArray::number(number));
    job.templateName = u"Número %1"_s.arg(number);
    job.createdAt = QDateTime::fromMSecsSinceEpoch(number, Qt::UTC);
    job.runAt = job.createdAt;
    return {job.id.toString(), number, job};
}

QList<LocalStore::Entry<Job>> jobs(int count)
{
    QList<LocalStore::Entry<Job>> all;
    for (int i = 0; i < count; ++i)
        all.append(job(i));
    return all;
}

} // namespace

class TestLocalStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void rowsComeBackNewestFirst();
    void laterRowReplacesEarlier();
    void onlyTheNewestAreKept();
    void smallThingsReadBackAtOnceAndAfterRestart();
    void draftSurvivesSudddenDeath();
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void damageFoundLaterKeepsDrafts();
    void olderSchemaLosesRowsButNoDraft();
    void filesAreForTheOwnerOnly();
    void writingDoesNotHoldUpTheCaller();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLocalStore::rowsComeBackNewestFirst()
{
    LocalStore(m_folder->path()).put(u"job"_s, jobs(30));
    LocalStore store(m_folder->path());
    const auto found = store.rows<Job>(u"job"_s, 10, 5);
    QCOMPARE(found.size(), 10);
    QCOMPARE(found.first().templateName, u"Número 24"_s);
    QCOMPARE(found.last().createdAt.toMSecsSinceEpoch(), 15);
    QVERIFY(store.rows<Job>(u"template"_s, 10).isEmpty());
}

void TestLocalStore::laterRowReplacesEarlier()
{
    LocalStore store(m_folder->path());
    auto entry = job(1);
    store.put<Job>(u"job"_s, {entry});
    entry.row.state = JobState::Completed;
    store.put<Job>(u"job"_s, {entry});
    store.waitUntilWritten();
    QCOMPARE(store.rows<Job>(u"job"_s, 10).size(), 1);
    QCOMPARE(store.row<Job>(u"job"_s, entry.key)->state, JobState::Completed);
    store.removeRow(u"job"_s, entry.key);
    store.waitUntilWritten();
    QVERIFY(!store.row<Job>(u"job"_s, entry.key));
}

void TestLocalStore::onlyTheNewestAreKept()
{
    LocalStore store(m_folder->path());
    store.put(u"job"_s, jobs(60));
    store.keepNewest(u"job"_s, 50);
    store.waitUntilWritten();
    const auto found = store.rows<Job>(u"job"_s, 100);
    QCOMPARE(found.size(), 50);
    QCOMPARE(found.last().templateName, u"Número 10"_s);
    store.keepNewest(u"job"_s, 500);
    store.waitUntilWritten();
    QCOMPARE(store.rows<Job>(u"job"_s, 100).size(), 50);
}

void TestLocalStore::smallThingsReadBackAtOnceAndAfterRestart()
{
    const QDateTime time = QDateTime::currentDateTimeUtc();
    const auto check = [&](const LocalStore &store) {
        QCOMPARE(store.lastSequence(), 42);
        QCOMPARE(store.asOf(u"job"_s), time);
        QCOMPARE(store.viewState(u"jobs"_s).value(u"sort"_s).toString(), u"age"_s);
        QCOMPARE(store.draft(u"template"_s, u"a"_s)->body.value(u"userPrompt"_s).toString(), u"Olá"_s);
        QCOMPARE(store.draft(u"template"_s, u"a"_s)->baseRevision, 3);
        QVERIFY(!store.draft(u"template"_s, u"b"_s));
        QVERIFY(!store.asOf(u"template"_s).isValid());
    };
    {
        LocalStore store(m_folder->path());
        QCOMPARE(store.lastSequence(), -1);
        store.setLastSequence(42);
        store.setAsOf(u"job"_s, time);
        store.setViewState(u"jobs"_s, {{u"sort"_s, u"age"_s}});
        store.saveDraft(u"template"_s, u"a"_s, {{u"userPrompt"_s, u"Olá"_s}}, 3);
        store.saveDraft(u"template"_s, u"b"_s, {{u"userPrompt"_s, u"x"_s}}, 1);
        store.removeDraft(u"template"_s, u"b"_s);
        check(store);
    }
    check(LocalStore(m_folder->path()));
}

void TestLocalStore::draftSurvivesSudddenDeath()
{
    // A copy of the files, taken while the store is open, is what a kill would leave behind.
    LocalStore store(m_folder->path());
    store.saveDraft(u"template"_s, u"a"_s, {{u"userPrompt"_s, u"half a sent"_s}}, 3);
    QTemporaryDir copy;
    QTRY_VERIFY([&] {
        for (const QString &suffix : {QString(), u"-wal"_s}) {
            QFile::remove(copy.filePath(u"cache.sqlite"_s + suffix));
            QFile::copy(m_folder->filePath(u"cache.sqlite"_s + suffix), copy.filePath(u"cache.sqlite"_s + suffix));
        }
        return LocalStore(copy.path()).draft(u"template"_s, u"a"_s).has_value();
    }());
}

void TestLocalStore::damagedFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addRow("another format")
        << QByteArray("this is no database, but long enough to look like one").repeated(100);
    QTest::addRow("header only") << QByteArray("SQLite format 3\0", 16) + QByteArray(4096, '\xff');
}

void TestLocalStore::damagedFileIsSetAside()
{
    QFETCH(QByteArray, content);
    QFile file(m_folder->filePath(u"cache.sqlite"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(content);
    file.close();

    LocalStore store(m_folder->path());
    QVERIFY(store.damagedFile());
    QVERIFY(QFile::exists(*store.damagedFile()));
    store.put(u"job"_s, jobs(3));
    store.waitUntilWritten();
    QCOMPARE(store.rows<Job>(u"job"_s, 10).size(), 3);
}

void TestLocalStore::damageFoundLaterKeepsDrafts()
{
    {
        LocalStore store(m_folder->path());
        store.put(u"job"_s, jobs(2000));
        store.saveDraft(u"template"_s, u"a"_s, {{u"userPrompt"_s, u"kept"_s}}, 3);
    }
    QFile file(m_folder->filePath(u"cache.sqlite"_s));
    QVERIFY(file.open(QFile::ReadWrite));
    QVERIFY(file.size() > 400'000);
    file.seek(200'000);
    file.write(QByteArray(60'000, '\x5a'));
    file.close();

    LocalStore store(m_folder->path());
    QSignalSpy damaged(&store, &LocalStore::damaged);
    QTRY_VERIFY(store.damagedFile().has_value());
    store.put(u"job"_s, jobs(3));
    store.waitUntilWritten();
    QCOMPARE(store.rows<Job>(u"job"_s, 10).size(), 3);
    QVERIFY(store.draft(u"template"_s, u"a"_s).has_value());
}

void TestLocalStore::olderSchemaLosesRowsButNoDraft()
{
    {
        LocalStore store(m_folder->path());
        store.put(u"job"_s, jobs(3));
        store.saveDraft(u"template"_s, u"a"_s, {{u"userPrompt"_s, u"kept"_s}}, 3);
    }
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"older"_s);
        database.setDatabaseName(m_folder->filePath(u"cache.sqlite"_s));
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(u"PRAGMA user_version = 999"_s));
    }
    QSqlDatabase::removeDatabase(u"older"_s);
    LocalStore store(m_folder->path());
    QVERIFY(store.rows<Job>(u"job"_s, 10).isEmpty());
    QVERIFY(store.draft(u"template"_s, u"a"_s).has_value());
    QVERIFY(!store.damagedFile());
}

void TestLocalStore::filesAreForTheOwnerOnly()
{
    LocalStore store(m_folder->filePath(u"deep/account"_s));
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(m_folder->filePath(u"deep/account"_s)) & others));
    QVERIFY(!(QFile::permissions(m_folder->filePath(u"deep/account/cache.sqlite"_s)) & others));
}

void TestLocalStore::writingDoesNotHoldUpTheCaller()
{
    LocalStore store(m_folder->path());
    const auto entries = jobs(5000);
    store.put(u"job"_s, entries);
    QElapsedTimer timer;
    timer.start();
    store.flush();
    const qint64 handedOver = timer.elapsed();
    store.waitUntilWritten();
    QVERIFY2(handedOver < 16, qPrintable(QString::number(handedOver)));
    QCOMPARE(store.rows<Job>(u"job"_s, 10'000).size(), 5000);
}

QTEST_GUILESS_MAIN(TestLocalStore)
#include "tst_local_store.moc"
