// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

// What a list of sessions shows for a program that did not name its device itself: "Firefox on Linux", from the header
// User-Agent (RFC 9110, section 10.1.5). Only for people: anybody can send anything.
QString deviceName(QByteArrayView userAgent);
