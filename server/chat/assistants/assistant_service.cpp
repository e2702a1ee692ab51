// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/chat/assistants/assistant_service.h"

#include "server/chat/assistants/assistant_prompt.h"
#include "server/chat/assistants/assistant_store.h"
#include "server/chat/chat_records.h"
#include "server/database/cursor.h"
#include "server/templates/template_checks.h"
#include "server/templates/template_store.h"
#include "shared/id.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int assistantPage = 100;
constexpr int mostAssistants = 500; // of a tenant

ApiError noAssistant() { return ApiError::notFound(u"The assistant"_s); }

Assistant lockedAssistant(Transaction &tx, const QUuid &id, std::optional<qint64> revision)
{
    const auto assistant = AssistantStore::lock(tx, id);
    if (!assistant)
        throw noAssistant();
    if (revision && *revision != assistant->revision)
        throw ApiError::changed(u"The assistant"_s);
    return *assistant;
}

void useTemplate(Transaction &tx, const Caller &caller, Assistant &assistant, const QString &slug)
{
    const auto found = TemplateStore::findBySlug(tx, slug);
    if (!found || !Access::may(caller, Ability::TemplatesRead, *found))
        throw ApiError::invalid(u"/template"_s, u"names no template: “%1”"_s.arg(slug));
    assistant.templateId = found->id;
    assistant.templateSlug = found->slug;
}

void checkName(const Assistant &assistant)
{
    if (assistant.name.isEmpty() || assistant.name.contains(u'\n') || assistant.name.contains(u'@'))
        throw ApiError::invalid(u"/name"_s, u"must be a line of text without @, which stands before mentions"_s);
}

// Whether it could answer, as it is to be.
void checkAssistant(Transaction &tx, const Caller &caller, Asking &asking, const Assistant &assistant)
{
    checkName(assistant);
    if (assistant.label && assistant.version)
        throw ApiError::invalid(u"/label"_s, u"must not stand beside a version"_s);
    if (assistant.model) {
        QList<json::Problem> problems;
        TemplateChecks::modelName(*assistant.model, u"/model"_s, problems);
        if (!problems.isEmpty())
            throw ApiError::invalid(problems);
    }
    AssistantPrompt::check(tx, caller, assistant);
    asking.requireModel(tx, caller, assistant);
}

void noteAssistant(Transaction &tx, const Caller &caller, Ability ability, const std::optional<Assistant> &before,
                   const std::optional<Assistant> &after)
{
    const Assistant &subject = after ? *after : *before;
    AuditEvent event{.action = AuditLog::actionOf(ability), .subject = {subject.id, subject.name}};
    if (before)
        event.before = AuditJson::of(*before);
    if (after)
        event.after = AuditJson::of(*after);
    AuditLog::record(tx, caller, event);
}

} // namespace

Page<Assistant> AssistantService::list(const Caller &caller, const AssistantFilter &filter)
{
    const int limit = filter.limit.value_or(assistantPage);
    std::optional<AssistantStore::Place> after;
    if (const auto keys = cursor::parse(filter.cursor, 2)) {
        after = {keys->at(0), QUuid::fromString(keys->at(1))};
        if (after->id.isNull())
            cursor::refuse();
    }
    Page<Assistant> page;
    page.items = m_database.transaction(
        caller.scope(), [&](Transaction &tx) { return AssistantStore::list(tx, filter, limit + 1, after); });
    if (ChatRecords::cut(page.items, limit))
        page.nextCursor = cursor::print({page.items.last().name, page.items.last().id.toString(QUuid::WithoutBraces)});
    return page;
}

Assistant AssistantService::get(const Caller &caller, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const auto assistant = AssistantStore::find(tx, id);
        return assistant ? *assistant : throw noAssistant();
    });
}

Assistant AssistantService::create(const Caller &caller, const NewAssistant &input)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (AssistantStore::count(tx) >= mostAssistants)
            throw ApiError::conflict(u"There are %1 assistants already. Remove one first."_s.arg(mostAssistants));
        Assistant assistant;
        assistant.id = newId();
        assistant.name = input.name.simplified();
        assistant.description = input.description.trimmed();
        useTemplate(tx, caller, assistant, input.promptTemplate);
        assistant.label = input.label;
        assistant.version = input.version;
        assistant.model = input.model;
        assistant.contextMessages = input.contextMessages;
        assistant.contextTokens = input.contextTokens;
        assistant.authorId = caller.userId;
        assistant.authorName = caller.displayName;
        checkAssistant(tx, caller, m_asking, assistant);
        const Assistant made = AssistantStore::insert(tx, assistant);
        noteAssistant(tx, caller, Ability::AssistantsCreate, {}, made);
        return made;
    });
}

Assistant AssistantService::update(const Caller &caller, const QUuid &id, qint64 revision,
                                   const AssistantChange &change)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Assistant before = lockedAssistant(tx, id, revision);
        Assistant assistant = before;
        assistant.name = change.name.value_or(before.name).simplified();
        assistant.description = change.description.value_or(before.description).trimmed();
        if (change.promptTemplate)
            useTemplate(tx, caller, assistant, *change.promptTemplate);
        if (change.promptTemplate || change.label || change.version) {
            assistant.label = change.label;
            assistant.version = change.version;
        }
        if (change.model)
            assistant.model = change.model->isEmpty() ? std::nullopt : change.model;
        assistant.contextMessages = change.contextMessages.value_or(before.contextMessages);
        assistant.contextTokens = change.contextTokens.value_or(before.contextTokens);
        checkAssistant(tx, caller, m_asking, assistant);
        const Assistant after = AssistantStore::update(tx, assistant);
        noteAssistant(tx, caller, Ability::AssistantsUpdate, before, after);
        return after;
    });
}

void AssistantService::remove(const Caller &caller, const QUuid &id, std::optional<qint64> revision)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        const Assistant before = lockedAssistant(tx, id, revision);
        for (const Channel &channel : ChannelStore::lockAll(tx, AssistantStore::channelsOf(tx, id))) {
            const auto member = MemberStore::find(tx, channel.id, id);
            MemberStore::remove(tx, channel.id, id);
            const Channel after = ChannelStore::countMembers(tx, channel.id);
            if (member)
                EventLog::append(tx, {ChatRecords::memberEvent("memberRemoved", after, {*member})});
        }
        AssistantStore::remove(tx, id);
        noteAssistant(tx, caller, Ability::AssistantsDelete, before, {});
    });
    m_changed();
}
