// SPDX-License-Identifier: GPL-3.0-or-later
// A file becomes many runs: read, previewed, refused row by row, watched, paused, tried again, exported.
#include "client/batches/batch_file.h"
#include "client/batches/batch_forecast.h"
#include "client/batches/batch_looks.h"
#include "client/batches/batch_pane.h"
#include "client/batches/batches_page.h"
#include "client/batches/run_file_dialog.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "shared/error.h"
#include "tests/client/jobs_fixture.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

class TestBatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        GatewayFixture::prepare(m_settings.path());
    }
    void filesAreRead_data();
    void filesAreRead();
    void whatIsWrongNamesItsLine_data();
    void whatIsWrongNamesItsLine();
    void forecastsWhatItCosts();
    void refusedRowsAreNamedAndNothingIsLost();
    void aDroppedFileOpensTheDialog();
    void followsProgressLive();
    void pausesResumesAndRetries();
    void opensItsJobs();
    void exportsWhatWasAskedAndAnswered();
    void readersAreOfferedNoChanges();

private:
    static QList<Ability> everything()
    {
        return {Ability::BatchesRead, Ability::BatchesCreate, Ability::BatchesUpdate, Ability::JobsRead,
                Ability::TemplatesRead};
    }
    QString file(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QFile::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }
    static Button *main(QDialog *dialog) { return dialog->findChildren<Button *>().last(); }
    static QString text(const BatchFile &file)
    {
        QStringList rows;
        for (const QJsonObject &row : file.inputs)
            rows << QString::fromUtf8(QJsonDocument(row).toJson(QJsonDocument::Compact));
        return rows.join(u'\n');
    }

    QTemporaryDir m_settings;
    QTemporaryDir m_folder;
};

void TestBatches::filesAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("rows");
    QTest::addColumn<bool>("areTexts");
    const QString two = u"{\"a\":\"1\",\"b\":\"x\"}\n{\"a\":\"2\",\"b\":\"y\"}"_s;
    QTest::addRow("csv") << u"r.csv"_s << QByteArray("a,b\n1,x\n2,y\n") << two << true;
    QTest::addRow("without the last end of line") << u"r.csv"_s << QByteArray("a,b\n1,x\n2,y") << two << true;
    QTest::addRow("of Windows, with its mark") << u"R.CSV"_s
                                               << QByteArray("\xef\xbb\xbf"
                                                             "a,b\r\n1,x\r\n2,y\r\n")
                                               << two << true;
    QTest::addRow("semicolons") << u"r.csv"_s << QByteArray("a;b\n1;x\n2;y\n") << two << true;
    QTest::addRow("quoted") << u"r.csv"_s << QByteArray("a,b\n\"1,5\",\"say \"\"x\"\"\nagain\"\n")
                            << u"{\"a\":\"1,5\",\"b\":\"say \\\"x\\\"\\nagain\"}"_s << true;
    QTest::addRow("fewer values") << u"r.csv"_s << QByteArray("a,b\n1\n") << u"{\"a\":\"1\"}"_s << true;
    QTest::addRow("empty lines") << u"r.csv"_s << QByteArray("a,b\n\n1,x\n\n2,y\n\n") << two << true;
    QTest::addRow("json lines") << u"r.jsonl"_s << QByteArray("{\"a\":1}\n\n{\"a\":[2]}") << u"{\"a\":1}\n{\"a\":[2]}"_s
                                << false;
}

void TestBatches::filesAreRead()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    const auto read = batchFile::parse(name, content);
    QVERIFY2(read, qPrintable(read ? QString() : read.error().detail));
    QTEST(text(*read), "rows");
    QTEST(read->areTexts, "areTexts");
}

