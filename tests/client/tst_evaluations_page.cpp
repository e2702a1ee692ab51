// SPDX-License-Identifier: GPL-3.0-or-later
// The page of evaluations as a person uses it: datasets and their grid, runs and their matrix, gates. What it asks the
// server for, what it sends, and what it shows of the answers.
#include "client/evaluations/answers_pane.h"
#include "client/evaluations/assertion_form.h"
#include "client/evaluations/assertions_editor.h"
#include "client/evaluations/case_conflict_dialog.h"
#include "client/evaluations/case_import_dialog.h"
#include "client/evaluations/cases_table.h"
#include "client/evaluations/dataset_editor.h"
#include "client/evaluations/evaluations_page.h"
#include "client/evaluations/gate_pane.h"
#include "client/evaluations/gates_view.h"
#include "client/evaluations/matrix_table.h"
#include "client/evaluations/outputs_compare.h"
#include "client/evaluations/run_dialog.h"
#include "client/evaluations/run_matrix_view.h"
#include "client/evaluations/run_versions.h"
#include "client/templates/compare_view.h"
#include "client/templates/template_library.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/search_select.h"
#include "shared/evaluations/endpoints.h"
#include "shared/id.h"
#include "tests/client/gateway_fixture.h"

#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace {

const QByteArray datasetsPath = "/api/v1/datasets", runsPath = "/api/v1/evaluation-runs", gatesPath = "/api/v1/gates";
constexpr int columnsOfTheRun = 2;

const QList<Ability> &everything()
{
    static const QList<Ability> abilities{
        Ability::EvaluationsRead, Ability::EvaluationsCreate, Ability::EvaluationsUpdate, Ability::EvaluationsDelete,
        Ability::EvaluationsRun,  Ability::TemplatesRead,     Ability::TemplatesPublish,  Ability::JobsRead};
    return abilities;
}

QByteArray idOf(const QUuid &id) { return id.toByteArray(QUuid::WithoutBraces); }

QUrlQuery queryOf(const WireRequest &request)
{
    return QUrlQuery(QString::fromLatin1(request.path.split('?').value(1)));
}

Dataset datasetOf(const QString &name, qint64 cases)
{
    Dataset one;
    one.id = newId();
    one.name = name;
    one.caseCount = cases;
    one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
    one.revision = 3;
    return one;
}

EvaluationCase caseOf(int number, const QString &order, const QString &expected)
{
    EvaluationCase one;
    one.id = newId();
    one.datasetId = newId();
    one.number = number;
    one.variables = {{u"order"_s, order}};
    one.expected = expected;
    one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
    return one;
}

RunDetail runOf(const Dataset &dataset, int cases, RunState state)
{
    RunDetail detail;
    EvaluationRun &run = detail.run;
    run.id = newId();
    run.name = u"Nightly"_s;
    run.datasetId = dataset.id;
    run.datasetName = dataset.name;
    run.state = state;
    run.caseCount = cases;
    run.columnCount = columnsOfTheRun;
    run.answers = cases * columnsOfTheRun;
    run.done = state == RunState::Running ? 1 : run.answers;
    run.createdAt = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < columnsOfTheRun; ++i) {
        RunColumn column;
        column.column = i;
        column.templateId = dataset.id;
        column.templateName = u"Refund reply"_s;
        column.templateSlug = u"refund-reply"_s;
        column.version = i + 1;
        column.model = u"demo/echo"_s;
        column.answers = cases;
        column.score = 0.75;
        detail.columns << column;
    }
    return detail;
}

RunRow rowOf(int number, double first, double second)
{
    RunRow row;
    row.caseId = newId();
    row.number = number;
    row.variables = {{u"order"_s, u"A-%1"_s.arg(number)}};
    for (int i = 0; i < columnsOfTheRun; ++i) {
        RunCell cell;
        cell.column = i;
        cell.answers = cell.done = 1;
        cell.score = i == 0 ? first : second;
        cell.outcome = *cell.score >= 0.5 ? CellOutcome::Passed : CellOutcome::Failed;
        cell.passed = cell.outcome == CellOutcome::Passed;
        row.cells << cell;
    }
    return row;
}

} // namespace

class TestEvaluationsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { GatewayFixture::prepare(m_settings.path()); }
    void init();
    void cleanup();
    void theFirstDatasetIsExplainedAndMade();
    void datasetsAreFoundByTheServer();
    void aDatasetIsTypedInByKeyboardAndSavedAtOnce();
    void cellsAreExchangedWithSpreadsheets();
    void lettersStayInTheGrid();
    void whatTwoPeopleChangedIsDecidedCellByCell();
    void aFileIsLookedAtBeforeItIsImported();
    void anAssertionIsTriedAndSaved();
    void whatMayNotBeDoneIsNotOffered();
    void aRunSaysHowManyCallsItMakes();
    void aRunningRunShowsItsProgress();
    void theMatrixShowsScoresAndLeadsToProblems();
    void onlyFailuresAreAskedOfTheServer();
    void regressionsAreMarkedWithTheirSignificance();
    void answersOfACellAreShownAndCompared();
    void aLongMatrixComesInParts();
    void aRefusingGateNamesItsRunAndCases();
    void anErrorOffersToTryAgain();

