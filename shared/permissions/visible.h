// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/policy.h"
#include "shared/permissions/records.h"

// What of an answer may be shown to somebody: the records within it lose the fields that rules forbid them to read.
namespace permissions {

namespace detail {

template<class T> consteval Ability readAbilityOf()
{
    for (std::size_t i = 0; i < enumNames<Ability>.size(); ++i) {
        const std::string_view name = enumNames<Ability>[i];
        const std::string_view subject = subjectNameOf<T>;
        if (name.starts_with(subject) && name.substr(subject.size()) == ".read")
            return Ability(i);
    }
    throw "a record whose subject cannot be read"; // does not compile
}

// Takes the named members out of the object and of all within it.
void leaveOut(const QStringList &names, QJsonValue &json);

template<class Work> void hideMember(const QString &name, QJsonObject &object, Work &&work)
{
    const auto found = object.find(name);
    if (found == object.end())
        return;
    QJsonValue member = *found;
    work(member);
    object.insert(name, member);
}

// `hidden` gathers what was left out of the records within, so that it can be left out beside them as well.
template<class T> void hide(const Policy &policy, const T &value, QJsonValue &json, QStringList &hidden)
{
    if constexpr (subjectNameOf<T> != nullptr) {
        const QStringList names = policy.hiddenFields(readAbilityOf<T>(), Attributes(value));
        QJsonObject object = json.toObject();
        for (const QString &name : names)
            object.remove(name);
        json = object;
        hidden += names;
    } else if constexpr (json::isOptional<T>) {
        if (value)
            hide(policy, *value, json, hidden);
    } else if constexpr (!std::is_void_v<typename detail::ItemOf<T>::type>) {
        QJsonArray items = json.toArray();
        for (qsizetype i = 0; i < value.size(); ++i) {
            QJsonValue item = items.at(i);
            hide(policy, value[i], item, hidden);
            items[i] = item;
        }
        json = items;
    } else {
        QJsonObject object = json.toObject();
        QStringList within;
        const auto inRecords = [&]<class C, class M>(const Field<C, M> &field) {
            if constexpr (holdsRecords<M>())
                hideMember(json::latin(field.name), object,
                           [&](QJsonValue &member) { hide(policy, value.*field.member, member, within); });
        };
        const auto besideThem = [&]<class C, class M>(const Field<C, M> &field) {
            if constexpr (!holdsRecords<M>())
                hideMember(json::latin(field.name), object, [&](QJsonValue &member) { leaveOut(within, member); });
        };
        std::apply([&](const auto &...field) { (inRecords(field), ...); }, T::fields());
        if (!within.isEmpty())
            std::apply([&](const auto &...field) { (besideThem(field), ...); }, T::fields());
        json = object;
        hidden += within;
    }
}

} // namespace detail

// The JSON of an answer as the person of this policy may see it. What is hidden of a record is hidden also where it
// stands by the same name beside it: the attempts of a job whose cost is hidden do not tell theirs. Null: everything.
template<class T> QByteArray printVisible(const Policy *policy, const T &value)
{
    if constexpr (holdsRecords<T>()) {
        if (policy && policy->speaksOfFields()) {
            QJsonValue json = json::document(json::print(value));
            QStringList hidden;
            detail::hide(*policy, value, json, hidden);
            return json::print(json);
        }
    }
    return json::print(value);
}

} // namespace permissions
