// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/key_dialog.h"

#include "client/gateway/expiry_choice.h"
#include "client/gateway/model_choice.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/gateway/endpoints.h"
#include "shared/users/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestKeyName = 120;

} // namespace

KeyDialog::KeyDialog(ApiClient &api, const std::optional<GatewayKey> &before, const Choices &choices, QWidget *parent)
    : Dialog(before ? tr("Change the key “%1”").arg(before->name) : tr("New gateway key"), Length::DialogMedium,
             parent),
      m_api(api),
      m_before(before),
      m_name(new TextField(tr("Name"))),
      m_owner(new Select(tr("Owner"))),
      m_ownerField(new FormField(tr("Owner"), m_owner)),
      m_models(new ModelChoice),
      m_modelsField(new FormField(tr("Models"), m_models)),
      m_expiry(new ExpiryChoice(!before, before ? before->expiresAt : std::nullopt)),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build(choices);
    connect(m_name->edit(), &QLineEdit::textChanged, this, &KeyDialog::typed);
    connect(m_models, &ModelChoice::edited, this, &KeyDialog::typed);
    connect(m_expiry, &ExpiryChoice::edited, this, &KeyDialog::typed);
    connect(m_expiry, &ExpiryChoice::resized, this, [this] { fitContent(); });
    connect(m_owner, &Select::valueChosen, this, &KeyDialog::typed);
    if (!before && choices.mayListPeople)
        loadPeople({});
    typed();
    m_name->edit()->setFocus();
}

void KeyDialog::build(const Choices &choices)
{
    m_name->edit()->setMaxLength(longestKeyName);
    m_name->setPlaceholder(tr("Web shop, production"));
    m_name->setHelp(tr("Which program has it, and where it runs."));
    m_ownerField->setHelp(tr("Its calls are made in this name, with no more than this person's rights."));
    m_people = {{choices.oneself, tr("%1 (you)").arg(choices.ownName)}};
    m_owner->setChoices(m_people);
    m_owner->setValue(choices.oneself);
    m_ownerField->setVisible(!m_before);
    m_models->setOffered(choices.models);
    m_problem->setWordWrap(true);
    m_problem->hide();
    if (m_before) {
        m_name->setText(m_before->name);
        m_models->setChosen(m_before->models);
    }
    for (QWidget *part :
         {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_ownerField), static_cast<QWidget *>(m_modelsField),
          static_cast<QWidget *>(m_expiry), static_cast<QWidget *>(m_problem)})
        body()->addWidget(part);
    addCancel();
    m_save = addMain(m_before ? tr("Save key") : tr("Make key"));
}

void KeyDialog::loadPeople(const std::optional<QString> &cursor)
{
    UserFilter everybody;
    everybody.limit = 200;
    everybody.cursor = cursor;
    m_api.call(endpoints::users::list, everybody, this, [this](const Result<Page<User>> &reply) {
        if (!reply)
            return; // there is still oneself
        for (const User &user : reply->items)
            if (user.id != m_people.first().first.toUuid() && user.status == UserStatus::Active)
                m_people.append({user.id, u"%1 · %2"_s.arg(user.displayName, user.email)});
        m_owner->setChoices(m_people);
        if (reply->nextCursor)
            loadPeople(reply->nextCursor);
    });
}

void KeyDialog::typed()
{
    m_save->setEnabled(!m_sending && !m_name->text().trimmed().isEmpty() && m_expiry->isValid());
    m_problem->hide();
}

void KeyDialog::accept()
{
    if (!m_sending && m_save->isEnabled())
        send();
}

void KeyDialog::send()
{
    m_sending = true;
    m_save->setEnabled(false);
    const QString name = m_name->text().trimmed();
    const QStringList models = m_models->chosen();
    if (!m_before) {
        NewGatewayKey input;
        input.name = name;
        input.ownerId = m_owner->value().toUuid();
        if (!models.isEmpty())
            input.models = models;
        input.expiresAt = m_expiry->value();
        m_api.call(endpoints::gatewayKeys::create, input, this,
                   [this](const Result<MadeGatewayKey> &reply) { answered(reply); });
        return;
    }
    GatewayKeyChange change; // what stays absent stays as it is
    if (name != m_before->name)
        change.name = name;
    if (models != QStringList(m_before->models))
        change.models = models;
    if (!m_expiry->isKept()) {
        change.expiresAt = m_expiry->value();
        if (!change.expiresAt)
            change.neverExpires = true;
    }
    m_api.call(endpoints::gatewayKeys::update.at(m_before->id), change, this,
               [this](const Result<GatewayKey> &reply) { answered(reply); }, {.revision = m_before->revision});
}

template<class Reply> void KeyDialog::answered(const Result<Reply> &reply)
{
    m_sending = false;
    if (reply) {
        Dialog::accept();
        if constexpr (std::is_same_v<Reply, MadeGatewayKey>)
            Q_EMIT made(*reply);
        else
            Q_EMIT saved(*reply);
        return;
    }
    typed();
    if (!showProblems(reply.error().errors,
                      {{u"/name"_s, m_name},
                       {u"/ownerId"_s, m_ownerField},
                       {u"/models"_s, m_modelsField},
                       {u"/expiresAt"_s, m_expiry->field()}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
