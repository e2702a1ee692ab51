// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What is said on a socket after its handshake, and the text in the server's answer after which the next is said.
struct Saying
{
    std::string text;
    std::string until;
};

// A message on its way is known by a mark in its text: "@", ten digits for its number, ":", twenty for the moment at
// which it was to be sent, "@".
struct Mark
{
    static constexpr std::size_t size = 33;
    std::uint32_t number = 0;
    std::int64_t sentAt = 0; // nanoseconds

    std::string text() const;
    static bool find(std::string_view text, Mark &mark);
};

std::int64_t nanoseconds(); // of a clock that all of this program shares

// Many clients of a WebSocket server. They read all that comes and count the marks in it.
class Receivers
{
public:
    // Each number that arrived and how long it took, in nanoseconds.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        virtual void arrived(std::uint32_t number, std::int64_t took) = 0;
    };

    Receivers(int epoll, std::uint16_t port, std::string path, std::vector<std::vector<Saying>> sayings);
    ~Receivers();

    // Opens so many and has each say what it has to, some at a time; false: some were refused.
    bool open(std::size_t count);
    std::size_t count() const { return m_sockets.size(); }
    std::size_t lost() const { return m_lost; } // that the server has closed
    void setListener(Listener *listener) { m_listener = listener; }
    void readable(std::size_t index);

private:
    enum class State { Handshake, Saying, Ready, Lost };
    struct Socket
    {
        int descriptor = -1;
        State state = State::Handshake;
        std::size_t step = 0; // of what it says
        std::string held; // of an incomplete frame
    };

    bool connect(std::size_t index);
    void lose(Socket &socket);
    std::size_t take(Socket &socket, std::size_t index, std::string_view bytes);
    void frame(Socket &socket, std::size_t index, int opcode, std::string_view payload);
    void sayNext(Socket &socket, std::size_t index);
    static bool say(const Socket &socket, int opcode, std::string_view payload);

    const int m_epoll;
    const std::uint16_t m_port;
    const std::string m_path;
    const std::vector<std::vector<Saying>> m_sayings; // those of the socket i are at i modulo their number
    std::vector<Socket> m_sockets;
    std::vector<char> m_scratch;
    std::size_t m_ready = 0;
    std::size_t m_lost = 0;
    Listener *m_listener = nullptr;
};
