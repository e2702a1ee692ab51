// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/request_parser.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace http {
namespace {

constexpr std::size_t longestMethod = 20;
constexpr std::size_t longestChunkLine = 256;
constexpr qsizetype mostChunkOverhead = 16 * 1024;
constexpr int mostEmptyLines = 2; // before a request line; RFC 9112, 2.2 asks to tolerate at least one

// Which bytes may stand where, from the grammars of RFC 9110 and RFC 3986.
struct Characters
{
    std::array<bool, 256> token{}, value{}, target{}, host{};

    constexpr Characters()
    {
        const auto allow = [](std::array<bool, 256> &set, std::string_view characters) {
            for (const char c : characters)
                set[static_cast<unsigned char>(c)] = true;
        };
        for (int c = 0x21; c < 0x7f; ++c)
            target[std::size_t(c)] = c != '#'; // a fragment never travels
        for (int c = 0x20; c < 0x100; ++c)
            value[std::size_t(c)] = c != 0x7f;
        value['\t'] = true;
        for (int c = '0'; c <= '9'; ++c)
            token[std::size_t(c)] = host[std::size_t(c)] = true;
        for (int c = 'a'; c <= 'z'; ++c)
            token[std::size_t(c)] = host[std::size_t(c)] = token[std::size_t(c - 32)] = host[std::size_t(c - 32)] =
                true;
        allow(token, "!#$%&'*+-.^_`|~");
        allow(host, "-._~%!$&'()*+;=:[]");
    }
};
constexpr Characters characters;

bool all(std::string_view text, const std::array<bool, 256> &set)
{
    return std::all_of(text.begin(), text.end(), [&](char c) { return set[static_cast<unsigned char>(c)]; });
}

std::size_t leading(std::string_view text, const std::array<bool, 256> &set)
{
    std::size_t i = 0;
    while (i < text.size() && set[static_cast<unsigned char>(text[i])])
        ++i;
    return i;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// `lower` must be in lower case.
bool is(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? char(a + 32) : a) == b;
           });
}

} // namespace

void HeadParser::reset()
{
    std::vector<RequestHead::Field> fields = std::move(m_head.fields); // keeps its memory
    fields.clear();
    *this = HeadParser(*m_limits);
    m_head.fields = std::move(fields);
}

ParseResult HeadParser::refuse(int status)
{
    m_status = status;
    return ParseResult::Refused;
}

ParseResult HeadParser::parse(std::string_view buffer)
{
    if (m_status)
        return ParseResult::Refused;
    for (;;) {
        // Not HTTP at all, for example a TLS greeting: no need to wait for a line.
        if (!m_started && m_line < buffer.size() && buffer[m_line] != '\r'
            && !characters.token[static_cast<unsigned char>(buffer[m_line])])
            return refuse(400);
        const std::size_t feed = buffer.find('\n', m_scanned);
        const std::size_t end = feed == std::string_view::npos ? buffer.size() : feed + 1;
        m_scanned = end;
        if (!m_started && end - m_line > std::size_t(m_limits->requestLine))
            return refuse(414);
        if (end > std::size_t(m_limits->head))
            return refuse(431);
        if (feed == std::string_view::npos)
            return ParseResult::NeedMore;
        if (feed == m_line || buffer[feed - 1] != '\r')
            return refuse(400); // a bare line feed ends a line for some servers and not for others

        const std::string_view line = buffer.substr(m_line, feed - 1 - m_line);
        const auto begin = std::uint32_t(m_line);
        m_line = end;
        ParseResult result = ParseResult::NeedMore;
        if (!m_started && line.empty()) {
            if (++m_emptyLines > mostEmptyLines)
                return refuse(400);
        } else if (!m_started) {
            m_started = true;
            result = requestLine(line, begin);
        } else if (line.empty()) {
            m_head.size = qsizetype(end);
            return finish();
        } else {
            result = field(line, begin);
        }
        if (result == ParseResult::Refused)
            return result;
    }
}

ParseResult HeadParser::requestLine(std::string_view line, std::uint32_t begin)
{
    const std::size_t method = leading(line, characters.token);
    if (!method || method > longestMethod || method == line.size() || line[method] != ' ')
        return refuse(400);
    const std::string_view rest = line.substr(method + 1);
    const std::size_t target = leading(rest, characters.target);
    if (!target || target == rest.size() || rest[target] != ' ')
        return refuse(400);
    const std::string_view version = rest.substr(target + 1);
    if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.' || version[5] < '0'
        || version[5] > '9' || version[7] < '0' || version[7] > '9')
        return refuse(400);
    if (version[5] != '1' || version[7] > '1')
        return refuse(505);
    m_head.minorVersion = version[7] - '0';
    m_head.method = {begin, std::uint32_t(method)};
    m_head.target = {begin + std::uint32_t(method) + 1, std::uint32_t(target)};
    // Only the origin form: this is no proxy.
    const bool asterisk = rest.substr(0, target) == "*" && line.substr(0, method) == "OPTIONS";
    return rest[0] == '/' || asterisk ? ParseResult::NeedMore : refuse(400);
}

ParseResult HeadParser::field(std::string_view line, std::uint32_t begin)
{
    const std::size_t colon = leading(line, characters.token);
    // Also refuses folded lines and blanks before the colon, which others take for part of the name.
    if (!colon || colon == line.size() || line[colon] != ':')
        return refuse(400);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!all(value, characters.value))
        return refuse(400);
    if (m_head.fields.size() >= std::size_t(m_limits->headerFields))
        return refuse(431);
    m_head.fields.push_back(
        {{begin, std::uint32_t(colon)},
         {begin + std::uint32_t(value.empty() ? colon + 1 : value.data() - line.data()), std::uint32_t(value.size())}});
    return known(line.substr(0, colon), value);
}

