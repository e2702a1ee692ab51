// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/permissions/permission_directory.h"
#include "client/widgets/card.h"

#include <QTimer>

class Banner;
class QBoxLayout;

// What a draft of a rule would change, and for whom, before it is saved. Asks the server when the draft has rested for
// a moment.
class RuleEffectView : public Card
{
    Q_OBJECT

public:
    explicit RuleEffectView(PermissionDirectory &directory, QWidget *parent = nullptr);

    void ask(const RuleInput &draft, const std::optional<QUuid> &replaces);
    void unknown(const QString &why); // the draft is not complete
    const std::optional<Simulation> &simulation() const { return m_simulation; } // of the newest draft

Q_SIGNALS:
    void refused(const ApiError &error); // what the server says of the draft
    void answered();

protected:
    void changeEvent(QEvent *event) override;

private:
    void send();
    void renew();
    void warn(const Simulation &found); // of who is locked out
    void addLine(const QString &text, ColorRole role);
    QString shown(const PermissionChange &change) const;

    PermissionDirectory &m_directory;
    SimulateRequest m_request;
    std::optional<Simulation> m_simulation;
    QString m_why; // nothing is known
    QTimer m_rest;
    CallHandle m_call;
    Banner *m_warning;
    QBoxLayout *m_lines;
    QList<QWidget *> m_shown;
};
