// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/workspace.h"
#include "client/widgets/table_model.h"
#include "shared/http/page.h"

// A list that is read from the server to its end and brings a table up to date row by row, so that nothing jumps or
// blinks under the person who looks at it: reading it again every other second is not seen but in what has changed.
template<class Row, class Filter> class WholeList
{
public:
    using List = Endpoint<Filter, Page<Row>>;
    using Done = std::function<void()>;

    // `done` runs after each reading, whether it went well or not. `receiver` owns this.
    WholeList(Workspace &workspace, const List &endpoint, TableModel<Row> &model, QObject *receiver, Done done)
        : m_workspace(workspace),
          m_endpoint(endpoint),
          m_model(model),
          m_receiver(receiver),
          m_done(std::move(done))
    {
    }

    // Rows for which this is true are left out: about to be removed.
    void setLeftOut(std::function<bool(const Row &)> leftOut) { m_leftOut = std::move(leftOut); }

    void read()
    {
        if (!m_call.isPending())
            readOn({}, {});
    }
    // What is on its way is older than what the person has done meanwhile.
    void readAgain()
    {
        m_call.cancel();
        readOn({}, {});
    }
    void forgetReading() { m_call.cancel(); }

    bool isLoaded() const { return m_isLoaded; }
    const std::optional<ApiError> &problem() const { return m_problem; } // of the last reading

private:
    static constexpr int atOnce = 200; // the most that the server gives

    void readOn(const std::optional<QString> &cursor, const QList<Row> &before)
    {
        Filter all;
        all.limit = atOnce;
        all.cursor = cursor;
        m_call = m_workspace.api().call(m_endpoint, all, m_receiver, [this, before](const Result<Page<Row>> &reply) {
            m_call = {};
            if (reply && reply->nextCursor)
                return readOn(reply->nextCursor, before + reply->items);
            m_problem = reply ? std::nullopt : std::optional(reply.error());
            if (reply)
                take(before + reply->items);
            m_done();
        });
    }

    void take(QList<Row> rows)
    {
        if (m_leftOut)
            rows.removeIf(m_leftOut);
        if (!std::exchange(m_isLoaded, true))
            return m_model.setRows(rows);
        QSet<QUuid> there;
        for (const Row &row : std::as_const(rows))
            there.insert(row.id);
        QList<QUuid> gone;
        for (const Row &row : m_model.rows())
            if (!there.contains(row.id))
                gone.append(row.id);
        for (const QUuid &id : std::as_const(gone))
            m_model.remove(id);
        for (const Row &row : std::as_const(rows))
            m_model.put(row);
    }

    Workspace &m_workspace;
    const List &m_endpoint;
    TableModel<Row> &m_model;
    QObject *m_receiver;
    Done m_done;
    std::function<bool(const Row &)> m_leftOut;
    CallHandle m_call;
    std::optional<ApiError> m_problem;
    bool m_isLoaded = false;
};
