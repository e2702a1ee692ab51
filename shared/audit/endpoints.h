// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/audit/audit_entry.h"
#include "shared/http/endpoint.h"
#include "shared/http/page.h"

namespace endpoints::audit {

inline constexpr Endpoint<AuditFilter, Page<AuditEntry>> list{Method::Get, "/api/v1/audit", Ability::AuditRead,
                                                              "List changes and refused attempts, newest first"};
inline constexpr Endpoint<Nothing, AuditDetail> get{Method::Get, "/api/v1/audit/{id}", Ability::AuditRead,
                                                    "Show an entry with what was changed"};
inline constexpr Endpoint<AuditExportQuery, Nothing> exported{
    Method::Get,
    "/api/v1/audit/export",
    Ability::AuditExport,
    "Export the audit log",
    200,
    "Streams the entries, newest first, as comma-separated values (RFC 4180) or as lines of JSON. A text that a "
    "spreadsheet would run as a formula begins with an apostrophe. The export is itself an entry."};

} // namespace endpoints::audit
