// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/gate_service.h"

#include "server/audit/audit_log.h"
#include "server/database/cursor.h"
#include "server/evaluations/dataset_store.h"
#include "server/evaluations/gate_store.h"
#include "server/permissions/access.h"
#include "server/templates/label_store.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_store.h"
#include "shared/error.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

ApiError noGate() { return ApiError::notFound(u"The gate"_s); }
ApiError noSuchTemplate() { return ApiError::notFound(u"The template"_s); }

PromptTemplate readableTemplate(Transaction &tx, const Caller &caller, const QUuid &id, const ApiError &missing)
{
    return Access::readable(caller, Ability::TemplatesRead, TemplateStore::find(tx, id), missing);
}

// One whose template the caller may publish.
Gate locked(Transaction &tx, const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    const auto gate = GateStore::lock(tx, id);
    if (!gate)
        throw noGate();
    Access::require(caller, Ability::TemplatesPublish, readableTemplate(tx, caller, gate->templateId, noGate()));
    if (revision && *revision != gate->revision)
        throw ApiError::changed(u"The gate"_s);
    return *gate;
}

void requireDataset(Transaction &tx, const QUuid &id)
{
    if (!DatasetStore::find(tx, id))
        throw ApiError::invalid(u"/datasetId"_s, u"names no dataset"_s);
}

// Gates decide what may be published, so their changes stand there in the audit log.
void note(Transaction &tx, const Caller &caller, const Gate &gate, const std::optional<Gate> &before,
          const std::optional<Gate> &after, const QString &what)
{
    AuditEvent event{.action = AuditLog::actionOf(Ability::TemplatesPublish),
                     .subject = {gate.templateId, gate.templateName},
                     .reason = u"The gate on the label “%1” was %2."_s.arg(gate.label, what)};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, std::move(event));
}

} // namespace

Page<Gate> GateService::list(const Caller &caller, const GateFilter &filter)
{
    const int limit = filter.limit.value_or(50);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->at(0)))->isNull())
            cursor::refuse();
    Page<Gate> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return GateStore::list(tx, filter, before, limit + 1,
                               Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
    });
    if (page.items.size() > limit) {
        page.items.removeLast();
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    }
    return page;
}

Gate GateService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto gate = GateStore::find(tx, id);
        if (!gate)
            throw noGate();
        readableTemplate(tx, caller, gate->templateId, noGate());
        return *gate;
    });
}

Gate GateService::create(const Caller &caller, const NewGate &input)
{
    NewGate gate = input;
    gate.label = input.label.trimmed();
    if (!TemplateChecks::isSlug(gate.label))
        throw ApiError::invalid(u"/label"_s, u"must be small letters, digits and single hyphens"_s);
    const QUuid id = newId();
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const ApiError missing = ApiError::invalid(u"/templateId"_s, u"names no template"_s);
        Access::require(caller, Ability::TemplatesPublish, readableTemplate(tx, caller, input.templateId, missing));
        requireDataset(tx, input.datasetId);
        if (GateStore::count(tx, input.templateId) >= most)
            throw ApiError::conflict(u"A template has at most %1 gates. Remove one first."_s.arg(most));
        GateStore::insert(tx, id, gate);
        const Gate made = GateStore::find(tx, id).value();
        note(tx, caller, made, {}, made, u"made"_s);
        return made;
    });
}

Gate GateService::update(const Caller &caller, const QUuid &id, qint64 revision, const GateChange &change)
{
    if (change.model && change.clearModel)
        throw ApiError::invalid(u"/clearModel"_s, u"must not stand beside model"_s);
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Gate before = locked(tx, caller, id, revision);
        Gate changed = before;
        changed.datasetId = change.datasetId.value_or(before.datasetId);
        if (change.model || change.clearModel)
            changed.model = change.model;
        changed.minimumScore = change.minimumScore.value_or(before.minimumScore);
        changed.refusesRegressions = change.refusesRegressions.value_or(before.refusesRegressions);
        if (change.datasetId)
            requireDataset(tx, changed.datasetId);
        GateStore::update(tx, changed);
        const Gate after = GateStore::find(tx, id).value();
        note(tx, caller, after, before, after, u"changed"_s);
        return after;
    });
}

void GateService::remove(const Caller &caller, const QUuid &id, const std::optional<qint64> &revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Gate before = locked(tx, caller, id, revision);
        GateStore::remove(tx, id);
        note(tx, caller, before, before, {}, u"removed"_s);
    });
}

GateChecks GateService::check(const Caller &caller, const QUuid &templateId, const GateCheckQuery &query)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate asked = readableTemplate(tx, caller, templateId, noSuchTemplate());
        const int version = query.version.value_or(asked.latestVersion);
        if (!TemplateStore::findVersion(tx, templateId, version))
            throw ApiError::invalid(u"/version"_s, u"is no version of the template"_s);
        const auto standing = LabelStore::standing(tx, templateId, query.label);
        return GateChecks{Gates::check(tx, templateId, query.label, version,
                                       standing ? std::optional(standing->version) : std::nullopt)};
    });
}