void TestBatches::whatIsWrongNamesItsLine_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::addRow("no rows") << u"r.csv"_s << QByteArray("a,b\n") << u"no rows"_s;
    QTest::addRow("a name twice") << u"r.csv"_s << QByteArray("a,a\n1,2\n") << u"each once"_s;
    QTest::addRow("too many values") << u"r.csv"_s << QByteArray("a\n1\n2,3\n") << u"Line 3"_s;
    QTest::addRow("an open quotation") << u"r.csv"_s << QByteArray("a\n1\n\"2\n3\n") << u"line 3"_s;
    QTest::addRow("no object") << u"r.jsonl"_s << QByteArray("{\"a\":1}\n[1]\n") << u"Line 2"_s;
    QTest::addRow("not UTF-8") << u"r.csv"_s << QByteArray("a\n\xe9\n") << u"UTF-8"_s;
    QTest::addRow("too many rows") << u"r.csv"_s << QByteArray("a\n" + QByteArray("x\n").repeated(10'001))
                                   << u"10,001"_s;
}

void TestBatches::whatIsWrongNamesItsLine()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    const auto read = batchFile::parse(name, content);
    QVERIFY(!read);
    QVERIFY2(read.error().detail.contains(said), qPrintable(read.error().detail));
}

void TestBatches::forecastsWhatItCosts()
{
    JobsFixture fixture(everything());
    ModelInfo model;
    model.inputMicrosPerMillion = 1'000'000; // a dollar for a million tokens
    model.outputMicrosPerMillion = 2'000'000;
    const auto once = batchFile::parse(u"r.csv"_s, "customer,amount\nBeatriz,5\n");
    const auto often = batchFile::parse(u"r.csv"_s, "customer,amount\n" + QByteArray("Beatriz,5\n").repeated(1000));
    const BatchForecast one = forecast(*once, fixture.detail.version, model);
    QVERIFY(one.inputTokens > 5 && one.missing.isEmpty() && one.unknown.isEmpty());
    QCOMPARE(one.inputNanos, std::optional(one.inputTokens * 1000));
    QCOMPARE(one.mostOutputNanos, std::optional<qint64>(100 * 2000));
    QCOMPARE(forecast(*often, fixture.detail.version, model).inputTokens, 1000 * one.inputTokens);

    const auto other = batchFile::parse(u"r.csv"_s, "amount,colour\n5,red\n");
    const BatchForecast wrong = forecast(*other, fixture.detail.version, {});
    QCOMPARE(wrong.missing, QStringList{u"customer"_s});
    QCOMPARE(wrong.unknown, QStringList{u"colour"_s});
    QVERIFY(!wrong.inputNanos);
}

void TestBatches::refusedRowsAreNamedAndNothingIsLost()
{
    JobsFixture fixture(everything());
    fixture.answerList("/api/v1/batches", QList<Batch>());
    BatchesPage page(*fixture.workspace, *fixture.library);
    QVERIFY(JobsFixture::show(page));
    page.activated();
    QTRY_VERIFY(page.table()->emptyState()->isVisible());
    QTRY_VERIFY(!fixture.library->templates().isEmpty() && !fixture.library->models().isEmpty());

    page.restoreViewState({{u"run"_s, u"refund-reply"_s}});
    auto *dialog = page.findChild<RunFileDialog *>();
    QVERIFY(dialog);
    QVERIFY(!main(dialog)->isEnabled());
    dialog->read(file(u"orders.csv"_s, "customer,amount\nBeatriz,5\nLuiz,many\nRita,7\n"));
    QTRY_VERIFY(main(dialog)->isEnabled());
    QCOMPARE(main(dialog)->text(), u"Run 3 row(s)"_s);
    auto *table = dialog->findChild<DataTable *>();
    QCOMPARE(table->model()->rowCount(), 3);

    ApiError refusal = ApiError::notFound(u"x"_s);
    refusal.status = 422;
    refusal.code = u"validation_failed"_s;
    refusal.errors = {{u"/inputs/1/amount"_s, u"must be a whole number"_s}};
    fixture.answer("POST /api/v1/generate/batch", refusal, 422);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"2"_s);
    QCOMPARE(table->model()->index(0, 1).data().toString(), u"amount: must be a whole number"_s);
    QVERIFY(dialog->findChild<Banner *>()->isVisible());
    QVERIFY(!main(dialog)->isEnabled());

    const Batch made = JobsFixture::batch(u"orders"_s, 3, 0);
    fixture.answer("POST /api/v1/generate/batch", made, 202);
    QSignalSpy toasts(&page, &PageWidget::toastRequested);
    dialog->read(file(u"orders.csv"_s, "customer,amount\nBeatriz,5\nLuiz,6\nRita,7\n"));
    QTRY_VERIFY(main(dialog)->isEnabled());
    QPointer<QDialog> open(dialog);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(!open);
    const auto sent = json::parse<NewBatch>(fixture.lastBody("POST /api/v1/generate/batch"));
    QCOMPARE(sent.name, u"orders"_s);
    QCOMPARE(sent.promptTemplate, u"refund-reply"_s);
    QCOMPARE(sent.version, std::optional(3));
    QVERIFY(sent.inputsAreText && sent.inputs.size() == 3 && !sent.model);
    QCOMPARE(sent.inputs.at(1).value(u"amount"_s).toString(), u"6"_s);
    QCOMPARE(page.table()->model()->rowCount(), 1);
    QVERIFY(page.pane()->isVisible() && page.pane()->batchId() == made.id);
    QCOMPARE(toasts.count(), 1);
}

