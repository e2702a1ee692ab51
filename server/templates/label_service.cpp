// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/label_service.h"

#include "server/database/cursor.h"
#include "server/evaluations/gate_service.h"
#include "server/templates/label_store.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_includes.h"
#include "server/templates/template_records.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

constexpr int labelPage = 50;
constexpr int mostLabels = 50; // of a template
constexpr qsizetype longestLabel = 60;

void checkName(const QString &label)
{
    bool isNumber = false;
    label.toInt(&isNumber);
    const bool isPlain = TemplateChecks::isSlug(label) && label.size() <= longestLabel;
    if (!isPlain)
        throw ApiError::invalid(u"/label"_s,
                                u"must be small letters, digits and single hyphens, %1 at most"_s.arg(longestLabel));
    if (isNumber)
        throw ApiError::invalid(u"/label"_s, u"must not be a number: {{> slug@3}} means a version"_s);
    if (label == "latest"_L1)
        throw ApiError::invalid(u"/label"_s, u"is kept for the newest version: choose another name"_s);
}

ApiError noLabel(const QString &label) { return ApiError::notFound(u"The label “%1”"_s.arg(label)); }

void checkRevision(const std::optional<LabelStore::Standing> &before, const std::optional<qint64> &revision)
{
    if (revision && (!before || before->revision != *revision))
        throw ApiError::changed(u"The label"_s);
}

// What a label is moved to must not close a circle: by a label that moves, a template may come to include itself.
void checkIncludes(Transaction &tx, const PromptTemplate &subject, const QString &label, int version)
{
    const auto target = TemplateStore::findVersion(tx, subject.id, version);
    if (!target)
        throw ApiError::invalid(u"/version"_s, u"is not there: the latest version is %1"_s.arg(subject.latestVersion));
    const auto includes = TemplateIncludes::resolve(tx, TemplateIncludes::referencesIn(*target), subject.id);
    if (!includes.broken.isEmpty())
        throw ApiError::invalid(u"/version"_s, u"cannot carry “%1”. %2"_s.arg(label, includes.broken.cbegin().value()));
}

void note(Transaction &tx, const Caller &caller, const PromptTemplate &subject, const QString &label,
          const LabelChange &change)
{
    AuditEvent entry{.action = AuditLog::actionOf(Ability::TemplatesPublish),
                     .subject = {subject.id, subject.name},
                     .reason = change.note};
    if (change.previousVersion)
        entry.before = QJsonObject{{u"label"_s, label}, {u"version"_s, *change.previousVersion}};
    if (change.version)
        entry.after = QJsonObject{{u"label"_s, label}, {u"version"_s, *change.version}};
    AuditLog::record(tx, caller, entry);
    EventLog::append(tx, {event("labelMoved", TemplateStore::find(tx, subject.id).value())});
}

// The one way in which a label comes to stand at a version: set, moved or rolled back.
void place(Transaction &tx, const Caller &caller, const PromptTemplate &subject, const QString &label,
           LabelChange change, const std::optional<QUuid> &backId)
{
    const int version = change.version.value();
    // Back to where it stood before is a way out of trouble, in which no gate stands.
    if (change.action != LabelAction::RolledBack)
        Gates::requirePassed(tx, subject.id, label, version, change.previousVersion);
    change.id = newId();
    change.authorId = caller.userId;
    change.authorName = caller.displayName;
    LabelStore::insertChange(tx, subject.id, label, change, backId);
    LabelStore::put(tx, subject.id, label, version, change.id);
    checkIncludes(tx, subject, label, version); // as the label stands now
    note(tx, caller, subject, label, change);
}

} // namespace

Page<TemplateLabel> LabelService::list(const Caller &caller, const QUuid &id, const TemplatePageFilter &filter)
{
    const int limit = filter.limit.value_or(labelPage);
    const auto keys = cursor::parse(filter.cursor, 1);
    Page<TemplateLabel> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readable(caller, TemplateStore::find(tx, id));
        return LabelStore::list(tx, id, limit + 1, keys ? std::optional(keys->first()) : std::nullopt);
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().label});
    return page;
}

