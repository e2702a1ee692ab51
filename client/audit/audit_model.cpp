// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/audit/audit_model.h"

#include "client/audit/audit_looks.h"
#include "client/widgets/amounts.h"

using namespace Qt::StringLiterals;

namespace {

QList<TableColumn<AuditEntry>> makeColumns()
{
    using E = AuditEntry;
    QList<TableColumn<E>> columns{
        column<E>(
            u"time"_s, {}, &E::sequence, [](const E &entry) { return amounts::moment(entry.at); }, CellKind::Muted,
            140),
        column<E>(
            u"outcome"_s, {}, &E::outcome, [](const E &entry) { return lookOf(entry.outcome).label; }, CellKind::Status,
            110),
        column<E>(u"who"_s, {}, shownActor, CellKind::Person, 170),
        column<E>(
            u"action"_s, {}, [](const E &entry) { return shownVerb(entry.action); }, CellKind::Strong, 130),
        column<E>(
            u"kind"_s, {}, [](const E &entry) { return shownKind(entry.subjectType); }, CellKind::Muted, 150),
        column<E>(u"subject"_s, {}, shownSubject, CellKind::Text, 220),
        column<E>(u"address"_s, {}, &E::address, CellKind::Mono, 120),
        column<E>(u"times"_s, {}, &E::times, CellKind::Number, 70),
        column<E>(u"reason"_s, {}, &E::reason, CellKind::Muted, 260),
        column<E>(u"request"_s, {}, &E::requestId, CellKind::Mono, 150),
        column<E>(u"sequence"_s, {}, &E::sequence, CellKind::Number, 90)};
    columns[1].extra = [](const E &entry) { return QVariant::fromValue(lookOf(entry.outcome)); };
    columns[1].choices = [] { return QList<StatusLook>{lookOf(AuditOutcome::Done), lookOf(AuditOutcome::Refused)}; };
    columns[2].extra = [](const E &entry) {
        return QVariant::fromValue(PersonLook{entry.actorId.value_or(QUuid()).toString(), shownActor(entry)});
    };
    columns[5].stretches = true;
    for (const int hidden : {7, 8, 9, 10})
        columns[hidden].hidden = true;
    return columns;
}

} // namespace

AuditModel::AuditModel(QObject *parent) : TableModel(makeColumns(), parent) { retranslate(); }

void AuditModel::retranslate()
{
    setTitles({tr("Time"), tr("Outcome"), tr("Who"), tr("Action"), tr("Kind"), tr("Subject"), tr("Address"),
               tr("Times"), tr("Reason"), tr("Request"), tr("Number")});
}
