// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/gateway_settings_store.h"

namespace GatewaySettingsStore {

GatewaySettings get(Transaction &tx)
{
    return tx.one<GatewaySettings>(R"(
        SELECT cache_seconds, body_days, denied_patterns, required_patterns, most_prompt_characters,
               most_answer_characters, masks, masks_answers, revision
        FROM gateway_settings)");
}

std::optional<GatewaySettings> put(Transaction &tx, qint64 revision, const GatewaySettings &settings)
{
    if (settings.bodyDays)
        tx.run("SELECT platform.store_gateway_bodies()");
    return tx.maybe<GatewaySettings>(R"(
        UPDATE gateway_settings
        SET cache_seconds = $2, body_days = $3, denied_patterns = $4, required_patterns = $5,
            most_prompt_characters = $6, most_answer_characters = $7, masks = $8, masks_answers = $9
        WHERE revision = $1
        RETURNING cache_seconds, body_days, denied_patterns, required_patterns, most_prompt_characters,
                  most_answer_characters, masks, masks_answers, revision)",
                                     revision, settings.cacheSeconds, settings.bodyDays, settings.deniedPatterns,
                                     settings.requiredPatterns, settings.mostPromptCharacters,
                                     settings.mostAnswerCharacters, settings.masks, settings.masksAnswers);
}

} // namespace GatewaySettingsStore
