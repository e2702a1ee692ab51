// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/one_time_link_dialog.h"

#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/auth/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shortestPassword = 12;

} // namespace

OneTimeLinkDialog::OneTimeLinkDialog(const std::optional<OneTimeLink> &link, QWidget *parent)
    : Dialog(tr("Choose your password"), Length::DialogSmall, parent),
      m_link(link),
      m_text(new TextField(tr("Link"))),
      m_about(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_email(new TextField(tr("E-mail"))),
      m_name(new TextField(tr("Your name"))),
      m_password(new TextField(tr("New password"))),
      m_again(new TextField(tr("New password once more"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setPlaceholder(u"patio://invitation?…"_s);
    m_text->setHelp(tr("Whoever invited you or looks after your account gave it to you. It is good once."));
    m_text->setVisible(!link);
    m_about->setWordWrap(true);
    m_email->edit()->setMaxLength(254);
    m_name->edit()->setMaxLength(120);
    m_password->setHelp(tr("12 characters or more."));
    for (TextField *field : {m_password, m_again}) {
        field->edit()->setMaxLength(1024);
        field->setSecret();
    }
    m_problem->setWordWrap(true);
    for (QWidget *part :
         {static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_about), static_cast<QWidget *>(m_email),
          static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_again),
          static_cast<QWidget *>(m_problem)})
        body()->addWidget(part);
    addCancel();
    m_save = addMain(tr("Continue"));
    connect(m_text->edit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        m_link = OneTimeLink::parse(text);
        typed();
        m_text->setError(text.isEmpty() || m_link ? QString() : tr("This is no such link. It begins with patio://"));
        fitContent();
    });
    for (TextField *field : {m_email, m_name, m_password, m_again})
        connect(field->edit(), &QLineEdit::textChanged, this, &OneTimeLinkDialog::typed);
    typed();
    TextField *first = !link                          ? m_text
        : link->kind == OneTimeLink::Kind::Setup      ? m_email
        : link->kind == OneTimeLink::Kind::Invitation ? m_name
                                                      : m_password;
    first->edit()->setFocus();
}

void OneTimeLinkDialog::typed()
{
    using Kind = OneTimeLink::Kind;
    const bool asksName = m_link && m_link->kind != Kind::PasswordReset;
    const bool asksEmail = m_link && m_link->kind == Kind::Setup;
    m_about->setVisible(m_link.has_value());
    m_email->setVisible(asksEmail);
    m_name->setVisible(asksName);
    m_password->setVisible(m_link.has_value());
    m_again->setVisible(m_link.has_value());
    m_problem->hide();
    if (m_link) {
        const QString host = m_link->server.host();
        m_about->setText(m_link->kind == Kind::Setup ? tr("You become the first operator of %1.").arg(host)
                             : m_link->kind == Kind::Invitation
                             ? tr("You are invited to %1 on %2.", "a tenant and a server").arg(m_link->tenant, host)
                             : tr("You choose another password for %1 on %2. You are "
                                  "signed out everywhere.",
                                  "an e-mail address and a server")
                                   .arg(m_link->email, host));
    }
    const QString password = m_password->text(), again = m_again->text();
    m_again->setError(again.isEmpty() || password.startsWith(again) ? QString() : tr("This is not the same."));
    m_save->setEnabled(m_link && !m_sending && password.size() >= shortestPassword && again == password
                       && (!asksName || !m_name->text().trimmed().isEmpty())
                       && (!asksEmail || m_email->text().contains(u'@')));
}

void OneTimeLinkDialog::accept()
{
    if (m_save->isEnabled())
        send(OneTimeLink(*m_link));
}

void OneTimeLinkDialog::send(const OneTimeLink &link)
{
    m_sending = true;
    m_save->setEnabled(false);
    m_api.setServer(link.server);
    const QString name = m_name->text().trimmed(), password = m_password->text();
    const auto done = [this, link](const auto &reply) { answered(link, reply); };
    switch (link.kind) {
    case OneTimeLink::Kind::Invitation:
        m_api.call(endpoints::auth::acceptInvitation,
                   {link.token, name, password, tr("Patio on %1").arg(QSysInfo::machineHostName()).left(120)}, this,
                   done);
        return;
    case OneTimeLink::Kind::PasswordReset:
        m_api.call(endpoints::auth::resetPassword, {link.token, password}, this, done);
        return;
    case OneTimeLink::Kind::Setup:
        m_api.call(endpoints::auth::firstOperator, {link.token, m_email->text().trimmed(), name, password}, this, done);
        return;
    }
}

template<class Reply> void OneTimeLinkDialog::answered(const OneTimeLink &link, const Result<Reply> &reply)
{
    m_sending = false;
    if (!reply)
        return refused(reply.error());
    Account account{.server = link.server.toString(), .tenant = link.tenant, .email = link.email};
    std::optional<SignedIn> signedIn;
    if constexpr (std::is_same_v<Reply, SignedIn>) {
        signedIn = *reply;
        account.tenant = reply->profile.tenantSlug;
        account.email = reply->profile.email;
        account.displayName = reply->profile.displayName;
        account.tenantName = reply->profile.tenantName;
        account.lastUsedAt = QDateTime::currentDateTimeUtc();
    } else if (link.kind == OneTimeLink::Kind::Setup) {
        account.tenant = u"platform"_s;
        account.email = m_email->text().trimmed();
    }
    Q_EMIT taken(account, m_password->text(), signedIn);
    Dialog::accept();
}

void OneTimeLinkDialog::refused(const ApiError &error)
{
    typed();
    if (!showProblems(error.errors,
                      {{u"/email"_s, m_email}, {u"/displayName"_s, m_name}, {u"/password"_s, m_password}})) {
        m_problem->setText(error.detail);
        m_problem->show();
    }
    fitContent();
}
