// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/fragment.h"
#include "shared/permissions/condition.h"

#include <span>

namespace permissions {

// A test on a member of a jsonb column, whose kind is not known before there is a row: arrays on the way are gone
// through as CASL does. In SQL the JSON value null is null, and NULL is what is missing.
class JsonSql
{
public:
    // What a path begins at: the row; the alias item.t, a text of an array; the alias item.v, an item of a JSON array.
    enum class Scope { Record, TextItem, JsonItem };

    JsonSql(const Condition::Node &node, std::span<const Key> keys, const Value &operand);

    QString problem() const; // empty: it can be compiled

    database::Fragment leaf(const database::Fragment &start) const;
    database::Fragment someItem(const database::Fragment &start, const database::Fragment &holds) const; // of item.v
    // Of the texts there, as one.v.
    database::Fragment someText(const database::Fragment &start, const database::Fragment &holds) const;

private:
    using Fragment = database::Fragment;

    static Fragment member(const Fragment &value, const Key &key);
    static Fragment step(const Fragment &value, const Key &key);
    static Fragment follow(Fragment value, std::span<const Key> keys);
    Fragment atLastStep(const Fragment &start) const;
    Fragment holdsAtLastStep(const Fragment &value) const;
    Fragment isNullItself(const Fragment &start) const;

    const Condition::Node &m_node;
    std::span<const Key> m_keys;
    const Value &m_operand;
    QJsonValue m_operandJson;
};

} // namespace permissions
