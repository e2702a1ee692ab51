// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/templates/template_library.h"
#include "shared/templates/renderer.h"

// The templates that a text includes, {{> slug@label}}, with what they include themselves: looked up among the
// templates of the tenant, their texts asked for once, since versions do not change. Also what is wrong with each.
class TemplatePartials : public QObject
{
    Q_OBJECT

public:
    TemplatePartials(Workspace &workspace, TemplateLibrary &library, QObject *parent = nullptr);

    // `self`: the template whose text it is; to reach it again is a circle.
    void want(const QStringList &references, const QUuid &self);
    const templates::Partials &texts() const { return m_texts; } // of all that is reached: reference → user prompt
    const QHash<QString, QString> &broken() const { return m_broken; } // reference → why, of those wanted
    bool isComplete() const { return m_pending == 0; } // every text is there that can be
    std::optional<QUuid> templateOf(const QString &reference) const;
    QStringList completions() const; // slugs, and each with its labels

Q_SIGNALS:
    void changed();

private:
    struct Target
    {
        QUuid id;
        int version = 0;
        bool operator==(const Target &) const = default;
        friend size_t qHash(const Target &t, size_t seed) { return qHash(t.id, seed) ^ size_t(t.version); }
    };
    Result<Target> find(const QString &reference) const;
    void resolve();
    QString follow(const QString &reference, QList<QUuid> within);
    void load(const Target &target);

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    QStringList m_wanted;
    QUuid m_self;
    QHash<Target, QString> m_known; // user prompts
    QSet<Target> m_asked;
    QSet<Target> m_missing; // the server would not give it
    templates::Partials m_texts;
    QHash<QString, QString> m_broken;
    int m_pending = 0;
};
