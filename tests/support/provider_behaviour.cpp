// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/provider_behaviour.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

// What stands after the last letter part of a kind: "429-after-250ms" → 250 ms.
struct Amount
{
    int number = 0;
    QString unit;
    milliseconds time() const { return milliseconds(unit == u"ms" ? number : number * 1000); }
};

using Make = void (*)(Behaviour &, const Amount &);

const QHash<QString, Make> &kinds()
{
    using B = Behaviour;
    static const QHash<QString, Make> table{
        {u"ok"_s, [](B &, const Amount &) {}},
        {u"quota"_s, [](B &b, const Amount &) { b.status = 429, b.isQuota = true; }},
        {u"no-retry"_s, [](B &b, const Amount &) { b.status = 500, b.doNotRetry = true; }},
        {u"echo-key"_s, [](B &b, const Amount &) { b.status = 401, b.echoKey = true; }},
        {u"slow-first-byte"_s, [](B &b, const Amount &a) { b.firstByteDelay = a.time(); }},
        {u"slow-stream"_s, [](B &b, const Amount &a) { b.eventDelay = a.time(); }},
        {u"hang"_s, [](B &b, const Amount &) { b.isHang = true; }},
        {u"hang-after"_s, [](B &b, const Amount &a) { b.end = B::End::Hang, b.endAfter = a.number; }},
        {u"cut-after"_s, [](B &b, const Amount &a) { b.end = B::End::Cut, b.endAfter = a.number; }},
        {u"end-after"_s, [](B &b, const Amount &a) { b.end = B::End::Clean, b.endAfter = a.number; }},
        {u"malformed"_s, [](B &b, const Amount &) { b.end = B::End::Malformed; }},
        {u"error-event"_s,
         [](B &b, const Amount &a) { b.end = B::End::ErrorEvent, b.errorEventStatus = a.number ? a.number : 500; }},
        {u"huge-event"_s, [](B &b, const Amount &) { b.end = B::End::HugeEvent; }},
        {u"endless-stream"_s, [](B &b, const Amount &) { b.end = B::End::Clean, b.isEndless = true; }},
        {u"endless-empty"_s, [](B &b, const Amount &) { b.end = B::End::Clean, b.endAfter = 0, b.isEndless = true; }},
        {u"endless-line"_s, [](B &b, const Amount &) { b.end = B::End::HugeEvent, b.isEndless = true; }},
        {u"endless-whole"_s, [](B &b, const Amount &) { b.isWhole = true, b.isEndless = true; }},
        {u"endless-error"_s, [](B &b, const Amount &) { b.status = 500, b.isEndless = true; }},
        {u"no-usage"_s, [](B &b, const Amount &) { b.withUsage = false; }},
        {u"usage-on-choice"_s, [](B &b, const Amount &) { b.usageOnChoice = true; }},
        {u"no-done"_s, [](B &b, const Amount &) { b.withDone = false; }},
        {u"no-close"_s, [](B &b, const Amount &) { b.withClose = false; }},
        {u"length"_s, [](B &b, const Amount &) { b.finishReason = u"length"_s; }},
        {u"refusal"_s, [](B &b, const Amount &) { b.finishReason = u"refusal"_s; }},
        {u"reasoning"_s, [](B &b, const Amount &) { b.reasoningTokens = 7; }},
        {u"cached"_s, [](B &b, const Amount &) { b.cachedTokens = 2; }},
        {u"tool"_s, [](B &b, const Amount &) { b.toolCalls = 1; }},
        {u"tools"_s, [](B &b, const Amount &a) { b.toolCalls = a.number; }},
        {u"blocked"_s, [](B &b, const Amount &) { b.isBlocked = true; }},
        {u"floats"_s, [](B &b, const Amount &) { b.ignoresEncoding = true; }},
        {u"whole"_s, [](B &b, const Amount &) { b.isWhole = true; }},
        {u"bytes"_s, [](B &b, const Amount &) { b.isByBytes = true; }},
        {u"crlf"_s, [](B &b, const Amount &) { b.lineEnd = "\r\n"; }},
        {u"cr"_s, [](B &b, const Amount &) { b.lineEnd = "\r"; }},
        {u"comments"_s, [](B &b, const Amount &) { b.withComments = true; }},
        {u"reset"_s, [](B &b, const Amount &) { b.isReset = true; }},
        {u"html"_s, [](B &b, const Amount &) { b.status = 502, b.isHtml = true; }},
        {u"redirect"_s, [](B &b, const Amount &) { b.status = 302; }},
        {u"not-http"_s, [](B &b, const Amount &) { b.isNotHttp = true; }},
    };
    return table;
}

bool readStatus(const QString &kind, Behaviour &behaviour)
{
    static const QRegularExpression form(u"\\A([45]\\d\\d)(?:-after-(\\d+)(ms|s))?\\z"_s);
    const QRegularExpressionMatch match = form.match(kind);
    if (!match.hasMatch())
        return false;
    behaviour.status = match.captured(1).toInt();
    (match.captured(3) == u"ms" ? behaviour.retryAfterMs : behaviour.retryAfter) = match.captured(2).toLatin1();
    return true;
}

} // namespace

std::optional<Behaviour> Behaviour::named(const QString &kind)
{
    Behaviour behaviour;
    QString name = kind;
    if (name.endsWith(u"-once")) {
        name.chop(5);
        behaviour.isOnce = true;
    }
    if (readStatus(name, behaviour))
        return behaviour;
    static const QRegularExpression form(u"\\A(.*?)(?:-(\\d+)(ms|s)?)?\\z"_s);
    const QRegularExpressionMatch match = form.match(name);
    const Make make = kinds().value(match.captured(1));
    if (!make)
        return {};
    make(behaviour, {match.captured(2).toInt(), match.captured(3)});
    return behaviour;
}
