// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/transport.h"

#include "server/http/qt_transport.h"
#ifdef Q_OS_UNIX
#include "server/http/unix_transport.h"
#endif

namespace http {

std::unique_ptr<Transport> makeTransport(qintptr descriptor, const QSslConfiguration *tls)
{
#ifdef Q_OS_UNIX
    if (!tls)
        return std::make_unique<UnixTransport>(int(descriptor));
#endif
    return std::make_unique<QtTransport>(descriptor, tls);
}

} // namespace http
