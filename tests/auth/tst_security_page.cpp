// SPDX-License-Identifier: GPL-3.0-or-later
// Second factor, password and sessions in the window, and signing in with a code, against the real server.
#include "client/security/qr_code.h"
#include "client/security/recovery_codes_dialog.h"
#include "client/security/second_factor_dialog.h"
#include "client/security/security_section.h"
#include "client/security/session_rows.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/settings/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"
#include "tests/support/authenticator_app.h"

#include <QClipboard>
#include <QLineEdit>

using namespace Qt::StringLiterals;

class TestSecurityPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void secondFactorWholeWay();
    void sessionsAreEnded();
    void passwordIsChanged();
    void aDemandedFactorLeadsToTheSettings();

private:
    void submit(DeskFixture &desk, Role role, const QString &code = {}, const QString &password = {})
    {
        const DemoUser person = m_stack.user(role);
        Q_EMIT desk.window.signIn().submitted({m_stack.demo().baseUrl, u"acme"_s, person.email,
                                               password.isEmpty() ? person.password : password, false, code});
    }
    bool signIn(DeskFixture &desk, Role role, const QString &code = {}, const QString &password = {})
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        submit(desk, role, code, password);
        return QTest::qWaitForWindowActive(&desk.window)
            && QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, 10'000);
    }
    static SecuritySection *openSettings(DeskFixture &desk)
    {
        desk.window.navigation().open(u"settings"_s);
        return desk.page<SecuritySection>();
    }
    static Button *buttonOf(QWidget *parent, const QString &text)
    {
        for (Button *button : parent->findChildren<Button *>())
            if (button->text() == text && button->isVisible())
                return button;
        return nullptr;
    }
    template<class Kind = Dialog> static Kind *openDialog()
    {
        for (QWidget *window : QApplication::topLevelWidgets())
            if (auto *dialog = qobject_cast<Kind *>(window); dialog && dialog->isVisible())
                return dialog;
        return nullptr;
    }
    static QList<TextField *> fieldsOf(QWidget *parent)
    {
        QList<TextField *> fields;
        for (TextField *field : parent->findChildren<TextField *>())
            if (field->isVisible())
                fields.append(field);
        return fields;
    }
    static bool shows(QWidget *parent, const QString &text)
    {
        for (const Label *label : parent->findChildren<Label *>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }

    QTemporaryDir m_settings;
    DemoStack m_stack;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSecurityPage::secondFactorWholeWay()
{
    const QString password = m_stack.user(Role::Viewer).password;
    QStringList codes;
    AuthenticatorApp app;
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::Viewer));
        SecuritySection *section = openSettings(desk);
        QVERIFY(section);
        QTRY_VERIFY(buttonOf(section, u"Set up…"_s));
        buttonOf(section, u"Set up…"_s)->click();

        // The password first; a wrong one is said at its field.
        auto *ask = openDialog<SecretDialog>();
        QVERIFY(ask);
        QVERIFY(!buttonOf(ask, u"Continue"_s)->isEnabled());
        QCOMPARE(fieldsOf(ask)[0]->edit()->echoMode(), QLineEdit::Password);
        fieldsOf(ask)[0]->setText(u"wrong"_s);
        buttonOf(ask, u"Continue"_s)->click();
        QTRY_VERIFY(fieldsOf(ask)[0]->hasError());
        fieldsOf(ask)[0]->setText(password);
        QTest::keyClick(fieldsOf(ask)[0]->edit(), Qt::Key_Return);

        QTRY_VERIFY(openDialog<SecondFactorDialog>());
        auto *offer = openDialog<SecondFactorDialog>();
        QVERIFY(offer->findChild<QrCode *>()->width() > 100);
        QString secret;
        for (const Label *label : offer->findChildren<Label *>())
            if (label->accessibleName() == u"Secret for the authenticator app"_s)
                secret = label->text().remove(u' ');
        QCOMPARE(secret.size(), 32);
        app = AuthenticatorApp(secret);
        fieldsOf(offer)[0]->setText(u"000000"_s);
        buttonOf(offer, u"Turn on"_s)->click();
        QTRY_VERIFY(fieldsOf(offer)[0]->hasError());
        fieldsOf(offer)[0]->setText(app.code(QDateTime::currentSecsSinceEpoch()).insert(3, u' '));
        buttonOf(offer, u"Turn on"_s)->click();

        QTRY_VERIFY(openDialog<RecoveryCodesDialog>());
        auto *shown = openDialog<RecoveryCodesDialog>();
        buttonOf(shown, u"Copy"_s)->click();
        codes = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(codes.size(), 10);
        for (const QString &code : codes)
            QVERIFY(shows(shown, code));
        buttonOf(shown, u"I have kept them"_s)->click();
        QTRY_VERIFY(shows(section, u"10 recovery codes are left"_s));
        QVERIFY(!buttonOf(section, u"Set up…"_s));
    }
    {
        // Signing in: the field for the code comes when the server asks for it.
        DeskFixture desk(m_folder->path());
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        QVERIFY(desk.show(options));
        const qsizetype before = fieldsOf(&desk.window.signIn()).size();
        submit(desk, Role::Viewer);
        QTRY_COMPARE(fieldsOf(&desk.window.signIn()).size(), before + 1);
        QVERIFY(!desk.window.isAtDesk());
        submit(desk, Role::Viewer, u"000000"_s);
        QTRY_VERIFY(fieldsOf(&desk.window.signIn()).last()->hasError());
        submit(desk, Role::Viewer, codes[0]);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), 10'000);

        SecuritySection *section = openSettings(desk);
        QTRY_VERIFY(shows(section, u"9 recovery codes are left"_s));
        buttonOf(section, u"New recovery codes…"_s)->click();
        auto *ask = openDialog<SecretDialog>();
        fieldsOf(ask)[0]->setText(password);
        fieldsOf(ask)[1]->setText(codes[0]); // used
        buttonOf(ask, u"Make new codes"_s)->click();
        QTRY_VERIFY(fieldsOf(ask)[1]->hasError());
        fieldsOf(ask)[1]->setText(codes[1]);
        buttonOf(ask, u"Make new codes"_s)->click();
        QTRY_VERIFY(openDialog<RecoveryCodesDialog>());
        buttonOf(openDialog<RecoveryCodesDialog>(), u"Copy"_s)->click();
        const QString fresh = QGuiApplication::clipboard()->text().section(u'\n', 0, 0);
        buttonOf(openDialog<RecoveryCodesDialog>(), u"I have kept them"_s)->click();

        QTRY_VERIFY(buttonOf(section, u"Turn off…"_s));
        buttonOf(section, u"Turn off…"_s)->click();
        QTRY_VERIFY(openDialog<SecretDialog>());
        ask = openDialog<SecretDialog>();
        fieldsOf(ask)[0]->setText(password);
        fieldsOf(ask)[1]->setText(fresh);
        buttonOf(ask, u"Turn off"_s)->click();
        QTRY_VERIFY(buttonOf(section, u"Set up…"_s));
    }
}

