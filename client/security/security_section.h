// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/toast.h"
#include "shared/auth/second_factor.h"
#include "shared/error.h"

#include <QWidget>

class Banner;
class Button;
class Card;
class Label;
class RecoveryCodesDialog;
class SecretDialog;
class SessionRows;
class Workspace;

// How somebody signs in, and where they are signed in: second factor, password, sessions. A part of the settings while
// an account is open.
class SecuritySection : public QWidget
{
    Q_OBJECT

public:
    explicit SecuritySection(Workspace &workspace, QWidget *parent = nullptr);

    void load();

Q_SIGNALS:
    void toastRequested(const Toast &toast);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showFactor();
    void askForPassword();
    void offerCode(const SecondFactorOffer &offer);
    void renewCodes();
    void turnOff();
    void changePassword();
    void showCodes(const QStringList &codes);
    void factorChanged(const QString &toast);
    void done(const QString &title, const QString &text = {});
    void failed(const ApiError &error);

    Workspace &m_workspace;
    std::optional<SecondFactor> m_factor; // as the server told last
    Label *m_title;
    Banner *m_demanded;
    Label *m_factorTitle;
    Label *m_factorText;
    Button *m_setUp;
    Button *m_renewCodes;
    Button *m_turnOff;
    Label *m_passwordTitle;
    Label *m_passwordText;
    Button *m_changePassword;
    Label *m_sessionsTitle;
    SessionRows *m_sessions;
};
