// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"

#include <QAbstractButton>
#include <QPixmap>
#include <QWidget>

class IconButton;
class QMenu;

// Who is signed in where; what the top bar shows.
struct Identity
{
    QString tenantName;
    QString tenantDetail; // its product name, else its plan
    PersonLook user;
    QString email;
    QColor accent; // of the tenant; invalid: the default
    QString productName; // of the tenant; empty: Patio
    QPixmap logo; // of the tenant; null: its initials stand there
};

// A tenant that could be switched to.
struct TenantChoice
{
    QString key;
    QString name;
    QString detail;
    bool current = false;
};

// The tenant with its accent; opens the list of tenants.
class TenantSwitcher : public QAbstractButton
{
    Q_OBJECT

public:
    explicit TenantSwitcher(QWidget *parent = nullptr);
    void setIdentity(const Identity &identity);
    void setChoices(const QList<TenantChoice> &choices) { m_choices = choices; }
    void openList();
    QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &key);
    void addRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Identity m_identity;
    QList<TenantChoice> m_choices;
};

// Looks like a search field and opens the command palette.
class CommandField : public QAbstractButton
{
    Q_OBJECT

public:
    explicit CommandField(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

// Live with the latency, Reconnecting, or Offline.
class ConnectionPill : public QAbstractButton
{
    Q_OBJECT

public:
    enum class State { Offline, Reconnecting, Live };

    explicit ConnectionPill(QWidget *parent = nullptr);
    void setConnection(State state, int latencyMs); // latency below 0: not known
    State state() const { return m_state; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();
    QString word() const;
    QString latency() const;

    State m_state = State::Offline;
    int m_latencyMs = -1;
};

// The person; opens the menu with settings, help, about and signing out.
class AvatarButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit AvatarButton(QWidget *parent = nullptr);
    void setPerson(const PersonLook &person);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PersonLook m_person;
};

class TopBar : public QWidget
{
    Q_OBJECT

public:
    explicit TopBar(QWidget *parent = nullptr);

    void setIdentity(const Identity &identity);
    TenantSwitcher *tenants() const { return m_tenants; }
    CommandField *commandField() const { return m_command; }
    ConnectionPill *connection() const { return m_connection; }

Q_SIGNALS:
    void themeToggled();
    void personMenuRequested(QMenu *menu);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void retranslate();
    void place();
    void showPersonMenu();
    bool event(QEvent *event) override; // LayoutRequest: a pill became wider

    TenantSwitcher *m_tenants;
    CommandField *m_command;
    ConnectionPill *m_connection;
    IconButton *m_theme;
    AvatarButton *m_person;
    Identity m_identity;
};