private:
    void answerDataset(const Dataset &dataset, const QList<EvaluationCase> &cases);
    void answerRun(const RunDetail &run, const QList<RunRow> &rows);
    DatasetEditor *openDataset(const Dataset &dataset, int cases);
    RunMatrixView *openRun(const RunDetail &run, int rows, const QJsonObject &state = {});
    bool run(const QString &id);
    void show(const QList<Ability> &abilities = everything());
    template<class Widget> Widget *there() const { return m_page->findChild<Widget *>(); }

    std::unique_ptr<GatewayFixture> m_desk;
    std::unique_ptr<TemplateLibrary> m_library;
    std::unique_ptr<EvaluationsPage> m_page;
    QTemporaryDir m_settings;
};

void TestEvaluationsPage::init()
{
    QSettings().clear();
    show();
}

void TestEvaluationsPage::cleanup()
{
    m_page.reset();
    m_library.reset();
    m_desk.reset();
}

void TestEvaluationsPage::show(const QList<Ability> &abilities)
{
    cleanup();
    m_desk = std::make_unique<GatewayFixture>(abilities);
    m_desk->answerList<Dataset>(datasetsPath, {});
    m_desk->answerList<EvaluationRun>(runsPath, {});
    m_desk->answerList<Gate>(gatesPath, {});
    PromptTemplate one;
    one.id = newId();
    one.slug = u"refund-reply"_s;
    one.name = u"Refund reply"_s;
    one.latestVersion = 3;
    one.createdAt = one.updatedAt = QDateTime::currentDateTimeUtc();
    m_desk->answerList<PromptTemplate>("/api/v1/templates", {one});
    ModelInfo model;
    model.name = u"demo/echo"_s;
    model.configured = true;
    m_desk->answers["GET /api/v1/models"] = [model](const WireRequest &) {
        return WireAnswer{.body = json::print(ModelList{{model}})};
    };
    m_library = std::make_unique<TemplateLibrary>(*m_desk->workspace);
    m_page = std::make_unique<EvaluationsPage>(*m_desk->workspace, *m_library);
    QVERIFY(GatewayFixture::show(*m_page));
    m_page->activated();
}

void TestEvaluationsPage::answerDataset(const Dataset &dataset, const QList<EvaluationCase> &cases)
{
    const QByteArray path = datasetsPath + '/' + idOf(dataset.id);
    m_desk->answerList<Dataset>(datasetsPath, {dataset});
    m_desk->answers["GET " + path] = [dataset](const WireRequest &) {
        return WireAnswer{.body = json::print(dataset)};
    };
    m_desk->answerList<EvaluationCase>(path + "/cases", cases);
}

void TestEvaluationsPage::answerRun(const RunDetail &run, const QList<RunRow> &rows)
{
    const QByteArray path = runsPath + '/' + idOf(run.run.id);
    m_desk->answerList<EvaluationRun>(runsPath, {run.run});
    m_desk->answers["GET " + path] = [run](const WireRequest &) { return WireAnswer{.body = json::print(run)}; };
    m_desk->answerList<RunRow>(path + "/matrix", rows);
}

DatasetEditor *TestEvaluationsPage::openDataset(const Dataset &dataset, int cases)
{
    m_page->openObject(u"datasets/"_s + dataset.id.toString(QUuid::WithoutBraces));
    DatasetEditor *editor = m_page->datasetEditor();
    const bool isThere =
        QTest::qWaitFor([&] { return !editor->isLoading() && editor->model().rowCount() == cases; }, 5000);
    return isThere ? editor : nullptr;
}

RunMatrixView *TestEvaluationsPage::openRun(const RunDetail &run, int rows, const QJsonObject &state)
{
    QJsonObject whole{{u"tab"_s, u"runs"_s}, {u"run"_s, run.run.id.toString(QUuid::WithoutBraces)}};
    whole.insert(u"matrix"_s, state);
    m_page->restoreViewState(whole);
    RunMatrixView *view = m_page->runView();
    const bool isThere = QTest::qWaitFor(
        [&] {
            return !view->isLoading() && view->model().rowCount() == rows
                && view->model().columns().size() == run.columns.size();
        },
        5000);
    return isThere ? view : nullptr;
}

bool TestEvaluationsPage::run(const QString &id)
{
    for (const Command &command : m_page->commands())
        if (command.id == id && command.isEnabled()) {
            command.run();
            return true;
        }
    return false;
}

// ---- datasets

