// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pictures of the shell and its parts, light, dark, in Portuguese and at twice the size, into the folder given
// by PATIO_SCREENSHOTS. A picture that cannot be made, or that is all one colour, is an error.
#include "client/shell/sign_in_page.h"
#include "client/widgets/banner.h"
#include "client/widgets/data_table.h"
#include "client/widgets/toast.h"
#include "tests/gui/demo_pages.h"
#include "tests/gui/desk.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QDir>
#include <QMouseEvent>
#include <QTest>
#include <QToolButton>

namespace {

bool empty(const QImage &image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); y += 7) {
        for (int x = 0; x < image.width(); x += 7) {
            if (image.pixel(x, y) != first)
                return false;
        }
    }
    return true;
}

} // namespace

class Screenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("PATIO_SCREENSHOTS", QStringLiteral(PATIO_BINARY_DIR "/screenshots"));
        QVERIFY(QDir().mkpath(m_folder));
        m_desk = std::make_unique<Desk>();
        demo::addPages(m_desk->window->navigation());
        m_desk->window->setIdentity(demo::identity());
        m_desk->window->setConnection(ConnectionPill::State::Live, 38);
        m_desk->window->resize(1440, 900);
        m_desk->window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_desk->window.get()));
    }

    void pages_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("page");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("accent");
        QTest::addColumn<QSize>("size");
        for (const char *page : {"jobs", "usage", "parts", "settings"}) {
            const auto add = [&](const char *variant, bool dark, const char *language, const char *accent, QSize size) {
                const QString name = QStringLiteral("%1-%2").arg(QLatin1String(page), QLatin1String(variant));
                QTest::addRow("%s", qPrintable(name))
                    << name << QString(page) << dark << QString(language) << QString(accent) << size;
            };
            add("light", false, "en", "", {1440, 900});
            add("dark", true, "en", "#12A594", {1440, 900});
            add("pt-BR", false, "pt_BR", "", {1280, 800});
        }
    }

    void pages()
    {
        QFETCH(QString, name);
        QFETCH(QString, page);
        QFETCH(bool, dark);
        QFETCH(QString, language);
        QFETCH(QString, accent);
        QFETCH(QSize, size);
        m_desk->preferences->setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences->setLanguage(language);
        m_desk->theme->setAccentSeed(QColor(accent));
        m_desk->window->resize(size);
        m_desk->window->showDesk();
        m_desk->window->navigation().open(page);
        save(name);
    }

    void palette()
    {
        start(true, QStringLiteral("jobs"));
        m_desk->window->palette().open();
        save(QStringLiteral("palette-dark"));
        m_desk->window->palette().close();
    }

    void offlineAndToasts()
    {
        start(false, QStringLiteral("usage"));
        m_desk->window->setConnection(ConnectionPill::State::Reconnecting);
        m_desk->window->banner().show(
            Tone::Warning, QStringLiteral("cloud-off"),
            QStringLiteral("No connection to ops.acme.example. Showing data saved at 14:06. Next try in 8 s."),
            QStringLiteral("Try now"));
        m_desk->window->toasts().show({.tone = Tone::Danger,
                                       .title = QStringLiteral("Could not retry 2 of 14 jobs"),
                                       .text = QStringLiteral("Budget “Growth experiments” is exhausted"),
                                       .retry = [] {},
                                       .details = QStringLiteral("request 0197…")});
        m_desk->window->toasts().show({.tone = Tone::Success,
                                       .title = QStringLiteral("Job cancelled"),
                                       .text = QStringLiteral("job_9f3178 · order-refund-reply"),
                                       .undo = [] {}});
        save(QStringLiteral("offline-toasts-light"));
        for (QToolButton *close : m_desk->window->toasts().findChildren<QToolButton *>())
            close->click();
        m_desk->window->banner().hide();
        m_desk->window->setConnection(ConnectionPill::State::Live, 38);
    }

    void chartHover()
    {
        start(false, QStringLiteral("usage"));
        for (QWidget *view : m_desk->window->findChildren<QWidget *>()) {
            if (view->inherits("QChartView") && view->isVisible() && view->width() > 500) {
                QWidget *viewport = static_cast<QAbstractScrollArea *>(view)->viewport();
                QMouseEvent move(QEvent::MouseMove, QPointF(viewport->width() * 0.75, viewport->height() / 2.0),
                                 viewport->mapToGlobal(QPointF(viewport->width() * 0.75, viewport->height() / 2.0)),
                                 Qt::NoButton, Qt::NoButton, Qt::NoModifier);
                QCoreApplication::sendEvent(viewport, &move);
            }
        }
        save(QStringLiteral("usage-hover-light"));
    }

    void help()
    {
        start(false, QStringLiteral("jobs"));
        QTest::keyClick(m_desk->window.get(), Qt::Key_F1);
        save(QStringLiteral("help-light"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    }

    void signIn()
    {
        m_desk->preferences->setMode(Theme::Mode::Light);
        m_desk->preferences->setLanguage(QStringLiteral("en"));
        m_desk->window->resize(1200, 760);
        m_desk->window->showSignIn();
        m_desk->window->signIn().setInput(
            {"https://ops.acme.example", "acme-retail", "marina@acme.example", "secret", true});
        m_desk->window->signIn().setServerFacts(QStringLiteral("ops.acme.example · server 0.1.0 · TLS verified"));
        save(QStringLiteral("sign-in-light"));
        m_desk->window->signIn().setError(SignInPage::Place::Password, QStringLiteral("E-mail or password is wrong."));
        m_desk->preferences->setMode(Theme::Mode::Dark);
        m_desk->preferences->setLanguage(QStringLiteral("pt_BR"));
        save(QStringLiteral("sign-in-dark-pt-BR"));
    }

private:
    void start(bool dark, const QString &page)
    {
        m_desk->preferences->setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_desk->preferences->setLanguage(QStringLiteral("en"));
        m_desk->theme->setAccentSeed({});
        m_desk->window->resize(1440, 900);
        m_desk->window->showDesk();
        m_desk->window->navigation().open(page);
    }

    void save(const QString &name)
    {
        QCoreApplication::sendPostedEvents();
        const QString suffix = qApp->devicePixelRatio() > 1 ? QStringLiteral("-2x") : QString();
        const QImage image = m_desk->window->grab().toImage();
        QVERIFY2(!empty(image), qPrintable(name));
        QVERIFY(image.save(QStringLiteral("%1/%2%3.png").arg(m_folder, name, suffix)));
    }

    QString m_folder;
    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(Screenshots)
#include "screenshots.moc"
