// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/audit/audit_entry.h"

WIRE_CODE(AuditEntry)
WIRE_CODE(AuditDetail)
WIRE_CODE(AuditFilter)
WIRE_CODE(AuditExportQuery)
