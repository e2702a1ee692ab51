// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/users/profile_section.h"

#include "client/session/workspace.h"
#include "client/widgets/button.h"
#include "client/widgets/card.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/auth/endpoints.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>
#include <QTimeZone>

using namespace Qt::StringLiterals;

ProfileSection::ProfileSection(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_who(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_name(new TextField({})),
      m_zone(new Select({})),
      m_zoneField(new FormField({}, m_zone)),
      m_save(new Button({}, u"save"_s))
{
    m_name->edit()->setMaxLength(120);
    m_who->setElided(true);
    auto *card = new Card;
    card->body()->addWidget(m_name);
    card->body()->addWidget(m_zoneField);
    card->body()->addLayout(layout::row({layout::wide(m_who), m_save}, Length::Space16));
    setLayout(layout::column({m_title, card}, Length::Space10));
    connect(m_name->edit(), &QLineEdit::textEdited, this, &ProfileSection::renewSave);
    connect(m_zone, &Select::valueChosen, this, &ProfileSection::renewSave);
    connect(m_save, &QPushButton::clicked, this, &ProfileSection::save);
    retranslate();
    renew();
}

void ProfileSection::renew()
{
    const Profile &profile = m_workspace.session().profile();
    m_name->setText(profile.displayName);
    m_zone->setValue(profile.timeZone);
    m_who->setText(tr("%1 · %2", "an e-mail address and a tenant").arg(profile.email, profile.tenantName));
    renewSave();
}

void ProfileSection::renewSave()
{
    const Profile &profile = m_workspace.session().profile();
    const QString name = m_name->text().trimmed();
    m_save->setEnabled(!name.isEmpty()
                       && (name != profile.displayName || m_zone->value().toString() != profile.timeZone));
}

void ProfileSection::save()
{
    const Profile &profile = m_workspace.session().profile();
    ProfileChange change;
    if (const QString name = m_name->text().trimmed(); name != profile.displayName)
        change.displayName = name;
    if (const QString zone = m_zone->value().toString(); zone != profile.timeZone)
        change.timeZone = zone;
    m_save->setEnabled(false);
    m_workspace.api().call(
        endpoints::auth::updateMe, change, this,
        [this](const Result<Profile> &reply) {
            renewSave();
            if (reply) {
                m_workspace.session().reload();
                Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("Your profile was changed")});
                return;
            }
            if (!showProblems(reply.error().errors, {{u"/displayName"_s, m_name}, {u"/timeZone"_s, m_zoneField}}))
                Q_EMIT toastRequested({.tone = Tone::Danger,
                                       .title = tr("Your profile could not be changed"),
                                       .text = reply.error().detail,
                                       .details = QString::fromUtf8(json::print(reply.error()))});
            if (reply.error().status == 412)
                m_workspace.session().reload();
        },
        {.revision = profile.revision});
}

void ProfileSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ProfileSection::retranslate()
{
    m_title->setText(tr("You"));
    m_name->setLabel(tr("Your name"));
    m_zoneField->setLabel(tr("Time zone"));
    m_zone->setAccessibleName(tr("Time zone"));
    m_save->setText(tr("Save profile"));
    QList<std::pair<QVariant, QString>> zones{{QString(), tr("Like the computer")}};
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
        zones.append({QString::fromLatin1(id), QString::fromLatin1(id)});
    m_zone->setChoices(zones);
}
