// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/shortcuts.h"

#include <QHash>
#include <QShortcut>

Shortcuts::Shortcuts(QWidget *window) : QObject(window), m_window(window) { }

QStringList Shortcuts::alternatives(const QString &keys)
{
    return keys.split(QStringLiteral("; "), Qt::SkipEmptyParts);
}

QString Shortcuts::first(const QString &keys) { return alternatives(keys).value(0); }

void Shortcuts::setCommands(const QList<Command> &commands)
{
    // They are children of the window, which may be telling its children of another language or font just now.
    for (QShortcut *shortcut : std::exchange(m_bound, {})) {
        shortcut->setEnabled(false);
        shortcut->deleteLater();
    }
    m_commands = commands;
    QHash<QString, Command> wanted;
    for (const Command &command : commands) {
        for (const QString &key : alternatives(command.keys)) {
            const auto taken = wanted.constFind(key);
            if (taken != wanted.cend() && taken->scope == command.scope) {
                qWarning("%s and %s both want %s", qPrintable(taken->id), qPrintable(command.id), qPrintable(key));
                continue;
            }
            if (taken == wanted.cend() || taken->scope < command.scope)
                wanted.insert(key, command);
        }
    }
    for (auto each = wanted.cbegin(); each != wanted.cend(); ++each) {
        if (!each->run)
            continue;
        auto *shortcut = new QShortcut(QKeySequence(each.key(), QKeySequence::PortableText), m_window);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, this, [command = each.value()] {
            if (command.isEnabled())
                command.run();
        });
        m_bound << shortcut;
    }
}
