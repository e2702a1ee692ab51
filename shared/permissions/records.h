// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/auth/auth.h"
#include "shared/batches/batch.h"
#include "shared/chat/message.h"
#include "shared/credentials/credential.h"
#include "shared/gateway/gateway_key.h"
#include "shared/jobs/job.h"
#include "shared/permissions/attributes.h"
#include "shared/templates/template.h"
#include "shared/tenants/tenant.h"
#include "shared/usage/usage.h"
#include "shared/users/user.h"

// The wire types that conditions can speak of, and their subjects.
namespace permissions {

template<> inline constexpr const char *subjectNameOf<PromptTemplate> = "templates";
template<> inline constexpr const char *subjectNameOf<Job> = "jobs";
template<> inline constexpr const char *subjectNameOf<Batch> = "batches";
template<> inline constexpr const char *subjectNameOf<Channel> = "channels";
template<> inline constexpr const char *subjectNameOf<ChatMessage> = "chat";
template<> inline constexpr const char *subjectNameOf<User> = "users";
template<> inline constexpr const char *subjectNameOf<Credential> = "credentials";
template<> inline constexpr const char *subjectNameOf<GatewayKey> = "gatewayKeys";
template<> inline constexpr const char *subjectNameOf<UsageRow> = "usage";
template<> inline constexpr const char *subjectNameOf<Session> = "sessions";
template<> inline constexpr const char *subjectNameOf<Tenant> = "tenants";

namespace detail {
template<class T> struct ItemOf
{
    using type = void;
};
template<class T> struct ItemOf<QList<T>>
{
    using type = T;
};
template<class T> struct ItemOf<std::optional<T>>
{
    using type = T;
};
} // namespace detail

// Whether a value of this type is a record or has one in it: then rules may hide some of its members.
template<class T> consteval bool holdsRecords()
{
    if constexpr (subjectNameOf<T> != nullptr)
        return true;
    else if constexpr (!std::is_void_v<typename detail::ItemOf<T>::type>)
        return holdsRecords<typename detail::ItemOf<T>::type>();
    else if constexpr (requires { T::fields(); })
        return []<class... C, class... M>(std::type_identity<std::tuple<Field<C, M>...>>) {
            return (holdsRecords<M>() || ...);
        }(std::type_identity<decltype(T::fields())>());
    else
        return false;
}

} // namespace permissions
