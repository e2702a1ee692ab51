// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/telemetry/log.h"

#include "shared/json/json.h"

#include <QDateTime>

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

// Written by hand: one for each request, a QJsonDocument took a twentieth of the time of a small answer.
QByteArray asJson(QtMsgType type, const QMessageLogContext &where, const QString &message)
{
    QByteArray line;
    line.reserve(384 + message.size());
    line += "{\"@timestamp\":";
    json::write(line, QDateTime::currentDateTimeUtc());
    line += ",\"log.level\":\"";
    line += level(type);
    line += "\",\"log.logger\":\"";
    line += where.category ? where.category : "default"; // a name in our source
    line += "\",\"message\":";
    json::write(line, message);
    const auto add = [&](const char *name, const QByteArray &value) {
        if (value.isEmpty())
            return;
        line += name;
        json::write(line, QString::fromUtf8(value));
    };
    add(",\"http.request.id\":", current.requestId);
    add(",\"trace.id\":", current.traceId);
    add(",\"organization.id\":", current.tenant);
    add(",\"user.id\":", current.user);
    return line += '}';
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
