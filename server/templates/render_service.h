// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/templates/rendering.h"
#include "shared/usage/token_usage.h"

#include <functional>

// What a run would send, without sending it. No state, any thread.
class RenderService
{
public:
    // What a call of a model would cost now; nothing where it has no price.
    using Cost = std::function<std::optional<qint64>(const QString &fullModel, const TokenUsage &usage)>;

    RenderService(Database &database, Cost cost) : m_database(database), m_cost(std::move(cost)) { }

    // Of what is not saved too; then what it includes must be readable for the caller, as when it is saved.
    RenderedPrompt render(const Caller &caller, const QUuid &id, const RenderRequest &request);

private:
    Database &m_database;
    const Cost m_cost;
};
