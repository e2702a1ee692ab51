// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/security_section.h"

#include "client/security/recovery_codes_dialog.h"
#include "client/security/second_factor_dialog.h"
#include "client/security/session_rows.h"
#include "client/session/workspace.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/card.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/auth/endpoints.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

SecuritySection::SecuritySection(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_demanded(new Banner),
      m_factorTitle(new Label({}, TextStyle::BodyStrong)),
      m_factorText(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_setUp(new Button),
      m_renewCodes(new Button),
      m_turnOff(new Button),
      m_passwordTitle(new Label({}, TextStyle::BodyStrong)),
      m_passwordText(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_changePassword(new Button),
      m_sessionsTitle(new Label({}, TextStyle::Emphasis)),
      m_sessions(new SessionRows(workspace.api()))
{
    m_factorText->setWordWrap(true);
    m_passwordText->setWordWrap(true);
    auto *ways = new Card, *places = new Card;
    ways->body()->addLayout(layout::row(
        {layout::wide(layout::column({m_factorTitle, m_factorText}, Length::Space2)), m_renewCodes, m_turnOff, m_setUp},
        Length::Space8));
    ways->body()->addWidget(layout::line());
    ways->body()->addLayout(
        layout::row({layout::wide(layout::column({m_passwordTitle, m_passwordText}, Length::Space2)), m_changePassword},
                    Length::Space24));
    places->body()->addWidget(m_sessions);
    setLayout(layout::column({m_title, m_demanded, ways, layout::gap(Length::Space12), m_sessionsTitle, places},
                             Length::Space10));
    for (Button *button : {m_setUp, m_renewCodes, m_turnOff})
        button->hide();

    connect(m_setUp, &QPushButton::clicked, this, &SecuritySection::askForPassword);
    connect(m_renewCodes, &QPushButton::clicked, this, &SecuritySection::renewCodes);
    connect(m_turnOff, &QPushButton::clicked, this, &SecuritySection::turnOff);
    connect(m_changePassword, &QPushButton::clicked, this, &SecuritySection::changePassword);
    connect(m_sessions, &SessionRows::failed, this, &SecuritySection::failed);
    connect(m_sessions, &SessionRows::ended, this, [this](const QString &device) {
        device.isEmpty() ? done(tr("The other sessions have ended")) : done(tr("The session has ended"), device);
    });
    retranslate();
}

void SecuritySection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void SecuritySection::retranslate()
{
    m_title->setText(tr("Security"));
    m_factorTitle->setText(tr("Second factor"));
    m_setUp->setText(tr("Set up…"));
    m_renewCodes->setText(tr("New recovery codes…"));
    m_turnOff->setText(tr("Turn off…"));
    m_passwordTitle->setText(tr("Password"));
    m_passwordText->setText(tr("Changing it ends your other sessions."));
    m_changePassword->setText(tr("Change password…"));
    m_sessionsTitle->setText(tr("Where you are signed in"));
    m_sessions->retranslate();
    showFactor();
}

void SecuritySection::load()
{
    m_workspace.api().call(endpoints::secondFactor::show, {}, this, [this](const Result<SecondFactor> &reply) {
        if (!reply)
            return failed(reply.error());
        m_factor = *reply;
        showFactor();
    });
    m_sessions->load();
}

void SecuritySection::showFactor()
{
    const bool isOn = m_factor && m_factor->enabled;
    m_setUp->setVisible(m_factor && !isOn);
    m_renewCodes->setVisible(isOn);
    m_turnOff->setVisible(isOn);
    if (!m_factor)
        m_factorText->setText(tr("Not known while the server cannot be reached."));
    else if (!isOn)
        m_factorText->setText(tr("Off. Your password alone lets you in."));
    else
        m_factorText->setText(tr("On since %1. %n recovery codes are left.", nullptr, m_factor->recoveryCodesLeft)
                                  .arg(amounts::moment(m_factor->enabledAt.value_or(QDateTime()))));
    if (m_factor && m_factor->required && !isOn)
        m_demanded->show(Tone::Warning, u"triangle-alert"_s,
                         tr("Your tenant demands a second factor. Set it up to go on."));
    else
        m_demanded->hide();
}

void SecuritySection::askForPassword()
{
    auto *dialog = new SecretDialog(tr("Set up a second factor"),
                                    tr("First confirm that it is you. You need an authenticator app at hand."), this);
    TextField *password = dialog->addPassword(u"/password"_s, tr("Your password"));
    dialog->setAction(tr("Continue"), ButtonVariant::Primary, [this, dialog, password] {
        m_workspace.api().call(endpoints::secondFactor::begin, {password->text()}, dialog,
                               [this, dialog](const Result<SecondFactorOffer> &reply) {
                                   dialog->answered(reply);
                                   if (reply)
                                       offerCode(*reply);
                               });
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SecuritySection::offerCode(const SecondFactorOffer &offer)
{
    auto *dialog = new SecondFactorDialog(m_workspace.api(), offer, this);
    connect(dialog, &SecondFactorDialog::confirmed, this, [this](const QStringList &codes) {
        factorChanged(tr("The second factor is on"));
        showCodes(codes);
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SecuritySection::showCodes(const QStringList &codes)
{
    auto *dialog = new RecoveryCodesDialog(codes, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SecuritySection::renewCodes()
{
    auto *dialog = new SecretDialog(
        tr("Make new recovery codes"),
        tr("Those that are left are no longer good afterwards. Confirm with your password and a code."), this);
    TextField *password = dialog->addPassword(u"/password"_s, tr("Your password"));
    TextField *code = dialog->addCode(u"/code"_s, tr("Code of the app, or a recovery code"));
    dialog->setAction(tr("Make new codes"), ButtonVariant::Primary, [this, dialog, password, code] {
        m_workspace.api().call(endpoints::secondFactor::renewCodes, {password->text(), code->text().trimmed()}, dialog,
                               [this, dialog](const Result<RecoveryCodes> &reply) {
                                   dialog->answered(reply);
                                   if (!reply)
                                       return;
                                   factorChanged(tr("The old recovery codes are no longer good"));
                                   showCodes(reply->recoveryCodes);
                               });
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SecuritySection::turnOff()
{
    auto *dialog = new SecretDialog(
        tr("Turn off the second factor"),
        tr("Your password alone lets you in afterwards. Confirm with your password and a code."), this);
    TextField *password = dialog->addPassword(u"/password"_s, tr("Your password"));
    TextField *code = dialog->addCode(u"/code"_s, tr("Code of the app, or a recovery code"));
    dialog->setAction(tr("Turn off"), ButtonVariant::Danger, [this, dialog, password, code] {
        m_workspace.api().call(endpoints::secondFactor::remove, {password->text(), code->text().trimmed()}, dialog,
                               [this, dialog](const Result<Nothing> &reply) {
                                   dialog->answered(reply);
                                   if (reply)
                                       factorChanged(tr("The second factor is off"));
                               });
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SecuritySection::changePassword()
{
    auto *dialog = new SecretDialog(tr("Change your password"), tr("Your other sessions end. This one goes on."), this);
    TextField *present = dialog->addPassword(u"/password"_s, tr("Present password"));
    TextField *wanted = dialog->addPassword(u"/newPassword"_s, tr("New password"));
    wanted->setHelp(tr("12 characters or more."));
    dialog->setAction(tr("Change password"), ButtonVariant::Primary, [this, dialog, present, wanted] {
        m_workspace.api().call(endpoints::auth::changePassword, {present->text(), wanted->text()}, dialog,
                               [this, dialog](const Result<Nothing> &reply) {
                                   dialog->answered(reply);
                                   if (!reply)
                                       return;
                                   done(tr("The password is changed"));
                                   m_sessions->load();
                               });
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

// What this person may do may have changed with it.
void SecuritySection::factorChanged(const QString &toast)
{
    done(toast);
    m_workspace.session().renew();
    load();
}

void SecuritySection::done(const QString &title, const QString &text)
{
    Q_EMIT toastRequested({.tone = Tone::Success, .title = title, .text = text});
}

void SecuritySection::failed(const ApiError &error)
{
    Q_EMIT toastRequested({.tone = Tone::Danger,
                           .title = tr("That did not work"),
                           .text = error.detail,
                           .details = error.requestId.value_or(QString())});
}
