// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the page of evaluations in the real window, on an example at the other end of the wire, with the checks
// that screenshots.cpp makes of the other pages.
#include "client/design/paint.h"
#include "client/evaluations/answers_pane.h"
#include "client/evaluations/assertions_editor.h"
#include "client/evaluations/case_conflict_dialog.h"
#include "client/evaluations/case_import_dialog.h"
#include "client/evaluations/cases_table.h"
#include "client/evaluations/dataset_editor.h"
#include "client/evaluations/evaluations_page.h"
#include "client/evaluations/evaluations_tab.h"
#include "client/evaluations/gate_pane.h"
#include "client/evaluations/matrix_table.h"
#include "client/evaluations/outputs_compare.h"
#include "client/evaluations/run_dialog.h"
#include "client/evaluations/run_matrix_view.h"
#include "client/shell/sign_in_page.h"
#include "client/templates/compare_view.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "tests/client/desk_fixture.h"
#include "tests/gui/evaluations_example.h"
#include "tests/gui/layout_check.h"

#include <QDialog>
#include <QDir>
#include <QPainter>
#include <QPlainTextEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize pictureSize(1280, 800);
constexpr int patience = 20'000; // ms, on a busy machine

struct Form
{
    const char *name;
    bool dark;
    const char *language;
};

// At twice the size the light form is enough: what is drawn is the same.
QList<Form> forms()
{
    if (qApp->devicePixelRatio() > 1)
        return {{"2x", false, "en"}};
    return {{"light", false, "en"}, {"dark", true, "en"}, {"pt-BR", false, "pt_BR"}};
}

} // namespace

class EvaluationsPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inUse();
    void onTheFirstDay();

    void cleanupTestCase() { m_desk.reset(); }

private:
    void take(const Form &form);
    void open(const QJsonObject &state);
    void run(const QString &id);
    void save(const QString &name, const Form &form);
    void closeDialogs();
    EvaluationsPage &page() { return *m_desk->page<EvaluationsPage>(); }

    EvaluationsExample m_example;
    QTemporaryDir m_settings;
    QTemporaryDir m_data;
    QString m_folder;
    std::unique_ptr<DeskFixture> m_desk;
    QStringList m_problems;
};

void EvaluationsPictures::initTestCase()
{
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    DeskFixture::prepare(m_settings.path());
    QApplication::setCursorFlashTime(0);
    m_desk = std::make_unique<DeskFixture>(m_data.path());
    StartOptions options;
    options.server = m_example.url();
    QVERIFY(m_desk->show(options, pictureSize));
    Q_EMIT m_desk->window.signIn().submitted(
        {options.server.toString(), u"acme"_s, u"marina@acme.example"_s, u"a password"_s, false});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.isAtDesk(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->client.workspace()->live().state() == LiveClient::State::Live, patience);
}

void EvaluationsPictures::open(const QJsonObject &state)
{
    m_desk->window.navigation().open(u"evaluations"_s, state);
    page().activated();
}

void EvaluationsPictures::run(const QString &id)
{
    for (const Command &command : page().commands())
        if (command.id == id && command.isEnabled())
            return command.run();
    QTest::qFail(qPrintable(id), __FILE__, __LINE__);
}

