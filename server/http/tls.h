// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/server.h"

#include <QSslConfiguration>

#include <optional>

namespace http {

// Reads the PEM files of a TLS server. Nothing: *error names the file and what is wrong with it.
std::optional<QSslConfiguration> loadTls(const TlsFiles &files, QString *error);

} // namespace http
