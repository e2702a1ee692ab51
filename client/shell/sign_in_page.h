// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/design/tokens.h"

#include <QWidget>

class Banner;
class Button;
class Label;
class QCheckBox;
class QLabel;
class TextField;

// Where a session begins: server, tenant, e-mail, password, and a code for those who have a second factor. Says what is
// missing before anything is sent, and shows at the field what the server refused.
class SignInPage : public QWidget
{
    Q_OBJECT

public:
    enum class Place { Server, Tenant, Email, Password, Code, Form };

    struct Input
    {
        QString server; // as typed
        QString tenant;
        QString email;
        QString password;
        bool staysSignedIn = false;
        QString code = {}; // empty unless asked for
    };

    explicit SignInPage(QWidget *parent = nullptr);

    void setInput(const Input &input); // what is known from last time
    void setServers(const QStringList &servers); // completions
    void setTenants(const QStringList &tenants);
    void setBusy(bool busy); // while the server answers; Cancel or Escape ends it
    void askForCode(const QString &help); // shows the field and goes there
    void setError(Place place, const QString &text); // empty: none. Forms errors stand above the button.
    void setBack(const QString &name); // what Cancel or Escape leads back to; empty: nothing is open
    void setNote(const QString &note); // "You will be asked again next time": no keychain
    void setServerFacts(const QString &facts); // below the slogan: "ops.example · TLS"
    void focusFirst(); // the first field that is empty

Q_SIGNALS:
    void submitted(const SignInPage::Input &input);
    void cancelled();
    void linkOffered(); // somebody has an invitation or another one-time link

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void submit();
    int artWidth() const;

    QWidget *m_form;
    Label *m_title;
    Label *m_subtitle;
    TextField *m_server;
    TextField *m_tenant;
    TextField *m_email;
    TextField *m_password;
    TextField *m_code; // hidden until the server asks for it
    QCheckBox *m_stay;
    Label *m_note;
    Banner *m_error;
    Button *m_submit;
    Button *m_cancel;
    Button *m_link;
    QString m_facts;
    QString m_back;
    bool m_busy = false;
};
