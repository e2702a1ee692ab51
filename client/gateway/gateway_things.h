// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"

// What limits and budgets can be of: gateway keys, people, prompt templates, models; each as far as the person may see
// it. Read from the server when asked for, and kept nowhere.
class GatewayThings : public QObject
{
    Q_OBJECT

public:
    enum class Kind { Keys, People, Templates, Models, Count_ };
    struct Thing
    {
        QString id; // a UUID without braces; of models, the name
        QString name;
    };

    explicit GatewayThings(Workspace &workspace, QObject *parent = nullptr);

    void load(const QList<Kind> &kinds);
    bool isKnown(Kind kind) const { return m_known[std::size_t(kind)]; }
    bool maySee(Kind kind) const;
    const QList<Thing> &all(Kind kind) const { return m_things[std::size_t(kind)]; }

Q_SIGNALS:
    void changed();

private:
    void loadKeys(const std::optional<QString> &cursor, QList<Thing> before);
    void loadPeople(const std::optional<QString> &cursor, QList<Thing> before);
    void loadTemplates(const std::optional<QString> &cursor, QList<Thing> before);
    void loadModels();
    void take(Kind kind, QList<Thing> things);

    Workspace &m_workspace;
    std::array<QList<Thing>, std::size_t(Kind::Count_)> m_things;
    std::array<bool, std::size_t(Kind::Count_)> m_known{};
};
