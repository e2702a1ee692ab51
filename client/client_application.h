// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/one_time_link.h"
#include "client/session/start_options.h"
#include "client/session/workspace.h"
#include "client/shell/sign_in_page.h"

#include <map>
#include <memory>

class BudgetNotices;
class ChatAccount;
class ConnectionNotice;
class MainWindow;
class TemplateLibrary;

// The desktop client as a whole: which account is open in the window, what happens at the start, at sign-in and at
// sign-out. The composition root of the program; main() only makes it.
//
// Several accounts can be signed in side by side; one of them is in the window. Each has a session, a cache, drafts and
// a live connection of its own.
//
// At the start the account that was used last opens with what its cache knows, before anything is asked of the keychain
// or the network.
class ClientApplication : public QObject
{
    Q_OBJECT

public:
    // `folder` holds accounts.json and a cache for each account.
    ClientApplication(MainWindow &window, const QString &folder, QObject *parent = nullptr);
    ~ClientApplication() override;

    void start(const StartOptions &options);
    void handOver(const StartOptions &options); // of a second start: raises the window, opens its link
    Workspace *workspace() { return m_workspace.get(); }

private:
    void addPages();
    QWidget *accountSettings();
    QList<struct PaletteEntry> recentJobs();
    void connectWindow();
    void startDemo(const StartOptions &options);
    void showSignIn(const Account &account, const QString &note);
    void submitted(const SignInPage::Input &input);
    void takeOneTimeLink(const std::optional<OneTimeLink> &link);
    void signedIn(const Account &account, const SignedIn &signedIn);
    void signInFailed(const SignInProblem &problem);
    void openChat();
    void openAccount(const Account &account, const QString &demoPassword = {});
    void showDesk();
    void closeAccount();
    void parkAccount();
    const Workspace *signedInBeside(const Account &account) const;
    void renewIdentity();
    void renewTenants();
    void switchTo(const QString &accountKey);
    void signOut();
    void openPendingLink();

    MainWindow &m_window;
    const QString m_folder;
    AccountList m_accounts;
    SignInAttempt m_signIn;
    std::unique_ptr<Workspace> m_workspace; // the one in the window
    std::map<QString, std::unique_ptr<Workspace>> m_parked; // signed in as well; by Account::key()
    std::unique_ptr<TemplateLibrary> m_library;
    std::unique_ptr<ConnectionNotice> m_notice;
    std::unique_ptr<BudgetNotices> m_budgetNotices;
    std::unique_ptr<ChatAccount> m_chat;
    Account m_signingIn; // while somebody is at the sign-in page
    QString m_link; // to open as soon as there are pages
    bool m_atDesk = false;
};
