// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/credentials/credential.h"

#include <QWidget>

class Banner;
class Button;
class DetailPane;
class Facts;

// One provider key beside the table: what is known of it, and what can be done with it.
class CredentialPane : public QWidget
{
    Q_OBJECT

public:
    explicit CredentialPane(QWidget *parent = nullptr);

    void show(const Credential &credential);
    void setTesting(bool testing);
    void setAllowed(bool mayChange, bool mayRemove);

Q_SIGNALS:
    void closed();
    void testRequested();
    void replaceRequested();
    void removeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_test;
    Button *m_replace;
    Button *m_remove;
    Banner *m_banner;
    Facts *m_facts;
    std::optional<Credential> m_credential;
};