void TestBatches::aDroppedFileOpensTheDialog()
{
    JobsFixture fixture(everything());
    fixture.answerList("/api/v1/batches", QList<Batch>());
    BatchesPage page(*fixture.workspace, *fixture.library);
    QVERIFY(JobsFixture::show(page));
    const auto drop = [&](const QString &path) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&page, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent dropped({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&page, &dropped);
        return true;
    };
    QVERIFY(!drop(file(u"picture.png"_s, "x")));
    QVERIFY(!page.findChild<RunFileDialog *>());
    QVERIFY(drop(file(u"rows.jsonl"_s, "{\"customer\":\"Rita\"}\n{\"customer\":\"Luiz\"}\n")));
    auto *dialog = page.findChild<RunFileDialog *>();
    QVERIFY(dialog);
    QTRY_COMPARE(dialog->findChild<DataTable *>()->model()->rowCount(), 2);
}

void TestBatches::followsProgressLive()
{
    JobsFixture fixture(everything());
    Batch batch = JobsFixture::batch(u"orders"_s, 1000, 10);
    fixture.answerList("/api/v1/batches", QList<Batch>{batch});
    BatchesPage page(*fixture.workspace, *fixture.library);
    QVERIFY(JobsFixture::show(page));
    page.activated();
    QVERIFY(fixture.goLive());
    QTRY_COMPARE(page.table()->model()->rowCount(), 1);
    page.openObject(batch.id.toString());
    QTRY_VERIFY(page.pane()->isVisible());
    const auto progress = [&] { return page.table()->model()->index(0, 4).data(Qt::AccessibleTextRole).toString(); };
    QCOMPARE(progress(), u"10 of 1,000"_s);
    QTRY_VERIFY(!page.isLoading());
    batch.completed = 990;
    batch.failed = 10;
    batch.queued = 0;
    batch.state = BatchState::Completed;
    batch.revision = 2;
    fixture.tell(u"batches"_s, u"batch.progressed"_s, batch);
    QTRY_COMPARE(progress(), u"1,000 of 1,000"_s);
    QCOMPARE(page.table()->model()->index(0, 0).data().toString(), lookOf(BatchState::Completed).label);

    // What comes late is older than what is known; so is a list that was on its way meanwhile.
    const Batch read = batch;
    fixture.answers["GET /api/v1/batches"] = [read](const WireRequest &) {
        return WireAnswer{.body = json::print(Page<Batch>{{read}, {}}), .way = WireAnswer::Way::Held};
    };
    page.activated();
    QTRY_VERIFY(fixture.server.holds());
    batch.costNanos = 5'000'000'000;
    batch.revision = 3;
    fixture.tell(u"batches"_s, u"batch.progressed"_s, batch);
    const auto cost = [&] { return static_cast<BatchesModel *>(page.table()->model())->find(batch.id)->costNanos; };
    QTRY_COMPARE(cost(), batch.costNanos);
    fixture.server.release();
    QTRY_VERIFY(!page.isLoading());
    QCOMPARE(cost(), batch.costNanos);

    batch.completed = 5;
    batch.revision = 1;
    fixture.tell(u"batches"_s, u"batch.progressed"_s, batch);
    const Batch another = JobsFixture::batch(u"later"_s, 5, 0);
    Batch known = batch; // as a list that is asked for meanwhile has them
    known.completed = 990;
    known.revision = 3;
    fixture.answerList("/api/v1/batches", QList<Batch>{known, another});
    fixture.tell(u"batches"_s, u"batch.created"_s, another);
    auto *model = static_cast<BatchesModel *>(page.table()->model());
    QTRY_VERIFY(model->rowCount() + model->heldRows() == 2);
    QCOMPARE(model->find(batch.id)->completed, 990);
}

