// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the start of the server decides about its own PostgreSQL.
struct PostgresSettings
{
    int maxConnections = 40; // the pools of all processes, listeners, and a few for people
    bool durable = true; // false: a crash of the machine may destroy the cluster; for tests
};
