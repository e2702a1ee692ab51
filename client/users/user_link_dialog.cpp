// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/user_link_dialog.h"

#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

UserLinkDialog::UserLinkDialog(const OneTimeLink &link, const QString &personName, const QDateTime &expiresAt,
                               QWidget *parent)
    : Dialog(link.kind == OneTimeLink::Kind::Invitation ? tr("Invitation for %1").arg(personName)
                                                        : tr("Password reset for %1").arg(personName),
             Length::DialogMedium, parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *about =
        new Label(tr("Pass this link on yourself: the server sends no mail. It is good once, until %1, and is "
                     "not shown again. They open it with Patio, or paste it where one signs in.")
                      .arg(QLocale().toString(expiresAt.toLocalTime(), QLocale::ShortFormat)),
                  TextStyle::Body, ColorRole::Text2);
    about->setWordWrap(true);
    auto *text = new CodeBox(tr("One-time link"));
    text->setText(link.print());
    auto *copy = new Button(tr("Copy link"), u"copy"_s);
    connect(copy, &QPushButton::clicked, this, [copy, link] {
        QGuiApplication::clipboard()->setText(link.print());
        copy->setText(tr("Copied"));
    });
    body()->addWidget(about);
    body()->addWidget(text);
    body()->addLayout(layout::row({copy, layout::stretch()}));
    addMain(tr("I have passed it on"));
    copy->setFocus();
}