void TestBatches::pausesResumesAndRetries()
{
    JobsFixture fixture(everything());
    Batch batch = JobsFixture::batch(u"orders"_s, 10, 2);
    batch.dead = 3;
    fixture.answerList("/api/v1/batches", QList<Batch>{batch});
    BatchesPage page(*fixture.workspace, *fixture.library);
    QVERIFY(JobsFixture::show(page));
    page.activated();
    QTRY_COMPARE(page.table()->model()->rowCount(), 1);
    page.table()->setCurrentIndex(page.table()->model()->index(0, 0));
    const QByteArray path = "POST /api/v1/batches/" + batch.id.toByteArray(QUuid::WithoutBraces);
    const auto run = [&](const QString &id) {
        for (const Command &command : page.commands())
            if (command.id == id && command.isEnabled())
                return command.run();
        QFAIL(qPrintable(id));
    };
    const auto state = [&] { return static_cast<BatchesModel *>(page.table()->model())->find(batch.id)->state; };
    batch.state = BatchState::Paused;
    batch.revision = 2;
    fixture.answer(path + "/pause", batch);
    run(u"batches.pause"_s);
    QTRY_COMPARE(state(), BatchState::Paused);
    batch.state = BatchState::Running;
    batch.revision = 3;
    fixture.answer(path + "/resume", batch);
    run(u"batches.pause"_s);
    QTRY_COMPARE(state(), BatchState::Running);
    batch.queued += std::exchange(batch.dead, 0);
    batch.revision = 4;
    fixture.answer(path + "/retry", batch);
    run(u"batches.retry"_s);
    QTRY_COMPARE(static_cast<BatchesModel *>(page.table()->model())->find(batch.id)->dead, 0);

    // Cancelling asks first, and a refusal says why and offers another try.
    QSignalSpy toasts(&page, &PageWidget::toastRequested);
    run(u"batches.cancel"_s);
    auto *question = page.findChild<QDialog *>();
    QVERIFY(question && fixture.calls(path + "/cancel").isEmpty());
    question->accept();
    QTRY_COMPARE(toasts.count(), 1);
    QVERIFY(toasts.first().first().value<Toast>().retry);
    QCOMPARE(state(), BatchState::Running);
}

void TestBatches::opensItsJobs()
{
    JobsFixture fixture(everything());
    const Batch batch = JobsFixture::batch(u"orders"_s, 10, 2);
    fixture.answerList("/api/v1/batches", QList<Batch>{batch});
    BatchesPage page(*fixture.workspace, *fixture.library);
    QVERIFY(JobsFixture::show(page));
    page.activated();
    QTRY_COMPARE(page.table()->model()->rowCount(), 1);
    page.openObject(batch.id.toString());
    QSignalSpy asked(&page, &PageWidget::navigationRequested);
    Q_EMIT page.pane()->jobsRequested();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().at(0).toString(), u"jobs"_s);
    QCOMPARE(asked.first().at(1).toJsonObject().value(u"batch"_s).toString(), batch.id.toString(QUuid::WithoutBraces));
}

