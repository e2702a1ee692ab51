// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/gateway_things.h"

#include "shared/gateway/endpoints.h"
#include "shared/jobs/endpoints.h"
#include "shared/templates/endpoints.h"
#include "shared/users/endpoints.h"

#include <algorithm>

namespace {

constexpr int thingsAtOnce = 200; // the most that the server gives
constexpr qsizetype mostThings = 5000; // offered in one list

constexpr Ability needs[] = {Ability::GatewayKeysRead, Ability::UsersRead, Ability::TemplatesRead,
                             Ability::TemplatesRead};

QString bare(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

} // namespace

GatewayThings::GatewayThings(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace) { }

bool GatewayThings::maySee(Kind kind) const { return m_workspace.session().can(needs[std::size_t(kind)]); }

void GatewayThings::load(const QList<Kind> &kinds)
{
    for (const Kind kind : kinds) {
        if (!maySee(kind))
            continue;
        if (kind == Kind::Keys)
            loadKeys({}, {});
        else if (kind == Kind::People)
            loadPeople({}, {});
        else if (kind == Kind::Templates)
            loadTemplates({}, {});
        else
            loadModels();
    }
}

void GatewayThings::loadKeys(const std::optional<QString> &cursor, QList<Thing> before)
{
    GatewayKeyFilter filter;
    filter.status = GatewayKeyStatus::Active;
    filter.limit = thingsAtOnce;
    filter.cursor = cursor;
    m_workspace.api().call(endpoints::gatewayKeys::list, filter, this,
                           [this, before](const Result<Page<GatewayKey>> &reply) {
                               QList<Thing> all = before;
                               for (const GatewayKey &key : reply ? reply->items : QList<GatewayKey>())
                                   all.append({bare(key.id), key.name});
                               if (reply && reply->nextCursor && all.size() < mostThings)
                                   return loadKeys(reply->nextCursor, all);
                               take(Kind::Keys, all);
                           });
}

void GatewayThings::loadPeople(const std::optional<QString> &cursor, QList<Thing> before)
{
    UserFilter filter;
    filter.limit = thingsAtOnce;
    filter.cursor = cursor;
    m_workspace.api().call(endpoints::users::list, filter, this, [this, before](const Result<Page<User>> &reply) {
        QList<Thing> all = before;
        for (const User &user : reply ? reply->items : QList<User>())
            all.append({bare(user.id), user.displayName});
        if (reply && reply->nextCursor && all.size() < mostThings)
            return loadPeople(reply->nextCursor, all);
        take(Kind::People, all);
    });
}

void GatewayThings::loadTemplates(const std::optional<QString> &cursor, QList<Thing> before)
{
    m_workspace.api().call(endpoints::templates::list, {.limit = thingsAtOnce, .cursor = cursor}, this,
                           [this, before](const Result<Page<PromptTemplate>> &reply) {
                               QList<Thing> all = before;
                               for (const PromptTemplate &one : reply ? reply->items : QList<PromptTemplate>())
                                   all.append({bare(one.id), one.name});
                               if (reply && reply->nextCursor && all.size() < mostThings)
                                   return loadTemplates(reply->nextCursor, all);
                               take(Kind::Templates, all);
                           });
}

void GatewayThings::loadModels()
{
    m_workspace.api().call(endpoints::jobs::models, {}, this, [this](const Result<ModelList> &reply) {
        QList<Thing> all;
        QStringList providers;
        for (const ModelInfo &model : reply ? reply->items : QList<ModelInfo>()) {
            all.append({model.name, model.name});
            providers << model.name.section(u'/', 0, 0) + QStringLiteral("/*");
        }
        providers.removeDuplicates();
        for (const QString &provider : std::as_const(providers))
            all.append({provider, provider});
        take(Kind::Models, all);
    });
}

void GatewayThings::take(Kind kind, QList<Thing> things)
{
    std::sort(things.begin(), things.end(),
              [](const Thing &a, const Thing &b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    m_things[std::size_t(kind)] = things;
    m_known[std::size_t(kind)] = true;
    Q_EMIT changed();
}
