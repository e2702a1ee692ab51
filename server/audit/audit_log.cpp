// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/audit/audit_log.h"

#include "server/database/search_text.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSearchText = 16'000; // UTF-16 units: PostgreSQL indexes at most a megabyte
constexpr qsizetype longestWord = 100;

void addTexts(const QJsonValue &value, QString &text)
{
    if (text.size() > longestSearchText)
        return;
    if (value.isString())
        text += u' ' + value.toString();
    for (const QJsonValue item : value.toArray())
        addTexts(item, text);
    const QJsonObject members = value.toObject();
    for (const QJsonValue member : members)
        addTexts(member, text);
}

QString searchTextOf(const Caller &caller, const AuditEvent &event)
{
    QString text = QStringList{caller.displayName,
                               event.action,
                               event.subject.label,
                               event.subject.id,
                               event.reason,
                               QString::fromLatin1(caller.address),
                               QString::fromLatin1(caller.requestId)}
                       .join(u' ');
    for (const auto &json : {event.before, event.after})
        if (json)
            addTexts(*json, text);
    return AuditLog::wordsOf(text.first(std::min(text.size(), longestSearchText))).join(u' ');
}

std::optional<QUuid> unlessNull(const QUuid &id) { return id.isNull() ? std::nullopt : std::optional(id); }

} // namespace

namespace AuditLog {

QStringList wordsOf(const QString &text)
{
    QString plain = searchText(text);
    for (QChar &c : plain)
        if (!c.isLetterOrNumber() && !c.isSurrogate())
            c = u' ';
    QStringList words = plain.split(u' ', Qt::SkipEmptyParts);
    words.removeDuplicates();
    words.removeIf([](const QString &word) { return word.size() > longestWord || !word.isValidUtf16(); });
    return words;
}

void record(Transaction &tx, const Caller &caller, const AuditEvent &event)
{
    tx.run(R"(
        INSERT INTO audit_inbox (actor_id, actor_name, session_id, address, request_id, action, subject_type, subject_id,
                                 subject_label, outcome, times, before, after, reason, search_text)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))",
           unlessNull(caller.userId), caller.displayName, unlessNull(caller.sessionId),
           QString::fromLatin1(caller.address), QString::fromLatin1(caller.requestId), event.action,
           event.action.section(u'.', 0, 0), event.subject.id, event.subject.label, event.outcome, event.times,
           event.before, event.after, event.reason, searchTextOf(caller, event));
}

} // namespace AuditLog
