// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/evaluations/json_path.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace evaluations {
namespace {

constexpr int mostSegments = 100;

bool isNameCharacter(QChar c, bool isFirst)
{
    return c.isLetter() || c == u'_' || c.unicode() >= 0x80 || (!isFirst && c.isDigit());
}

} // namespace

JsonPath::JsonPath(const QString &text) { parse(text); }

void JsonPath::parse(const QString &text)
{
    const auto fail = [&](qsizetype at, const QString &what) {
        m_problem = u"is no path at its character %1: %2"_s.arg(at + 1).arg(what);
    };
    if (!text.startsWith(u'$'))
        return fail(0, u"it begins with $"_s);
    qsizetype at = 1;
    while (at < text.size()) {
        if (m_segments.size() >= mostSegments)
            return fail(at, u"it has more than %1 parts"_s.arg(mostSegments));
        if (text[at] == u'.') {
            ++at;
            if (at < text.size() && text[at] == u'.')
                return fail(at, u"descendants (..) are not supported"_s);
            if (at < text.size() && text[at] == u'*') {
                m_segments.emplace_back(Wildcard());
                ++at;
                continue;
            }
            const qsizetype from = at;
            while (at < text.size() && isNameCharacter(text[at], at == from))
                ++at;
            if (at == from)
                return fail(at, u"a name is missing; put names with other signs into ['…']"_s);
            m_segments.emplace_back(text.mid(from, at - from));
            continue;
        }
        if (text[at] != u'[')
            return fail(at, u"expected . or ["_s);
        ++at;
        if (at < text.size() && (text[at] == u'\'' || text[at] == u'"')) {
            if (!quoted(text, at))
                return fail(at, u"the quotation is not closed, or has an escape that is not known"_s);
        } else if (at < text.size() && text[at] == u'*') {
            m_segments.emplace_back(Wildcard());
            ++at;
        } else {
            const qsizetype from = at;
            while (at < text.size() && (text[at].isDigit() || (at == from && text[at] == u'-')))
                ++at;
            bool isNumber = false;
            const qsizetype index = text.mid(from, at - from).toLongLong(&isNumber);
            if (!isNumber)
                return fail(from, u"expected a quoted name, an index or *"_s);
            m_segments.emplace_back(index);
        }
        if (at >= text.size() || text[at] != u']')
            return fail(at, u"expected ]; slices, lists and filters are not supported"_s);
        ++at;
    }
}

bool JsonPath::quoted(const QString &text, qsizetype &at)
{
    const QChar quote = text[at++];
    QString name;
    while (at < text.size() && text[at] != quote) {
        if (text[at] != u'\\') {
            name += text[at++];
            continue;
        }
        if (++at >= text.size())
            return false;
        const qsizetype simple = u"bfnrt/\\'\""_s.indexOf(text[at]);
        if (text[at] == u'u' && at + 4 < text.size()) {
            bool isNumber = false;
            name += QChar(text.mid(at + 1, 4).toUShort(&isNumber, 16));
            if (!isNumber)
                return false;
            at += 5;
        } else if (simple >= 0) {
            name += u"\b\f\n\r\t/\\'\""_s[simple];
            ++at;
        } else {
            return false;
        }
    }
    if (at >= text.size())
        return false;
    ++at;
    m_segments.emplace_back(name);
    return true;
}

QList<QJsonValue> JsonPath::find(const QJsonValue &document) const
{
    QList<QJsonValue> found{document};
    for (const Segment &segment : m_segments) {
        QList<QJsonValue> next;
        for (const QJsonValue &value : std::as_const(found)) {
            if (const auto *name = std::get_if<QString>(&segment)) {
                const QJsonObject object = value.toObject();
                if (const auto member = object.constFind(*name); member != object.constEnd())
                    next.append(*member);
            } else if (const auto *index = std::get_if<qsizetype>(&segment)) {
                const QJsonArray array = value.toArray();
                const qsizetype place = *index < 0 ? array.size() + *index : *index;
                if (place >= 0 && place < array.size())
                    next.append(array.at(place));
            } else if (value.isArray()) {
                for (const QJsonValue item : value.toArray())
                    next.append(item);
            } else if (value.isObject()) {
                const QJsonObject object = value.toObject();
                for (auto it = object.begin(); it != object.end(); ++it)
                    next.append(*it);
            }
            if (next.size() > mostFound)
                break;
        }
        found = next.first(std::min(next.size(), mostFound));
    }
    return found;
}

} // namespace evaluations
