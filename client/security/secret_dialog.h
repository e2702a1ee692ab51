// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"

class Label;
class TextField;

// Asks for a password, a code or both before something that needs them. Stays open until the server has agreed, and
// says at the field what it refuses. What was typed is forgotten with the dialog.
class SecretDialog : public Dialog
{
    Q_OBJECT

public:
    SecretDialog(const QString &title, const QString &text, QWidget *parent);

    // `pointer`: what the server calls the field. The dialog is complete when all fields hold something.
    TextField *addPassword(const QString &pointer, const QString &label);
    TextField *addCode(const QString &pointer, const QString &label);
    // Last. `send` makes the call and gives its answer to answered().
    void setAction(const QString &text, ButtonVariant variant, std::function<void()> send);

    template<class Output> void answered(const Result<Output> &reply) { reply ? finish() : refuse(reply.error()); }

    void accept() override; // sends; closes when the server has agreed

private:
    TextField *add(const QString &pointer, TextField *field);
    void typed();
    void finish();
    void refuse(const ApiError &error);

    QList<std::pair<QString, TextField *>> m_fields;
    Label *m_problem;
    Button *m_main = nullptr;
    std::function<void()> m_send;
    bool m_sending = false;
};
