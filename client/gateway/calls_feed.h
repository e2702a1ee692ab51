// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/call_query.h"
#include "client/gateway/calls_model.h"
#include "client/session/workspace.h"
#include "shared/http/page.h"

// Fills a CallsModel page by page from the server, and with what was called since when it is asked to follow. Nothing
// is kept on this computer.
class CallsFeed : public QObject
{
    Q_OBJECT

public:
    CallsFeed(Workspace &workspace, CallsModel &model, QObject *parent = nullptr);

    const CallQuery &query() const { return m_query; }
    void setQuery(const CallQuery &query);
    void reload();
    void loadMore(); // the next older page; nothing when one is under way or all is there
    void setFollowing(bool following); // while somebody looks
    bool hasMore() const { return m_cursor.has_value(); }
    bool isLoading() const { return m_call.isPending(); }

Q_SIGNALS:
    void loadingChanged();
    void loaded(); // the first page, or what was added to it
    void failed(const ApiError &error);

private:
    enum class Part { First, Older, Newer };
    void load(Part part);
    void take(Part part, const Page<GatewayCallRow> &page);

    Workspace &m_workspace;
    CallsModel &m_model;
    CallQuery m_query;
    std::optional<QString> m_cursor;
    CallHandle m_call;
    CallHandle m_newer;
    QTimer m_follow;
    bool m_isLoaded = false;
};
