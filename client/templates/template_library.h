// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/jobs/job.h"
#include "shared/templates/template.h"

#include <QHash>
#include <QTimer>

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

    // Hides it now and removes it on the server a little later, unless it is taken back. Closing the client meanwhile
    // keeps the template.
    void removeLater(const QUuid &id);
    void takeBack(const QUuid &id);

Q_SIGNALS:
    void changed();
    void modelsChanged();
    void loadingChanged();
    void failed(const ApiError &error);
    void removeFailed(const PromptTemplate &kept, const ApiError &error);

private:
    void loadPage(QList<PromptTemplate> before, const std::optional<QString> &cursor);
    void removeNow(const QUuid &id);
    void store();

    Workspace &m_workspace;
    QList<PromptTemplate> m_templates;
    QHash<QUuid, PromptTemplate> m_leaving;
    QHash<QUuid, QTimer *> m_leavingTimers;
    QList<ModelInfo> m_models;
    CallHandle m_call;
    bool m_loading = false;
};
