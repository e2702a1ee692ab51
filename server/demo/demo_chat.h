// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"

#include <QDateTime>

// Channels of the demo tenants with some messages of the last days (resources/seeds/demo_chat.json).
class DemoChat
{
public:
    explicit DemoChat(Database &database) : m_database(database) { }

    // For each demo tenant that has no channel yet, in one transaction. Blocks.
    void make(const QDateTime &now);

private:
    struct SeedMessage;
    struct SeedChannel;
    struct SeedTenant;
    struct Seed;

    static void make(Transaction &tx, const SeedChannel &seed, const QDateTime &now);

    Database &m_database;
};
