// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

// Log lines: one JSON object each with the field names of the Elastic Common Schema, or plain text for a person at a
// terminal. Nothing secret and no prompt text may be passed to qDebug, qInfo, qWarning or qCritical.
namespace logging {

enum class Format { Json, Human };

// Whose work the current thread is doing; every line written meanwhile carries it. Set by the router and the worker.
struct Context
{
    QByteArray requestId;
    QByteArray traceId; // 32 hex digits of the W3C trace context
    QByteArray tenant;
    QByteArray user;
};

// Puts a context on this thread for as long as the object lives.
class Scope
{
public:
    explicit Scope(Context context);
    ~Scope();
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;

private:
    Context m_before;
};

const Context &context();

// Takes over Qt's message handler for the whole process. Lines go to standard error. Call once, from main.
void install(Format format);

} // namespace logging
