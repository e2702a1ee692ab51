// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/session/account.h"
#include "client/session/one_time_link.h"
#include "client/widgets/dialog.h"

class Label;
class TextField;

// Takes a one-time link, asks for what it lets a person choose, and tells the server.
class OneTimeLinkDialog : public Dialog
{
    Q_OBJECT

public:
    explicit OneTimeLinkDialog(const std::optional<OneTimeLink> &link, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    // The account may be signed in to with this password now; an invitation has done so already.
    void taken(const Account &account, const QString &password, const std::optional<SignedIn> &signedIn);

private:
    void typed();
    void send(const OneTimeLink &link);
    template<class Reply> void answered(const OneTimeLink &link, const Result<Reply> &reply);
    void refused(const ApiError &error);

    ApiClient m_api;
    std::optional<OneTimeLink> m_link;
    TextField *m_text;
    Label *m_about;
    TextField *m_email;
    TextField *m_name;
    TextField *m_password;
    TextField *m_again;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
