// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permissions/subject.h"

#include "shared/permissions/records.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostAttributes = 64; // a rule's fields are the bits of a number

// How JSON shows a member.
template<class T> struct TypeOf
{
    static constexpr AttributeType type = AttributeType::Object;
};
template<> struct TypeOf<QString>
{
    static constexpr AttributeType type = AttributeType::Text;
};
template<> struct TypeOf<QUuid>
{
    static constexpr AttributeType type = AttributeType::Id;
};
template<> struct TypeOf<QDateTime>
{
    static constexpr AttributeType type = AttributeType::Time;
};
template<> struct TypeOf<bool>
{
    static constexpr AttributeType type = AttributeType::Boolean;
};
template<class T>
    requires(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>)
struct TypeOf<T>
{
    static constexpr AttributeType type = AttributeType::Number;
};
template<NamedEnum E> struct TypeOf<E>
{
    static constexpr AttributeType type = AttributeType::Text;
    using Names = E;
};
template<class T> struct TypeOf<QList<T>> : TypeOf<T>
{
    static constexpr AttributeType type = AttributeType::TextList;
};
template<WireType T> struct TypeOf<QList<T>>
{
    static constexpr AttributeType type = AttributeType::Object;
};
template<class T> struct TypeOf<std::optional<T>> : TypeOf<T>
{
};

template<class T> SubjectAttribute attribute(std::string_view name)
{
    SubjectAttribute attribute{json::latin(name), TypeOf<T>::type, {}};
    if constexpr (requires { typename TypeOf<T>::Names; }) {
        for (const char *const value : enumNames<typename TypeOf<T>::Names>)
            attribute.values.append(QString::fromLatin1(value));
    }
    return attribute;
}

template<class T> QList<SubjectAttribute> attributes()
{
    static_assert(std::tuple_size_v<decltype(T::fields())> <= mostAttributes);
    return std::apply(
        []<class... M>(const Field<T, M> &...field) { return QList<SubjectAttribute>{attribute<M>(field.name)...}; },
        T::fields());
}

struct RecordType
{
    const char *subject;
    QList<SubjectAttribute> (*attributes)();
};
template<class T> constexpr RecordType recordType{permissions::subjectNameOf<T>, &attributes<T>};
constexpr std::array recordTypes{recordType<PromptTemplate>, recordType<Job>,        recordType<User>,
                                 recordType<Credential>,     recordType<UsageRow>,   recordType<Session>,
                                 recordType<Tenant>,         recordType<GatewayKey>, recordType<Batch>,
                                 recordType<Channel>,        recordType<ChatMessage>};

QList<Subject> readSubjects()
{
    QList<Subject> list;
    for (const char *const name : enumNames<Ability>) {
        const QString ability = QString::fromLatin1(name);
        const auto dot = ability.indexOf(u'.');
        if (dot < 0)
            continue;
        const QString subject = ability.first(dot);
        auto found = std::find_if(list.begin(), list.end(), [&](const Subject &one) { return one.name == subject; });
        if (found == list.end())
            found = list.insert(list.end(), Subject{subject, {}, {}});
        found->actions.append(ability.sliced(dot + 1));
    }
    for (const RecordType &type : recordTypes)
        for (Subject &subject : list)
            if (subject.name == QLatin1StringView(type.subject))
                subject.attributes = type.attributes();
    return list;
}

} // namespace

int Subject::indexOf(QStringView attribute) const
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const SubjectAttribute &one) { return one.name == attribute; });
    return found == attributes.end() ? -1 : int(found - attributes.begin());
}

const QList<Subject> &subjects()
{
    static const QList<Subject> list = readSubjects();
    return list;
}

const Subject *findSubject(QStringView name)
{
    const auto found = std::find_if(subjects().begin(), subjects().end(),
                                    [&](const Subject &subject) { return subject.name == name; });
    return found == subjects().end() ? nullptr : &*found;
}

const Subject *subjectOf(Ability ability)
{
    static const auto table = [] {
        std::array<const Subject *, std::size_t(Ability::Count_)> table{};
        for (std::size_t i = 0; i < table.size(); ++i)
            table[i] = findSubject(QString::fromLatin1(enumNames<Ability>[i]).section(u'.', 0, 0));
        return table;
    }();
    return table[bit(ability)];
}

WIRE_CODE(SubjectAttribute)
WIRE_CODE(Subject)