void TestEvaluationsPage::theFirstDatasetIsExplainedAndMade()
{
    EmptyState *empty = m_page->tab(0)->table()->emptyState();
    QTRY_VERIFY(empty->isVisible());
    const Dataset made = datasetOf(u"Refunds"_s, 0);
    m_desk->answers["POST " + datasetsPath] = [made](const WireRequest &) {
        return WireAnswer{.status = 201, .body = json::print(made)};
    };
    answerDataset(made, {});
    Q_EMIT empty->actionRequested();
    auto *dialog = there<Dialog>();
    QVERIFY(dialog);
    dialog->findChild<TextField *>()->setText(u"Refunds"_s);
    dialog->accept();
    QTRY_VERIFY(m_page->datasetEditor() && m_page->datasetEditor()->isVisible());
    QCOMPARE(m_page->datasetEditor()->datasetId(), made.id);
    const auto sent = json::parse<NewDataset>(m_desk->calls("POST " + datasetsPath).first().body);
    QCOMPARE(sent.name, u"Refunds"_s);
    QCOMPARE(m_page->viewState().value(u"dataset"_s).toString(), made.id.toString(QUuid::WithoutBraces));
}

void TestEvaluationsPage::datasetsAreFoundByTheServer()
{
    m_desk->answerList<Dataset>(datasetsPath, {datasetOf(u"Refunds"_s, 12), datasetOf(u"Triage"_s, 3)});
    m_page->activated();
    QTRY_COMPARE(m_page->tab(0)->table()->model()->rowCount(), 2);
    m_page->tab(0)->findChild<SearchField *>()->setText(u"ref"_s);
    QTRY_VERIFY(queryOf(m_desk->calls("GET " + datasetsPath).last()).queryItemValue(u"search"_s) == u"ref"_s);
}

void TestEvaluationsPage::aDatasetIsTypedInByKeyboardAndSavedAtOnce()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 2);
    const QList<EvaluationCase> cases{caseOf(1, u"A"_s, u"yes"_s), caseOf(2, u"B"_s, u"no"_s)};
    answerDataset(dataset, cases);
    DatasetEditor *editor = openDataset(dataset, 2);
    QVERIFY(editor);
    CasesTable *grid = editor->grid();
    grid->setFocus();
    grid->setCurrentIndex(editor->model().index(0, 0));
    // F2, a text, Return: the cell below is next.
    QTest::keyClick(grid, Qt::Key_F2);
    auto *field = grid->findChild<QPlainTextEdit *>();
    QVERIFY(field);
    QTest::keyClicks(field, u"A-1"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(editor->model().index(0, 0).data().toString(), u"A-1"_s);
    QCOMPARE(grid->currentIndex().row(), 1);
    // Emptied, and taken back.
    QTest::keyClick(grid, Qt::Key_Delete);
    QCOMPARE(editor->model().index(1, 0).data().toString(), QString());
    QTest::keyClick(grid, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->model().index(1, 0).data().toString(), u"B"_s);
    QVERIFY(run(u"dataset.add"_s));
    field = nullptr;
    for (auto *edit : grid->findChildren<QPlainTextEdit *>()) // the one before may still be about to go
        if (edit->isVisible())
            field = edit;
    QVERIFY(field);
    QTest::keyClicks(field, u"C"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(editor->model().rowCount(), 3);

    const QByteArray path = datasetsPath + '/' + idOf(dataset.id) + "/cases";
    m_desk->answers["PATCH " + path] = [cases](const WireRequest &request) {
        const auto edit = json::parse<CasesEdit>(request.body);
        CasesEdited done;
        for (const NewEvaluationCase &one : edit.added) {
            EvaluationCase added = caseOf(3, {}, {});
            added.variables = one.variables;
            added.expected = one.expected;
            done.added << added;
        }
        EvaluationCase changed = cases.first();
        changed.variables = {{u"order"_s, u"A-1"_s}};
        changed.revision = 2;
        done.changed << changed;
        return WireAnswer{.body = json::print(done)};
    };
    QVERIFY(editor->isChanged());
    QVERIFY(run(u"dataset.save"_s));
    QTRY_VERIFY(!editor->isChanged());
    QCOMPARE(m_desk->calls("PATCH " + path).size(), 1);
    const auto sent = json::parse<CasesEdit>(m_desk->calls("PATCH " + path).first().body);
    QCOMPARE(sent.added.size(), 1);
    QCOMPARE(sent.added.first().variables, (QJsonObject{{u"order"_s, u"C"_s}}));
    QCOMPARE(sent.changed.size(), 1);
    QCOMPARE(sent.changed.first().id, cases.first().id);
    QVERIFY(sent.removed.isEmpty());
}

void TestEvaluationsPage::cellsAreExchangedWithSpreadsheets()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    answerDataset(dataset, {caseOf(1, u"A"_s, u"yes"_s)});
    DatasetEditor *editor = openDataset(dataset, 1);
    QVERIFY(editor);
    CasesTable *grid = editor->grid();
    grid->setFocus();
    grid->setCurrentIndex(editor->model().index(0, 0));
    QGuiApplication::clipboard()->setText(u"B\tfine\nC\t\"two\nlines\"\n"_s);
    QTest::keyClick(grid, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(editor->model().rowCount(), 2);
    QCOMPARE(editor->model().content(1).expected, u"two\nlines"_s);
    QTest::keyClick(grid, Qt::Key_C, Qt::ControlModifier); // what was pasted is chosen
    QCOMPARE(QGuiApplication::clipboard()->text(), u"B\tfine\nC\t\"two\nlines\"\n"_s);
    QTest::keyClick(grid, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->model().rowCount(), 1);
    QVERIFY(!editor->isChanged());
}

void TestEvaluationsPage::lettersStayInTheGrid()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    answerDataset(dataset, {caseOf(1, u"A"_s, u"yes"_s)});
    DatasetEditor *editor = openDataset(dataset, 1);
    QVERIFY(editor);
    editor->grid()->setFocus();
    editor->grid()->setCurrentIndex(editor->model().index(0, 0));
    for (const int key : {int(Qt::Key_J), int(Qt::Key_G), int(Qt::Key_N), int(Qt::Key_Delete)}) {
        QKeyEvent asked(QEvent::ShortcutOverride, key, Qt::NoModifier, key == Qt::Key_Delete ? QString() : u"j"_s);
        asked.ignore();
        QApplication::sendEvent(editor->grid(), &asked);
        QVERIFY(asked.isAccepted());
    }
    QKeyEvent palette(QEvent::ShortcutOverride, Qt::Key_K, Qt::ControlModifier, u"\x0b"_s);
    palette.ignore();
    QApplication::sendEvent(editor->grid(), &palette);
    QVERIFY(!palette.isAccepted());
}

