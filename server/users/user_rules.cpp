// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_rules.h"

#include "server/tenants/tenant_store.h"
#include "shared/error.h"

#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace UserRules {
namespace {

constexpr qsizetype mostAttributes = 50;
constexpr qsizetype largestAttributes = 8 * 1024; // bytes of JSON

bool isEmail(const QString &text)
{
    // Only what is surely a mistake: the one real test is to write to it.
    static const QRegularExpression form(u"^[^\\s@\\p{C}]+@[^\\s@\\p{C}]+$"_s,
                                         QRegularExpression::UseUnicodePropertiesOption);
    return form.match(text.trimmed()).hasMatch();
}

bool isLocale(const QString &text)
{
    static const QRegularExpression form(u"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"_s);
    return text.isEmpty() || form.match(text).hasMatch();
}

void checkRoles(const QList<Role> &roles, Place place, const QString &pointer, QList<json::Problem> &problems)
{
    for (qsizetype i = 0; i < roles.size(); ++i) {
        const QString here = u"%1/roles/%2"_s.arg(pointer).arg(i);
        if ((roles[i] == Role::Operator) != (place == Place::PlatformTenant))
            problems.append({here,
                             place == Place::PlatformTenant
                                 ? u"must be operator: there are no others in the tenant platform"_s
                                 : u"must not be operator: operators are in the tenant platform only"_s});
        else if (roles.indexOf(roles[i]) < i)
            problems.append({here, u"stands more than once"_s});
    }
}

void refuse(QList<json::Problem> problems)
{
    if (!problems.isEmpty())
        throw ApiError::invalid(std::move(problems));
}

bool isAttributeValue(const QJsonValue &value)
{
    const QJsonArray items = value.toArray();
    const bool isTexts = value.isArray()
        && std::all_of(items.begin(), items.end(), [](const QJsonValue &item) { return item.isString(); });
    return value.isString() || value.isDouble() || value.isBool() || isTexts;
}

void checkAttributes(const std::optional<QJsonObject> &attributes, const QString &pointer,
                     QList<json::Problem> &problems)
{
    static const QRegularExpression form(u"^[A-Za-z][A-Za-z0-9_]{0,59}$"_s);
    if (!attributes)
        return;
    const QString here = pointer + u"/attributes"_s;
    if (attributes->size() > mostAttributes)
        problems.append({here, u"must have at most %1 members"_s.arg(mostAttributes)});
    if (json::print(*attributes).size() > largestAttributes)
        problems.append({here, u"must take at most %1 KiB"_s.arg(largestAttributes / 1024)});
    for (auto it = attributes->begin(); it != attributes->end(); ++it) {
        if (!form.match(it.key()).hasMatch())
            problems.append(
                {here,
                 u"has the name “%1”; names are a letter, then letters, digits and underscores, 60 at most"_s.arg(
                     it.key().left(60))});
        else if (!isAttributeValue(it.value()))
            problems.append({here + u'/' + it.key(), u"must be a text, a number, true or false, or a list of texts"_s});
    }
}

void checkCustomRoles(const std::optional<QList<QUuid>> &roles, const QString &pointer, QList<json::Problem> &problems)
{
    for (qsizetype i = 0; roles && i < roles->size(); ++i)
        if (roles->indexOf(roles->at(i)) < i)
            problems.append({u"%1/customRoles/%2"_s.arg(pointer).arg(i), u"stands more than once"_s});
}

template<class Newcomer> void checkNewcomer(const Newcomer &input, Place place, const QString &pointer)
{
    QList<json::Problem> problems;
    if (!isEmail(input.email))
        problems.append({pointer + u"/email"_s, u"must be an e-mail address such as ana@example.com"_s});
    checkRoles(input.roles, place, pointer, problems);
    checkCustomRoles(input.customRoles, pointer, problems);
    checkAttributes(input.attributes, pointer, problems);
    refuse(std::move(problems));
}

} // namespace

void check(const NewUser &input, Place place, const QString &pointer) { checkNewcomer(input, place, pointer); }

void check(const NewInvitation &input, Place place) { checkNewcomer(input, place, {}); }

void check(const UserChange &change, Place place)
{
    QList<json::Problem> problems;
    if (change.status == UserStatus::Invited)
        problems.append({u"/status"_s, u"must be active or suspended"_s});
    if (change.roles)
        checkRoles(*change.roles, place, {}, problems);
    checkCustomRoles(change.customRoles, {}, problems);
    checkAttributes(change.attributes, {}, problems);
    if (change.locale && !isLocale(*change.locale))
        problems.append({u"/locale"_s, u"must be a language tag such as pt-BR"_s});
    if (change.timeZone && !change.timeZone->isEmpty() && !QTimeZone::isTimeZoneIdAvailable(change.timeZone->toUtf8()))
        problems.append({u"/timeZone"_s, u"must be a time zone such as America/Sao_Paulo"_s});
    refuse(std::move(problems));
}

Place placeOf(const QUuid &tenantId)
{
    return tenantId == TenantStore::platformId ? Place::PlatformTenant : Place::OtherTenant;
}

Role keptRole(Place place) { return place == Place::PlatformTenant ? Role::Operator : Role::Owner; }

} // namespace UserRules
