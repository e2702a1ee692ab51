// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/command_palette.h"
#include "client/shell/navigation.h"
#include "client/shell/top_bar.h"

class Banner;
class HelpOverlay;
class Preferences;
class QStackedLayout;
class Rail;
class Shortcuts;
class SignInPage;
class ToastHost;

// The window: sign-in, or the desk with top bar, rail, banner and the sheet that holds the current page. It knows pages
// and preferences, and nothing of servers: main() connects the two.
class MainWindow : public QWidget
{
    Q_OBJECT

public:
    explicit MainWindow(Preferences &preferences, QWidget *parent = nullptr);
    ~MainWindow() override;

    Navigation &navigation() { return *m_navigation; }
    CommandPalette &palette() { return *m_palette; }
    Shortcuts &shortcuts() { return *m_shortcuts; }
    SignInPage &signIn() { return *m_signIn; }
    ToastHost &toasts() { return *m_toasts; }
    Banner &banner() { return *m_banner; } // for the connection

    void showSignIn();
    void showDesk(); // at the page that was open last
    bool isAtDesk() const;

    void setIdentity(const Identity &identity); // also takes over the tenant's accent
    void setTenants(const QList<TenantChoice> &choices);
    // What the settings show of the account that is open; a widget each time they are opened anew, or nothing.
    void setAccountSettings(std::function<QWidget *()> make) { m_accountSettings = std::move(make); }
    void setConnection(ConnectionPill::State state, int latencyMs = -1);
    // A link of ours: "patio://<server>/<tenant>/<page>/<id>". Unknown pages say so in a toast.
    void openLink(const QString &link);

    void restoreGeometryFromLastTime();

Q_SIGNALS:
    void tenantChosen(const QString &key);
    void otherTenantRequested();
    void connectionDetailsRequested();
    void signOutRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    PageWidget *newSettingsPage() const;
    void renewCommands();
    QList<Command> ownCommands();
    QList<PaletteEntry> paletteEntries();
    void fillPersonMenu(QMenu *menu);
    void toggleTheme();
    void setRailCollapsed(bool collapsed);
    void nextRegion(int step);
    void saveWindow() const;
    void showSettings() { m_navigation->open(QStringLiteral("settings")); }

    Preferences &m_preferences;
    std::function<QWidget *()> m_accountSettings;
    Navigation *m_navigation;
    Shortcuts *m_shortcuts;
    QStackedLayout *m_views;
    SignInPage *m_signIn;
    QWidget *m_desk;
    TopBar *m_top;
    Rail *m_rail;
    Banner *m_banner;
    QWidget *m_sheet;
    CommandPalette *m_palette;
    HelpOverlay *m_help;
    ToastHost *m_toasts;
    bool m_railCollapsedByPerson = false;
};
