// SPDX-License-Identifier: GPL-3.0-or-later
// Each page without a mouse, on the real server: its key opens it, Tab goes through all that it offers and comes round,
// and wherever the focus is, a person can see it and a screen reader can say it.
#include "client/permissions/permissions_page.h"
#include "client/shell/sign_in_page.h"
#include "client/tenants/tenants_page.h"
#include "client/widgets/data_table.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"
#include "tests/gui/layout_check.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTextEdit>

using namespace Qt::StringLiterals;

class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        DeskFixture::prepare(m_settings.path());
        QVERIFY(m_stack.start());
        m_operator = m_stack.makeOperator();
    }

    void pages_data()
    {
        QTest::addColumn<QString>("tenant");
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("command"); // to be run there, one after the other; empty: none
        QTest::addColumn<bool>("opensDialog");
        enum { Page, Dialog };
        const auto row = [](const char *tenant, const char *page, const char *command = "", int what = Page) {
            QTest::addRow("%s %s", page, command) << QString::fromLatin1(tenant) << QString::fromLatin1(page)
                                                  << QString::fromLatin1(command) << (what == Dialog);
        };
        row("acme", "templates");
        row("acme", "jobs");
        row("acme", "usage");
        row("acme", "usage", "usage.table");
        row("acme", "usage", "usage.period", Dialog);
        row("acme", "prices");
        row("acme", "prices", "prices.rerate", Dialog);
        row("acme", "credentials");
        row("acme", "credentials", "credentials.add", Dialog);
        row("acme", "gateway");
        row("acme", "gateway", "gatewayKeys.add", Dialog);
        row("acme", "gateway", "gateway.connect gatewayConnect.js-openai");
        row("acme", "gateway", "gateway.routes");
        row("acme", "gateway", "gateway.routes gatewayRoutes.add", Dialog);
        row("acme", "gateway", "gateway.calls");
        row("acme", "users");
        row("acme", "users", "users.add", Dialog);
        row("acme", "users", "users.change", Dialog);
        row("acme", "permissions");
        row("acme", "permissions", "permissions.tab1");
        row("acme", "permissions", "permissions.tab2");
        row("acme", "permissions", "rules.add");
        row("acme", "permissions", "roles.add", Dialog);
        row("acme", "audit");
        row("acme", "gateway", "gateway.limits");
        row("acme", "gateway", "gateway.limits limits.add", Dialog);
        row("acme", "gateway", "gateway.budgets");
        row("acme", "gateway", "gateway.budgets budgets.add", Dialog);
        row("acme", "gateway", "gateway.refused");
        row("acme", "gateway", "gateway.settings");
        row("acme", "settings");
        row("platform", "prices");
        row("platform", "prices", "prices.add", Dialog);
        row("platform", "prices", "prices.addName", Dialog);
        row("platform", "prices", "prices.import", Dialog);
        row("platform", "prices", "prices.tab1");
        row("platform", "tenants");
        row("platform", "tenants", "tenants.add", Dialog);
        row("platform", "tenants", "tenants.change", Dialog);
        row("platform", "tenants", "tenants.theme", Dialog);
        row("platform", "tenants", "tenants.tab1");
        row("platform", "tenants", "plans.add", Dialog);
        row("platform", "tenants", "tenants.tab2");
    }

    void pages()
    {
        QFETCH(QString, tenant);
        QFETCH(QString, page);
        QFETCH(QString, command);
        QFETCH(bool, opensDialog);
        QTemporaryDir folder;
        DeskFixture desk(folder.path());
        QVERIFY(signIn(desk, tenant));
        const PageSpec *spec = desk.window.navigation().find(page);
        QVERIFY(spec);
        desk.press(spec->goKey.isEmpty() ? "Ctrl+," : qPrintable(u"G, "_s + spec->goKey));
        QTRY_COMPARE_WITH_TIMEOUT(desk.window.navigation().currentId(), page, patience);
        PageWidget *shown = desk.window.navigation().current();
        QVERIFY(waitForRows(shown));
        for (const QString &step : command.split(u' ', Qt::SkipEmptyParts))
            QVERIFY2(QTest::qWaitFor([&] { return run(shown, step); }, patience), qPrintable(step));
        if (opensDialog)
            QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), patience);
        QWidget *scope = opensDialog ? QApplication::activeModalWidget() : shown;
        const auto hasFocus = [&] { // a page whose controls are still to come holds it meanwhile
            const QWidget *focus = QApplication::focusWidget();
            return focus && scope->isAncestorOf(focus) && (focus->focusPolicy() & Qt::TabFocus);
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasFocus(), patience);
        QTRY_VERIFY(isLaidOut(scope));
        walk(scope);
    }

    void signingIn()
    {
        QTemporaryDir folder;
        DeskFixture desk(folder.path());
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        options.tenant = u"acme"_s;
        QVERIFY(desk.show(options));
        const DemoUser user = m_stack.user(Role::Viewer);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget())); // at what is missing
        QTest::keyClicks(QApplication::focusWidget(), user.email);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), user.password);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window.isAtDesk(), patience);
    }

