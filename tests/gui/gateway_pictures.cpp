// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the tabs of the gateway that show what only days of use bring about: limits, budgets, refusals, settings.
// Of the real window, as screenshots.cpp takes them of the other pages, with the same checks, but on an example at the
// other end of the wire.
#include "client/design/paint.h"
#include "client/gateway/budget_pane.h"
#include "client/gateway/gateway_page.h"
#include "client/gateway/gateway_settings_conflict.h"
#include "client/gateway/gateway_settings_form.h"
#include "client/gateway/gateway_settings_words.h"
#include "client/gateway/gateway_tab.h"
#include "client/gateway/refusal_pane.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/banner.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/toast.h"
#include "tests/client/desk_fixture.h"
#include "tests/gui/gateway_example.h"
#include "tests/gui/layout_check.h"

#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QToolButton>

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

class GatewayPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inUse();
    void onTheFirstDay();

    void cleanupTestCase() { m_desk.reset(); }

private:
    bool openDesk();
    void show(const QString &tab);
    void run(const QString &id);
    void save(const QString &name, const Form &form);
    void closeDialogs();
    GatewayPage &page() { return *m_desk->page<GatewayPage>(); }
    GatewayTab &tab() { return *page().tab(page().currentTab()); }
    DataTable *table() { return tab().findChild<DataTable *>(); }

    GatewayExample m_example;
    QTemporaryDir m_settings;
    QTemporaryDir m_data;
    QString m_folder;
    std::unique_ptr<DeskFixture> m_desk;
    QStringList m_problems;
};

void GatewayPictures::initTestCase()
{
    m_folder = qEnvironmentVariable("SCREENSHOTS_FOLDER", u"" PATIO_BINARY_DIR "/screenshots"_s);
    QVERIFY(QDir().mkpath(m_folder));
    DeskFixture::prepare(m_settings.path());
    QApplication::setCursorFlashTime(0);
    QVERIFY(openDesk());
}

bool GatewayPictures::openDesk()
{
    m_desk = std::make_unique<DeskFixture>(m_data.path());
    StartOptions options;
    options.server = m_example.url();
    if (!m_desk->show(options, pictureSize))
        return false;
    Q_EMIT m_desk->window.signIn().submitted(
        {options.server.toString(), u"acme"_s, u"ana@acme.example"_s, u"a password"_s, false});
    return QTest::qWaitFor([this] { return m_desk->window.isAtDesk(); }, patience)
        && QTest::qWaitFor([this] { return m_desk->client.workspace()->live().state() == LiveClient::State::Live; },
                           patience);
}

void GatewayPictures::show(const QString &tab)
{
    m_desk->window.navigation().open(u"gateway"_s, {{u"tab"_s, tab}});
    QTRY_COMPARE_WITH_TIMEOUT(page().currentTab(), tab, patience);
    page().tab(tab)->activated();
}

void GatewayPictures::run(const QString &id)
{
    for (const Command &command : page().commands())
        if (command.id == id && command.isEnabled())
            return command.run();
    QTest::qFail(qPrintable(id), __FILE__, __LINE__);
}

// The window with the dialog above it.
void GatewayPictures::save(const QString &name, const Form &form)
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

void GatewayPictures::closeDialogs()
{
    for (QWidget *other : QApplication::topLevelWidgets())
        if (qobject_cast<QDialog *>(other))
            other->close();
}

void GatewayPictures::inUse()
{
    for (const Form &form : forms()) {
        m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
        show(u"limits"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 9, patience);
        table()->setCurrentIndex(table()->model()->index(2, 0));
        save(u"gateway-limits"_s, form);
        run(u"limits.add"_s);
        auto *dialog = tab().findChild<QDialog *>();
        auto *who = dialog->findChild<Select *>();
        who->setCurrentIndex(1);
        Q_EMIT who->activated(1); // one key
        dialog->findChildren<TextField *>().last()->setText(u"600"_s);
        save(u"gateway-limits-add"_s, form);
        closeDialogs();

        show(u"budgets"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 5, patience);
        save(u"gateway-budgets"_s, form);
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<BudgetPane>()->isVisible(), patience);
        save(u"gateway-budget"_s, form);
        Q_EMIT m_desk->page<BudgetPane>()->closed();
        run(u"budgets.add"_s);
        tab().findChild<QDialog *>()->findChildren<TextField *>().last()->setText(u"1000"_s);
        save(u"gateway-budgets-add"_s, form);
        closeDialogs();
        m_example.reachBudget();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window.toasts().count() > 0, patience);
        save(u"gateway-budget-reached"_s, form);
        for (QToolButton *close : m_desk->window.toasts().findChildren<QToolButton *>())
            close->click();

        show(u"refused"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 5, patience);
        save(u"gateway-refused"_s, form);
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->page<RefusalPane>()->isVisible(), patience);
        save(u"gateway-refused-why"_s, form);
        Q_EMIT m_desk->page<RefusalPane>()->closed();

        show(u"settings"_s);
        auto *settings = m_desk->page<GatewaySettingsForm>();
        QTRY_VERIFY_WITH_TIMEOUT(settings->isVisible(), patience);
        tab().findChild<QPlainTextEdit *>()->setPlainText(u"My password is 123456, and my CPF 123.456.789-09."_s);
        const auto isJudged = [this] { // once the typing has ended
            for (const Banner *verdict : tab().findChildren<Banner *>())
                if (verdict->isVisible())
                    return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isJudged(), patience);
        save(u"gateway-settings"_s, form);
        const GatewaySettings before = settings->settings();
        GatewaySettings changed = before;
        changed.deniedPatterns << u"(unfinished"_s;
        changed.bodyDays = 30;
        settings->setSettings(changed);
        Q_EMIT settings->edited();
        m_desk->page<GatewaySettingsConflict>()->show(differences(changed, before));
        save(u"gateway-settings-conflict"_s, form);
        m_desk->page<GatewaySettingsConflict>()->hide();
        settings->setSettings(before);
        Q_EMIT settings->edited();
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

void GatewayPictures::onTheFirstDay()
{
    m_example.setEmpty(true);
    m_problems.clear();
    for (const Form &form : forms()) {
        m_desk->preferences().setMode(form.dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences().setLanguage(QString::fromLatin1(form.language));
        for (const QString &name : {u"limits"_s, u"budgets"_s, u"refused"_s}) {
            show(name);
            QTRY_VERIFY_WITH_TIMEOUT(table()->emptyState()->isVisible(), patience);
            save(u"gateway-%1-empty"_s.arg(name), form);
        }
    }
    QVERIFY2(m_problems.isEmpty(), qPrintable(u'\n' + m_problems.join(u'\n')));
}

QTEST_MAIN(GatewayPictures)
#include "gateway_pictures.moc"
