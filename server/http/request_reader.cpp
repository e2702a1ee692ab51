// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/request_reader.h"

#include "server/http/server.h"

namespace http {
namespace {

QByteArray bytes(std::string_view text) { return {text.data(), qsizetype(text.size())}; }

} // namespace

RequestReader::RequestReader(const ServerOptions &options) : m_options(options), m_parser(options.limits) { }

void RequestReader::feed(std::string_view bytes)
{
    if (m_kept.isEmpty()) {
        m_input = bytes;
        return;
    }
    m_kept.append(bytes.data(), qsizetype(bytes.size()));
    m_input = {m_kept.constData(), std::size_t(m_kept.size())};
}

void RequestReader::keepRest()
{
    m_kept = takeRest();
    m_input = {m_kept.constData(), std::size_t(m_kept.size())};
}

QByteArray RequestReader::takeRest()
{
    // The same bytes where nothing was used, otherwise a copy, so that what was used does not stay in memory.
    const bool all = !m_kept.isEmpty() && qsizetype(m_input.size()) == m_kept.size();
    QByteArray rest = all ? std::move(m_kept) : bytes(m_input);
    m_kept = {};
    m_input = {};
    return rest;
}

Request RequestReader::take()
{
    m_parser.reset();
    m_inBody = false;
    return std::exchange(m_request, {});
}

void RequestReader::drop()
{
    m_input = {};
    m_kept = {};
    m_request = {};
}

RequestReader::Result RequestReader::refuse(int status)
{
    m_status = status;
    return Result::Refused;
}

RequestReader::Result RequestReader::next()
{
    if (m_status)
        return Result::Refused;
    return m_inBody ? readBody() : readHead();
}

RequestReader::Result RequestReader::readHead()
{
    switch (m_parser.parse(m_input)) {
    case ParseResult::NeedMore:
        return Result::NeedMore;
    case ParseResult::Refused:
        return refuse(m_parser.status());
    case ParseResult::Complete:
        break;
    }
    const RequestHead &head = m_parser.head();
    const std::string_view text = m_input.substr(0, std::size_t(head.size));
    m_input.remove_prefix(text.size());
    const std::string_view target = HeadParser::text(text, head.target);
    const std::size_t question = std::min(target.find('?'), target.size());
    m_target = bytes(target);
    m_request.method = bytes(HeadParser::text(text, head.method));
    m_request.path = bytes(target.substr(0, question));
    m_request.query = bytes(target.substr(std::min(question + 1, target.size())));
    m_request.headers.reserve(qsizetype(head.fields.size()));
    for (const RequestHead::Field &field : head.fields)
        m_request.headers.emplaceBack(bytes(HeadParser::text(text, field.name)),
                                      bytes(HeadParser::text(text, field.value)));
    if (head.upgradeToWebSocket)
        return Result::Upgrade;
    if (head.framing == Framing::None)
        return Result::Complete;

    const qint64 asked = m_options.bodyLimit ? m_options.bodyLimit(m_request.method, m_request.path) : -1;
    const qint64 maximum = asked < 0 ? m_options.limits.body : asked;
    if (head.contentLength > maximum)
        return refuse(413);
    m_chunks = ChunkDecoder(maximum);
    m_bodyReceived = 0;
    m_inBody = true;
    return Result::BodyFollows;
}

RequestReader::Result RequestReader::readBody()
{
    const RequestHead &head = m_parser.head();
    std::size_t used = 0;
    ParseResult result = ParseResult::NeedMore;
    if (head.framing == Framing::Length) {
        used = std::min(m_input.size(), std::size_t(head.contentLength - m_request.body.size()));
        m_request.body.append(m_input.data(), qsizetype(used));
        if (m_request.body.size() == head.contentLength)
            result = ParseResult::Complete;
    } else {
        result = m_chunks.decode(m_input, used, m_request.body);
    }
    m_input.remove_prefix(used);
    m_bodyReceived += qint64(used);
    switch (result) {
    case ParseResult::NeedMore:
        return Result::NeedMore;
    case ParseResult::Refused:
        return refuse(m_chunks.status());
    case ParseResult::Complete:
        break;
    }
    return Result::Complete;
}

} // namespace http
