// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/jobs/job.h"
#include "shared/templates/folder.h"
#include "shared/templates/template.h"

#include <QHash>
#include <QSet>

#include <functional>

// The templates of the tenant as the client knows them: from the cache at once, brought up to date when asked, kept for
// the next start. Also the models that may be named. One for the pages of an account.
class TemplateLibrary : public QObject
{
    Q_OBJECT

public:
    explicit TemplateLibrary(Workspace &workspace, QObject *parent = nullptr);

    const QList<PromptTemplate> &templates() const { return m_templates; } // without those about to be removed
    const QList<ModelInfo> &models() const { return m_models; }
    const PromptTemplate *find(const QUuid &id) const;
    QDateTime asOf() const; // when the list was last the server's; invalid: never
    bool isLoading() const { return m_loading; }

    void reload();
    void reloadModels();

    // What an editor opens. `done` may run twice: with what is cached, then with what the server says.
    using DetailHandler = std::function<void(const Result<TemplateDetail> &, bool isCached)>;
    void open(const QUuid &id, QObject *receiver, DetailHandler done);
    void put(const TemplateDetail &detail); // known anew: saved, renamed

    using ChangeHandler = std::function<void(const Result<TemplateDetail> &)>;
    void create(const NewTemplate &input, QObject *receiver, ChangeHandler done);
    void update(const PromptTemplate &before, const TemplateChange &change, QObject *receiver, ChangeHandler done);

    void duplicate(const QUuid &id, const TemplateCopy &copy, QObject *receiver, ChangeHandler done);
    // Hides it at once; what the server refuses comes back (removeFailed).
    void remove(const QUuid &id, QObject *receiver, std::function<void(const PromptTemplate &removed)> done);
    void restore(const QUuid &removed, QObject *receiver, ChangeHandler done);
    void moveFolder(const FolderMove &move, QObject *receiver, std::function<void(const Result<FolderMoved> &)> done);
    // Those that were removed and can be restored, newest first: asked for each time, never kept.
    void loadRemoved(QObject *receiver, std::function<void(const Result<QList<PromptTemplate>> &)> done);
    // Which templates have the text also in the prompts of their latest version.
    void search(const QString &text, QObject *receiver, std::function<void(const QSet<QUuid> &)> done);
    QStringList folders() const; // each with those around it, by name
    QStringList tags() const;
    // Keeps the list up to date from now on.
    void follow();

Q_SIGNALS:
    void changed();
    void templateChanged(const QUuid &id); // by somebody: saved, moved, labelled, removed
    void modelsChanged();
    void loadingChanged();
    void failed(const ApiError &error);
    void removeFailed(const PromptTemplate &kept, const ApiError &error);

private:
    void loadPage(QList<PromptTemplate> before, const std::optional<QString> &cursor);
    void put(const PromptTemplate &fresh);
    void drop(const QUuid &id);
    void heard(const live::Event &event);
    void store();

    Workspace &m_workspace;
    QList<PromptTemplate> m_templates;
    QHash<QUuid, PromptTemplate> m_leaving;
    QList<ModelInfo> m_models;
    CallHandle m_call;
    CallHandle m_searchCall;
    bool m_loading = false;
    bool m_follows = false;
};
