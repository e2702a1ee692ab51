// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "shared/templates/draft.h"
#include "shared/templates/template.h"

#include <QTimer>

// The person's draft of a template on the server, so that it is there on another machine too. Follows what is kept on
// this computer a moment later; without a network nothing is lost, it goes with the next letter.
class ServerDrafts : public QObject
{
    Q_OBJECT

public:
    explicit ServerDrafts(Workspace &workspace, QObject *parent = nullptr);
    ~ServerDrafts() override; // what waits is sent

    // What waits for another template is sent; for this one nothing is, until find() has told what is there.
    void begin();
    void keep(const QUuid &id, const NewTemplateVersion &content, const QString &title);
    void discard(const QUuid &id); // there is none any more: saved, or thrown away
    void sendNow();
    // One of another machine is there and nobody has decided between the two: nothing is sent over it.
    void setHeld(bool held);
    bool isHeld() const { return m_isHeld; }
    // What the server has, if it can be reached: 404, nothing. `isOurs`: this computer wrote it last.
    using Found = std::function<void(const Result<TemplateDraft> &draft, bool isOurs)>;
    void find(const QUuid &id, QObject *receiver, Found found);
    static std::optional<NewTemplateVersion> contentOf(const QJsonObject &body); // nothing: another version's form

Q_SIGNALS:
    void kept(const QUuid &id); // on the server
    void refused(const ApiError &error); // too large, too many: what waits is on this computer only

private:
    QString markOf(const QUuid &id) const;

    Workspace &m_workspace;
    QTimer m_timer;
    QUuid m_id;
    DraftInput m_waiting;
    CallHandle m_call;
    bool m_isHeld = false;
};
