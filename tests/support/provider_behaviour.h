// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>

// How the test provider answers one request. A request gets it from its model's name, `test-` and one of
//
//   ok                  the whole answer; so do all names that do not begin with `test-`
//   429  529  500 …     that status, with the error object that the format has for it
//   429-after-2s        also with retry-after: 2; 429-after-250ms with retry-after-ms: 250
//   quota               429, but the money has run out
//   no-retry            500 with x-should-retry: false
//   echo-key            401 that repeats the key in its message
//   slow-first-byte-2s  begins after that time
//   slow-stream-50ms    waits so long before each event of a stream
//   hang                never begins to answer
//   hang-after-3        stops after three words, and keeps the connection
//   cut-after-3         breaks the connection after three words (of a whole answer: in its middle)
//   end-after-3         ends the stream politely after three words, without saying that it is complete
//   malformed           bad JSON: in the body, or in a stream after two words
//   error-event         an error inside the stream after two words; error-event-429 for another kind of error
//   no-usage            says nothing about tokens
//   usage-on-choice     (OpenAI) puts the usage on the last chunk that has a choice
//   no-done             (OpenAI) leaves out [DONE]
//   no-close            says that it is complete, but does not end the response
//   length  refusal  reasoning  cached
//                       ends for that reason, or with such tokens
//   tool  tools-2       calls the first, or the first two, of the tools that it is offered
//   blocked             (Google) refuses the prompt with status 200 and no candidate
//   floats              (OpenAI) gives vectors as numbers, whatever encoding was asked for
//   whole               answers whole though asked to stream
//   bytes               a byte at a time, so that every character and line is cut
//   crlf  cr            ends its lines so
//   comments            with comments and pings between the events
//   huge-event          an event that never ends
//   endless-stream      words for as long as they are read; endless-empty: events without a word
//   endless-line        a line of a stream that never ends
//   endless-whole       a body that never ends; endless-error: the same with status 500
//   reset               closes the connection instead of an answer
//   html                502 with a page
//   redirect            302
//   not-http            bytes that are not HTTP
//
// and, with `-once` after it, only for the first request of that body; the same again is answered as `ok`.
// A script sets the same by POST /__control {"behaviours": [{"kind": "429-after-2s", "times": 3, "model": "gpt-5",
// "text": "…", "arguments": "…", "raw": "…"}]}: each request takes the first entry that is for any model or its own.
// `text` is then the answer, `arguments` what each tool is called with, or `raw` the body of the response as it is
// (text/event-stream where it begins with "data:" or "event:", else application/json).
struct Behaviour
{
    enum class End { Normal, Hang, Cut, Clean, Malformed, ErrorEvent, HugeEvent };

    int status = 200;
    QByteArray retryAfter;
    QByteArray retryAfterMs;
    bool isQuota = false;
    bool doNotRetry = false;
    bool echoKey = false;
    bool isHtml = false;
    bool isHang = false;
    bool isReset = false;
    bool isNotHttp = false;
    bool isOnce = false;
    bool isEndless = false; // repeats its last piece until the client leaves
    std::chrono::milliseconds firstByteDelay{0};
    std::chrono::milliseconds eventDelay{0};

    End end = End::Normal;
    int endAfter = 2; // words
    int errorEventStatus = 500;
    bool withUsage = true;
    bool usageOnChoice = false;
    bool withDone = true;
    bool withClose = true;
    bool isWhole = false;
    bool isByBytes = false;
    bool withComments = false;
    QByteArray lineEnd = "\n";
    QString finishReason; // empty: stop, or length where max_tokens is reached
    qint64 reasoningTokens = 0;
    qint64 cachedTokens = 0;
    int toolCalls = 0;
    bool isBlocked = false;
    bool ignoresEncoding = false;
    std::optional<QString> arguments; // of each call, instead of those made from the request
    std::optional<QString> text; // instead of the answer made from the request
    std::optional<QByteArray> raw; // the body as it is, instead of one in the format

    // Nothing when there is no such kind.
    static std::optional<Behaviour> named(const QString &kind);
};
