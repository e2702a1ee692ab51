// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/second_factor_dialog.h"

#include "client/security/qr_code.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/auth/endpoints.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace {

// In groups of four, as apps ask for it.
QString inGroups(const QString &secret)
{
    QStringList groups;
    for (qsizetype from = 0; from < secret.size(); from += 4)
        groups.append(secret.mid(from, 4));
    return groups.join(u' ');
}

} // namespace

SecondFactorDialog::SecondFactorDialog(ApiClient &api, const SecondFactorOffer &offer, QWidget *parent)
    : SecretDialog(
        tr("Set up a second factor"),
        tr("Scan this with an authenticator app, such as Aegis, Google Authenticator or 1Password. From then "
           "on it shows a new code every 30 seconds."),
        parent)
{
    auto *code = new QrCode(offer.uri, tr("QR code for the authenticator app; the same stands below as text"));
    auto *secret = new Label(inGroups(offer.secret), TextStyle::Mono);
    secret->setSelectable();
    secret->setWordWrap(true);
    secret->setAccessibleName(tr("Secret for the authenticator app"));
    body()->addLayout(layout::row({layout::stretch(), code, layout::stretch()}));
    body()->addWidget(new Label(tr("Or type this into the app:"), TextStyle::Small, ColorRole::Text2));
    body()->addWidget(secret);
    TextField *field = addCode(u"/code"_s, tr("The code that the app shows now"));
    field->setPlaceholder(u"123 456"_s);
    setAction(tr("Turn on"), ButtonVariant::Primary, [this, &api, field] {
        api.call(endpoints::secondFactor::confirm, {field->text().remove(u' ')}, this,
                 [this](const Result<RecoveryCodes> &reply) {
                     if (reply)
                         Q_EMIT confirmed(reply->recoveryCodes);
                     answered(reply);
                 });
    });
}
