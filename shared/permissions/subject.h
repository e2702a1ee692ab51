// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"
#include "shared/permissions/ability.h"

#include <QList>
#include <QString>

enum class AttributeType { Text, Number, Boolean, Time, Id, TextList, Object };
template<>
inline constexpr auto enumNames<AttributeType> = std::to_array({"text", "number", "boolean", "time", "id", "textList",
                                                                "object"});

// A member of a record that conditions and `fields` of rules may name.
struct SubjectAttribute
{
    QString name;
    AttributeType type = AttributeType::Text;
    QList<QString> values; // of an enumeration; empty: any

    static constexpr auto fields()
    {
        using T = SubjectAttribute;
        return std::tuple{Field{"name", &T::name},
                          Field{"type", &T::type, {.doc = "Times and ids are text in conditions"}},
                          Field{"values", &T::values, {.doc = "All that it can be; empty when not enumerated"}}};
    }
};

// What abilities speak of: "templates" in templates.update.
struct Subject
{
    QString name;
    QList<QString> actions;
    QList<SubjectAttribute> attributes; // in the order of the wire type's fields(); empty: it has no records

    static constexpr auto fields()
    {
        using T = Subject;
        return std::tuple{Field{"name", &T::name}, Field{"actions", &T::actions},
                          Field{"attributes", &T::attributes, {.doc = "Empty: conditions cannot speak of it"}}};
    }

    int indexOf(QStringView attribute) const; // -1: it has none of this name
};

// All of them, read from the names of the abilities and from the wire types.
const QList<Subject> &subjects();
const Subject *findSubject(QStringView name); // nullptr: there is none

const Subject *subjectOf(Ability ability); // nullptr: Public and SignedIn

WIRE_TYPE(SubjectAttribute)
WIRE_TYPE(Subject)
