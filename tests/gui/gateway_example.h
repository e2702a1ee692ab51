// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/client/wire_server.h"

// The other end of the wire with a tenant whose gateway is in use: limits that are nearly full, budgets that have
// reached their thresholds, calls that were refused for each reason. What takes a real server days to come about.
class GatewayExample
{
public:
    GatewayExample();

    QUrl url() const { return m_server.url(); }
    void setEmpty(bool empty) { m_isEmpty = empty; } // the same tenant on its first day
    void reachBudget(); // tells whoever follows

private:
    void fill();
    QByteArray answerTo(const QByteArray &path) const;

    WireServer m_server;
    QHash<QByteArray, QByteArray> m_answers; // by path
    QHash<QByteArray, QByteArray> m_emptyAnswers;
    qint64 m_sequence = 0;
    bool m_isEmpty = false;
};
