// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

// A connection to this machine; -1: refused. Thousands come from several addresses, because the ports of one are few.
inline int connectTo(std::uint16_t port, int number)
{
    constexpr int perAddress = 5000;
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + std::uint32_t(number / perAddress));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(port);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (::bind(descriptor, reinterpret_cast<sockaddr *>(&from), sizeof from) == 0
        && ::connect(descriptor, reinterpret_cast<sockaddr *>(&to), sizeof to) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

// Of short texts, which the kernel takes whole.
inline bool sendAll(int descriptor, std::string_view bytes)
{
    return ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL) == ssize_t(bytes.size());
}
