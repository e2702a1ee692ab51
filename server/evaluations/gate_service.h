// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/caller.h"
#include "server/database/database.h"
#include "shared/evaluations/gate.h"
#include "shared/http/page.h"

// Gates before labels. Any thread; blocks on the database.
class GateService
{
public:
    static constexpr int most = 50; // of a template

    explicit GateService(Database &database) : m_database(database) { }

    Page<Gate> list(const Caller &caller, const GateFilter &filter);
    Gate get(const Caller &caller, const QUuid &id);
    Gate create(const Caller &caller, const NewGate &input);
    Gate update(const Caller &caller, const QUuid &id, qint64 revision, const GateChange &change);
    void remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision);

    GateChecks check(const Caller &caller, const QUuid &templateId, const GateCheckQuery &query);

private:
    Database &m_database;
};

namespace Gates {

// What the gates of a label say of a version. `present`: the version that the label points to, if it points to one.
QList<GateCheck> check(Transaction &tx, const QUuid &templateId, const QString &label, int version,
                       const std::optional<int> &present);

// For who moves a label, in the same transaction, once the label is locked: throws 409 `gate_refused`, which says which
// run and which cases, unless all gates let the version pass.
void requirePassed(Transaction &tx, const QUuid &templateId, const QString &label, int version,
                   const std::optional<int> &present);

} // namespace Gates