Page<LabelChange> LabelService::history(const Caller &caller, const QUuid &id, const QString &label,
                                        const TemplatePageFilter &filter)
{
    const int limit = filter.limit.value_or(labelPage);
    std::optional<QUuid> before;
    if (const auto keys = cursor::parse(filter.cursor, 1))
        if ((before = QUuid::fromString(keys->first()))->isNull())
            cursor::refuse();
    Page<LabelChange> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        readable(caller, TemplateStore::find(tx, id));
        const auto changes = LabelStore::history(tx, id, label, limit + 1, before);
        if (changes.isEmpty() && !before)
            throw noLabel(label);
        return changes;
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().id.toString(QUuid::WithoutBraces)});
    return page;
}

LabelService::Moved LabelService::move(const Caller &caller, const QUuid &id, const QString &label,
                                       const LabelMove &input, std::optional<qint64> revision)
{
    checkName(label);
    bool isMoved = false;
    const Moved moved = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate subject = locked(tx, caller, Ability::TemplatesPublish, id);
        const auto before = LabelStore::standing(tx, id, label);
        checkRevision(before, revision);
        isMoved = !before || before->version != input.version;
        if (!before && LabelStore::count(tx, id) >= mostLabels)
            throw ApiError::conflict(u"A template has at most %1 labels. Remove one first."_s.arg(mostLabels));
        if (!TemplateStore::findVersion(tx, id, input.version))
            throw ApiError::invalid(u"/version"_s,
                                    u"is not there: the latest version is %1"_s.arg(subject.latestVersion));
        if (isMoved) {
            LabelChange change;
            change.action = before ? LabelAction::Moved : LabelAction::Set;
            change.version = input.version;
            change.note = input.note;
            if (before)
                change.previousVersion = before->version;
            place(tx, caller, subject, label, change, before ? std::optional(before->changeId) : std::nullopt);
        }
        return Moved{LabelStore::find(tx, id, label).value(), !before};
    });
    if (isMoved)
        m_changed();
    return moved;
}

TemplateLabel LabelService::rollBack(const Caller &caller, const QUuid &id, const QString &label,
                                     const LabelRollback &input, std::optional<qint64> revision)
{
    const TemplateLabel rolled = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate subject = locked(tx, caller, Ability::TemplatesPublish, id);
        const auto before = LabelStore::standing(tx, id, label);
        if (!before)
            throw noLabel(label);
        checkRevision(before, revision);
        if (!before->backId)
            throw ApiError::conflict(
                u"“%1” stood nowhere before version %2. Move it to the version that you mean."_s.arg(label).arg(
                    before->version));
        const LabelStore::Step back = LabelStore::step(tx, *before->backId);
        LabelChange change;
        change.action = LabelAction::RolledBack;
        change.version = back.version;
        change.previousVersion = before->version;
        change.note = input.note;
        place(tx, caller, subject, label, change, back.backId);
        return LabelStore::find(tx, id, label).value();
    });
    m_changed();
    return rolled;
}

void LabelService::remove(const Caller &caller, const QUuid &id, const QString &label, std::optional<qint64> revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const PromptTemplate subject = locked(tx, caller, Ability::TemplatesPublish, id);
        const auto before = LabelStore::standing(tx, id, label);
        if (!before)
            throw noLabel(label);
        checkRevision(before, revision);
        if (const QStringList users = TemplateStore::namesUsingLabel(tx, id, label); !users.isEmpty())
            throw ApiError::conflict(
                u"“%1” cannot be removed while templates include it: %2. Take it out of them first."_s.arg(
                    label, users.join(u", "_s)));
        LabelChange change;
        change.id = newId();
        change.action = LabelAction::Removed;
        change.previousVersion = before->version;
        change.authorId = caller.userId;
        change.authorName = caller.displayName;
        LabelStore::insertChange(tx, id, label, change, std::nullopt);
        LabelStore::remove(tx, id, label);
        note(tx, caller, subject, label, change);
    });
    m_changed();
}

void LabelService::setIn(Transaction &tx, const Caller &caller, const PromptTemplate &subject, const LabelPlace &at)
{
    checkName(at.label);
    Access::require(caller, Ability::TemplatesPublish, subject);
    LabelChange change;
    change.version = at.version;
    place(tx, caller, subject, at.label, change, std::nullopt);
}
