// SPDX-License-Identifier: GPL-3.0-or-later
// The half of TemplateLibrary for what goes, comes back and moves, and for what others do.
#include "client/templates/template_library.h"
#include "shared/templates/endpoints.h"

#include <QPointer>

#include <set>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRemoved = 200; // shown: the newest
constexpr int mostFound = 200;

} // namespace

void TemplateLibrary::duplicate(const QUuid &id, const TemplateCopy &copy, QObject *receiver, ChangeHandler done)
{
    m_workspace.api().call(endpoints::templates::duplicate.at(id), copy, receiver,
                           [this, done](const Result<TemplateDetail> &reply) {
                               if (reply)
                                   put(*reply);
                               done(reply);
                           });
}

void TemplateLibrary::remove(const QUuid &id, QObject *receiver, std::function<void(const PromptTemplate &)> done)
{
    const PromptTemplate *found = find(id);
    if (!found)
        return;
    const PromptTemplate leaving = *found;
    m_leaving.insert(id, leaving);
    drop(id);
    m_workspace.api().call(endpoints::templates::remove.at(id), {}, this,
                           [this, leaving, done, receiver = QPointer(receiver)](const Result<Nothing> &reply) {
                               m_leaving.remove(leaving.id);
                               if (reply && receiver)
                                   return done(leaving);
                               if (reply || reply.error().status == 404)
                                   return;
                               put(leaving);
                               Q_EMIT removeFailed(leaving, reply.error());
                           },
                           {.revision = leaving.revision});
}

void TemplateLibrary::restore(const QUuid &removed, QObject *receiver, ChangeHandler done)
{
    m_workspace.api().call(endpoints::templates::restore.at(removed), {}, receiver,
                           [this, done](const Result<TemplateDetail> &reply) {
                               if (reply)
                                   put(*reply);
                               done(reply);
                           });
}

void TemplateLibrary::moveFolder(const FolderMove &move, QObject *receiver,
                                 std::function<void(const Result<FolderMoved> &)> done)
{
    m_workspace.api().call(endpoints::templates::moveFolder, move, receiver,
                           [this, done](const Result<FolderMoved> &reply) {
                               if (reply)
                                   reload();
                               done(reply);
                           });
}

void TemplateLibrary::loadRemoved(QObject *receiver, std::function<void(const Result<QList<PromptTemplate>> &)> done)
{
    m_workspace.api().call(endpoints::templates::list,
                           {.removed = true, .sort = TemplateOrder::Updated, .limit = mostRemoved}, receiver,
                           [done](const Result<Page<PromptTemplate>> &reply) {
                               done(reply ? Result<QList<PromptTemplate>>(reply->items) : reply.error());
                           });
}

void TemplateLibrary::search(const QString &text, QObject *receiver, std::function<void(const QSet<QUuid> &)> done)
{
    m_searchCall.cancel();
    m_searchCall = m_workspace.api().call(endpoints::templates::list, {.search = text, .limit = mostFound}, receiver,
                                          [done](const Result<Page<PromptTemplate>> &reply) {
                                              if (!reply)
                                                  return; // what is known here is still searched
                                              QSet<QUuid> found;
                                              for (const PromptTemplate &one : reply->items)
                                                  found.insert(one.id);
                                              done(found);
                                          });
}

QStringList TemplateLibrary::folders() const
{
    std::set<QString> all;
    for (const PromptTemplate &one : m_templates)
        for (QString folder = one.folder; !folder.isEmpty(); folder = folder.section(u'/', 0, -2))
            all.insert(folder);
    return QStringList(all.begin(), all.end());
}

QStringList TemplateLibrary::tags() const
{
    std::set<QString> all;
    for (const PromptTemplate &one : m_templates)
        all.insert(one.tags.begin(), one.tags.end());
    return QStringList(all.begin(), all.end());
}

void TemplateLibrary::follow()
{
    if (std::exchange(m_follows, true))
        return;
    m_workspace.live().subscribe(u"templates"_s, this, [this](const live::Event &event) { heard(event); });
    connect(&m_workspace.live(), &LiveClient::reload, this, &TemplateLibrary::reload);
}

void TemplateLibrary::heard(const live::Event &event)
{
    try {
        const auto fresh = json::fromValue<PromptTemplate>(event.data, json::UnknownMembers::Lenient);
        if (event.name == u"template.removed"_s)
            drop(fresh.id);
        else if (!m_leaving.contains(fresh.id))
            put(fresh);
        Q_EMIT templateChanged(fresh.id);
    } catch (const json::InvalidError &) {
        reload(); // of a newer server
    }
}
