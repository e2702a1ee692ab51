// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/providers/http_question.h"

namespace providers {
namespace {

// Kept alive by whoever is inside it.
struct Question : std::enable_shared_from_this<Question>
{
    explicit Question(std::function<void(const HttpReply &)> done) : done(std::move(done)) { }

    void start(HttpTransport &transport, HttpRequest request)
    {
        const std::weak_ptr<Question> weak = weak_from_this();
        transfer = transport.start(std::move(request),
                                   {.head =
                                        [weak](const HttpHead &head) {
                                            if (const auto self = weak.lock())
                                                self->reply.head = head;
                                        },
                                    .body =
                                        [weak](const QByteArray &bytes) {
                                            if (const auto self = weak.lock())
                                                self->reply.body += bytes; // bounded by the transport
                                        },
                                    .end =
                                        [weak](const HttpEnd &end) {
                                            if (const auto self = weak.lock())
                                                self->finish(end);
                                        }});
    }

    void finish(const HttpEnd &end)
    {
        reply.end = end;
        std::exchange(done, {})(reply);
    }

    std::function<void(const HttpReply &)> done;
    HttpReply reply;
    std::unique_ptr<HttpTransfer> transfer;
};

} // namespace

void allowTimes(HttpRequest &prepared, const ModelRequest &request)
{
    prepared.connectTimeout = request.connectTimeout;
    prepared.firstByteTimeout = request.firstByteTimeout;
    prepared.idleTimeout = request.idleTimeout;
    prepared.totalTimeout = request.totalTimeout;
    prepared.addresses = request.addresses;
}

std::shared_ptr<void> ask(HttpTransport &transport, HttpRequest request, std::function<void(const HttpReply &)> done)
{
    auto question = std::make_shared<Question>(std::move(done));
    question->start(transport, std::move(request));
    return question;
}

std::shared_ptr<void> tellLater(HttpTransport &transport, std::function<void()> tell)
{
    auto held = std::make_shared<std::function<void()>>(std::move(tell));
    QMetaObject::invokeMethod(
        &transport,
        [weak = std::weak_ptr(held)] {
            if (const auto one = weak.lock())
                (*one)();
        },
        Qt::QueuedConnection);
    return held;
}

} // namespace providers
