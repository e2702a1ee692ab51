// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/database.h"

#include <QDateTime>

class AssistantService;
class TemplateService;

// Channels of the demo tenants with some messages of the last days, and an assistant that answers in one of them
// (resources/seeds/demo_chat.json).
class DemoChat
{
public:
    DemoChat(Database &database, TemplateService &templates, AssistantService &assistants)
        : m_database(database),
          m_templates(templates),
          m_assistants(assistants)
    {
    }

    // For each demo tenant that has no channel yet: its channels in one transaction, then its assistants. Blocks.
    void make(const QDateTime &now);

private:
    struct SeedMessage;
    struct SeedChannel;
    struct SeedAssistant;
    struct SeedTenant;
    struct Seed;

    // Nothing where the demo's people are no longer there.
    static std::optional<QUuid> make(Transaction &tx, const SeedChannel &seed, const QDateTime &now);
    void make(const QUuid &tenant, const QUuid &channel, const SeedAssistant &seed);

    Database &m_database;
    TemplateService &m_templates;
    AssistantService &m_assistants;
};
