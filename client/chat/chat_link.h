// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

// Links in messages, which anybody may have written.
namespace chatLink {

QString host(const QString &link); // empty: it leads to no web page
QString shown(const QString &link); // the host, then the whole address
// A web page is opened; anything else only after a question that shows all of it; what the system would run or what is
// no address at all is never opened.
void open(const QString &link, QWidget *parent);

} // namespace chatLink