void TestEvaluationsPage::whatTwoPeopleChangedIsDecidedCellByCell()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    const EvaluationCase before = caseOf(1, u"A"_s, u"yes"_s);
    answerDataset(dataset, {before});
    DatasetEditor *editor = openDataset(dataset, 1);
    QVERIFY(editor);
    CasesModel &model = editor->model();
    model.setData(model.index(0, model.columnOf(caseColumns::expected)), u"mine"_s, Qt::EditRole);
    EvaluationCase theirs = before;
    theirs.expected = u"theirs"_s;
    theirs.revision = 2;
    const QByteArray path = datasetsPath + '/' + idOf(dataset.id) + "/cases";
    m_desk->answerList<EvaluationCase>(path, {theirs});
    m_desk->answers["PATCH " + path] = [theirs](const WireRequest &request) {
        const auto edit = json::parse<CasesEdit>(request.body);
        if (edit.changed.first().revision != theirs.revision)
            return WireAnswer{.status = 412, .body = json::print(ApiError::changed(u"Case 1"_s))};
        CasesEdited done;
        EvaluationCase now = theirs;
        now.expected = edit.changed.first().expected;
        now.revision = 3;
        done.changed << now;
        return WireAnswer{.body = json::print(done)};
    };
    editor->save();
    QTRY_VERIFY(there<CaseConflictDialog>());
    auto *dialog = there<CaseConflictDialog>();
    auto *whose = dialog->findChild<SegmentedControl *>();
    QVERIFY(whose->accessibleName().contains(u"1"_s)); // names the case
    whose->setCurrent(1);
    dialog->accept();
    QTRY_COMPARE(m_desk->calls("PATCH " + path).size(), 2);
    QTRY_VERIFY(!editor->isChanged());
    QCOMPARE(model.content(0).expected, u"mine"_s);
}

void TestEvaluationsPage::aFileIsLookedAtBeforeItIsImported()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 0);
    answerDataset(dataset, {});
    DatasetEditor *editor = openDataset(dataset, 0);
    QVERIFY(editor);
    const QByteArray path = datasetsPath + '/' + idOf(dataset.id) + "/import";
    m_desk->answers["POST " + path] = [](const WireRequest &request) {
        const auto input = json::parse<CaseImport>(request.body);
        CaseImportReport report;
        report.isDryRun = input.isDryRun;
        report.rows = 2;
        if (input.text.contains(u"bad"_s))
            report.problems = {{3, u"amount:json"_s, u"is not JSON"_s}};
        else
            report.added = input.isDryRun ? 0 : 2;
        report.variables = {u"order"_s};
        return WireAnswer{.body = json::print(report)};
    };
    QVERIFY(run(u"dataset.import"_s));
    const QPointer dialog(there<CaseImportDialog>()); // goes when it is closed
    QVERIFY(dialog);
    const auto write = [this](const QByteArray &content) {
        QFile file(m_settings.filePath(u"cases.csv"_s));
        return file.open(QFile::WriteOnly) && file.write(content) == content.size();
    };
    QVERIFY(write("order,expected\nA,yes\nB,bad\n"));
    dialog->read(m_settings.filePath(u"cases.csv"_s));
    auto *problems = dialog->findChild<QTableWidget *>();
    QTRY_VERIFY(problems->isVisible());
    QCOMPARE(problems->item(0, 0)->text(), u"3"_s);
    QCOMPARE(problems->item(0, 2)->text(), u"is not JSON"_s);
    dialog->accept(); // nothing is imported
    QCOMPARE(m_desk->calls("POST " + path).size(), 1);
    QVERIFY(write("order,expected\nA,yes\nB,no\n"));
    dialog->read(m_settings.filePath(u"cases.csv"_s));
    QSignalSpy imported(dialog, &CaseImportDialog::imported);
    QTRY_COMPARE(m_desk->calls("POST " + path).size(), 2);
    QVERIFY(QTest::qWaitFor([dialog] {
        if (dialog)
            dialog->accept(); // does nothing until the file has been looked at
        return !dialog || !dialog->isVisible();
    }));
    QCOMPARE(imported.size(), 1);
    QCOMPARE(imported.first().first().toInt(), 2);
    QVERIFY(!json::parse<CaseImport>(m_desk->calls("POST " + path).last().body).isDryRun);
}

