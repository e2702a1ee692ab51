// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/rerate_answer.h"

#include <QLoggingCategory>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcRerate, "server.usage.rerate")

namespace {

constexpr qint64 csvPiece = 256 * 1024; // bytes

// A text that a spreadsheet would run as a formula is made plain (OWASP, CSV injection).
QByteArray csvText(const QString &text)
{
    QString plain = text;
    if (!text.isEmpty() && u"=+-@\t\r\n"_s.contains(text.front()))
        plain.prepend(u'\'');
    return '"' + plain.replace(u'"', u"\"\""_s).toUtf8() + '"';
}

QByteArray csvNumber(const std::optional<qint64> &number)
{
    return number ? QByteArray::number(*number) : QByteArray();
}

QByteArray csvLine(const ReratedCall &call)
{
    const auto difference = call.reratedNanos.value_or(0) - call.costNanos.value_or(0);
    QByteArray line;
    for (const QString &text :
         {call.attemptId.toString(QUuid::WithoutBraces), call.entry, call.calledAt.toUTC().toString(Qt::ISODateWithMs),
          call.model, call.userName, call.keyName})
        line += csvText(text) + ',';
    for (const qint64 number : {call.inputTokens, call.cachedInputTokens, call.cacheWriteTokens,
                                call.cacheWriteHourTokens, call.outputTokens})
        line += QByteArray::number(number) + ',';
    return line + csvNumber(call.costNanos) + ',' + csvNumber(call.reratedNanos) + ',' + QByteArray::number(difference)
        + "\r\n";
}

constexpr auto csvHead =
    "attemptId,entry,calledAt,model,userName,keyName,inputTokens,cachedInputTokens,"
    "cacheWriteTokens,cacheWriteHourTokens,outputTokens,costNanos,reratedNanos,differenceNanos\r\n";

} // namespace

RerateAnswer::RerateAnswer(RerateService &service, Work work, std::shared_ptr<http::Exchange> exchange,
                           const http::Call &call)
    : m_service(service),
      m_work(std::move(work)),
      m_exchange(std::move(exchange)),
      m_call(call),
      m_file(std::make_unique<QTemporaryFile>())
{
}

RerateAnswer::~RerateAnswer() = default;

void RerateAnswer::start(const http::Router &router, const RerateInput &input)
{
    write(input);
    http::HeaderList headers = router.commonHeaders(m_call);
    headers.emplaceBack("Content-Type", "text/csv; charset=utf-8");
    headers.emplaceBack("Content-Disposition", R"(attachment; filename="rerated.csv")");
    router.observe(m_call, 200);
    m_exchange->post([self = shared_from_this(), headers](http::Exchange &exchange) {
        exchange.onDrain([weak = std::weak_ptr(self)] {
            if (const auto waiting = weak.lock())
                waiting->next();
        });
        // Holds this for as long as somebody waits for it; dropped with the exchange's callbacks.
        exchange.onCancel([self] { self->m_isDone = true; });
        exchange.beginStream(200, headers);
        self->next();
    });
}

void RerateAnswer::write(const RerateInput &input)
{
    if (!m_file->open())
        throw std::runtime_error("a temporary file could not be made: " + m_file->errorString().toStdString());
    const auto put = [&](const QByteArray &line) {
        if (m_file->write(line) != line.size())
            throw std::runtime_error("a temporary file could not be written: " + m_file->errorString().toStdString());
    };
    put(csvHead);
    m_service.rerate(
        m_call.caller, input, [this] { return m_exchange->alive(); },
        [&](const ReratedCall &call) { put(csvLine(call)); });
    if (!m_file->seek(0))
        throw std::runtime_error("a temporary file could not be read again");
}

void RerateAnswer::next()
{
    if (m_isReading || m_isDone || !m_exchange->alive())
        return;
    m_isReading = true;
    if (!m_work([self = shared_from_this()] { self->readPiece(); })) {
        qCWarning(lcRerate) << "an answer was cut off: the workers are busy";
        m_isDone = true;
        m_exchange->onCancel({}); // the last that held it
    }
}

void RerateAnswer::readPiece()
{
    const QByteArray piece = m_file->read(csvPiece);
    const bool isLast = m_file->atEnd();
    const bool failed = piece.isEmpty() && !isLast;
    m_exchange->post([self = shared_from_this(), piece, isLast, failed](http::Exchange &exchange) {
        self->m_isReading = false;
        const bool hasRoom = failed || exchange.write(piece);
        if (failed || isLast) {
            self->m_isDone = true;
            isLast ? exchange.finish() : exchange.onCancel({});
        } else if (hasRoom) {
            self->next();
        }
    });
}
