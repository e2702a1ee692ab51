// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/message_query.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

struct MessageQueryWords
{
    Q_DECLARE_TR_FUNCTIONS(MessageQuery)
};

ApiError notUnderstood(const QString &detail) { return ApiError::make(422, "invalid", detail); }

std::optional<MessageTrait> traitOf(const QString &name)
{
    for (std::size_t i = 0; i < enumNames<MessageTrait>.size(); ++i)
        if (name == QLatin1StringView(enumNames<MessageTrait>[i]))
            return MessageTrait(i);
    return {};
}

// The only one whose name is this, or begins so.
QList<QUuid> idsOf(const QList<std::pair<QString, QUuid>> &names, const QString &wanted)
{
    QList<QUuid> exact, begun;
    for (const auto &[name, id] : names) {
        if (name.compare(wanted, Qt::CaseInsensitive) == 0)
            exact << id;
        else if (name.startsWith(wanted, Qt::CaseInsensitive))
            begun << id;
    }
    return exact.isEmpty() ? begun : exact;
}

std::optional<QDateTime> dayOf(const QString &text)
{
    QDate day = QDate::fromString(text, Qt::ISODate);
    if (!day.isValid())
        day = QLocale().toDate(text, QLocale::ShortFormat);
    return day.isValid() ? std::optional(day.startOfDay().toUTC()) : std::nullopt;
}

} // namespace

Result<MessageSearch> messageQuery::parse(const QString &text, const Names &names)
{
    static const QRegularExpression part(u"(?:(from|in|before|after|has):)?(\"[^\"]*\"|\\S+)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    MessageSearch search;
    QStringList words;
    for (auto each = part.globalMatch(text); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        const QString key = match.captured(1).toLower();
        if (key.isEmpty()) {
            words << match.captured(2);
            continue;
        }
        QString value = match.captured(2);
        if (value.startsWith(u'"'))
            value = value.mid(1, value.size() - 2);
        while (value.startsWith(u'#') || value.startsWith(u'@'))
            value.remove(0, 1);
        if (key == u"from"_s || key == u"in"_s) {
            const QList<QUuid> found = idsOf(key == u"from"_s ? names.people : names.channels, value);
            if (found.isEmpty())
                return notUnderstood(key == u"from"_s
                                         ? MessageQueryWords::tr("from: nobody here is called “%1”").arg(value)
                                         : MessageQueryWords::tr("in: you are in no channel called “%1”").arg(value));
            auto &ids = key == u"from"_s ? search.from : search.in;
            ids = ids.value_or(QList<QUuid>()) + found;
        } else if (key == u"has"_s) {
            const auto trait = traitOf(value.toLower());
            if (!trait)
                return notUnderstood(
                    MessageQueryWords::tr("has: “%1” is none of link, code, file, reaction, thread and pin")
                        .arg(value));
            search.has = search.has.value_or(QList<MessageTrait>()) + QList{*trait};
        } else {
            const auto day = dayOf(value);
            if (!day)
                return notUnderstood(
                    MessageQueryWords::tr("%1: “%2” is no day; write it as 2026-03-01").arg(key, value));
            (key == u"before"_s ? search.before : search.after) = day;
        }
    }
    if (!words.isEmpty())
        search.search = words.join(u' ');
    return search;
}
