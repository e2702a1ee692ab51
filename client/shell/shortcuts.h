// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/commands.h"

#include <QObject>

class QShortcut;
class QWidget;

// Binds the keys of commands to a window. The same list feeds the palette and the help overlay, so that nothing is
// bound that is not also shown. Text inputs keep their letters: Qt offers them the key first.
class Shortcuts : public QObject
{
    Q_OBJECT

public:
    explicit Shortcuts(QWidget *window);

    // Replaces all bindings. A key that two commands of one scope want stays with the first, and is warned about; a
    // page's key wins over a global one.
    void setCommands(const QList<Command> &commands);
    const QList<Command> &commands() const { return m_commands; }

    static QStringList alternatives(const QString &keys); // "F1; ?" → "F1", "?"
    static QString first(const QString &keys);

private:
    QWidget *m_window;
    QList<Command> m_commands;
    QList<QShortcut *> m_bound;
};
