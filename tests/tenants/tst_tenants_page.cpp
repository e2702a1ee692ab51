// SPDX-License-Identifier: GPL-3.0-or-later
// Tenants and plans in the window of an operator, and the workspace in that of an owner, against the real server.
#include "client/shell/sign_in_page.h"
#include "client/tenants/erasures_view.h"
#include "client/tenants/export_banner.h"
#include "client/tenants/export_file.h"
#include "client/tenants/plan_dialog.h"
#include "client/tenants/plans_view.h"
#include "client/tenants/receipt_dialog.h"
#include "client/tenants/tenant_dialog.h"
#include "client/tenants/tenant_pane.h"
#include "client/tenants/tenants_page.h"
#include "client/tenants/tenants_view.h"
#include "client/tenants/theme_dialog.h"
#include "client/tenants/theme_editor.h"
#include "client/tenants/theme_preview.h"
#include "client/tenants/workspace_section.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/tenants/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QBuffer>
#include <QCheckBox>
#include <QCryptographicHash>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class TestTenantsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
        m_operator = m_stack.makeOperator();
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void onlyOperatorsAreOfferedThePage()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"acme"_s, m_stack.user(Role::Owner)));
        QVERIFY(!desk.window.navigation().find(u"tenants"_s));
    }

    // The whole life of a tenant, begun by keyboard.
    void madeChangedSuspendedExportedErased()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.press("G, N");
        QTRY_VERIFY(desk.page<TenantsPage>());
        auto *page = desk.page<TenantsPage>();
        auto *view = page->findChild<TenantsView *>();
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 3, patience);

        desk.press("N");
        auto *dialog = shown<TenantDialog>(page);
        QVERIFY(dialog);
        const auto fields = visible(dialog->findChildren<TextField *>());
        QInputMethodEvent typed; // keyClicks() knows no accents
        typed.setCommitString(u"São João"_s);
        QCoreApplication::sendEvent(fields[0]->edit(), &typed);
        QCOMPARE(fields[1]->text(), u"sao-joao"_s); // made from the name
        fields[1]->edit()->selectAll();
        QTest::keyClicks(fields[1]->edit(), u"acme"_s); // is taken
        QTest::keyClicks(fields[2]->edit(), u"joana@joao.example"_s);
        QTest::keyClicks(fields[3]->edit(), u"Joana Reis"_s);
        QVERIFY(!buttonOf(dialog, u"Make tenant"_s)->isEnabled());
        QTest::keyClicks(fields[4]->edit(), u"a password of Joana's"_s);
        QTest::keyClick(fields[4]->edit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(fields[1]->hasError(), patience);
        QVERIFY(dialog->isVisible()); // what was typed is kept
        fields[1]->edit()->selectAll();
        QTest::keyClicks(fields[1]->edit(), u"joao"_s);
        QTest::keyClick(fields[1]->edit(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 4, patience);
        const DemoUser joana{u"joana@joao.example"_s, u"Joana Reis"_s, Role::Owner, u"a password of Joana's"_s};
        QVERIFY(m_stack.signedIn(u"joao"_s, joana)->accessToken().size() > 0);

        view->table()->setFocus();
        QVERIFY(run(page, u"tenants.change"_s));
        auto *change = shown<TenantDialog>(page);
        QVERIFY(change);
        TextField *people = visible(change->findChildren<TextField *>())[1];
        QTest::keyClicks(people->edit(), u"many"_s);
        QVERIFY(people->hasError() && !buttonOf(change, u"Save"_s)->isEnabled());
        people->edit()->selectAll();
        QTest::keyClicks(people->edit(), u"25"_s);
        buttonOf(change, u"Save"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(view->table(), u"joao"_s).contains(u"25 people"_s), patience);

        view->open(tenantOf(view, u"joao"_s)->id);
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(page->findChild<TenantPane *>()).contains(u"1 of 25"_s), patience);

        // Suspended, let in again, suspended: each time it is said beforehand what that means.
        const auto suspend = [&](const QString &button, const QString &status) {
            return run(page, u"tenants.suspend"_s) && confirm(page, button)
                && QTest::qWaitFor([&] { return rowOf(view->table(), u"joao"_s).contains(status); }, patience);
        };
        QVERIFY(suspend(u"Suspend"_s, u"Suspended"_s));
        QVERIFY(m_stack.signedIn(u"joao"_s, joana)->accessToken().isEmpty());
        QVERIFY(suspend(u"Let it in"_s, u"Active"_s));
        QVERIFY(m_stack.signedIn(u"joao"_s, joana)->accessToken().size() > 0);
        QVERIFY(suspend(u"Suspend"_s, u"Suspended"_s));
        QVERIFY(m_stack.signedIn(u"joao"_s, joana)->accessToken().isEmpty());

        // The export is whole: its last line is a receipt over all lines before it.
        const QString path = m_folder->filePath(u"joao.jsonl"_s);
        view->exportTo(*tenantOf(view, u"joao"_s), path);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), patience);
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        const QByteArray text = file.readAll();
        const qsizetype last = text.chopped(1).lastIndexOf('\n') + 1;
        const QByteArray digest = QCryptographicHash::hash(text.first(last), QCryptographicHash::Sha256).toHex();
        QVERIFY(text.sliced(last).contains(digest));
        QVERIFY(!text.contains("a password of Joana's"));
        // Cancelled, or cut off anywhere, it leaves no file.
        const QString cut = m_folder->filePath(u"cut.jsonl"_s);
        view->exportTo(*tenantOf(view, u"joao"_s), cut);
        auto *exporting = view->findChild<ExportBanner *>();
        QVERIFY(exporting->isBusy() && exporting->isVisible());
        QTest::keyClick(buttonOf(exporting, u"Cancel"_s), Qt::Key_Space);
        QVERIFY(!exporting->isBusy() && !exporting->isVisible());
        for (qsizetype size = text.size(); size >= 0; size = size > text.size() - 300 ? size - 1 : size - 997) {
            ExportFile half(cut);
            QVERIFY(half.begin());
            for (qsizetype at = 0; at < size; at += 113)
                QVERIFY(half.write(text.sliced(at, std::min<qsizetype>(113, size - at))) > 0);
            QCOMPARE(half.finish().isEmpty(), size == text.size());
            QCOMPARE(QFile::exists(cut), size == text.size());
            QFile::remove(cut);
        }
        QCOMPARE(QDir(m_folder->path()).entryList({u"*.jsonl*"_s}, QDir::Files), QStringList{u"joao.jsonl"_s});
        // One that cannot be written says so, and leaves nothing.
        QSignalSpy toasts(page, &PageWidget::toastRequested);
        view->exportTo(*tenantOf(view, u"joao"_s), m_folder->filePath(u"no/such/folder.jsonl"_s));
        QTRY_COMPARE(toasts.size(), 1);

        QVERIFY(run(page, u"tenants.erase"_s));
        QVERIFY(!buttonOf(page, u"Erase tenant"_s)->isEnabled()); // until the slug has been typed
        for (auto *edit : page->findChildren<QLineEdit *>())
            if (edit->isVisible() && edit->window() == buttonOf(page, u"Erase tenant"_s)->window())
                edit->setText(u"joao"_s);
        QVERIFY(confirm(page, u"Erase tenant"_s));
        QTRY_VERIFY_WITH_TIMEOUT(shown<ReceiptDialog>(page), patience);
        shown<ReceiptDialog>(page)->reject();
        QTRY_COMPARE(view->table()->model()->rowCount(), 3);
        desk.press("3");
        auto *receipts = page->findChild<ErasuresView *>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(receipts->model()->rowCount(), 1, patience);
        QVERIFY(rowOf(receipts, u"joao"_s).contains(u"Finished"_s));
    }

    void theOperatorsOwnTenantStays()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.window.navigation().open(u"tenants"_s);
        auto *page = desk.page<TenantsPage>();
        auto *view = page->findChild<TenantsView *>();
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 3, patience);
        view->open(tenantOf(view, u"platform"_s)->id);
        QVERIFY(!run(page, u"tenants.suspend"_s));
        QVERIFY(!run(page, u"tenants.erase"_s));
        QVERIFY(run(page, u"tenants.change"_s));
    }

    void plans()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.window.navigation().open(u"tenants"_s);
        auto *page = desk.page<TenantsPage>();
        desk.press("2");
        auto *table = page->findChild<PlansView *>()->table();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QVERIFY(run(page, u"plans.add"_s));
        auto *dialog = shown<PlanDialog>(page);
        QVERIFY(dialog);
        auto *name = dialog->findChildren<TextField *>().first();
        QTest::keyClicks(name->edit(), u"Not A Name"_s);
        QTest::keyClick(name->edit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(name->hasError(), patience); // the server says which names there may be
        name->edit()->selectAll();
        QTest::keyClicks(name->edit(), u"starter"_s);
        QTest::keyClick(dialog->findChild<Switch *>(), Qt::Key_Space);
        for (QCheckBox *box : dialog->findChildren<QCheckBox *>())
            box->setChecked(box->text() == u"Templates"_s);
        QTest::keyClick(name->edit(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience);
        QVERIFY(rowOf(table, u"starter"_s).contains(u"|Templates|"_s));
        // One that is in use stays; another one goes, and comes back.
        QSignalSpy toasts(page, &PageWidget::toastRequested);
        const auto select = [&](const QString &plan) {
            for (int row = 0; row < table->model()->rowCount(); ++row)
                if (table->model()->index(row, 0).data().toString() == plan)
                    table->setCurrentIndex(table->model()->index(row, 0));
        };
        select(u"standard"_s);
        QVERIFY(run(page, u"plans.remove"_s));
        QTRY_COMPARE_WITH_TIMEOUT(toasts.size(), 1, patience);
        QCOMPARE(table->model()->rowCount(), 2);
        select(u"starter"_s);
        QVERIFY(run(page, u"plans.remove"_s));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(toasts.last().first().value<Toast>().undo, patience);
        toasts.last().first().value<Toast>().undo();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, patience);
        QVERIFY(rowOf(table, u"starter"_s).contains(u"|Templates|"_s));
    }

    // What a plan limits counts for its tenants, and is said so; the logo comes too, which lists leave out.
    void shownWithThePlansLimitsAndTheLogo()
    {
        const auto api = m_stack.signedIn(u"platform"_s, m_operator);
        QImage red(32, 32, QImage::Format_ARGB32);
        red.fill(Qt::red);
        QByteArray png;
        QBuffer buffer(&png);
        red.save(&buffer, "PNG");
        TenantLimits few;
        few.users = 7;
        bool isMade = false;
        api->call(endpoints::tenants::createPlan, {u"few"_s, {}, {}, few}, this, [&](const Result<Plan> &) {
            const NewTenant input{u"ze"_s,
                                  u"Zé"_s,
                                  u"few"_s,
                                  {u"ze@ze.example"_s, u"Zé"_s, u"a password of Zé's"_s, {Role::Owner}, {}, {}}};
            api->call(endpoints::tenants::create, input, this, [&](const Result<Tenant> &made) {
                TenantChange change;
                change.theme = QJsonObject{{u"logo"_s, QString::fromLatin1(png.toBase64())}};
                api->call(endpoints::tenants::update.at(made->id), change, this,
                          [&](const Result<Tenant> &changed) { isMade = bool(changed); }, {.revision = made->revision});
            });
        });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, patience);

        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"platform"_s, m_operator));
        desk.window.navigation().open(u"tenants"_s);
        auto *page = desk.page<TenantsPage>();
        auto *view = page->findChild<TenantsView *>();
        QTRY_COMPARE_WITH_TIMEOUT(view->table()->model()->rowCount(), 4, patience);
        view->open(tenantOf(view, u"ze"_s)->id);
        auto *pane = page->findChild<TenantPane *>();
        QTRY_VERIFY_WITH_TIMEOUT(textsOf(pane).contains(u"1 of 7, by its plan"_s), patience);
        QVERIFY(textsOf(pane).contains(u"0, no limit"_s));
        const auto *preview = pane->findChild<ThemePreview *>();
        QTRY_VERIFY_WITH_TIMEOUT(holds(preview, Qt::red), patience);

        QVERIFY(run(page, u"tenants.change"_s));
        auto *change = shown<TenantDialog>(page);
        const QLineEdit *people = visible(change->findChildren<TextField *>())[1]->edit();
        QCOMPARE(people->placeholderText(), u"as its plan: 7"_s);
        choose(change->findChild<Select *>(), u"standard"_s);
        QCOMPARE(people->placeholderText(), u"no limit"_s);
        change->reject();

        for (auto *select : view->findChildren<Select *>())
            if (select->accessibleName() == u"Plan"_s)
                choose(select, u"few"_s);
        QCOMPARE(view->table()->model()->rowCount(), 1);
        const QJsonObject state = page->viewState();
        page->restoreViewState({});
        QCOMPARE(view->table()->model()->rowCount(), 4);
        page->restoreViewState(state);
        QCOMPARE(view->table()->model()->rowCount(), 1);
    }

    // An owner gives the tenant another name, colour, product name and logo; the window shows them at once.
    void anOwnerChangesHowTheWorkspaceLooks()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"acme"_s, m_stack.user(Role::Owner)));
        desk.window.navigation().open(u"settings"_s);
        auto *section = desk.page<WorkspaceSection>();
        QVERIFY(section);
        const auto fields = section->findChildren<TextField *>();
        QTRY_COMPARE_WITH_TIMEOUT(fields[0]->text(), u"Acme Retail"_s, patience);
        Button *save = buttonOf(section, u"Save workspace"_s);
        QVERIFY(!save->isEnabled());
        const auto type = [](TextField *field, const QString &text) {
            field->edit()->setFocus();
            field->edit()->selectAll();
            QTest::keyClicks(field->edit(), text);
        };
        type(fields[0], u"Acme & Filhos"_s);
        type(fields[1], u"#12"_s);
        QVERIFY(fields[1]->hasError() && !save->isEnabled());
        type(fields[1], u"#B3261E"_s);
        type(fields[2], u"Acme Desk"_s);
        auto *theme = section->findChild<ThemeEditor *>();
        theme->takeLogo(QByteArray(100'000, 'x'));
        QVERIFY(textsOf(theme).contains(u"KiB"_s)); // too large
        QImage logo(32, 32, QImage::Format_ARGB32);
        logo.fill(Qt::red);
        QByteArray png;
        QBuffer buffer(&png);
        logo.save(&buffer, "PNG");
        theme->takeLogo(png);
        QVERIFY(save->isEnabled());
        QTest::keyClick(save, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(desk.window.windowTitle(), u"Acme & Filhos – Acme Desk"_s, patience);
        QCOMPARE(::theme().accentSeed(), QColor(0xB3, 0x26, 0x1E));
        const QImage shot = desk.window.grab().toImage();
        const qreal scale = shot.devicePixelRatio();
        QCOMPARE(shot.pixelColor(int(29 * scale), int(26 * scale)), QColor(Qt::red)); // the logo, in the top bar
    }

    void viewersSeeNoWorkspace()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, u"acme"_s, m_stack.user(Role::Viewer)));
        desk.window.navigation().open(u"settings"_s);
        QVERIFY(!desk.page<WorkspaceSection>());
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    bool signIn(DeskFixture &desk, const QString &tenant, const DemoUser &user)
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        Q_EMIT desk.window.signIn().submitted({options.server.toString(), tenant, user.email, user.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, patience);
    }
    static bool run(TenantsPage *page, const QString &id)
    {
        for (const Command &command : page->commands()) {
            if (command.id != id || !command.isEnabled())
                continue;
            command.run();
            return true;
        }
        return false;
    }
    template<class Widget> static QList<Widget *> visible(const QList<Widget *> &widgets)
    {
        QList<Widget *> shown;
        std::copy_if(widgets.begin(), widgets.end(), std::back_inserter(shown),
                     [](const Widget *widget) { return widget->isVisible(); });
        return shown;
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
    static bool confirm(QWidget *page, const QString &text)
    {
        Button *button = nullptr;
        for (Dialog *dialog : page->findChildren<Dialog *>())
            button = button ? button : buttonOf(dialog, text);
        if (button)
            button->click();
        return button != nullptr;
    }
    static void choose(Select *select, const QString &text)
    {
        select->setFocus();
        select->setCurrentIndex(select->findText(text));
        Q_EMIT select->activated(select->currentIndex());
    }
    static bool holds(const QWidget *widget, const QColor &color)
    {
        const QImage image = const_cast<QWidget *>(widget)->grab().toImage();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y) == color)
                    return true;
        return false;
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
    static const Tenant *tenantOf(const TenantsView *view, const QString &slug)
    {
        const auto *model = qobject_cast<const TenantsModel *>(view->table()->model());
        for (const Tenant &tenant : model->rows())
            if (tenant.slug == slug)
                return &tenant;
        return nullptr;
    }

    DemoStack m_stack;
    DemoUser m_operator;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestTenantsPage)
#include "tst_tenants_page.moc"
