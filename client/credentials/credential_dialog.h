// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/credentials/credential.h"

class FormField;
class Label;
class Select;
class TextField;

// Adds a provider key, or replaces one. Stays open until the server has taken it, and says at the field what it
// refuses. The key is typed or pasted behind dots and forgotten with the dialog.
class CredentialDialog : public Dialog
{
    Q_OBJECT

public:
    CredentialDialog(ApiClient &api, const std::optional<Credential> &before, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const Credential &credential);

private:
    struct Choice;
    const Choice &choice() const;
    void chosen();
    void typed();
    void send();
    void answered(const Result<Credential> &reply);

    ApiClient &m_api;
    const std::optional<Credential> m_before;
    Select *m_provider;
    FormField *m_providerField;
    TextField *m_name;
    TextField *m_key;
    TextField *m_address;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