void TestEvaluationsPage::anAssertionIsTriedAndSaved()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    answerDataset(dataset, {caseOf(1, u"A"_s, u"yes"_s)});
    DatasetEditor *editor = openDataset(dataset, 1);
    QVERIFY(editor);
    editor->findChild<Tabs *>()->setCurrentIndex(1);
    AssertionsEditor *assertions = editor->assertionsEditor();
    assertions->add(AssertionKind::Regex);
    const auto areaNamed = [&](const QString &name) -> QPlainTextEdit * {
        for (QPlainTextEdit *edit : assertions->findChildren<QPlainTextEdit *>())
            if (edit->isVisible() && edit->accessibleName() == name)
                return edit;
        return nullptr;
    };
    QVERIFY(areaNamed(u"Expression"_s));
    areaNamed(u"Expression"_s)->setPlainText(u"refund("_s);
    QVERIFY(!assertions->isValid());
    QVERIFY(!run(u"dataset.save"_s));
    areaNamed(u"Expression"_s)->setPlainText(u"refund(ed)?"_s);
    QVERIFY(assertions->isValid());
    areaNamed(u"Answer"_s)->setPlainText(u"Your order was refunded."_s);
    const auto verdict = [&](const QString &icon) {
        for (Banner *banner : assertions->findChildren<Banner *>())
            if (banner->isVisible())
                for (Label *label : banner->findChildren<Label *>())
                    if (label->text().startsWith(icon))
                        return true;
        return false;
    };
    QTRY_VERIFY(verdict(u"It holds"_s));
    areaNamed(u"Answer"_s)->setPlainText(u"No."_s);
    QTRY_VERIFY(verdict(u"It does not hold"_s));
    const QByteArray path = datasetsPath + '/' + idOf(dataset.id);
    m_desk->answers["PATCH " + path] = [dataset](const WireRequest &request) {
        Dataset saved = dataset;
        saved.assertions = *json::parse<DatasetChange>(request.body).assertions;
        saved.revision = 4;
        return WireAnswer{.body = json::print(saved)};
    };
    QVERIFY(run(u"dataset.save"_s));
    QTRY_VERIFY(!editor->isChanged());
    const WireRequest sent = m_desk->calls("PATCH " + path).first();
    QCOMPARE(sent.headers.value("if-match"), QByteArray("\"3\""));
    QCOMPARE(json::parse<DatasetChange>(sent.body).assertions->first().value, u"refund(ed)?"_s);
}

void TestEvaluationsPage::whatMayNotBeDoneIsNotOffered()
{
    show({Ability::EvaluationsRead, Ability::TemplatesRead});
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    answerDataset(dataset, {caseOf(1, u"A"_s, u"yes"_s)});
    QVERIFY(!run(u"datasets.add"_s));
    DatasetEditor *editor = openDataset(dataset, 1);
    QVERIFY(editor);
    QVERIFY(!(editor->model().flags(editor->model().index(0, 0)) & Qt::ItemIsEditable));
    for (const QString &id : {u"dataset.add"_s, u"dataset.save"_s, u"dataset.import"_s, u"dataset.run"_s})
        QVERIFY2(!run(id), qPrintable(id));
    for (const Button *button : editor->findChildren<Button *>())
        QVERIFY2(!button->isVisible() || button->text().isEmpty(), qPrintable(button->text()));
    QGuiApplication::clipboard()->setText(u"B\tfine\n"_s);
    editor->grid()->paste();
    QVERIFY(!editor->isChanged());
}

// ---- runs