private:
    static constexpr int patience = 20'000; // milliseconds
    static constexpr int mostStops = 400;

    bool signIn(DeskFixture &desk, const QString &tenant)
    {
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        if (!desk.show(options))
            return false;
        const DemoUser user = tenant == u"platform"_s ? m_operator : m_stack.user(Role::Owner);
        Q_EMIT desk.window.signIn().submitted({options.server.toString(), tenant, user.email, user.password, false});
        return QTest::qWaitFor([&] { return desk.window.isAtDesk(); }, patience);
    }
    static bool run(PageWidget *page, const QString &id)
    {
        for (auto *table : page->findChildren<DataTable *>()) // what acts on a row needs one
            if (table->isVisible() && !table->currentIndex().isValid() && table->model()->rowCount() > 0)
                table->setCurrentIndex(table->model()->index(0, 0));
        for (const Command &command : page->commands()) {
            if (command.id != id || !command.isEnabled())
                continue;
            command.run();
            return true;
        }
        return false;
    }
    static bool waitForRows(QWidget *page)
    {
        return QTest::qWaitFor(
            [&] {
                for (auto *table : page->findChildren<DataTable *>())
                    if (table->isVisible() && table->model()->rowCount() == 0 && table->accessibleName() == u"People"_s)
                        return false;
                return true;
            },
            patience);
    }

    // Once round with Tab. Everything that can be worked must have had the focus, or be reached with the arrows from
    // what had it.
    static void walk(QWidget *scope)
    {
        QSet<const QWidget *> stops;
        const QWidget *first = QApplication::focusWidget();
        QStringList unseen, nameless;
        for (int i = 0; i < mostStops; ++i) {
            QWidget *now = QApplication::focusWidget();
            QVERIFY2(now, "the focus is lost");
            if (i > 0 && now == first)
                break;
            stops.insert(now);
            if (!isSeen(now))
                unseen << described(now);
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(now);
            if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty())
                nameless << described(now);
            QTest::keyClick(now, Qt::Key_Tab);
            if (const auto *date = qobject_cast<QDateTimeEdit *>(now)) // through day, month and year first
                for (int part = 1; part < date->sectionCount() && QApplication::focusWidget() == now; ++part)
                    QTest::keyClick(now, Qt::Key_Tab);
            if (QApplication::focusWidget() == now) // an editor that takes it: Ctrl+Tab leaves it
                QTest::keyClick(now, Qt::Key_Tab, Qt::ControlModifier);
            QVERIFY2(QApplication::focusWidget() != now, qPrintable(u"no way on from "_s + described(now)));
        }
        QVERIFY2(QApplication::focusWidget() == first,
                 qPrintable(u"Tab does not come round to "_s + described(first) + u" but stays about "_s
                            + described(QApplication::focusWidget())));
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(u'\n')));
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
        QStringList missed;
        for (const QWidget *widget : scope->findChildren<QWidget *>())
            if (isControl(widget) && !stops.contains(widget) && !isReached(widget, stops))
                missed << described(widget);
        QVERIFY2(missed.isEmpty(), qPrintable(u"out of reach: "_s + missed.join(u", "_s)));
        const QStringList namelessToo = layoutCheck::namelessControls(scope);
        QVERIFY2(namelessToo.isEmpty(), qPrintable(namelessToo.join(u'\n')));
    }
    static bool isLaidOut(const QWidget *scope)
    {
        for (const QWidget *widget : scope->findChildren<QWidget *>())
            if (isControl(widget) && widget->rect().isEmpty())
                return false;
        return true;
    }
    // Not scrolled out of what holds it.
    static bool isSeen(const QWidget *widget)
    {
        QRect rest = widget->rect();
        for (const QWidget *up = widget; up->parentWidget() && !up->isWindow(); up = up->parentWidget())
            rest = rest.translated(up->pos()) & up->parentWidget()->rect();
        return widget->isVisible() && !rest.isEmpty();
    }
    static bool isControl(const QWidget *widget)
    {
        if (!widget->isVisible() || !widget->isEnabled())
            return false;
        return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)
            || qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QTabBar *>(widget)
            || qobject_cast<const QAbstractItemView *>(widget);
    }
    // A part of what has the focus itself, or one of several buttons of which one is the stop and arrows lead to the
    // others; or the header and corner of a table, whose columns have a menu and keys of their own.
    static bool isReached(const QWidget *widget, const QSet<const QWidget *> &stops)
    {
        for (const QWidget *up = widget->parentWidget(); up; up = up->parentWidget())
            if (stops.contains(up))
                return true;
        if (widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton"))
            return true;
        const QWidget *group = widget->parentWidget();
        return group && group->inherits("SegmentedControl")
            && std::any_of(stops.begin(), stops.end(),
                           [&](const QWidget *stop) { return stop->parentWidget() == group; });
    }
    static QString described(const QWidget *widget)
    {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const QWidget *owner = widget->parentWidget();
        return QString::fromLatin1(widget->metaObject()->className()) + u" “"_s
            + (widget->accessibleName().isEmpty() && button ? button->text() : widget->accessibleName()) + u"” in "_s
            + QString::fromLatin1(owner ? owner->metaObject()->className() : "nothing");
    }

    DemoStack m_stack;
    DemoUser m_operator;
    QTemporaryDir m_settings;
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
