// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/draft_service.h"

#include "server/database/cursor.h"
#include "server/templates/draft_store.h"
#include "server/templates/template_records.h"

using namespace Qt::StringLiterals;
using namespace TemplateRecords;

namespace {

constexpr int draftPage = 50;
constexpr int mostDrafts = 200; // of a person

ApiError noDraft() { return ApiError::notFound(u"The draft"_s); }

bool isOf(const TemplateDraft &draft, DraftService::Of of)
{
    return draft.templateId.has_value() == (of == DraftService::Of::Template);
}

} // namespace

Page<TemplateDraft> DraftService::list(const Caller &caller, const TemplatePageFilter &filter)
{
    const int limit = filter.limit.value_or(draftPage);
    std::optional<std::pair<qint64, QUuid>> before;
    if (const auto keys = cursor::parse(filter.cursor, 2)) {
        before = {keys->at(0).toLongLong(), QUuid::fromString(keys->at(1))};
        if (before->second.isNull())
            cursor::refuse();
    }
    Page<TemplateDraft> page;
    page.items = m_database.transaction(caller.scope(), [&](Transaction &tx) {
        return DraftStore::list(tx, caller.userId, limit + 1, before,
                                Access::rows<PromptTemplate>(caller, Ability::TemplatesRead));
    });
    if (cut(page.items, limit))
        page.nextCursor = cursor::print({QString::number(page.items.last().updatedAt.toMSecsSinceEpoch()),
                                         page.items.last().id.toString(QUuid::WithoutBraces)});
    return page;
}

TemplateDraft DraftService::get(const Caller &caller, Of of, const QUuid &id)
{
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (of == Of::Template)
            readable(caller, TemplateStore::find(tx, id));
        const auto draft = DraftStore::find(tx, caller.userId, id);
        return draft && isOf(*draft, of) ? *draft : throw noDraft();
    });
}

TemplateDraft DraftService::put(const Caller &caller, Of of, const QUuid &id, const DraftInput &input,
                                std::optional<qint64> revision)
{
    if (json::print(input.content).size() > largest)
        throw ApiError::invalid(u"/content"_s, u"must be smaller than %1 KiB"_s.arg(largest / 1024));
    return m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (of == Of::Template)
            Access::require(caller, Ability::TemplatesUpdate, readable(caller, TemplateStore::find(tx, id)));
        const auto before = DraftStore::find(tx, caller.userId, id);
        if (before && !isOf(*before, of))
            throw ApiError::conflict(u"This id is another draft's. Choose a new one."_s);
        if (!before && of == Of::NothingYet && TemplateStore::find(tx, id))
            throw ApiError::conflict(u"This id is a template's. Choose a new one."_s);
        if (revision && (!before || before->revision != *revision))
            throw ApiError::changed(u"The draft"_s);
        if (!before && DraftStore::count(tx, caller.userId) >= mostDrafts)
            throw ApiError::conflict(u"You have %1 drafts already. Save or discard one first."_s.arg(mostDrafts));
        return DraftStore::put(tx, caller.userId, id, of == Of::Template ? std::optional(id) : std::nullopt, input);
    });
}

void DraftService::remove(const Caller &caller, Of of, const QUuid &id)
{
    m_database.transaction(caller.scope(), [&](Transaction &tx) {
        if (of == Of::Template)
            readable(caller, TemplateStore::find(tx, id));
        const auto draft = DraftStore::find(tx, caller.userId, id);
        if (!draft || !isOf(*draft, of))
            throw noDraft();
        DraftStore::remove(tx, caller.userId, id);
    });
}
