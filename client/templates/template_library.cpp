// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_library.h"

#include "shared/jobs/endpoints.h"
#include "shared/templates/endpoints.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const auto listKind = u"template"_s;
const auto detailKind = u"templateDetail"_s;
const auto modelKind = u"models"_s;
constexpr int mostTemplates = 5000;
constexpr int pageSize = 200;

QString keyOf(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

} // namespace

TemplateLibrary::TemplateLibrary(Workspace &workspace, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_templates(workspace.store().rows<PromptTemplate>(listKind, mostTemplates)),
      m_models(workspace.store().row<ModelList>(modelKind, modelKind).value_or(ModelList{}).items)
{
}

QDateTime TemplateLibrary::asOf() const { return m_workspace.store().asOf(listKind); }

const PromptTemplate *TemplateLibrary::find(const QUuid &id) const
{
    const auto found =
        std::find_if(m_templates.begin(), m_templates.end(), [&](const PromptTemplate &t) { return t.id == id; });
    return found == m_templates.end() ? nullptr : &*found;
}

void TemplateLibrary::reload()
{
    m_call.cancel();
    m_loading = true;
    Q_EMIT loadingChanged();
    loadPage({}, {});
}

void TemplateLibrary::loadPage(QList<PromptTemplate> before, const std::optional<QString> &cursor)
{
    m_call = m_workspace.api().call(
        endpoints::templates::list, {.limit = pageSize, .cursor = cursor}, this,
        [this, before](const Result<Page<PromptTemplate>> &page) {
            if (page && page->nextCursor && before.size() + page->items.size() < mostTemplates)
                return loadPage(before + page->items, page->nextCursor);
            m_loading = false;
            Q_EMIT loadingChanged();
            if (!page)
                return Q_EMIT failed(page.error());
            m_templates = before + page->items;
            m_templates.removeIf([this](const PromptTemplate &t) { return m_leaving.contains(t.id); });
            m_workspace.store().setAsOf(listKind, QDateTime::currentDateTimeUtc());
            store();
            Q_EMIT changed();
        });
}

void TemplateLibrary::store()
{
    QList<LocalStore::Entry<PromptTemplate>> entries;
    for (const PromptTemplate &one : m_templates)
        entries.append({keyOf(one.id), one.updatedAt.toMSecsSinceEpoch(), one});
    m_workspace.store().removeRows(listKind);
    m_workspace.store().put(listKind, entries);
}

void TemplateLibrary::reloadModels()
{
    m_workspace.api().call(endpoints::jobs::models, {}, this, [this](const Result<ModelList> &reply) {
        if (!reply)
            return; // the cached list stays; whatever else is loaded says that the server is away
        m_models = reply->items;
        m_workspace.store().put<ModelList>(modelKind, {{modelKind, 0, *reply}});
        Q_EMIT modelsChanged();
    });
}

void TemplateLibrary::open(const QUuid &id, QObject *receiver, DetailHandler done)
{
    if (const auto cached = m_workspace.store().row<TemplateDetail>(detailKind, keyOf(id)))
        done(*cached, true);
    m_workspace.api().call(endpoints::templates::get.at(id), {}, receiver,
                           [this, done](const Result<TemplateDetail> &reply) {
                               if (reply)
                                   put(*reply);
                               done(reply, false);
                           });
}

void TemplateLibrary::put(const TemplateDetail &detail)
{
    const PromptTemplate &fresh = detail.promptTemplate;
    m_workspace.store().put<TemplateDetail>(detailKind,
                                            {{keyOf(fresh.id), fresh.updatedAt.toMSecsSinceEpoch(), detail}});
    put(fresh);
}

void TemplateLibrary::put(const PromptTemplate &fresh)
{
    const auto found =
        std::find_if(m_templates.begin(), m_templates.end(), [&](const PromptTemplate &t) { return t.id == fresh.id; });
    if (found == m_templates.end())
        m_templates.prepend(fresh);
    else if (fresh.revision < found->revision)
        return; // told late
    else
        *found = fresh;
    m_workspace.store().put<PromptTemplate>(listKind, {{keyOf(fresh.id), fresh.updatedAt.toMSecsSinceEpoch(), fresh}});
    Q_EMIT changed();
}

void TemplateLibrary::drop(const QUuid &id)
{
    m_templates.removeIf([&](const PromptTemplate &t) { return t.id == id; });
    m_workspace.store().removeRow(listKind, keyOf(id));
    m_workspace.store().removeRow(detailKind, keyOf(id));
    Q_EMIT changed();
}

void TemplateLibrary::create(const NewTemplate &input, QObject *receiver, ChangeHandler done)
{
    m_workspace.api().call(endpoints::templates::create, input, receiver,
                           [this, done](const Result<TemplateDetail> &reply) {
                               if (reply)
                                   put(*reply);
                               done(reply);
                           });
}

void TemplateLibrary::update(const PromptTemplate &before, const TemplateChange &change, QObject *receiver,
                             ChangeHandler done)
{
    m_workspace.api().call(endpoints::templates::update.at(before.id), change, receiver,
                           [this, done](const Result<TemplateDetail> &reply) {
                               if (reply)
                                   put(*reply);
                               done(reply);
                           },
                           {.revision = before.revision});
}
