// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/main_window.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/shell/about_dialog.h"
#include "client/shell/help_overlay.h"
#include "client/shell/preferences.h"
#include "client/shell/rail.h"
#include "client/shell/settings_page.h"
#include "client/shell/shortcuts.h"
#include "client/shell/sign_in_page.h"
#include "client/widgets/accessible_toggle.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/layout.h"
#include "client/widgets/toast.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QMenu>
#include <QPainter>
#include <QScreen>
#include <QSettings>
#include <QStackedLayout>
#include <QUrl>

namespace {

// The raised plate that holds the page.
class Sheet : public QWidget
{
public:
    explicit Sheet(QWidget *content)
    {
        auto *column = layout::column({content});
        column->setContentsMargins(1, 1, 1, 1); // the border
        setLayout(column);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paint::shadow(painter, rect(), px(Length::RadiusSheet), paint::Depth::Sheet);
        paint::box(painter, rect(), px(Length::RadiusSheet), theme().color(ColorRole::Surface),
                   theme().color(ColorRole::Border), px(Length::Hairline));
    }
};

} // namespace

MainWindow::MainWindow(Preferences &preferences, QWidget *parent)
    : QWidget(parent),
      m_preferences(preferences),
      m_navigation(new Navigation(this)),
      m_shortcuts(new Shortcuts(this)),
      m_views(new QStackedLayout),
      m_signIn(new SignInPage),
      m_desk(new QWidget),
      m_top(new TopBar),
      m_rail(new Rail(*m_navigation)),
      m_banner(new Banner),
      m_sheet(new Sheet(m_navigation->stack())),
      m_palette(nullptr),
      m_help(nullptr),
      m_toasts(nullptr)
{
    installAccessibleToggles();
    setWindowTitle(QStringLiteral("Patio"));
    setMinimumSize(px(Length::WindowMinimumWidth), px(Length::WindowMinimumHeight));
    auto *right = layout::inset(layout::column({m_banner, layout::wide(m_sheet)}),
                                {Length::Hairline, Length::Hairline, Length::Space8, Length::Space8});
    auto *below = layout::tight(layout::row({m_rail, layout::wide(right)}));
    m_desk->setLayout(layout::tight(layout::column({m_top, layout::wide(below)})));
    m_views->addWidget(m_signIn);
    m_views->addWidget(m_desk);
    setLayout(m_views);
    m_toasts = new ToastHost(this);
    m_palette = new CommandPalette(this);
    m_help = new HelpOverlay(this);
    m_palette->addProvider([this] { return paletteEntries(); });

    m_navigation->add({QStringLiteral("settings"),
                       PageSpec::Group::Bottom,
                       QStringLiteral("settings"),
                       [] { return SettingsPage::tr("Settings"); },
                       {},
                       Ability::SignedIn,
                       [this] { return newSettingsPage(); }});
    connect(m_navigation, &Navigation::commandsChanged, this, &MainWindow::renewCommands);
    connect(m_navigation, &Navigation::availableChanged, this, &MainWindow::renewCommands);
    // The keys of a page work as soon as it is in front.
    connect(m_navigation, &Navigation::currentChanged, this, [this] {
        if (PageWidget *page = m_navigation->current(); page && isAtDesk())
            page->mainContent()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_navigation, &Navigation::toastRequested, m_toasts, &ToastHost::show);
    connect(m_top->commandField(), &QAbstractButton::clicked, m_palette, &Overlay::open);
    connect(m_top, &TopBar::themeToggled, this, &MainWindow::toggleTheme);
    connect(m_top, &TopBar::personMenuRequested, this, &MainWindow::fillPersonMenu);
    connect(m_top->tenants(), &TenantSwitcher::chosen, this, &MainWindow::tenantChosen);
    connect(m_top->tenants(), &TenantSwitcher::addRequested, this, &MainWindow::otherTenantRequested);
    connect(m_top->connection(), &QAbstractButton::clicked, this, &MainWindow::connectionDetailsRequested);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
    m_railCollapsedByPerson = QSettings().value(QStringLiteral("window/railCollapsed"), false).toBool();
    renewCommands();
}

MainWindow::~MainWindow()
{
    // Pages go while everything they may call is still there.
    m_navigation->reset();
}

bool MainWindow::isAtDesk() const { return m_views->currentWidget() == m_desk; }

void MainWindow::showSignIn()
{
    theme().setAccentSeed({});
    m_views->setCurrentWidget(m_signIn);
    renewCommands();
    m_signIn->focusFirst();
}

void MainWindow::showDesk()
{
    m_views->setCurrentWidget(m_desk);
    const QSettings settings;
    m_navigation->open(settings.value(QStringLiteral("window/page")).toString(),
                       settings.value(QStringLiteral("window/view")).toJsonObject());
    renewCommands();
    if (PageWidget *page = m_navigation->current())
        page->mainContent()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::setIdentity(const Identity &identity)
{
    m_top->setIdentity(identity);
    theme().setAccentSeed(identity.accent);
    const QString product = identity.productName.isEmpty() ? QStringLiteral("Patio") : identity.productName;
    setWindowTitle(identity.tenantName.isEmpty() ? product
                                                 : QStringLiteral("%1 – %2").arg(identity.tenantName, product));
}

void MainWindow::setTenants(const QList<TenantChoice> &choices) { m_top->tenants()->setChoices(choices); }

void MainWindow::setConnection(ConnectionPill::State state, int latencyMs)
{
    m_top->connection()->setConnection(state, latencyMs);
}

void MainWindow::openLink(const QString &link)
{
    const QStringList parts = QUrl(link).path().split(u'/', Qt::SkipEmptyParts); // tenant, page, id
    const QString page = parts.value(1);
    if (!m_navigation->find(page)) {
        m_toasts->show({.tone = Tone::Warning, .title = tr("This link leads nowhere here"), .text = link});
        return;
    }
    if (parts.size() > 2)
        m_navigation->openObject(page, parts.at(2));
    else
        m_navigation->open(page);
}

QList<Command> MainWindow::ownCommands()
{
    using Scope = Command::Scope;
    const auto global = [](const char *id, const QString &text, const char *icon, const char *keys,
                           std::function<void()> run, bool listed = true) {
        return Command{QString::fromLatin1(id),
                       text,
                       QString::fromLatin1(icon),
                       QString::fromLatin1(keys),
                       Scope::Global,
                       std::move(run),
                       {},
                       {},
                       listed};
    };
    QList<Command> commands{
        global("theme.toggle", theme().isDark() ? tr("Use the light theme") : tr("Use the dark theme"), "sun-moon",
               "Ctrl+Shift+D", [this] { toggleTheme(); }),
        global("text.larger", tr("Larger text"), "plus",
               "Ctrl++; Ctrl+=", [this] { m_preferences.setTextScale(m_preferences.textScale() + 10); }),
        global("text.smaller", tr("Smaller text"), "minus", "Ctrl+-",
               [this] { m_preferences.setTextScale(m_preferences.textScale() - 10); }),
        global("text.normal", tr("Normal text size"), "type", "Ctrl+0", [this] { m_preferences.setTextScale(100); }),
        global("about", tr("About Patio"), "info", "", [this] { showAbout(this); }),
        global("quit", tr("Quit Patio"), "log-out", "Ctrl+Q", [this] { close(); }),
    };
    if (!isAtDesk())
        return commands;
    commands << global(
        "palette", tr("Search or run a command"), "search", "Ctrl+K", [this] { m_palette->open(); }, false)
             << global("help", tr("Keyboard shortcuts"), "keyboard", "F1; ?", [this] { m_help->open(); })
             << global(
                    "settings", tr("Settings"), "settings", "Ctrl+,", [this] { showSettings(); }, false)
             << global(
                    "back", tr("Back"), "arrow-left", "Alt+Left", [this] { m_navigation->back(); }, false)
             << global(
                    "forward", tr("Forward"), "arrow-right", "Alt+Right", [this] { m_navigation->forward(); }, false)
             << global("rail", tr("Collapse or show the navigation"), "panel-left", "Ctrl+B",
                       [this] { setRailCollapsed(!m_railCollapsedByPerson); })
             << global("tenant", tr("Switch tenant"), "building-2", "Ctrl+Shift+T",
                       [this] { m_top->tenants()->openList(); })
             << global(
                    "region.next", tr("Next part of the window"), "", "F6", [this] { nextRegion(1); }, false)
             << global(
                    "region.previous", tr("Previous part of the window"), "", "Shift+F6", [this] { nextRegion(-1); },
                    false)
             << global(
                    "undo", tr("Undo"), "undo-2", "Ctrl+Z", [this] { m_toasts->undo(); }, false)
             << global("sign.out", tr("Sign out"), "log-out", "", [this] { Q_EMIT signOutRequested(); });
    for (const PageSpec *spec : m_navigation->available()) {
        if (!spec->goKey.isEmpty())
            commands << Command{.id = QStringLiteral("go.%1").arg(spec->id),
                                .text = tr("Go to %1").arg(spec->title()),
                                .icon = spec->icon,
                                .keys = QStringLiteral("G, %1").arg(spec->goKey),
                                .scope = Scope::Global,
                                .run = [this, id = spec->id] { m_navigation->open(id); },
                                .listed = false};
    }
    return commands;
}

PageWidget *MainWindow::newSettingsPage() const
{
    return new SettingsPage(m_preferences, m_accountSettings ? m_accountSettings() : nullptr);
}

void MainWindow::renewCommands()
{
    QList<Command> commands = ownCommands();
    if (PageWidget *page = m_navigation->current(); page && isAtDesk())
        commands = page->commands() + commands;
    m_shortcuts->setCommands(commands);
    if (m_help)
        m_help->setCommands(commands);
}

QList<PaletteEntry> MainWindow::paletteEntries()
{
    renewCommands(); // what may be done depends on the selection
    QList<PaletteEntry> entries;
    const auto add = [&](const Command &command, const QString &section) {
        if (command.listed && command.run && command.isEnabled())
            entries << PaletteEntry{
                command.id,  section, command.icon, command.text, command.subject, Shortcuts::first(command.keys),
                command.run, true};
    };
    for (const Command &command : m_shortcuts->commands()) {
        if (command.scope != Command::Scope::Global)
            add(command, tr("Suggested"));
    }
    for (const PageSpec *spec : m_navigation->available())
        entries << PaletteEntry{QStringLiteral("go.%1").arg(spec->id),
                                tr("Go to"),
                                spec->icon,
                                spec->title(),
                                {},
                                spec->goKey.isEmpty() ? QString() : QStringLiteral("G, %1").arg(spec->goKey),
                                [this, id = spec->id] { m_navigation->open(id); }};
    for (const Command &command : m_shortcuts->commands()) {
        if (command.scope == Command::Scope::Global)
            add(command, tr("Actions"));
    }
    return entries;
}

void MainWindow::fillPersonMenu(QMenu *menu)
{
    const QStringList ids{QStringLiteral("settings"), QStringLiteral("help"), QStringLiteral("about"),
                          QStringLiteral("sign.out")};
    for (const QString &id : ids) {
        for (const Command &command : m_shortcuts->commands()) {
            if (command.id != id)
                continue;
            if (id == u"sign.out")
                menu->addSeparator();
            const QString key = Shortcuts::first(command.keys);
            auto *action = menu->addAction(themedIcon(command.icon),
                                           key.isEmpty() ? command.text : command.text + u'\t' + shownKey(key));
            connect(action, &QAction::triggered, this, command.run);
        }
    }
}

void MainWindow::toggleTheme() { m_preferences.setMode(theme().isDark() ? Theme::Mode::Light : Theme::Mode::Dark); }

void MainWindow::setRailCollapsed(bool collapsed)
{
    m_railCollapsedByPerson = collapsed;
    QSettings().setValue(QStringLiteral("window/railCollapsed"), collapsed);
    m_rail->setCollapsed(collapsed || width() < px(Length::RailAutoCollapse));
}

void MainWindow::nextRegion(int step)
{
    const QWidget *focus = QApplication::focusWidget();
    const QList<QWidget *> regions{m_top, m_rail, m_sheet, m_toasts};
    qsizetype at = 2;
    for (qsizetype i = 0; i < regions.size(); ++i) {
        if (focus && regions[i]->isAncestorOf(focus))
            at = i;
    }
    do
        at = (at + step + regions.size()) % regions.size();
    while (!regions[at]->isVisible());
    if (regions[at] == m_top)
        m_top->commandField()->setFocus(Qt::TabFocusReason);
    else if (regions[at] == m_rail)
        m_rail->focusCurrent();
    else if (regions[at] == m_toasts)
        m_toasts->focusNewest();
    else if (PageWidget *page = m_navigation->current())
        page->mainContent()->setFocus(Qt::TabFocusReason);
}

void MainWindow::paintEvent(QPaintEvent *) { QPainter(this).fillRect(rect(), theme().color(ColorRole::Canvas)); }

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_rail->setCollapsed(m_railCollapsedByPerson || width() < px(Length::RailAutoCollapse));
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        renewCommands();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveWindow();
    QWidget::closeEvent(event);
}

void MainWindow::saveWindow() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    if (PageWidget *page = m_navigation->current()) {
        settings.setValue(QStringLiteral("window/page"), m_navigation->currentId());
        settings.setValue(QStringLiteral("window/view"), page->viewState());
    }
}

void MainWindow::restoreGeometryFromLastTime()
{
    const QByteArray kept = QSettings().value(QStringLiteral("window/geometry")).toByteArray();
    if (!kept.isEmpty() && restoreGeometry(kept))
        return;
    const QRect screen = this->screen()->availableGeometry();
    resize(QSize(px(Length::WindowWidth), px(Length::WindowHeight)).boundedTo(screen.size()));
    move(screen.center() - rect().center());
}
