// SPDX-License-Identifier: GPL-3.0-or-later
// Provider keys in the window, against the real server and a provider on the wire. With PATIO_SCREENSHOTS set to a
// folder it leaves pictures there.
#include "client/credentials/credential_dialog.h"
#include "client/credentials/credential_pane.h"
#include "client/credentials/credentials_page.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/credentials/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QDir>
#include <QLineEdit>

using namespace Qt::StringLiterals;

class TestCredentialsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void onlyWhoMayIsOfferedThePage_data()
    {
        QTest::addColumn<Role>("role");
        QTest::newRow("prompt engineer") << Role::PromptEngineer;
        QTest::newRow("viewer") << Role::Viewer;
    }
    void onlyWhoMayIsOfferedThePage()
    {
        QFETCH(const Role, role);
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, role));
        QVERIFY(!desk.window.navigation().find(u"credentials"_s));
    }

    void addTestReplaceRemove()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Owner));
        desk.window.navigation().open(u"credentials"_s);
        auto *page = desk.page<CredentialsPage>();
        auto *table = page->findChild<DataTable *>();
        QTRY_VERIFY(table->emptyState()->isVisible());
        QTRY_VERIFY(buttonOf(table->emptyState(), u"Add key"_s));
        save(desk, "empty");

        // Add: a server of one's own, with a wrong name first.
        buttonOf(table->emptyState(), u"Add key"_s)->click();
        auto *dialog = page->findChild<CredentialDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        Button *add = buttonOf(dialog, u"Add key"_s);
        QVERIFY(!add->isEnabled());
        auto *provider = dialog->findChild<Select *>();
        provider->setCurrentIndex(3);
        Q_EMIT provider->valueChosen(3);
        type(dialog, u"Name"_s, u"My server"_s);
        type(dialog, u"Key"_s, u"sk-page-0123456789-wxyz"_s);
        QCOMPARE(field(dialog, u"Key"_s)->edit()->echoMode(), QLineEdit::Password);
        type(dialog, u"Address"_s, m_stack.provider().openAiBaseUrl().toString());
        QVERIFY(add->isEnabled());
        add->click();
        QTRY_VERIFY_WITH_TIMEOUT(field(dialog, u"Name"_s)->hasError(), 10'000);
        QVERIFY(dialog->isVisible());
        save(desk, "add", dialog);
        type(dialog, u"Name"_s, u"vllm"_s);
        add->click();

        // It is tested at once.
        auto *pane = page->findChild<CredentialPane *>();
        QTRY_VERIFY_WITH_TIMEOUT(pane->isVisible() && bannerOf(pane).contains(u"3 model"), 20'000);
        QCOMPARE(table->model()->rowCount(), 1);
        QVERIFY(!page->findChild<CredentialDialog *>() || !page->findChild<CredentialDialog *>()->isVisible());
        QCOMPARE(m_stack.provider().requestsByKey().value("sk-page-0123456789-wxyz"), 1);
        QCOMPARE(textOf(table, 2), u"sk-…wxyz"_s);
        save(desk, "works");

        // Replaced by one that the provider refuses.
        m_stack.provider().plan(*Behaviour::named(u"401"_s), 1, u"models"_s);
        buttonOf(pane, u"Replace…"_s)->click();
        dialog = page->findChild<CredentialDialog *>(QString(), Qt::FindDirectChildrenOnly);
        for (CredentialDialog *one : page->findChildren<CredentialDialog *>())
            if (one->isVisible())
                dialog = one;
        type(dialog, u"New key"_s, u"sk-page-9876543210-abcd"_s);
        buttonOf(dialog, u"Replace key"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(bannerOf(pane).contains(u"refuses this key"), 20'000);
        QCOMPARE(textOf(table, 2), u"sk-…abcd"_s);
        save(desk, "refused");

        // Removed, when its name was typed.
        buttonOf(pane, u"Remove…"_s)->click();
        Dialog *question = nullptr;
        for (Dialog *one : page->findChildren<Dialog *>())
            if (one->isVisible())
                question = one;
        QVERIFY(question);
        save(desk, "remove", question);
        Button *remove = buttonOf(question, u"Remove key"_s);
        QVERIFY(!remove->isEnabled());
        question->findChild<QLineEdit *>()->setText(u"vllm"_s);
        QVERIFY(remove->isEnabled());
        remove->click();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 0, 20'000);
        QVERIFY(!pane->isVisible());
    }

    // What somebody else changes is there without asking.
    void othersChangesAppear()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Owner));
        desk.window.navigation().open(u"credentials"_s);
        auto *table = desk.page<CredentialsPage>()->findChild<DataTable *>();
        QTRY_VERIFY(table->emptyState()->isVisible());
        const auto other = m_stack.signedIn(Role::Owner);
        bool made = false;
        other->call(endpoints::credentials::create,
                    {u"anthropic"_s, ProviderKind::Anthropic, u"sk-ant-0123456789-wxyz"_s, {}}, this,
                    [&](const Result<Credential> &reply) { made = bool(reply); });
        QTRY_VERIFY_WITH_TIMEOUT(made, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, 20'000);
    }

private:
    bool signIn(DeskFixture &desk, Role role)
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        const DemoUser person = m_stack.user(role);
        Q_EMIT desk.window.signIn().submitted(
            {options.server.toString(), u"acme"_s, person.email, person.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, 30'000);
    }

    static Button *buttonOf(QWidget *in, const QString &text)
    {
        for (Button *button : in->findChildren<Button *>())
            if (button->text() == text && button->isVisible())
                return button;
        return nullptr;
    }

    static TextField *field(QWidget *in, const QString &label)
    {
        for (TextField *one : in->findChildren<TextField *>())
            for (const Label *text : one->findChildren<Label *>())
                if (text->text() == label)
                    return one;
        return nullptr;
    }

    static void type(QWidget *in, const QString &label, const QString &text)
    {
        TextField *one = field(in, label);
        QVERIFY2(one && one->isVisible(), qPrintable(label));
        one->edit()->clear();
        QTest::keyClicks(one->edit(), text);
    }

    static QString bannerOf(QWidget *in)
    {
        for (Banner *banner : in->findChildren<Banner *>())
            if (banner->isVisible())
                return banner->findChild<Label *>()->text();
        return {};
    }

    static QString textOf(DataTable *table, int column) { return table->model()->index(0, column).data().toString(); }

    static void save(DeskFixture &desk, const char *name, QWidget *dialog = nullptr)
    {
        const QString folder = qEnvironmentVariable("PATIO_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        QDir().mkpath(folder);
        QCoreApplication::sendPostedEvents();
        QWidget *widget = dialog ? dialog : &desk.window;
        QVERIFY(widget->grab().save(u"%1/credentials-%2.png"_s.arg(folder, QLatin1StringView(name))));
    }

    DemoStack m_stack;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestCredentialsPage)
#include "tst_credentials_page.moc"