void TestBatches::exportsWhatWasAskedAndAnswered()
{
    JobsFixture fixture(everything());
    const Batch batch = JobsFixture::batch(u"orders"_s, 2, 1);
    BatchRow first, second;
    first.row = 1;
    first.variables = {{u"customer"_s, u"Beatriz, Lima"_s}, {u"amount"_s, 5}};
    first.job = JobsFixture::job(JobState::Completed);
    first.job.output = u"Dear Beatriz"_s;
    second.row = 2;
    second.job = JobsFixture::job(JobState::Dead);
    const QByteArray path = "/api/v1/batches/" + batch.id.toByteArray(QUuid::WithoutBraces) + "/rows";
    fixture.answers["GET " + path] = [=](const WireRequest &request) {
        const bool isSecond = request.path.contains("cursor=next");
        return WireAnswer{.body = json::print(Page<BatchRow>{{isSecond ? second : first},
                                                             isSecond ? std::nullopt : std::optional(u"next"_s)})};
    };
    JobDetail detail; // a server that leaves the inputs out of the rows is asked for them
    detail.job = second.job;
    detail.variables = {{u"customer"_s, u"Luiz"_s}};
    fixture.answer("GET /api/v1/jobs/" + second.job.id.toByteArray(QUuid::WithoutBraces), detail);
    BatchesPage page(*fixture.workspace, *fixture.library);
    QSignalSpy toasts(&page, &PageWidget::toastRequested);
    const auto exported = [&](const QString &name) {
        const QString to = m_folder.filePath(name);
        toasts.clear();
        page.exportTo(batch, to);
        QFile file(to);
        return QTest::qWaitFor([&] { return toasts.count() == 1; }, 10'000) && file.open(QFile::ReadOnly)
            ? file.readAll().split('\n')
            : QByteArrayList();
    };
    const QByteArrayList csv = exported(u"out.csv"_s);
    QCOMPARE(csv.size(), 4);
    QVERIFY(csv[0].startsWith("row,amount,customer,status,output,error"));
    QVERIFY(csv[1].startsWith("1,5,\"Beatriz, Lima\",completed,Dear Beatriz,,"));
    QVERIFY(csv[2].startsWith("2,,Luiz,dead,,The provider failed (500),"));
    const QByteArrayList lines = exported(u"out.jsonl"_s);
    QCOMPARE(lines.size(), 3);
    const QJsonObject line = json::object(lines[0]);
    QCOMPARE(line.value(u"input"_s).toObject(), first.variables);
    QCOMPARE(line.value(u"output"_s).toString(), u"Dear Beatriz"_s);
    QCOMPARE(json::object(lines[1]).value(u"error"_s).toString(), u"The provider failed (500)"_s);
}

void TestBatches::readersAreOfferedNoChanges()
{
    JobsFixture fixture({Ability::BatchesRead});
    fixture.answerList("/api/v1/batches", QList<Batch>{JobsFixture::batch(u"orders"_s, 10, 2)});
    BatchesPage page(*fixture.workspace, *fixture.library);
    QVERIFY(JobsFixture::show(page));
    page.activated();
    QTRY_COMPARE(page.table()->model()->rowCount(), 1);
    page.table()->setCurrentIndex(page.table()->model()->index(0, 0));
    QVERIFY(!page.runFile());
    for (const Command &command : page.commands())
        QVERIFY2(!command.isEnabled()
                     || !command.id.contains(QRegularExpression(u"run|pause|retry|cancel|jobs|export"_s)),
                 qPrintable(command.id));
}

QTEST_MAIN(TestBatches)
#include "tst_batches.moc"
