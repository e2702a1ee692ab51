// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/limits/limit_headers.h"

using std::chrono::milliseconds;

namespace limits {
namespace {

// As Go prints durations: "6m0s", "1.5s", "20ms".
QByteArray goDuration(milliseconds time)
{
    const qint64 total = time.count();
    if (total > 0 && total < 1000)
        return QByteArray::number(total) + "ms";
    QByteArray text;
    if (total >= 60'000)
        text = QByteArray::number(total / 60'000) + 'm';
    text += QByteArray::number(total % 60'000 / 1000);
    if (const qint64 part = total % 1000) {
        QByteArray digits = QByteArray::number(1000 + part).sliced(1);
        while (digits.endsWith('0'))
            digits.chop(1);
        text += '.' + digits;
    }
    return text + 's';
}

// The second in which it is so.
QByteArray printMoment(const QDateTime &now, milliseconds time)
{
    const qint64 then = now.toMSecsSinceEpoch() + time.count();
    return QDateTime::fromSecsSinceEpoch((then + 999) / 1000, Qt::UTC).toString(Qt::ISODate).toLatin1();
}

void addOpenAi(http::HeaderList &headers, const std::optional<Standing> &standing, const QByteArray &of)
{
    if (!standing)
        return;
    headers.emplaceBack("x-ratelimit-limit-" + of, QByteArray::number(standing->limit));
    headers.emplaceBack("x-ratelimit-remaining-" + of, QByteArray::number(standing->remaining));
    headers.emplaceBack("x-ratelimit-reset-" + of, goDuration(standing->resets));
}

void addAnthropic(http::HeaderList &headers, const std::optional<Standing> &standing, const QByteArray &of,
                  const QDateTime &now)
{
    if (!standing)
        return;
    const QByteArray name = "anthropic-ratelimit-" + of;
    headers.emplaceBack(name + "-limit", QByteArray::number(standing->limit));
    headers.emplaceBack(name + "-remaining", QByteArray::number(standing->remaining));
    headers.emplaceBack(name + "-reset", printMoment(now, standing->resets));
}

} // namespace

http::HeaderList headersOf(const Outcome &outcome, gateway::Dialect dialect, const QDateTime &now)
{
    http::HeaderList headers;
    switch (dialect) {
    case gateway::Dialect::Anthropic:
        addAnthropic(headers, outcome.requests, "requests", now);
        addAnthropic(headers, outcome.tokens, "tokens", now);
        break;
    case gateway::Dialect::OpenAi:
        addOpenAi(headers, outcome.requests, "requests");
        addOpenAi(headers, outcome.tokens, "tokens");
        break;
    case gateway::Dialect::Google:
        break; // has none
    }
    return headers;
}

} // namespace limits