void TestEvaluationsPage::aRunSaysHowManyCallsItMakes()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 120);
    m_desk->answerList<Dataset>(datasetsPath, {dataset});
    QTRY_VERIFY(!m_library->templates().isEmpty() && !m_library->models().isEmpty());
    m_page->startRun(dataset.id);
    auto *dialog = there<RunDialog>();
    QVERIFY(dialog);
    QTRY_VERIFY(dialog->estimate().contains(u"120"_s));
    auto *versions = dialog->findChild<RunVersions *>();
    auto *which = versions->findChild<SearchSelect *>();
    which->choose(u"refund-reply"_s);
    Q_EMIT which->valueChosen(u"refund-reply"_s);
    versions->add(); // another one of the same template
    auto *models = dialog->findChild<QListWidget *>();
    QCOMPARE(models->count(), 1);
    models->item(0)->setCheckState(Qt::Checked);
    for (TextField *field : dialog->findChildren<TextField *>())
        if (field->edit()->accessibleName() == u"Answers to each case"_s)
            field->setText(u"3"_s);
    QVERIFY2(dialog->estimate().contains(u"720"_s), qPrintable(dialog->estimate()));
    const RunDetail started = runOf(dataset, 120, RunState::Running);
    answerRun(started, {});
    m_desk->answers["POST " + runsPath] = [started](const WireRequest &) {
        return WireAnswer{.status = 202, .body = json::print(started)};
    };
    dialog->accept();
    QTRY_VERIFY(m_page->runView() && m_page->runView()->isVisible());
    const auto sent = json::parse<NewRun>(m_desk->calls("POST " + runsPath).first().body);
    QCOMPARE(sent.versions.size(), 2);
    QCOMPARE(sent.versions.first().promptTemplate, u"refund-reply"_s);
    QCOMPARE(sent.models, (QList<QString>{u"demo/echo"_s}));
    QCOMPARE(sent.repeats, 3);
    QCOMPARE(sent.cache, CacheUse::Use);
}

void TestEvaluationsPage::aRunningRunShowsItsProgress()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 2);
    RunDetail running = runOf(dataset, 2, RunState::Running);
    answerRun(running, {});
    m_desk->workspace->open();
    QTRY_COMPARE(m_desk->workspace->live().state(), LiveClient::State::Live);
    m_page->showTab(1);
    QAbstractItemModel *rows = m_page->tab(1)->table()->model();
    QTRY_COMPARE(rows->rowCount(), 1);
    const auto state = [rows] { return rows->index(0, 0).data().toString(); };
    QCOMPARE(state(), u"Running"_s);
    RunDetail ended = running;
    ended.run.state = RunState::Completed;
    ended.run.done = ended.run.answers;
    answerRun(ended, {});
    QTRY_VERIFY(!m_desk->server.sockets().isEmpty());
    const QString topic = u"evaluation/"_s + running.run.id.toString(QUuid::WithoutBraces);
    WireServer::say(*m_desk->server.sockets().first(),
                    {{u"type"_s, u"event"_s},
                     {u"sequence"_s, 1},
                     {u"topic"_s, topic},
                     {u"name"_s, u"evaluation.finished"_s},
                     {u"time"_s, u"2026-01-31T12:00:00.000Z"_s},
                     {u"data"_s, json::object(json::print(ended.run))}});
    QTRY_COMPARE(state(), u"Completed"_s);
}

void TestEvaluationsPage::theMatrixShowsScoresAndLeadsToProblems()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 3);
    const RunDetail run = runOf(dataset, 3, RunState::Completed);
    answerRun(run, {rowOf(1, 1, 1), rowOf(2, 1, 0.25), rowOf(3, 0, 1)});
    RunMatrixView *view = openRun(run, 3);
    QVERIFY(view);
    MatrixTable *table = view->table();
    const QAbstractItemModel *model = table->model();
    QCOMPARE(model->columnCount(), 3);
    QVERIFY(model->index(1, 2).data().toString().contains(u"25"_s));
    // Not by colour alone.
    QVERIFY(model->index(1, 2).data(Qt::AccessibleTextRole).toString().startsWith(u"Failed"_s));
    QVERIFY(model->headerData(1, Qt::Horizontal, Qt::AccessibleTextRole).toString().contains(u"75"_s));
    QVERIFY(MatrixDelegate::heat(0) != MatrixDelegate::heat(1));
    table->setCurrentIndex(model->index(0, 1));
    QVERIFY(this->run(u"run.nextProblem"_s));
    QCOMPARE(table->currentIndex(), model->index(1, 2));
    QVERIFY(this->run(u"run.nextProblem"_s));
    QCOMPARE(table->currentIndex(), model->index(2, 1));
    QVERIFY(this->run(u"run.previousProblem"_s));
    QCOMPARE(table->currentIndex(), model->index(1, 2));
}

void TestEvaluationsPage::onlyFailuresAreAskedOfTheServer()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    const RunDetail run = runOf(dataset, 1, RunState::Completed);
    answerRun(run, {rowOf(1, 1, 0)});
    QVERIFY(openRun(run, 1));
    QVERIFY(this->run(u"run.show.failures"_s));
    const QByteArray path = "GET " + runsPath + '/' + idOf(run.run.id) + "/matrix";
    QTRY_COMPARE(queryOf(m_desk->calls(path).last()).allQueryItemValues(u"outcome"_s),
                 (QStringList{u"failed"_s, u"error"_s}));
    QCOMPARE(m_page->viewState().value(u"matrix"_s).toObject().value(u"show"_s).toString(), u"failures"_s);
    QVERIFY(!this->run(u"run.show.regressions"_s)); // beside nothing
}