ParseResult HeadParser::known(std::string_view name, std::string_view value)
{
    if (is(name, "host")) {
        if (m_hasHost || !all(value, characters.host))
            return refuse(400);
        m_hasHost = true;
    } else if (is(name, "connection")) {
        return connection(value);
    } else if (is(name, "content-length")) {
        return contentLength(value);
    } else if (is(name, "transfer-encoding")) {
        if (m_hasTransferEncoding || m_head.minorVersion == 0)
            return refuse(400);
        if (!is(value, "chunked"))
            return refuse(501);
        m_hasTransferEncoding = true;
    } else if (is(name, "expect")) {
        if (!is(value, "100-continue"))
            return refuse(417);
        m_head.expectContinue = m_head.minorVersion == 1;
    } else if (is(name, "upgrade")) {
        m_head.upgradeToWebSocket = is(value, "websocket");
    }
    return ParseResult::NeedMore;
}

ParseResult HeadParser::connection(std::string_view value)
{
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        const std::string_view option = trimmed(value.substr(0, comma));
        m_connectionClose = m_connectionClose || is(option, "close");
        m_connectionKeepAlive = m_connectionKeepAlive || is(option, "keep-alive");
        m_connectionUpgrade = m_connectionUpgrade || is(option, "upgrade");
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return ParseResult::NeedMore;
}

ParseResult HeadParser::contentLength(std::string_view value)
{
    constexpr std::size_t mostDigits = 15;
    if (m_hasLength || value.empty() || value.size() > mostDigits
        || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return refuse(400);
    m_hasLength = true;
    std::from_chars(value.data(), value.data() + value.size(), m_head.contentLength);
    return ParseResult::NeedMore;
}

ParseResult HeadParser::finish()
{
    if (!m_hasHost && m_head.minorVersion == 1)
        return refuse(400);
    if (m_hasLength && m_hasTransferEncoding)
        return refuse(400); // the classic of request smuggling
    m_head.framing = m_hasTransferEncoding ? Framing::Chunked
        : m_head.contentLength > 0         ? Framing::Length
                                           : Framing::None;
    m_head.keepAlive = !m_connectionClose && (m_head.minorVersion == 1 || m_connectionKeepAlive);
    m_head.upgradeToWebSocket = m_head.upgradeToWebSocket && m_connectionUpgrade && m_head.minorVersion == 1;
    if (m_head.upgradeToWebSocket && m_head.framing != Framing::None)
        return refuse(400);
    return ParseResult::Complete;
}

ParseResult ChunkDecoder::refuse(int status)
{
    m_status = status;
    return ParseResult::Refused;
}

ParseResult ChunkDecoder::decode(std::string_view input, std::size_t &used, QByteArray &body)
{
    used = 0;
    while (m_state != State::Done) {
        if (m_status)
            return ParseResult::Refused;
        const std::string_view rest = input.substr(used);
        if (m_state == State::Data) {
            const std::size_t take = std::min(std::size_t(m_left), rest.size());
            if (!take)
                return ParseResult::NeedMore;
            body.append(rest.data(), qsizetype(take));
            used += take;
            m_left -= qint64(take);
            if (!m_left)
                m_state = State::AfterData;
            continue;
        }
        const std::size_t feed = rest.find('\n');
        const std::size_t end = feed == std::string_view::npos ? rest.size() : feed + 1;
        if (m_state == State::AfterData && end > 0 && (rest[0] != '\r' || (end > 1 && rest[1] != '\n')))
            return refuse(400);
        if (end > longestChunkLine)
            return refuse(m_state == State::Trailer ? 431 : 400);
        if (feed == std::string_view::npos)
            return ParseResult::NeedMore;
        if (feed == 0 || rest[feed - 1] != '\r')
            return refuse(400);
        used += end;
        const std::string_view line = rest.substr(0, feed - 1);
        if (m_state == State::AfterData)
            m_state = State::Size;
        else if ((m_state == State::Size ? size(line) : trailer(line)) == ParseResult::Refused)
            return ParseResult::Refused;
    }
    return ParseResult::Complete;
}

ParseResult ChunkDecoder::size(std::string_view line)
{
    constexpr std::size_t mostDigits = 8;
    const std::size_t digits = std::min(line.find_first_of("; \t"), line.size());
    std::uint64_t bytes = 0;
    const auto [stop, error] = std::from_chars(line.data(), line.data() + digits, bytes, 16);
    if (!digits || digits > mostDigits || error != std::errc{} || stop != line.data() + digits)
        return refuse(400);
    const std::string_view extension = trimmed(line.substr(digits));
    if (!extension.empty() && (extension[0] != ';' || !all(extension, characters.value)))
        return refuse(400);
    m_overhead += qsizetype(extension.size());
    if (m_overhead > mostChunkOverhead)
        return refuse(400);
    if (qint64(bytes) > m_maximum - m_decoded)
        return refuse(413);
    m_decoded += qint64(bytes);
    m_left = qint64(bytes);
    m_state = bytes ? State::Data : State::Trailer;
    return ParseResult::NeedMore;
}

ParseResult ChunkDecoder::trailer(std::string_view line)
{
    if (line.empty()) {
        m_state = State::Done;
        return ParseResult::Complete;
    }
    const std::size_t colon = leading(line, characters.token);
    if (!colon || colon == line.size() || line[colon] != ':' || !all(line.substr(colon + 1), characters.value))
        return refuse(400);
    m_overhead += qsizetype(line.size());
    return m_overhead > mostChunkOverhead ? refuse(431) : ParseResult::NeedMore;
}

} // namespace http
