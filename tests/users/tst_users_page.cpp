// SPDX-License-Identifier: GPL-3.0-or-later
// The people of a tenant in the window, against the real server.
#include "client/security/one_time_link_dialog.h"
#include "client/shell/sign_in_page.h"
#include "client/shell/top_bar.h"
#include "client/users/profile_section.h"
#include "client/users/user_dialog.h"
#include "client/users/user_link_dialog.h"
#include "client/users/user_pane.h"
#include "client/users/users_page.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/form_field.h"
#include "client/widgets/page_parts.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QCheckBox>
#include <QClipboard>
#include <QLineEdit>

using namespace Qt::StringLiterals;

class TestUsersPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void onlyWhoMayIsOfferedThePage()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Viewer));
        QVERIFY(!desk.window.navigation().find(u"users"_s));
    }

    // Opened and filled in by the keyboard; then what the row's keys and the palette run.
    void addChangeSuspendRemove()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Owner));
        desk.press("G, P");
        QTRY_VERIFY(desk.page<UsersPage>());
        auto *page = desk.page<UsersPage>();
        auto *table = page->findChild<DataTable *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);

        desk.press("N");
        QTRY_VERIFY(page->findChild<UserDialog *>());
        auto *dialog = page->findChild<UserDialog *>();
        const auto fields = dialog->findChildren<TextField *>();
        QVERIFY(!fields[2]->isVisible()); // by invitation, unless they choose otherwise
        QTest::keyClick(dialog->findChild<SegmentedControl *>()->findChildren<QAbstractButton *>().last(),
                        Qt::Key_Space);
        QTRY_VERIFY(fields[2]->isVisible());
        auto *save = buttonOf(dialog, u"Add person"_s);
        QVERIFY(save && !save->isEnabled());
        QVERIFY(fields[2]->text().size() >= 12); // a password is made up
        fields[0]->setText(u"ana@acme.example"_s); // is taken
        fields[1]->setText(u"Dora Prado"_s);
        QVERIFY(save->isEnabled());
        QTest::keyClick(fields[1]->edit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), patience);
        QVERIFY(dialog->isVisible()); // says what is wrong and keeps what was typed
        fields[0]->setText(u"dora@acme.example"_s);
        QTest::keyClick(fields[0]->edit(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 4, patience);
        auto *pane = page->findChild<UserPane *>();
        QTRY_VERIFY(pane->isVisible());
        QVERIFY(textOf(table, u"Dora Prado"_s).contains(u"Viewer"_s));

        QVERIFY(run(page, u"users.change"_s));
        UserDialog *change = nullptr;
        for (UserDialog *one : page->findChildren<UserDialog *>())
            change = one->isVisible() ? one : change;
        QVERIFY(change);
        QVERIFY(!change->findChildren<TextField *>().first()->isVisible()); // the e-mail address stays
        for (QCheckBox *box : change->findChildren<QCheckBox *>()) {
            if (box->text() == u"Viewer"_s)
                box->setChecked(false);
        }
        QVERIFY(!buttonOf(change, u"Save"_s)->isEnabled()); // nobody is without a role
        for (QCheckBox *box : change->findChildren<QCheckBox *>()) {
            if (box->text() == u"Finance"_s)
                box->setChecked(true);
        }
        buttonOf(change, u"Save"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(textOf(table, u"Dora Prado"_s).contains(u"Finance"_s), patience);

        QVERIFY(run(page, u"users.suspend"_s));
        QVERIFY(confirm(page, u"Suspend"_s));
        QTRY_VERIFY_WITH_TIMEOUT(textOf(table, u"Dora Prado"_s).contains(u"Suspended"_s), patience);
        QVERIFY(run(page, u"users.suspend"_s)); // lets her in again, without asking
        QTRY_VERIFY_WITH_TIMEOUT(textOf(table, u"Dora Prado"_s).contains(u"Active"_s), patience);

        QVERIFY(run(page, u"users.remove"_s));
        QVERIFY(buttonOf(page, u"Remove person"_s));
        QVERIFY(!buttonOf(page, u"Remove person"_s)->isEnabled()); // until the address has been typed
        for (auto *edit : page->findChildren<QLineEdit *>()) {
            if (edit->isVisible() && edit->window() == buttonOf(page, u"Remove person"_s)->window())
                edit->setText(u"dora@acme.example"_s);
        }
        QVERIFY(confirm(page, u"Remove person"_s));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    }

    // Invited by one, accepted by the other with the link alone; the same with a lost password.
    void aLinkLetsSomebodyIn()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Owner));
        desk.window.navigation().open(u"users"_s);
        auto *page = desk.page<UsersPage>();
        auto *table = page->findChild<DataTable *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        QVERIFY(run(page, u"users.add"_s));
        auto *dialog = page->findChild<UserDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        dialog->findChildren<TextField *>().first()->setText(u"eva@acme.example"_s);
        buttonOf(dialog, u"Make invitation"_s)->click();
        const QString invitation = copiedLink(page);
        QVERIFY(OneTimeLink::parse(invitation));
        QTRY_VERIFY(textOf(table, u"eva@acme.example"_s).contains(u"Invited"_s));
        // Another one takes its place.
        page->openObject(idOf(table, u"eva@acme.example"_s));
        QVERIFY(run(page, u"users.link"_s));
        const QString renewed = copiedLink(page);
        QVERIFY(OneTimeLink::parse(renewed) && renewed != invitation);

        QTemporaryDir hers;
        DeskFixture eva(hers.path());
        StartOptions options;
        options.link = invitation;
        QVERIFY(eva.show(options));
        auto *choice = eva.window.findChild<OneTimeLinkDialog *>();
        QTRY_VERIFY(choice && choice->isVisible());
        fillIn(choice, {u"Eva Prado"_s, u"a password of Eva's"_s, u"a password of Ada's"_s});
        QVERIFY(!buttonOf(choice, u"Continue"_s)->isEnabled()); // the two are not the same
        fillIn(choice, {u"Eva Prado"_s, u"a password of Eva's"_s, u"a password of Eva's"_s});
        buttonOf(choice, u"Continue"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(buttonOf(choice, u"Continue"_s)->isEnabled(), patience); // it is no longer good
        QVERIFY(!eva.window.isAtDesk());
        choice->reject();
        options.link = renewed;
        eva.client.handOver(options);
        choice = nullptr;
        for (auto *one : eva.window.findChildren<OneTimeLinkDialog *>())
            choice = one->isVisible() ? one : choice;
        QVERIFY(choice);
        fillIn(choice, {u"Eva Prado"_s, u"a password of Eva's"_s, u"a password of Eva's"_s});
        QTest::keyClick(choice->findChildren<TextField *>().last()->edit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(eva.window.isAtDesk(), patience);
        QCOMPARE(eva.client.workspace()->session().profile().displayName, u"Eva Prado"_s);

        // She forgets it. The link is pasted where one signs in.
        QVERIFY(run(page, u"users.reload"_s));
        QTRY_VERIFY_WITH_TIMEOUT(textOf(table, u"eva@acme.example"_s).contains(u"Active"_s), patience);
        page->openObject(idOf(table, u"eva@acme.example"_s));
        QVERIFY(run(page, u"users.link"_s));
        const QString reset = copiedLink(page);
        QTemporaryDir another;
        DeskFixture again(another.path());
        QVERIFY(again.show({}));
        buttonOf(&again.window.signIn(), u"I have an invitation or a link"_s)->click();
        auto *pasted = again.window.findChild<OneTimeLinkDialog *>();
        QTRY_VERIFY(pasted && pasted->isVisible());
        const auto visibleFields = [&] {
            QList<TextField *> fields;
            for (TextField *field : pasted->findChildren<TextField *>())
                if (field->isVisible())
                    fields << field;
            return fields;
        };
        visibleFields().first()->setText(u"https://example.org/"_s);
        QVERIFY(visibleFields().first()->hasError());
        visibleFields().first()->setText(reset);
        QTRY_COMPARE(visibleFields().size(), 3); // the link, and twice the password: a name is not asked for
        visibleFields()[1]->setText(u"another one of Eva's"_s);
        visibleFields()[2]->setText(u"another one of Eva's"_s);
        buttonOf(pasted, u"Continue"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(again.window.isAtDesk(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!eva.window.isAtDesk(), patience); // signed out everywhere else

        // Her sessions are ended by the owner.
        page->openObject(idOf(table, u"eva@acme.example"_s));
        buttonOf(page->findChild<UserPane *>(), u"End all sessions"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!again.window.isAtDesk(), patience);
        const User eva1 = userOf(table, u"eva@acme.example"_s);
        QVERIFY(run(page, u"users.remove"_s));
        for (auto *edit : page->findChildren<QLineEdit *>())
            if (edit->isVisible() && edit->window() == buttonOf(page, u"Remove person"_s)->window())
                edit->setText(eva1.email);
        QVERIFY(confirm(page, u"Remove person"_s));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    }

    // The link that a new server prints makes its first operator.
    void theSetupLink()
    {
        StartOptions options;
        options.link = m_stack.setupLink();
        QVERIFY(!options.link.isEmpty());
        DeskFixture desk(m_folder->path());
        QVERIFY(desk.show(options));
        auto *choice = desk.window.findChild<OneTimeLinkDialog *>();
        QTRY_VERIFY(choice && choice->isVisible());
        fillIn(choice,
               {u"olga@platform.example"_s, u"Olga Reis"_s, u"a password of Olga's"_s, u"a password of Olga's"_s});
        buttonOf(choice, u"Continue"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), patience);
        QVERIFY(desk.client.workspace()->session().can(Ability::TenantsCreate));
    }

    void filters()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Owner));
        desk.window.navigation().open(u"users"_s);
        auto *page = desk.page<UsersPage>();
        auto *table = page->findChild<DataTable *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        page->findChild<SearchField *>()->setText(u"CARLA"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        page->restoreViewState({{u"role"_s, u"owner"_s}});
        QTRY_COMPARE(table->model()->rowCount(), 1);
        page->restoreViewState({{u"status"_s, u"suspended"_s}});
        QTRY_COMPARE(table->model()->rowCount(), 0);
        page->restoreViewState({});
        QTRY_COMPARE(table->model()->rowCount(), 3);
    }

    void peopleChangeWhatTheySayOfThemselves()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Viewer));
        desk.window.navigation().open(u"settings"_s);
        auto *section = desk.page<ProfileSection>();
        QVERIFY(section);
        auto *name = section->findChild<TextField *>();
        const QString before = name->text();
        QVERIFY(!before.isEmpty());
        const auto rename = [&](const QString &wanted) {
            name->edit()->setFocus();
            name->edit()->selectAll();
            QTest::keyClicks(name->edit(), wanted);
            QTest::keyClick(buttonOf(section, u"Save profile"_s), Qt::Key_Space);
            return QTest::qWaitFor([&] { return desk.client.workspace()->session().profile().displayName == wanted; },
                                   patience);
        };
        QVERIFY(!buttonOf(section, u"Save profile"_s)->isEnabled());
        QVERIFY(rename(u"Carla Prado"_s));
        QTRY_VERIFY(desk.window.findChild<AvatarButton *>()->accessibleName().contains(u"Carla Prado"_s));
        auto *zone = section->findChild<Select *>();
        zone->setCurrentIndex(zone->findData(u"America/Sao_Paulo"_s));
        Q_EMIT zone->valueChosen(zone->value());
        QTest::keyClick(buttonOf(section, u"Save profile"_s), Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->session().profile().timeZone, u"America/Sao_Paulo"_s,
                                  patience);
        QVERIFY(rename(before));
    }

    void nobodyLocksThemselvesOut()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Owner));
        desk.window.navigation().open(u"users"_s);
        auto *page = desk.page<UsersPage>();
        auto *table = page->findChild<DataTable *>();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
        page->openObject(desk.client.workspace()->session().profile().userId.toString());
        QTRY_VERIFY(page->findChild<UserPane *>()->isVisible());
        for (const Command &command : page->commands())
            if (command.id == u"users.suspend"_s || command.id == u"users.remove"_s)
                QVERIFY(!command.isEnabled());
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    bool signIn(DeskFixture &desk, Role role)
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        const DemoUser user = m_stack.user(role);
        Q_EMIT desk.window.signIn().submitted({options.server.toString(), u"acme"_s, user.email, user.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, patience);
    }
    static bool run(UsersPage *page, const QString &id)
    {
        for (const Command &command : page->commands()) {
            if (command.id != id || !command.isEnabled())
                continue;
            command.run();
            return true;
        }
        return false;
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
    // All cells of the row of somebody.
    static QString textOf(const DataTable *table, const QString &name)
    {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < table->model()->columnCount(); ++column)
                cells << table->model()->index(row, column).data().toString();
            if (cells.contains(name))
                return cells.join(u'|');
        }
        return {};
    }

    static QString copiedLink(QWidget *page)
    {
        UserLinkDialog *shown = nullptr;
        const bool isShown = QTest::qWaitFor(
            [&] {
                for (auto *one : page->findChildren<UserLinkDialog *>())
                    shown = one->isVisible() ? one : shown;
                return shown != nullptr;
            },
            patience);
        if (!isShown)
            return {};
        buttonOf(shown, u"Copy link"_s)->click();
        shown->reject();
        return QGuiApplication::clipboard()->text();
    }
    static void fillIn(const QWidget *dialog, const QStringList &texts)
    {
        qsizetype next = 0;
        for (TextField *field : dialog->findChildren<TextField *>())
            if (field->isVisible())
                field->setText(texts.value(next++));
        QCOMPARE(next, texts.size());
    }
    static User userOf(const DataTable *table, const QString &email)
    {
        for (const User &user : qobject_cast<const UsersModel *>(table->model())->rows())
            if (user.email == email)
                return user;
        return {};
    }
    static QString idOf(const DataTable *table, const QString &email) { return userOf(table, email).id.toString(); }

    DemoStack m_stack;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestUsersPage)
#include "tst_users_page.moc"
