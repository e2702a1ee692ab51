// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permissions/subject.h"
#include "shared/permissions/value.h"

#include <QJsonObject>

namespace permissions {

// The subject whose records are of this wire type; specialised in records.h.
template<class T> inline constexpr const char *subjectNameOf = nullptr;
template<class T> const Subject &subjectOfRecord()
{
    static const Subject &subject = *findSubject(QString::fromLatin1(subjectNameOf<T>));
    return subject;
}

// A record laid out for decisions: each attribute of its subject stands in a place of its own, so that a condition
// finds it without looking for its name. Laying it out is done once for a record, however many decisions follow.
class Attributes
{
public:
    explicit Attributes(const Subject &subject); // all missing: about no record in particular
    Attributes(const Subject &subject, const QJsonObject &record);

    // Texts stay where they are: the record must outlive this. An empty std::optional is null, as on the wire.
    template<class T>
        requires(subjectNameOf<T> != nullptr)
    explicit Attributes(const T &record) : Attributes(subjectOfRecord<T>())
    {
        std::apply(
            [&](const auto &...field) {
                std::size_t slot = 0;
                ((m_slots[slot++] = valueOf(record.*field.member)), ...);
            },
            T::fields());
    }

    const Subject &subject() const { return *m_subject; }
    const Value &operator[](std::size_t slot) const { return m_slots[slot]; }

private:
    Value valueOf(bool value) { return Value::of(value); }
    Value valueOf(int value) { return Value::of(double(value)); }
    Value valueOf(qint64 value) { return Value::of(double(value)); }
    Value valueOf(double value) { return Value::of(value); }
    Value valueOf(const QString &value) { return Value::of(QStringView(value)); }
    Value valueOf(const QUuid &value) { return m_store.id(value); }
    Value valueOf(const QDateTime &value) { return m_store.time(value); }
    Value valueOf(const QJsonObject &value) { return m_store.json(value); }
    Value valueOf(const QJsonValue &value) { return m_store.json(value); }
    template<NamedEnum E> Value valueOf(E value)
    {
        static const auto names = [] {
            std::array<QString, enumNames<E>.size()> texts;
            for (std::size_t i = 0; i < texts.size(); ++i)
                texts[i] = QString::fromLatin1(enumNames<E>[i]);
            return texts;
        }();
        return Value::of(QStringView(names[std::size_t(value)]));
    }
    template<class T> Value valueOf(const std::optional<T> &value) { return value ? valueOf(*value) : Value::null(); }
    template<class T> Value valueOf(const QList<T> &list)
    {
        Value *items = m_store.values(std::size_t(list.size()));
        for (qsizetype i = 0; i < list.size(); ++i)
            items[i] = valueOf(list[i]);
        return ValueStore::array(items, std::size_t(list.size()));
    }
    template<WireType T> Value valueOf(const T &value)
    {
        constexpr std::size_t count = std::tuple_size_v<decltype(T::fields())>;
        Member *members = m_store.members(count);
        std::size_t next = 0;
        const auto one = [&](const auto &field) {
            static const QString name = QString::fromLatin1(field.name.data(), qsizetype(field.name.size()));
            members[next++] = {name, valueOf(value.*field.member)};
        };
        std::apply([&](const auto &...field) { (one(field), ...); }, T::fields());
        return ValueStore::object(members, count);
    }

    const Subject *m_subject;
    ValueStore m_store;
    Value *m_slots;
};

} // namespace permissions
