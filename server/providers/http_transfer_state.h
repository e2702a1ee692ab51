// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/providers/http_transport.h"

#include <algorithm>

// Inside of HttpTransport: one transfer, as its two halves see it. http_transport.cpp is the half that faces the user
// (life, delivery, time), http_transport_curl.cpp the one that faces libcurl and runs inside it.
namespace providers {

struct HttpTransfer::State
{
    HttpTransport *transport; // null once it has ended or was destroyed
    HttpRequest request;
    HttpEvents events;
    QByteArray url;
    CURL *easy = nullptr;
    curl_slist *headerList = nullptr;

    HttpHead head;
    qsizetype headerBytes = 0;
    qsizetype received = 0;
    QByteArray pending; // body not yet handed on
    bool headComplete = false;
    bool headDelivered = false;
    bool isQueued = false;
    bool isPaused = false; // by the user
    bool isHeld = false; // libcurl was told to wait
    bool isAsked = false; // the request was sent, or is about to be
    std::optional<HttpEnd::Result> refusal; // why one of our callbacks stopped it
    std::optional<HttpEnd> end;
    std::chrono::steady_clock::time_point deadline;
    std::chrono::steady_clock::time_point latest; // no deadline is after this one
    bool endExpected = false;

    void allow(std::chrono::milliseconds time) { deadline = std::min(std::chrono::steady_clock::now() + time, latest); }
};

// Whether libcurl may be given it: http or https, and nothing that could end a header line.
bool canBeSent(const HttpRequest &request);

} // namespace providers
