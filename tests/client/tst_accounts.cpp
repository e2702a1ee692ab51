// SPDX-License-Identifier: GPL-3.0-or-later
// Several accounts side by side in one window, against the real server.
#include "client/shell/sign_in_page.h"
#include "client/shell/top_bar.h"
#include "client/templates/templates_page.h"
#include "client/widgets/data_table.h"
#include "shared/auth/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QMenu>
#include <QSettings>

using namespace Qt::StringLiterals;

class TestAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings().clear();
    }

    // From one to the other and back without a password, by the list in the top bar; nothing of one shows in the other.
    void switchesWithoutAPassword()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(desk.show({}));
        QVERIFY(signIn(desk, u"acme"_s));
        const QStringList acmes = templatesOf(desk);
        QVERIFY(!acmes.isEmpty());
        Q_EMIT desk.window.otherTenantRequested();
        QTRY_VERIFY(!desk.window.isAtDesk());
        QVERIFY(signIn(desk, u"northwind"_s));
        QCOMPARE(tenant(desk), u"northwind"_s);
        const QStringList northwinds = templatesOf(desk);
        for (const QString &id : acmes)
            QVERIFY(!northwinds.contains(id));

        QVERIFY(choose(desk, u"Acme"_s));
        QTRY_COMPARE_WITH_TIMEOUT(tenant(desk), u"acme"_s, patience);
        QVERIFY(desk.window.isAtDesk());
        QCOMPARE(templatesOf(desk), acmes);
        QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->live().state(), LiveClient::State::Live, patience);
        QVERIFY(choose(desk, u"Northwind"_s));
        QTRY_COMPARE_WITH_TIMEOUT(tenant(desk), u"northwind"_s, patience);
        QTRY_COMPARE_WITH_TIMEOUT(desk.client.workspace()->live().state(), LiveClient::State::Live, patience);
        QCOMPARE(templatesOf(desk), northwinds);
    }

    void signingOutOfOneKeepsTheOther()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(desk.show({}));
        QVERIFY(signIn(desk, u"acme"_s));
        Q_EMIT desk.window.otherTenantRequested();
        QVERIFY(signIn(desk, u"northwind"_s));
        Q_EMIT desk.window.signOutRequested();
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk() && tenant(desk) == u"acme"_s, patience);
        QVERIFY(!templatesOf(desk).isEmpty());
        Q_EMIT desk.window.signOutRequested();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isAtDesk() && !desk.client.workspace(), patience);
    }

    // What ended while it was not looked at asks for the password again.
    void aSessionThatEndedMeanwhile()
    {
        DeskFixture desk(m_folder->path());
        QVERIFY(desk.show({}));
        QVERIFY(signIn(desk, u"acme"_s));
        Q_EMIT desk.window.otherTenantRequested();
        QVERIFY(signIn(desk, u"northwind"_s));
        const auto elsewhere = m_stack.signedIn(u"acme"_s, owner(u"acme"_s));
        bool haveEnded = false;
        elsewhere->call(endpoints::auth::endSessions, {}, this,
                        [&](const Result<Nothing> &reply) { haveEnded = bool(reply); });
        QTRY_VERIFY_WITH_TIMEOUT(haveEnded, patience);
        QVERIFY(choose(desk, u"Acme"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window.isAtDesk(), patience);
        QTest::keyClick(&desk.window.signIn(), Qt::Key_Escape); // back to the other
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk() && tenant(desk) == u"northwind"_s, patience);
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    DemoUser owner(const QString &slug)
    {
        for (const DemoTenant &tenant : m_stack.demo().tenants)
            for (const DemoUser &user : tenant.users)
                if (tenant.slug == slug && user.role == Role::Owner)
                    return user;
        qFatal("the demo has no such owner");
    }
    bool signIn(DeskFixture &desk, const QString &slug)
    {
        const DemoUser user = owner(slug);
        Q_EMIT desk.window.signIn().submitted({m_stack.demo().baseUrl, slug, user.email, user.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk() && tenant(desk) == slug; }, patience);
    }
    static QString tenant(DeskFixture &desk)
    {
        return desk.client.workspace() ? desk.client.workspace()->session().account().tenant : QString();
    }
    // The list of the top bar, as it is opened by a click or Ctrl+Shift+T.
    static bool choose(DeskFixture &desk, const QString &name)
    {
        auto *switcher = desk.window.findChild<TenantSwitcher *>();
        switcher->openList();
        for (QMenu *menu : switcher->findChildren<QMenu *>())
            for (QAction *action : menu->actions())
                if (menu->isVisible() && action->text().contains(name)) {
                    action->trigger();
                    menu->close();
                    return true;
                }
        return false;
    }
    static QStringList templatesOf(DeskFixture &desk)
    {
        desk.window.navigation().open(u"templates"_s);
        auto *table = desk.page<TemplatesPage>()->findChild<DataTable *>();
        const bool isFilled = QTest::qWaitFor([&] { return table->model()->rowCount() > 0; }, patience);
        QStringList names;
        for (int row = 0; isFilled && row < table->model()->rowCount(); ++row)
            names << table->model()->index(row, 0).data().toString();
        names.sort();
        return names;
    }

    DemoStack m_stack;
    std::unique_ptr<QTemporaryDir> m_folder;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestAccounts)
#include "tst_accounts.moc"