void TestEvaluationsPage::regressionsAreMarkedWithTheirSignificance()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    RunDetail run = runOf(dataset, 1, RunState::Completed);
    run.run.baselineRunId = newId();
    RunRow row = rowOf(1, 0.4, 1);
    row.cells[0].change = CellChange::Regression;
    row.cells[0].baselineScore = 0.9;
    row.cells[0].pValue = 0.02;
    row.cells[0].note = u"2 of 5 answers pass, 5 of 5 did before."_s;
    row.cells[1].change = CellChange::Same;
    answerRun(run, {row});
    RunComparison comparison;
    comparison.runId = run.run.id;
    comparison.baselineRunId = *run.run.baselineRunId;
    comparison.regressions = 1;
    ColumnComparison column;
    column.baselineColumn = 0;
    column.compared = 1;
    column.regressions = 1;
    column.score = 0.4;
    column.baselineScore = 0.9;
    column.pValue = 0.02;
    column.isSignificant = true;
    comparison.columns << column;
    m_desk->answers["GET " + runsPath + '/' + idOf(run.run.id) + "/comparison"] = [comparison](const WireRequest &) {
        return WireAnswer{.body = json::print(comparison)};
    };
    RunMatrixView *view = openRun(run, 1);
    QVERIFY(view);
    QVERIFY(view->model().index(0, 1).data(Qt::AccessibleTextRole).toString().contains(u"Regression"_s));
    const auto says = [view](const QString &text) {
        for (const Label *label : view->findChildren<Label *>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    };
    QTRY_VERIFY(says(u"more than chance"_s));
    QVERIFY(view->model().headerData(1, Qt::Horizontal, Qt::AccessibleTextRole).toString().contains(u"regression"_s));
    view->table()->setCurrentIndex(view->model().index(0, 1));
    QTest::keyClick(view->table(), Qt::Key_Return);
    QTRY_VERIFY(view->pane()->isVisible());
    QVERIFY(says(u"5 of 5 did before"_s));
}

void TestEvaluationsPage::answersOfACellAreShownAndCompared()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 1);
    const RunDetail run = runOf(dataset, 1, RunState::Completed);
    const RunRow row = rowOf(1, 1, 0);
    answerRun(run, {row});
    QList<RunAnswer> answers;
    for (int i = 0; i < columnsOfTheRun; ++i) {
        RunAnswer answer;
        answer.column = i;
        answer.caseId = row.caseId;
        answer.jobId = newId();
        answer.outcome = i == 0 ? CellOutcome::Passed : CellOutcome::Failed;
        answer.output = i == 0 ? u"We refund the order."_s : u"We keep the order."_s;
        AssertionResult result;
        result.kind = AssertionKind::Contains;
        result.passed = i == 0;
        result.reason = i == 0 ? QString() : u"“refund” is missing."_s;
        answer.assertions << result;
        answers << answer;
    }
    m_desk->answers["GET " + runsPath + '/' + idOf(run.run.id) + "/answers"] = [answers](const WireRequest &request) {
        QList<RunAnswer> found = answers;
        const QString column = queryOf(request).queryItemValue(u"column"_s);
        if (!column.isEmpty())
            found.removeIf([&](const RunAnswer &one) { return one.column != column.toInt(); });
        return WireAnswer{.body = json::print(Page<RunAnswer>{found, {}})};
    };
    RunMatrixView *view = openRun(run, 1);
    QVERIFY(view);
    view->table()->setFocus();
    view->table()->setCurrentIndex(view->model().index(0, 2));
    QTest::keyClick(view->table(), Qt::Key_Return);
    QTRY_COMPARE(view->pane()->answers().size(), 1);
    QSignalSpy jobs(m_page.get(), &EvaluationsPage::jobRequested);
    for (Button *button : view->pane()->findChildren<Button *>())
        if (button->text() == u"Open job"_s)
            button->click();
    QCOMPARE(jobs.size(), 1);
    QCOMPARE(jobs.first().first().toUuid(), *answers[1].jobId);
    QVERIFY(this->run(u"run.outputs"_s));
    QTRY_COMPARE(view->outputs()->view()->comparison().added, 1);
    QCOMPARE(view->outputs()->view()->comparison().removed, 1);
    QTest::keyClick(view->outputs(), Qt::Key_Escape);
    QVERIFY(view->table()->isVisible());
}

