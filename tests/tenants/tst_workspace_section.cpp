// SPDX-License-Identifier: GPL-3.0-or-later
// What an owner decides for the whole tenant, in the settings of the window, while others do the same elsewhere.
#include "client/shell/settings_page.h"
#include "client/shell/sign_in_page.h"
#include "client/tenants/theme_editor.h"
#include "client/tenants/theme_preview.h"
#include "client/tenants/workspace_section.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/dialog.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/settings/endpoints.h"
#include "shared/tenants/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

class TestWorkspaceSection : public QObject
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
        m_desk = std::make_unique<DeskFixture>(m_folder->path());
        StartOptions options;
        options.server = QUrl(m_stack.demo().baseUrl);
        QVERIFY(m_desk->show(options));
        const DemoUser owner = m_stack.user(Role::Owner);
        Q_EMIT m_desk->window.signIn().submitted(
            {options.server.toString(), u"acme"_s, owner.email, owner.password, false});
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.isAtDesk(), patience);
        m_desk->window.navigation().open(u"settings"_s);
        m_section = m_desk->page<WorkspaceSection>();
        QVERIFY(m_section);
        QTRY_VERIFY_WITH_TIMEOUT(!field(0)->text().isEmpty() && factor()->isEnabled(), patience);
    }

    void cleanup() { m_desk.reset(); }

    // Each letter shows in the preview, and nothing of it in the window before it is saved.
    void thePreviewFollowsEachKeystroke()
    {
        const QColor before = theme().accentSeed();
        const auto *preview = m_section->findChild<ThemePreview *>();
        type(field(2), u"Bal"_s);
        QVERIFY(preview->accessibleDescription().startsWith(u"Bal,"_s));
        QTest::keyClicks(field(2)->edit(), u"c"_s);
        QVERIFY(preview->accessibleDescription().startsWith(u"Balc,"_s));
        type(field(1), u"#00AA5"_s); // not yet a colour
        QVERIFY(preview->accessibleDescription().endsWith(u"the usual accent"_s));
        QVERIFY(!holds(preview, QColor(0x00, 0xAA, 0x55)));
        QTest::keyClicks(field(1)->edit(), u"5"_s);
        QVERIFY(preview->accessibleDescription().contains(u"#00aa55"_s));
        QCOMPARE(theme().accentSeed(), before);
    }

    void whatIsTypedOutlivesAChangeOfLanguage()
    {
        type(field(0), u"Half a na"_s);
        m_desk->preferences().setLanguage(u"pt_BR"_s);
        QTRY_COMPARE(m_section->findChild<Label *>()->text(), u"Espaço de trabalho"_s);
        QCOMPARE(field(0)->text(), u"Half a na"_s);
        QVERIFY(textsOf(m_section).contains(u"Plano standard"_s));
        m_desk->preferences().setLanguage(u"en"_s);
        QTRY_COMPARE(m_section->findChild<Label *>()->text(), u"Workspace"_s);
        QCOMPARE(field(0)->text(), u"Half a na"_s);
    }

    // Somebody else saved first: that is said, and what they saved is shown.
    void anotherOwnerWasFaster()
    {
        const auto api = m_stack.signedIn(Role::Owner);
        bool isSaved = false;
        api->call(endpoints::tenants::own, {}, this, [&](const Result<OwnTenant> &own) {
            api->call(endpoints::tenants::updateOwn, {u"Acme of others"_s, {}}, this,
                      [&](const Result<OwnTenant> &reply) { isSaved = bool(reply); }, {.revision = own->revision});
        });
        QTRY_VERIFY_WITH_TIMEOUT(isSaved, patience);
        QSignalSpy toasts(m_section, &WorkspaceSection::toastRequested);
        type(field(0), u"Acme of mine"_s);
        QTest::keyClick(button(m_section, u"Save workspace"_s), Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(toasts.size(), 1, patience);
        QCOMPARE(toasts.first().first().value<Toast>().tone, Tone::Danger);
        QTRY_COMPARE_WITH_TIMEOUT(field(0)->text(), u"Acme of others"_s, patience);
        type(field(0), u"Acme of mine"_s);
        QTest::keyClick(button(m_section, u"Save workspace"_s), Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->window.windowTitle().section(u" – "_s, 0, 0), u"Acme of mine"_s, patience);
    }

    // A server that is away is said with a way to try again.
    void whatCannotBeReadIsSaid()
    {
        m_stack.stop();
        m_section->load();
        auto *problem = m_section->findChild<Banner *>();
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), patience);
        QVERIFY(m_stack.start());
        QTest::keyClick(button(problem, u"Try again"_s), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!problem->isVisible(), patience);
    }

    // The last: from then on nobody in the tenant may do anything without a second factor.
    void aSecondFactorIsDemandedOfEverybody()
    {
        QTest::keyClick(factor(), Qt::Key_Space);
        QVERIFY(question());
        QTest::keyClick(question(), Qt::Key_Escape); // thought better of it
        QVERIFY(!factor()->isChecked());
        QVERIFY(!isDemanded());
        QTest::keyClick(factor(), Qt::Key_Space);
        button(question(), u"Demand it"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(isDemanded(), patience);
    }

private:
    static constexpr int patience = 20'000; // milliseconds

    TextField *field(int index) const { return m_section->findChildren<TextField *>()[index]; }
    Switch *factor() const { return m_section->findChildren<Switch *>().last(); }
    Dialog *question() const
    {
        for (auto *dialog : m_section->findChildren<Dialog *>())
            if (dialog->isVisible())
                return dialog;
        return nullptr;
    }
    static Button *button(const QWidget *within, const QString &text)
    {
        for (auto *button : within->findChildren<Button *>())
            if (button->isVisible() && button->text() == text)
                return button;
        qFatal("there is no button %s", qPrintable(text));
    }
    static void type(TextField *field, const QString &text)
    {
        field->edit()->setFocus();
        field->edit()->selectAll();
        QTest::keyClicks(field->edit(), text);
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
            texts << label->text();
        return texts.join(u'\n');
    }
    // As the next person sees it who signs in.
    bool isDemanded()
    {
        const auto api = m_stack.signedIn(Role::Owner);
        std::optional<bool> isRefused;
        api->call(endpoints::settings::get, {}, this, [&](const Result<TenantSettings> &reply) {
            isRefused = !reply && reply.error().code == u"second_factor_required"_s;
        });
        return QTest::qWaitFor([&] { return isRefused.has_value(); }, patience) && *isRefused;
    }

    DemoStack m_stack;
    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DeskFixture> m_desk;
    WorkspaceSection *m_section = nullptr;
};

QTEST_MAIN(TestWorkspaceSection)
#include "tst_workspace_section.moc"
