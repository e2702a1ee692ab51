// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/key_secret_dialog.h"

#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto onClipboard = 60s;

// However it got there: by the button, or chosen and copied by hand.
void clearFromClipboardLater(const QString &secret)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (clipboard->text() != secret)
        return;
    QTimer::singleShot(onClipboard, clipboard, [clipboard, secret] {
        if (clipboard->text() == secret)
            clipboard->clear();
    });
}

} // namespace

KeySecretDialog::KeySecretDialog(const MadeGatewayKey &made, bool isRotated, QWidget *parent)
    : Dialog(isRotated ? tr("New secret of “%1”").arg(made.key.name) : tr("The key “%1” is made").arg(made.key.name),
             Length::DialogMedium, parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *warning = new Banner;
    warning->show(
        Tone::Warning, u"triangle-alert"_s,
        tr("Copy it now: it is not shown again, and nobody can read it later, not even the server's operator."));
    auto *text = new CodeBox(tr("Secret"));
    text->setText(made.secret);
    auto *where = new Label(tr("Keep it where the program finds it, a secret store or an environment variable, and out "
                               "of source code, tickets and chats. Whoever has it calls models in the name of %1.")
                                .arg(made.key.ownerName),
                            TextStyle::Body, ColorRole::Text2);
    where->setWordWrap(true);
    auto *copy = new Button(tr("Copy secret"), u"copy"_s);
    auto *note = new Label(tr("It leaves the clipboard after a minute."), TextStyle::Small, ColorRole::Text3);
    connect(copy, &QPushButton::clicked, this, [copy, secret = made.secret] {
        QGuiApplication::clipboard()->setText(secret);
        copy->setText(tr("Copied"));
    });
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this,
            [secret = made.secret] { clearFromClipboardLater(secret); });
    body()->addWidget(warning);
    body()->addWidget(text);
    body()->addLayout(layout::row({copy, note, layout::stretch()}, Length::Space10));
    body()->addWidget(where);
    if (isRotated) {
        const QString before = made.key.formerUntil
            ? tr("The secret before is good until %1.").arg(amounts::dayAndTime(*made.key.formerUntil))
            : tr("The secret before is no longer good.");
        auto *overlap = new Label(before, TextStyle::Body, ColorRole::Text2);
        overlap->setWordWrap(true);
        body()->addWidget(overlap);
    }
    addMain(tr("I have stored it"));
    copy->setFocus();
}
