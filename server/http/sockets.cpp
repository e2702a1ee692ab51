// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/sockets.h"

#include <cerrno>
#include <cstring>

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <linux/filter.h>
#include <netinet/tcp.h>
#endif

using namespace Qt::StringLiterals;

namespace http::sockets {
namespace {

constexpr int backlog = 4096;

#ifdef Q_OS_WIN
using Descriptor = SOCKET;
using Length = int;
constexpr int sendFlags = 0;
void close(Descriptor descriptor) { ::closesocket(descriptor); }
QString lastError() { return u"Windows error %1"_s.arg(::WSAGetLastError()); }
#else
using Descriptor = int;
using Length = socklen_t;
#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
constexpr int sendFlags = MSG_DONTWAIT;
#endif
void close(Descriptor descriptor) { ::close(descriptor); }
QString lastError() { return QString::fromLocal8Bit(std::strerror(errno)); }
#endif

struct Name
{
    sockaddr_storage storage{};
    Length size = sizeof storage;

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

Name nameOf(const QHostAddress &address, quint16 port)
{
    Name name;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *v4 = reinterpret_cast<sockaddr_in *>(&name.storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(address.toIPv4Address());
        name.size = sizeof *v4;
    } else {
        auto *v6 = reinterpret_cast<sockaddr_in6 *>(&name.storage);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
        name.size = sizeof *v6;
    }
    return name;
}

quint16 portOf(const Name &name)
{
    return name.storage.ss_family == AF_INET ? ntohs(reinterpret_cast<const sockaddr_in *>(&name.storage)->sin_port)
                                             : ntohs(reinterpret_cast<const sockaddr_in6 *>(&name.storage)->sin6_port);
}

void set(Descriptor descriptor, int level, int option, int value)
{
    ::setsockopt(descriptor, level, option, reinterpret_cast<const char *>(&value), sizeof value);
}

} // namespace

bool canShareListeners()
{
#ifdef Q_OS_LINUX
    return true;
#else
    return false;
#endif
}

qintptr listenOn(const QHostAddress &address, quint16 *port, QString *error)
{
    const bool any = address == QHostAddress(QHostAddress::Any);
    Name name = nameOf(any ? QHostAddress(QHostAddress::AnyIPv6) : address, *port);
    Descriptor descriptor = ::socket(name.storage.ss_family, SOCK_STREAM, 0);
    if (any && qintptr(descriptor) == -1) { // no IPv6 on this machine
        name = nameOf(QHostAddress(QHostAddress::AnyIPv4), *port);
        descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    }
    if (qintptr(descriptor) == -1) {
        *error = u"Cannot make a socket: %1"_s.arg(lastError());
        return -1;
    }
#ifndef Q_OS_WIN
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
#endif
#ifdef Q_OS_LINUX
    set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
#endif
    if (name.storage.ss_family == AF_INET6)
        set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, any ? 0 : 1);
    if (::bind(descriptor, name.get(), name.size) != 0 || ::listen(descriptor, backlog) != 0) {
        *error = u"Cannot listen on %1 port %2: %3. Is another program using it?"_s.arg(address.toString())
                     .arg(*port)
                     .arg(lastError());
        close(descriptor);
        return -1;
    }
    Name bound;
    ::getsockname(descriptor, bound.get(), &bound.size);
    *port = portOf(bound);
    return qintptr(descriptor);
}

Peer peerOf(qintptr descriptor)
{
    Name name;
    if (::getpeername(Descriptor(descriptor), name.get(), &name.size) != 0)
        return {};
    QHostAddress address(name.get());
    bool mapped = false;
    if (const quint32 v4 = address.toIPv4Address(&mapped); mapped)
        address = QHostAddress(v4);
    return {address, portOf(name)};
}

void sendAndClose(qintptr descriptor, const QByteArray &answer)
{
    if (!answer.isEmpty())
        static_cast<void>(::send(Descriptor(descriptor), answer.constData(), std::size_t(answer.size()), sendFlags));
    close(Descriptor(descriptor));
}

void closeDescriptor(qintptr descriptor) { close(Descriptor(descriptor)); }

void refuseNewHandshakes([[maybe_unused]] qintptr listener)
{
#ifdef Q_OS_LINUX
    // Classic BPF over the TCP header: drop what has SYN and not ACK (byte 13), take the rest.
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),          BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 0, 1), BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
    };
    const sock_fprog filter{.len = sizeof program / sizeof *program, .filter = program};
    ::setsockopt(int(listener), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
#endif
}

void acceptAll(qintptr listener, const std::function<void(qintptr)> &accepted)
{
    if (listener == -1)
        return;
    for (;;) {
        const Descriptor descriptor = ::accept(Descriptor(listener), nullptr, nullptr);
        if (qintptr(descriptor) == -1)
            return;
#ifndef Q_OS_WIN
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
#endif
        accepted(qintptr(descriptor));
    }
}

qint64 raiseDescriptorLimit()
{
#ifdef Q_OS_WIN
    return 0;
#else
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? qint64(limit.rlim_cur) : 0;
#endif
}

} // namespace http::sockets
