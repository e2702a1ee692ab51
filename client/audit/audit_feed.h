// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/audit/audit_model.h"
#include "client/audit/audit_view.h"
#include "client/session/workspace.h"
#include "shared/http/page.h"

// Fills an AuditModel page by page from the server, and with what is added when the live connection says so. Nothing is
// kept on this computer.
class AuditFeed : public QObject
{
    Q_OBJECT

public:
    AuditFeed(Workspace &workspace, AuditModel &model, QObject *parent = nullptr);

    const AuditView &view() const { return m_view; }
    void setView(const AuditView &view);
    void reload();
    void loadMore(); // the next older page; nothing when one is under way or all is there
    bool hasMore() const { return m_cursor.has_value(); }
    bool isLoading() const { return m_call.isPending(); }

Q_SIGNALS:
    void loadingChanged();
    void loaded(); // the first page of this view, or what was added to it
    void failed(const ApiError &error);

private:
    enum class Part { First, Older, Newer };
    void load(Part part);
    void take(Part part, const Page<AuditEntry> &page);

    Workspace &m_workspace;
    AuditModel &m_model;
    AuditView m_view;
    std::optional<QString> m_cursor;
    CallHandle m_call;
    CallHandle m_newer;
    QTimer m_grown; // entries that come together are asked for together
    bool m_isLoaded = false;
};
