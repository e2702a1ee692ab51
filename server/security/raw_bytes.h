// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

// As libsodium wants to read bytes.
inline const unsigned char *raw(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }
