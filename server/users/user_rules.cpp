// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/users/user_rules.h"

#include "server/tenants/tenant_store.h"
#include "shared/error.h"

#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace UserRules {
namespace {

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

void checkNewcomer(const QString &email, const QList<Role> &roles, Place place, const QString &pointer)
{
    QList<json::Problem> problems;
    if (!isEmail(email))
        problems.append({pointer + u"/email"_s, u"must be an e-mail address such as ana@example.com"_s});
    checkRoles(roles, place, pointer, problems);
    refuse(std::move(problems));
}

} // namespace

void check(const NewUser &input, Place place, const QString &pointer)
{
    checkNewcomer(input.email, input.roles, place, pointer);
}

void check(const NewInvitation &input, Place place) { checkNewcomer(input.email, input.roles, place, {}); }

void check(const UserChange &change, Place place)
{
    QList<json::Problem> problems;
    if (change.status == UserStatus::Invited)
        problems.append({u"/status"_s, u"must be active or suspended"_s});
    if (change.roles)
        checkRoles(*change.roles, place, {}, problems);
    if (change.locale && !isLocale(*change.locale))
        problems.append({u"/locale"_s, u"must be a language tag such as pt-BR"_s});
    if (change.timeZone && !change.timeZone->isEmpty() && !QTimeZone::isTimeZoneIdAvailable(change.timeZone->toUtf8()))
        problems.append({u"/timeZone"_s, u"must be a time zone such as America/Sao_Paulo"_s});
    refuse(std::move(problems));
}

void checkHolds(const QList<Role> &own, const QList<Role> &managed)
{
    const Abilities held = abilitiesOf(own);
    for (const Role role : managed) {
        const bool ownersOnly = role == Role::Owner && !own.contains(Role::Owner);
        if (ownersOnly || (abilitiesOf(role) & ~held).any())
            throw ApiError::forbidden(
                u"You may not give, take or manage the role “%1”: it allows more than you hold."_s.arg(
                    json::name(role)));
    }
}

Place placeOf(const QUuid &tenantId)
{
    return tenantId == TenantStore::platformId ? Place::PlatformTenant : Place::OtherTenant;
}

Role keptRole(Place place) { return place == Place::PlatformTenant ? Role::Operator : Role::Owner; }

} // namespace UserRules
