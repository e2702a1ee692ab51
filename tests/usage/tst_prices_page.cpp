// SPDX-License-Identifier: GPL-3.0-or-later
// The price book in the window of an operator and in that of an owner, against the real server.
#include "client/prices/price_aliases_view.h"
#include "client/prices/price_dialog.h"
#include "client/prices/price_import_dialog.h"
#include "client/prices/price_looks.h"
#include "client/prices/price_pane.h"
#include "client/prices/prices_page.h"
#include "client/prices/prices_view.h"
#include "client/prices/rerate_dialog.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/jobs/endpoints.h"
#include "shared/usage/price_endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

class TestPricesPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
        m_operator = m_stack.makeOperator();
        m_owner = m_stack.signedIn(Role::Owner);
        QVERIFY(m_owner);
        QVERIFY(call(u"openai/gpt-unheard-of"_s) && call(QString::fromLatin1(DemoStack::pricedModel)));
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void typedPrices_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<qint64>>("micros");
        const auto row = [](const char *text, std::optional<qint64> micros) {
            QTest::newRow(text) << QString::fromLatin1(text) << micros;
        };
        row("2.50", 2'500'000);
        row("0", 0);
        row("0.000001", 1);
        row("3", 3'000'000);
        row(" 1. ", 1'000'000);
        row("0.0000001", {});
        row("-1", {});
        row("1e3", {});
        row("", {});
    }
    void typedPrices()
    {
        QFETCH(const QString, text);
        QFETCH(const std::optional<qint64>, micros);
        QCOMPARE(microDollarsOf(text), micros);
        if (micros)
            QCOMPARE(microDollarsOf(typedPrice(micros)), micros);
    }

    void onlyWhoMayIsOfferedThePage()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"acme"_s, m_stack.user(Role::Viewer)));
        QVERIFY(!desk.window.navigation().find(u"prices"_s));
    }

    // An owner looks and computes, and is offered nothing that only operators may.
    void ownersLookAndCompute()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"acme"_s, m_stack.user(Role::Owner)));
        desk.press("G, I");
        QTRY_VERIFY(desk.page<PricesPage>());
        auto *page = desk.page<PricesPage>();
        auto *view = page->findChild<PricesView *>();
        QTRY_VERIFY_WITH_TIMEOUT(view->table()->model()->rowCount() > 20, patience);
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(view).contains(u"openai/gpt-unheard-of (1)"_s), patience);
        QVERIFY(!buttonOf(page, u"Add price"_s) && !buttonOf(page, u"Import…"_s));
        QVERIFY(!run(page, u"prices.add"_s) && !run(page, u"prices.import"_s));

        QVERIFY(run(page, u"prices.rerate"_s));
        auto *dialog = shown<RerateDialog>(page);
        QVERIFY(dialog);
        dialog->accept();
        auto *table = dialog->findChild<DataTable *>();
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() >= 2, patience);
        QVERIFY(textsOf(dialog).contains(u"no difference"_s));
        QVERIFY(!buttonOf(dialog, u"Export calls that differ…"_s)->isEnabled());
    }

    void addedVerifiedAndWithdrawn()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.press("G, I");
        QTRY_VERIFY(desk.page<PricesPage>());
        auto *page = desk.page<PricesPage>();
        auto *view = page->findChild<PricesView *>();
        // The warning leads to the dialog, with the model's name in it.
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(view).contains(u"openai/gpt-unheard-of (1)"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(view->table()->model()->rowCount() > 20, patience);
        buttonOf(view->findChild<Banner *>(), u"Add price"_s)->click();
        auto *dialog = shown<PriceDialog>(page);
        QVERIFY(dialog);
        QCOMPARE(field(dialog, u"Provider"_s)->text(), u"openai"_s);
        QCOMPARE(field(dialog, u"Model"_s)->text(), u"gpt-unheard-of"_s);
        auto *add = buttonOf(dialog, u"Add price"_s);
        QVERIFY(!add->isEnabled());
        QTest::keyClicks(field(dialog, u"Input"_s)->edit(), u"cheap"_s);
        QVERIFY(field(dialog, u"Input"_s)->hasError());
        field(dialog, u"Input"_s)->edit()->selectAll();
        QTest::keyClicks(field(dialog, u"Input"_s)->edit(), u"2.50"_s);
        QTest::keyClicks(field(dialog, u"Output"_s)->edit(), u"10"_s); // a call with an answer has no cost without it
        QTest::keyClicks(field(dialog, u"Source"_s)->edit(), u"https://openai.com/api/pricing"_s);
        QVERIFY(add->isEnabled());
        // In the past only when that is meant.
        QTest::keyClicks(field(dialog, u"Valid from (UTC)"_s)->edit(), u"2026-01-01"_s);
        QVERIFY(!add->isEnabled());
        for (QCheckBox *box : dialog->findChildren<QCheckBox *>())
            if (box->isVisible() && box->text().startsWith(u"Correct the past"_s))
                box->click();
        QVERIFY(add->isEnabled());
        QTest::keyClick(field(dialog, u"Input"_s)->edit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(view->table(), u"gpt-unheard-of"_s).contains(u"$2.50"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!textsOf(view).contains(u"gpt-unheard-of (1)"_s), patience);

        auto *pane = page->findChild<PricePane *>();
        QTRY_VERIFY_WITH_TIMEOUT(pane->isVisible(), patience);
        buttonOf(pane, u"Mark verified"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(view->table(), u"gpt-unheard-of"_s).contains(u"|Verified"_s), patience);
        QVERIFY(!run(page, u"prices.withdraw"_s)); // it is in force

        // A planned one can be withdrawn, and brought back.
        QVERIFY(run(page, u"prices.add"_s));
        dialog = shown<PriceDialog>(page);
        field(dialog, u"Valid from (UTC)"_s)->setText(u"2040-01-01 00:00"_s);
        QTest::keyClick(field(dialog, u"Input"_s)->edit(), Qt::Key_Return);
        const auto planned = [&] { return rowOf(view->table(), u"Planned"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(planned().contains(u"gpt-unheard-of"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(pane).contains(u"2040"_s) || textsOf(pane).contains(u"/40"_s), patience);
        view->table()->setFocus();
        // Once each, which QTRY_VERIFY would not.
        QVERIFY(QTest::qWaitFor([&] { return run(page, u"prices.withdraw"_s); }, patience));
        QTRY_VERIFY_WITH_TIMEOUT(planned().isEmpty(), patience);
        QVERIFY(QTest::qWaitFor([&] { return desk.window.toasts().undo(); }, patience));
        QTRY_VERIFY_WITH_TIMEOUT(planned().contains(u"gpt-unheard-of"_s), patience);

        // What the call would cost now, which the ledger does not know: in a file too.
        QVERIFY(run(page, u"prices.rerate"_s));
        auto *rerate = shown<RerateDialog>(page);
        QTRY_VERIFY_WITH_TIMEOUT(buttonOf(rerate, u"Compute"_s)->isEnabled(), patience);
        auto *tenant = rerate->findChild<QComboBox *>();
        tenant->setCurrentIndex(tenant->findText(u"Acme Retail"_s));
        rerate->accept();
        QTRY_VERIFY2_WITH_TIMEOUT(textsOf(rerate).contains(u"1 call differs"_s), qPrintable(textsOf(rerate)), patience);
        const QString path = m_folder->filePath(u"rerated.csv"_s);
        rerate->exportTo(path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll().count("openai/gpt-unheard-of"), 1);
    }

    void importedAfterALook()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.press("G, I");
        QTRY_VERIFY(desk.page<PricesPage>());
        auto *page = desk.page<PricesPage>();
        auto *view = page->findChild<PricesView *>();
        QTRY_VERIFY_WITH_TIMEOUT(view->table()->model()->rowCount() > 20, patience);
        const auto write = [&](const QByteArray &text) {
            const QString path = m_folder->filePath(u"prices.csv"_s);
            QFile file(path);
            return file.open(QFile::WriteOnly) && file.write(text) > 0 ? path : QString();
        };
        QVERIFY(run(page, u"prices.import"_s));
        auto *dialog = shown<PriceImportDialog>(page);
        const QByteArray head = "provider,model,validFrom,input,output\n";
        dialog->read(write(head + "openai,imported,2041-01-01,2.5,10\nopenai,imported,soon,1,1\n"));
        auto *table = dialog->findChild<DataTable *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience);
        QVERIFY(rowOf(table, u"Wrong"_s).contains(u"validFrom"_s));
        QVERIFY(!buttonOf(dialog, u"Import 1 row"_s)->isEnabled());
        dialog->read(write(head + "openai,imported,2041-01-01,2.5,10\n"));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(buttonOf(dialog, u"Import 1 row"_s)->isEnabled(), patience);
        buttonOf(dialog, u"Import 1 row"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(view->models().contains(u"openai/imported"_s), patience);
    }

    void namesArePricedAsOthers()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.press("G, I");
        QTRY_VERIFY(desk.page<PricesPage>());
        auto *page = desk.page<PricesPage>();
        QVERIFY(run(page, u"prices.addName"_s));
        auto *view = page->findChild<PriceAliasesView *>();
        auto *dialog = shown<Dialog>(page);
        QVERIFY(dialog);
        QTest::keyClicks(field(dialog, u"Name"_s)->edit(), u"ollama/llama3"_s);
        QVERIFY(!buttonOf(dialog, u"Add name"_s)->isEnabled());
        QTest::keyClicks(field(dialog, u"Priced as"_s)->edit(), u"openai/nothing"_s);
        buttonOf(dialog, u"Add name"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(field(dialog, u"Priced as"_s)->hasError(), patience);
        dialog->findChild<QCheckBox *>()->click();
        buttonOf(dialog, u"Add name"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 1, patience);
        QVERIFY(rowOf(view->table(), u"ollama/llama3"_s).contains(u"Free of charge"_s));
        view->table()->setFocus();
        view->table()->setCurrentIndex(view->table()->model()->index(0, 0));
        QVERIFY(run(page, u"priceNames.remove"_s));
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 0, patience);
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    bool call(const QString &model)
    {
        GenerateRequest request;
        request.messages = {{MessageRole::User, u"Hello"_s}};
        request.model = model;
        std::optional<JobState> state;
        m_owner->call(endpoints::jobs::generate.at().with({20}), request, this,
                      [&](const Result<Job> &job) { state = job ? job->state : JobState::Failed; });
        return QTest::qWaitFor([&] { return state.has_value(); }, patience) && *state == JobState::Completed;
    }
    bool signIn(DeskFixture &desk, const QString &tenant, const DemoUser &user)
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        Q_EMIT desk.window.signIn().submitted({options.server.toString(), tenant, user.email, user.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, patience);
    }
    static bool run(PricesPage *page, const QString &id)
    {
        for (const Command &command : page->commands()) {
            if (command.id != id || !command.isEnabled())
                continue;
            command.run();
            return true;
        }
        return false;
    }
    template<class Wanted> static Wanted *shown(const QWidget *within)
    {
        for (Wanted *dialog : within->findChildren<Wanted *>())
            if (dialog->isVisible())
                return dialog;
        return nullptr;
    }
    static Button *buttonOf(const QWidget *within, const QString &text)
    {
        for (Button *button : within->findChildren<Button *>())
            if (button->isVisible() && button->text() == text)
                return button;
        return nullptr;
    }
    static TextField *field(const QWidget *within, const QString &label)
    {
        for (TextField *field : within->findChildren<TextField *>())
            if (field->isVisible() && field->edit()->accessibleName() == label)
                return field;
        return nullptr;
    }
    static QString textsOf(const QWidget *within)
    {
        QStringList texts;
        for (const Label *label : within->findChildren<Label *>())
            if (label->isVisible())
                texts << label->text();
        return texts.join(u'\n');
    }
    // All cells of the row in which one says so.
    static QString rowOf(const DataTable *table, const QString &cell)
    {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < table->model()->columnCount(); ++column)
                cells << table->model()->index(row, column).data().toString();
            if (cells.contains(cell))
                return cells.join(u'|');
        }
        return {};
    }

    DemoStack m_stack;
    DemoUser m_operator;
    std::unique_ptr<ApiClient> m_owner;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestPricesPage)
#include "tst_prices_page.moc"