void TestSecurityPage::sessionsAreEnded()
{
    const auto elsewhere = m_stack.signedIn(Role::Owner);
    const auto third = m_stack.signedIn(Role::Owner);
    QVERIFY(elsewhere && third);
    DeskFixture desk(m_folder->path());
    QVERIFY(signIn(desk, Role::Owner));
    SecuritySection *section = openSettings(desk);
    QTRY_VERIFY(shows(section, u"This session"_s));
    auto *rows = section->findChild<SessionRows *>();
    const auto endButtons = [&] {
        int count = 0;
        for (const Button *button : rows->findChildren<Button *>())
            count += button->isVisible() && button->text() == u"End"_s;
        return count;
    };
    QTRY_COMPARE(endButtons(), 2);
    buttonOf(rows, u"End"_s)->click();
    QTRY_COMPARE(endButtons(), 1);
    buttonOf(rows, u"End all others"_s)->click();
    QTRY_COMPARE(endButtons(), 0);
    QVERIFY(shows(section, u"This session"_s));
    QTRY_VERIFY(desk.window.toasts().count() > 0);
    QVERIFY(desk.window.isAtDesk());
}

void TestSecurityPage::passwordIsChanged()
{
    const QString wanted = u"another long password"_s;
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(signIn(desk, Role::PromptEngineer));
        SecuritySection *section = openSettings(desk);
        QTRY_VERIFY(buttonOf(section, u"Change password…"_s));
        buttonOf(section, u"Change password…"_s)->click();
        auto *ask = openDialog<SecretDialog>();
        fieldsOf(ask)[0]->setText(m_stack.user(Role::PromptEngineer).password);
        fieldsOf(ask)[1]->setText(u"short"_s);
        buttonOf(ask, u"Change password"_s)->click();
        QTRY_VERIFY(fieldsOf(ask)[1]->hasError());
        fieldsOf(ask)[1]->setText(wanted);
        buttonOf(ask, u"Change password"_s)->click();
        QTRY_VERIFY(!openDialog<SecretDialog>());
        QVERIFY(desk.window.isAtDesk());
    }
    QTemporaryDir fresh;
    DeskFixture desk(fresh.path());
    QVERIFY(signIn(desk, Role::PromptEngineer, {}, wanted));
}

// Last: from here on the tenant demands it.
void TestSecurityPage::aDemandedFactorLeadsToTheSettings()
{
    const auto owner = m_stack.signedIn(Role::Owner);
    bool isDemanded = false;
    owner->call(endpoints::settings::update, {true}, this,
                [&](const Result<TenantSettings> &reply) { isDemanded = bool(reply); }, {.revision = 1});
    QTRY_VERIFY(isDemanded);

    DeskFixture desk(m_folder->path());
    QVERIFY(signIn(desk, Role::Viewer));
    QVERIFY(!desk.window.navigation().find(u"templates"_s)); // what would be refused is not offered
    auto *section = desk.page<SecuritySection>(); // the only place there is
    QVERIFY(section && section->isVisible());
    QTRY_VERIFY(shows(section, u"Your tenant demands a second factor"_s));
    buttonOf(section, u"Set up…"_s)->click();
    auto *ask = openDialog<SecretDialog>();
    fieldsOf(ask)[0]->setText(m_stack.user(Role::Viewer).password);
    buttonOf(ask, u"Continue"_s)->click();
    QTRY_VERIFY(openDialog<SecondFactorDialog>());
    auto *offer = openDialog<SecondFactorDialog>();
    QString secret;
    for (const Label *label : offer->findChildren<Label *>())
        if (label->accessibleName() == u"Secret for the authenticator app"_s)
            secret = label->text().remove(u' ');
    fieldsOf(offer)[0]->setText(AuthenticatorApp(secret).code(QDateTime::currentSecsSinceEpoch()));
    buttonOf(offer, u"Turn on"_s)->click();
    QTRY_VERIFY(openDialog<RecoveryCodesDialog>());
    buttonOf(openDialog<RecoveryCodesDialog>(), u"I have kept them"_s)->click();
    QTRY_VERIFY(desk.window.navigation().find(u"templates"_s)); // and everything else is there
    QTRY_VERIFY(!shows(section, u"Your tenant demands a second factor"_s));
}

QTEST_MAIN(TestSecurityPage)
#include "tst_security_page.moc"
