// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/permissions/record_finder.h"

#include "server/auth/session_store.h"
#include "server/batches/batch_store.h"
#include "server/chat/channel_store.h"
#include "server/chat/message_store.h"
#include "server/credentials/credential_store.h"
#include "server/gateway/gateway_key_store.h"
#include "server/jobs/job_store.h"
#include "server/templates/template_store.h"
#include "server/users/user_store.h"

using namespace Qt::StringLiterals;

namespace {

using Find = std::optional<QJsonObject> (*)(Transaction &, const QUuid &);

template<auto find> std::optional<QJsonObject> found(Transaction &tx, const QUuid &id)
{
    const auto record = find(tx, id);
    return record ? std::optional(json::object(json::print(*record))) : std::nullopt;
}

constexpr std::pair<QLatin1StringView, Find> finders[] = {{"templates"_L1, found<TemplateStore::find>},
                                                          {"jobs"_L1, found<JobStore::find>},
                                                          {"batches"_L1, found<BatchStore::find>},
                                                          {"channels"_L1, found<ChannelStore::find>},
                                                          {"chat"_L1, found<MessageStore::find>},
                                                          {"sessions"_L1, found<SessionStore::find>},
                                                          {"users"_L1, found<UserStore::find>},
                                                          {"credentials"_L1, found<CredentialStore::find>},
                                                          {"gatewayKeys"_L1, found<GatewayKeyStore::find>}};

} // namespace

std::optional<QJsonObject> findRecord(Transaction &tx, QStringView subject, const QUuid &id)
{
    for (const auto &[name, find] : finders)
        if (subject == name)
            return find(tx, id);
    return std::nullopt;
}