// The window with the dialog above it.
void EvaluationsPictures::save(const QString &name, const Form &form)
{
    // Layouts settle in what is posted while they are settled.
    for (int round = 0; round < 4; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    paint::ElisionLog elisions;
    QPixmap picture = m_desk->window.grab();
    for (QWidget *other : QApplication::topLevelWidgets())
        if (auto *dialog = qobject_cast<QDialog *>(other); dialog && dialog->isVisible()) {
            QPainter painter(&picture);
            painter.drawPixmap(m_desk->window.mapFromGlobal(dialog->mapToGlobal(QPoint())), dialog->grab());
        }
    const QString title = u"%1-%2"_s.arg(name, QString::fromLatin1(form.name));
    QVERIFY(picture.save(u"%1/%2.png"_s.arg(m_folder, title)));
    QStringList found = layoutCheck::shortenedTexts(&m_desk->window, elisions.texts());
    for (QWidget *window : QApplication::topLevelWidgets())
        if (window->isVisible())
            found << layoutCheck::clippedTexts(window) << layoutCheck::namelessControls(window);
    for (const QString &problem : found)
        m_problems << title + u": "_s + problem;
}

void EvaluationsPictures::closeDialogs()
{
    for (QWidget *other : QApplication::topLevelWidgets())
        if (qobject_cast<QDialog *>(other))
            other->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void EvaluationsPictures::take(const Form &form)
{
    open({{u"tab"_s, u"datasets"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(page().tab(0)->table()->model()->rowCount(), 4, patience);
    save(u"evaluations-datasets"_s, form);

    open({{u"dataset"_s, m_example.datasetId.toString(QUuid::WithoutBraces)}});
    DatasetEditor *editor = page().datasetEditor();
    QTRY_VERIFY_WITH_TIMEOUT(!editor->isLoading() && editor->model().rowCount() == EvaluationsExample::caseCount,
                             patience);
    CasesModel &model = editor->model();
    model.setData(model.index(1, 1), u"wrong size, and the color differs"_s, Qt::EditRole);
    model.duplicate({3});
    editor->grid()->setFocus();
    editor->grid()->setCurrentIndex(model.index(2, model.columnOf(caseColumns::expected)));
    save(u"evaluations-dataset"_s, form);
    editor->grid()->edit(5, model.columnOf(caseColumns::expected));
    save(u"evaluations-dataset-edit"_s, form);
    for (QPlainTextEdit *field : editor->grid()->findChildren<QPlainTextEdit *>())
        QTest::keyClick(field, Qt::Key_Escape);
    QFile file(m_settings.filePath(u"refunds.csv"_s));
    QVERIFY(file.open(QFile::WriteOnly) && file.write("order_id,expected\nA,yes\n") > 0);
    file.close();
    run(u"dataset.import"_s);
    editor->findChild<CaseImportDialog *>()->read(file.fileName());
    QTRY_VERIFY_WITH_TIMEOUT(editor->findChild<CaseImportDialog *>()->findChild<QAbstractItemView *>()->isVisible(),
                             patience);
    save(u"evaluations-import"_s, form);
    closeDialogs();
    CaseConflictDialog conflict(
        {{.number = 2, .column = u"reason"_s, .mine = u"wrong size"_s, .theirs = u"too small"_s},
         {.number = 7,
          .column = caseColumns::expected,
          .mine = u"We refund the order within five days."_s,
          .theirs = u"We refund the order within three days."_s},
         {.number = 12, .isRemovedByThem = true}},
        &m_desk->window);
    conflict.open();
    save(u"evaluations-conflict"_s, form);
    conflict.close();
    editor->findChild<Tabs *>()->setCurrentIndex(1);
    for (QPlainTextEdit *text : editor->assertionsEditor()->findChildren<QPlainTextEdit *>())
        if (text->isVisible() && text->toPlainText().isEmpty())
            text->setPlainText(u"We refund your order within five days."_s);
    QTest::qWait(300); // the typing has ended
    save(u"evaluations-assertions"_s, form);
    while (model.undoStack().canUndo())
        model.undoStack().undo();

    open({{u"tab"_s, u"runs"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(page().tab(1)->table()->model()->rowCount(), 4, patience);
    save(u"evaluations-runs"_s, form);
    page().startRun(m_example.datasetId);
    auto *dialog = page().findChild<RunDialog *>();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->estimate().contains(u"42"_s), patience);
    save(u"evaluations-start"_s, form);
    closeDialogs();

    open({{u"run"_s, m_example.runId.toString(QUuid::WithoutBraces)}});
    RunMatrixView *matrix = page().runView();
    QTRY_VERIFY_WITH_TIMEOUT(matrix->model().rowCount() == EvaluationsExample::caseCount
                                 && matrix->model().columns().size() == EvaluationsExample::columnCount
                                 && matrix->model().comparison(3),
                             patience);
    matrix->table()->setCurrentIndex(matrix->model().index(0, 4));
    save(u"evaluations-matrix"_s, form);
    QTest::keyClick(matrix->table(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!matrix->pane()->answers().isEmpty(), patience);
    save(u"evaluations-cell"_s, form);
    closeDialogs();
    matrix->table()->setCurrentIndex(matrix->model().index(3, 4)); // one that got worse
    run(u"run.outputs"_s);
    const auto isCompared = [&] {
        for (const Select *side : matrix->outputs()->findChildren<Select *>())
            if (side->currentText().isEmpty())
                return false;
        const auto &comparison = matrix->outputs()->view()->comparison();
        return comparison.added > 0 && comparison.removed > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCompared(), patience);
    save(u"evaluations-outputs"_s, form);
    run(u"run.outputs"_s);
    run(u"run.show.regressions"_s);
    QTRY_VERIFY_WITH_TIMEOUT(matrix->model().rowCount() < EvaluationsExample::caseCount, patience);
    save(u"evaluations-regressions"_s, form);

    open({{u"tab"_s, u"gates"_s}});
    DataTable *gates = page().tab(2)->table();
    QTRY_COMPARE_WITH_TIMEOUT(gates->model()->rowCount(), 3, patience);
    gates->setFocus();
    gates->setCurrentIndex(gates->model()->index(0, 0));
    QTest::keyClick(gates, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<GatePane>()->isVisible(), patience);
    QTest::qWait(200); // its answer
    save(u"evaluations-gates"_s, form);
    Q_EMIT m_desk->page<GatePane>()->closed();
    run(u"gates.add"_s);
    save(u"evaluations-gate-add"_s, form);
    closeDialogs();
}

void EvaluationsPictures::inUse()
{
    for (const Form &form : forms()) {
        m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
        take(form);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void EvaluationsPictures::onTheFirstDay()
{
    m_example.setEmpty(true);
    m_problems.clear();
    for (const Form &form : forms()) {
        m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
        int index = 0;
        for (const QString &name : {u"datasets"_s, u"runs"_s, u"gates"_s}) {
            open({{u"tab"_s, name}});
            QTRY_VERIFY_WITH_TIMEOUT(page().tab(index)->table()->emptyState()->isVisible(), patience);
            save(u"evaluations-%1-empty"_s.arg(name), form);
            ++index;
        }
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

QTEST_MAIN(EvaluationsPictures)
#include "evaluations_pictures.moc"
