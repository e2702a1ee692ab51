// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_wire_parts.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wire {

QByteArray text(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

qint64 words(const QString &text) { return text.split(u' ', Qt::SkipEmptyParts).size(); }

QStringList pieces(const QString &text)
{
    QStringList result;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype space = text.indexOf(u' ', at);
        const qsizetype next = space < 0 ? text.size() : space + 1;
        result.append(text.sliced(at, next - at));
        at = next;
    }
    return result;
}

QString contentText(const QJsonValue &content)
{
    if (content.isString())
        return content.toString();
    QStringList parts;
    const QJsonArray array = content.toArray();
    for (const QJsonValue &part : array) {
        if (const QJsonValue text = part.toObject().value("text"_L1); text.isString())
            parts.append(text.toString());
    }
    return parts.join(u' ');
}

QStringList fragments(const QString &arguments)
{
    constexpr qsizetype length = 7;
    QStringList result;
    for (qsizetype at = 0; at < arguments.size();) {
        qsizetype next = std::min(at + length, arguments.size());
        if (arguments.at(next - 1).isHighSurrogate())
            ++next;
        result.append(arguments.sliced(at, next - at));
        at = next;
    }
    return result;
}

void refuse(WireRequest &request, int status, const QString &message)
{
    if (request.refusalStatus)
        return;
    request.refusalStatus = status;
    request.refusal = message;
}

void allowOnly(WireRequest &request, const QJsonObject &object, const char *names, const QString &complaint)
{
    const QStringList known = QString::fromLatin1(names).split(u' ');
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!known.contains(it.key()))
            refuse(request, 400, complaint.arg(it.key()));
    }
}

bool isToolName(const QString &name, int longest)
{
    static const QRegularExpression form(u"\\A[a-zA-Z0-9_-]+\\z"_s);
    return name.size() <= longest && form.match(name).hasMatch();
}

bool isNumberWithin(const QJsonObject &object, QLatin1StringView name, double least, double most)
{
    const QJsonValue value = object.value(name);
    return value.isUndefined() || value.isNull()
        || (value.isDouble() && value.toDouble() >= least && value.toDouble() <= most);
}

QByteArray event(Wire wire, const Behaviour &behaviour, const QByteArray &name, const QByteArray &data)
{
    const QByteArray &end = behaviour.lineEnd;
    const QByteArray first = wire == Wire::Anthropic ? "event: " + name + end : QByteArray();
    return first + "data: " + data + end + end;
}

} // namespace wire
