// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/socket_load/receivers.h"

#include "tests/bench/socket_load/connecting.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr std::size_t opening = 100; // at a time
constexpr int patience = 30'000; // milliseconds without any progress
enum Opcode { Text = 1, Close = 8, Ping = 9, Pong = 10 };

} // namespace

std::int64_t nanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

std::string Mark::text() const
{
    char text[size + 1];
    std::snprintf(text, sizeof text, "@%010u:%020lld@", number, static_cast<long long>(sentAt));
    return text;
}

bool Mark::find(std::string_view text, Mark &mark)
{
    for (auto at = text.find('@'); at != text.npos && at + size <= text.size(); at = text.find('@', at + 1)) {
        if (text[at + 11] != ':' || text[at + 32] != '@')
            continue;
        std::from_chars(&text[at + 1], &text[at + 11], mark.number);
        std::from_chars(&text[at + 12], &text[at + 32], mark.sentAt);
        return true;
    }
    return false;
}

Receivers::Receivers(int epoll, std::uint16_t port, std::string path, std::vector<std::vector<Saying>> sayings)
    : m_epoll(epoll),
      m_port(port),
      m_path(std::move(path)),
      m_sayings(std::move(sayings)),
      m_scratch(256 * 1024)
{
}

Receivers::~Receivers()
{
    for (const Socket &socket : m_sockets)
        if (socket.state != State::Lost)
            ::close(socket.descriptor);
}

bool Receivers::open(std::size_t count)
{
    std::vector<epoll_event> events(512);
    m_sockets.reserve(count);
    while (m_ready < count && !m_lost) {
        while (m_sockets.size() < count && m_sockets.size() - m_ready < opening)
            if (!connect(m_sockets.size()))
                return false;
        const int ready = ::epoll_wait(m_epoll, events.data(), int(events.size()), patience);
        if (ready <= 0)
            return false;
        for (int i = 0; i < ready; ++i)
            readable(events[std::size_t(i)].data.u32);
    }
    return !m_lost;
}

bool Receivers::connect(std::size_t index)
{
    Socket &socket = m_sockets.emplace_back();
    socket.descriptor = connectTo(m_port, int(index));
    if (socket.descriptor < 0)
        return false;
    epoll_event event{.events = EPOLLIN, .data = {.u32 = std::uint32_t(index)}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket.descriptor, &event);
    const std::string request = "GET " + m_path
        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    return sendAll(socket.descriptor, request);
}

void Receivers::lose(Socket &socket)
{
    ::close(socket.descriptor);
    socket.state = State::Lost;
    ++m_lost;
}

void Receivers::readable(std::size_t index)
{
    Socket &socket = m_sockets[index];
    const ssize_t n = ::recv(socket.descriptor, m_scratch.data(), m_scratch.size(), MSG_DONTWAIT);
    if (n <= 0) {
        if (n == 0 || (errno != EAGAIN && errno != EINTR))
            lose(socket);
        return;
    }
    std::string_view bytes(m_scratch.data(), std::size_t(n));
    if (socket.held.empty()) {
        bytes.remove_prefix(take(socket, index, bytes));
        socket.held.assign(bytes);
    } else {
        socket.held.append(bytes);
        socket.held.erase(0, take(socket, index, socket.held));
    }
    if (socket.held.empty())
        socket.held.shrink_to_fit();
}

// Returns how much of it is done with.
std::size_t Receivers::take(Socket &socket, std::size_t index, std::string_view bytes)
{
    std::size_t done = 0;
    if (socket.state == State::Handshake) {
        const auto end = bytes.find("\r\n\r\n");
        if (end == bytes.npos)
            return 0;
        done = end + 4;
        if (!bytes.starts_with("HTTP/1.1 101 ")) {
            lose(socket);
            return bytes.size();
        }
        socket.state = State::Saying;
        sayNext(socket, index);
    }
    while (socket.state != State::Lost && bytes.size() - done >= 2) {
        const auto byte = [&](std::size_t i) { return std::uint64_t(std::uint8_t(bytes[done + i])); };
        std::uint64_t size = byte(1) & 0x7f;
        const std::size_t extended = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (bytes.size() - done < 2 + extended)
            break;
        if (extended)
            size = 0;
        for (std::size_t i = 0; i < extended; ++i)
            size = size << 8 | byte(2 + i);
        if (bytes.size() - done - 2 - extended < size)
            break;
        frame(socket, index, int(byte(0) & 0x0f), bytes.substr(done + 2 + extended, size));
        done += 2 + extended + size;
    }
    return done;
}

void Receivers::frame(Socket &socket, std::size_t index, int opcode, std::string_view payload)
{
    if (opcode == Ping) {
        say(socket, Pong, payload);
    } else if (opcode == Close) {
        std::fprintf(stderr, "closed by the server: %.*s\n", int(payload.size()), payload.data());
        lose(socket);
    } else if (socket.state == State::Saying) {
        if (payload.find(m_sayings[index % m_sayings.size()][socket.step - 1].until) != payload.npos)
            sayNext(socket, index);
        else if (payload.find("\"error\"") != payload.npos)
            std::fprintf(stderr, "%.*s\n", int(payload.size()), payload.data());
    } else if (Mark mark; m_listener && Mark::find(payload, mark)) {
        m_listener->arrived(mark.number, nanoseconds() - mark.sentAt);
    }
}

void Receivers::sayNext(Socket &socket, std::size_t index)
{
    if (m_sayings.empty() || socket.step == m_sayings[index % m_sayings.size()].size()) {
        socket.state = State::Ready;
        ++m_ready;
    } else if (!say(socket, Text, m_sayings[index % m_sayings.size()][socket.step++].text)) {
        lose(socket);
    }
}

bool Receivers::say(const Socket &socket, int opcode, std::string_view payload)
{
    std::string frame(1, char(0x80 | opcode));
    if (payload.size() <= 125) {
        frame += char(0x80 | payload.size());
    } else {
        frame += char(0x80 | 126);
        frame += char(payload.size() >> 8);
        frame += char(payload.size() & 0xff);
    }
    frame.append(4, '\0'); // the mask of a client that has nothing to hide
    return sendAll(socket.descriptor, frame.append(payload));
}
