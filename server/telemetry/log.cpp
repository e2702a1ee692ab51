// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/telemetry/log.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace logging {
namespace {

thread_local Context current;
Format chosen = Format::Human;

const char *level(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "error";
    case QtFatalMsg:
        return "critical";
    }
    return "info";
}

QByteArray asJson(QtMsgType type, const QMessageLogContext &where, const QString &message)
{
    QJsonObject line{{u"@timestamp"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                     {u"log.level"_s, QLatin1StringView(level(type))},
                     {u"log.logger"_s, QLatin1StringView(where.category ? where.category : "default")},
                     {u"message"_s, message}};
    const auto add = [&](const QString &name, const QByteArray &value) {
        if (!value.isEmpty())
            line.insert(name, QString::fromUtf8(value));
    };
    add(u"http.request.id"_s, current.requestId);
    add(u"trace.id"_s, current.traceId);
    add(u"organization.id"_s, current.tenant);
    add(u"user.id"_s, current.user);
    return QJsonDocument(line).toJson(QJsonDocument::Compact);
}

QByteArray asText(QtMsgType type, const QMessageLogContext &where, const QString &message)
{
    return QDateTime::currentDateTime().toString(u"HH:mm:ss.zzz"_s).toUtf8() + ' '
        + QByteArray(level(type)).leftJustified(8) + ' '
        + QByteArray(where.category ? where.category : "").leftJustified(18) + ' ' + message.toUtf8();
}

void write(QtMsgType type, const QMessageLogContext &where, const QString &message)
{
    QByteArray line = chosen == Format::Json ? asJson(type, where, message) : asText(type, where, message);
    line += '\n';
    // One call for one line, so that lines of several threads do not mix.
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stderr);
}

} // namespace

Scope::Scope(Context context) : m_before(std::exchange(current, std::move(context))) { }
Scope::~Scope() { current = std::move(m_before); }

const Context &context() { return current; }

void install(Format format)
{
    chosen = format;
    qInstallMessageHandler(write);
}

} // namespace logging
