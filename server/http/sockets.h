// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QString>

#include <functional>

// What the edge needs from the operating system's sockets beyond Qt. The differences between systems are in
// sockets.cpp.
namespace http::sockets {

struct Peer
{
    QHostAddress address;
    quint16 port = 0;
};

// True where several listeners may share a port and the kernel spreads connections over them (Linux).
bool canShareListeners();
// A listening socket (backlog 4096, or what the system allows); -1: *error says why. Its port goes to *port.
qintptr listenOn(const QHostAddress &address, quint16 *port, QString *error);

Peer peerOf(qintptr descriptor);
void sendAndClose(qintptr descriptor, const QByteArray &answer); // does not wait
void closeDescriptor(qintptr descriptor);

// A listening socket ignores new handshakes from now on (clients ask again a second later, and are then refused or
// reach another listener), while those under way still reach its queue. Linux; elsewhere nothing happens.
void refuseNewHandshakes(qintptr listener);
void acceptAll(qintptr listener, const std::function<void(qintptr)> &accepted);

// Raises the soft limit of open files to the hard one. Returns the limit; 0: unknown.
qint64 raiseDescriptorLimit();

} // namespace http::sockets
