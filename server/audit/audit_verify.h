// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

struct AuditVerifyOptions
{
    QString tenant; // slug; empty: all
    QString anchors; // file with what an earlier run printed; empty: none
};

struct AuditVerdict
{
    bool isGood = true;
    QString text; // a line for each tenant, in the form that `anchors` reads, and one for each finding
};

// Verifies the audit logs of all tenants or of one, as the owner of the database. Throws SetupError for an unknown
// tenant or an unreadable file, and pqxx::failure.
AuditVerdict verifyAudit(const std::string &ownerUrl, const AuditVerifyOptions &options);