void TestEvaluationsPage::aLongMatrixComesInParts()
{
    static constexpr int all = 10'000, atOnce = 200;
    const Dataset dataset = datasetOf(u"Refunds"_s, all);
    const RunDetail run = runOf(dataset, all, RunState::Completed);
    answerRun(run, {});
    m_desk->answers["GET " + runsPath + '/' + idOf(run.run.id) + "/matrix"] = [](const WireRequest &request) {
        const int from = queryOf(request).queryItemValue(u"cursor"_s).toInt();
        Page<RunRow> page;
        for (int i = from; i < std::min(from + atOnce, all); ++i)
            page.items << rowOf(i + 1, 1, i % 3 ? 1 : 0);
        if (from + atOnce < all)
            page.nextCursor = QString::number(from + atOnce);
        return WireAnswer{.body = json::print(page)};
    };
    RunMatrixView *view = openRun(run, atOnce);
    QVERIFY(view);
    QScrollBar *bar = view->table()->verticalScrollBar();
    while (view->model().rowCount() < all) {
        const int before = view->model().rowCount();
        QTRY_VERIFY(bar->value() < bar->maximum()); // the rows are there before their room to scroll is
        bar->setValue(bar->maximum());
        QTRY_VERIFY(view->model().rowCount() > before);
    }
    QCOMPARE(view->model().row(all - 1).number, all);
    QCOMPARE(view->table()->findChildren<QWidget *>(u"cell"_s).size(), 0);
    const auto children = view->table()->viewport()->findChildren<QWidget *>().size();
    QVERIFY2(children < 10, qPrintable(QString::number(children))); // no widget for each cell
}

// ---- gates

void TestEvaluationsPage::aRefusingGateNamesItsRunAndCases()
{
    const Dataset dataset = datasetOf(u"Refunds"_s, 2);
    const RunDetail run = runOf(dataset, 2, RunState::Completed);
    answerRun(run, {rowOf(1, 1, 1), rowOf(2, 1, 0)});
    Gate gate;
    gate.id = newId();
    gate.templateId = newId();
    gate.templateName = u"Refund reply"_s;
    gate.label = u"production"_s;
    gate.datasetId = dataset.id;
    gate.datasetName = dataset.name;
    gate.minimumScore = 0.9;
    gate.createdAt = gate.updatedAt = QDateTime::currentDateTimeUtc();
    m_desk->answerList<Gate>(gatesPath, {gate});
    GateCheck check;
    check.gateId = gate.id;
    check.datasetId = dataset.id;
    check.reason = u"Its score is 75 %, 90 % are asked for."_s;
    check.runId = run.run.id;
    check.score = 0.75;
    check.minimumScore = 0.9;
    check.cases = {2};
    const QByteArray checkPath = "GET /api/v1/templates/" + idOf(gate.templateId) + "/gate-checks";
    m_desk->answers[checkPath] = [check](const WireRequest &) {
        return WireAnswer{.body = json::print(GateChecks{{check}})};
    };
    m_page->showTab(2);
    DataTable *table = m_page->tab(2)->table();
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    auto *pane = there<GatePane>();
    const auto says = [pane](const QString &text) {
        for (const Label *label : pane->findChildren<Label *>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    };
    QTRY_VERIFY(says(check.reason));
    QVERIFY(says(u"Cases 2"_s));
    QCOMPARE(queryOf(m_desk->calls(checkPath).first()).queryItemValue(u"label"_s), u"production"_s);
    Button *link = nullptr;
    for (Button *button : pane->findChildren<Button *>())
        if (button->text() == u"Show cases"_s && button->isVisible())
            link = button;
    QVERIFY(link);
    link->click();
    QTRY_VERIFY(m_page->runView() && m_page->runView()->isVisible());
    QCOMPARE(m_page->runView()->runId(), run.run.id);
    QTRY_COMPARE(m_page->runView()->table()->currentIndex(), m_page->runView()->model().index(1, 2));
}

void TestEvaluationsPage::anErrorOffersToTryAgain()
{
    bool isBroken = true;
    const Dataset dataset = datasetOf(u"Refunds"_s, 0);
    m_desk->answers["GET " + datasetsPath] = [&isBroken, dataset](const WireRequest &) {
        return isBroken ? WireAnswer{.status = 500, .body = json::print(ApiError::internal())}
                        : WireAnswer{.body = json::print(Page<Dataset>{{dataset}, {}})};
    };
    m_page->activated();
    EmptyState *empty = m_page->tab(0)->table()->emptyState();
    QTRY_VERIFY(!m_desk->calls("GET " + datasetsPath).isEmpty() && empty->isVisible());
    QTRY_VERIFY(([empty] {
        for (const Label *label : empty->findChildren<Label *>())
            if (label->text().contains(u"not known"_s))
                return true;
        return false;
    }()));
    isBroken = false;
    Q_EMIT empty->actionRequested();
    QTRY_COMPARE(m_page->tab(0)->table()->model()->rowCount(), 1);
    QVERIFY(!empty->isVisible());
}

QTEST_MAIN(TestEvaluationsPage)
#include "tst_evaluations_page.moc"
