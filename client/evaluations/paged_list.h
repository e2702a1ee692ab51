// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/table_model.h"
#include "shared/http/page.h"

// A list that the server filters, read page by page into a table: the first page at once, the next ones when the end
// comes into view.
template<class Row, class Filter> class PagedList
{
public:
    using List = Endpoint<Filter, Page<Row>>;

    // `changed` runs whenever something has come, or is asked for. `receiver` owns this.
    PagedList(Workspace &workspace, const List &endpoint, TableModel<Row> &model, QObject *receiver,
              std::function<void()> changed)
        : m_workspace(workspace),
          m_endpoint(endpoint),
          m_model(model),
          m_receiver(receiver),
          m_changed(std::move(changed))
    {
    }

    void setLeftOut(std::function<bool(const Row &)> leftOut) { m_leftOut = std::move(leftOut); } // being removed
    void setFilter(const Filter &filter)
    {
        m_filter = filter;
        reload();
    }
    void reload()
    {
        m_call.cancel();
        read({});
    }
    void loadMore()
    {
        if (m_cursor && !isLoading())
            read(m_cursor);
    }

    bool isLoading() const { return m_call.isPending(); }
    bool isLoaded() const { return m_isLoaded; }
    bool hasMore() const { return m_cursor.has_value(); }
    const std::optional<ApiError> &problem() const { return m_problem; } // of the last reading

private:
    static constexpr int atOnce = 100;

    void read(const std::optional<QString> &cursor)
    {
        Filter asked = m_filter;
        asked.limit = atOnce;
        asked.cursor = cursor;
        m_call = m_workspace.api().call(m_endpoint, asked, m_receiver,
                                        [this, isFirst = !cursor](const Result<Page<Row>> &reply) {
                                            m_call = {};
                                            m_problem = reply ? std::nullopt : std::optional(reply.error());
                                            if (reply) {
                                                QList<Row> rows = reply->items;
                                                if (m_leftOut)
                                                    rows.removeIf(m_leftOut);
                                                isFirst ? m_model.setRows(rows) : m_model.append(rows);
                                                m_cursor = reply->nextCursor;
                                                m_isLoaded = true;
                                            }
                                            m_changed();
                                        });
        m_changed();
    }

    Workspace &m_workspace;
    const List &m_endpoint;
    TableModel<Row> &m_model;
    QObject *m_receiver;
    std::function<void()> m_changed;
    std::function<bool(const Row &)> m_leftOut;
    Filter m_filter;
    std::optional<QString> m_cursor;
    CallHandle m_call;
    std::optional<ApiError> m_problem;
    bool m_isLoaded = false;
};
