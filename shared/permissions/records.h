// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/auth/auth.h"
#include "shared/credentials/credential.h"
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
template<> inline constexpr const char *subjectNameOf<User> = "users";
template<> inline constexpr const char *subjectNameOf<Credential> = "credentials";
template<> inline constexpr const char *subjectNameOf<UsageRow> = "usage";
template<> inline constexpr const char *subjectNameOf<Session> = "sessions";
template<> inline constexpr const char *subjectNameOf<Tenant> = "tenants";

} // namespace permissions
