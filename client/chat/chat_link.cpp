// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/chat/chat_link.h"

#include "client/widgets/dialog.h"
#include "client/widgets/label.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestShown = 300; // characters of an address in a question or tooltip

QString shortened(const QString &link) { return link.size() > longestShown ? link.left(longestShown) + u'…' : link; }

} // namespace

QString chatLink::host(const QString &link)
{
    const QUrl url(link, QUrl::StrictMode);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    // In the letters that are sent: a host that only looks like another one is seen for what it is.
    return isWeb ? QString::fromLatin1(QUrl::toAce(url.host())) : QString();
}

QString chatLink::shown(const QString &link)
{
    const QString name = host(link);
    return name.isEmpty() ? shortened(link) : name + u"\n"_s + shortened(link);
}

void chatLink::open(const QString &link, QWidget *parent)
{
    const QUrl url(link, QUrl::StrictMode);
    if (!host(link).isEmpty()) {
        QDesktopServices::openUrl(url);
        return;
    }
    const bool isAddress = url.isValid() && !url.isRelative() && url.scheme() != "javascript"_L1
        && url.scheme() != "data"_L1 && url.scheme() != "vbscript"_L1;
    if (!isAddress) {
        auto *refusal = new Dialog(QObject::tr("This link is not opened"), Length::DialogMedium, parent);
        refusal->setAttribute(Qt::WA_DeleteOnClose);
        auto *text = new Label(QObject::tr("It is no address of a page: %1").arg(shortened(link)));
        text->setWordWrap(true);
        refusal->body()->addWidget(text);
        refusal->addCancel(QObject::tr("Close"));
        refusal->open();
        return;
    }
    auto *question = Dialog::question(
        QObject::tr("Open this link?"),
        QObject::tr("It leads to no web page. Another program of this computer will get: %1").arg(shortened(link)),
        QObject::tr("Open link"), parent);
    QObject::connect(question, &QDialog::accepted, parent, [url] { QDesktopServices::openUrl(url); });
    question->open();
}
