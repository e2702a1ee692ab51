// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/credentials/credential_dialog.h"

#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/credentials/endpoints.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 40;
constexpr int longestKey = 512;
constexpr int longestAddress = 300;

} // namespace

// What can be connected: the providers by their names, or a server of one's own that speaks like one of them.
struct CredentialDialog::Choice
{
    ProviderKind kind;
    bool isOwn;
    const char *address; // of the provider, shown where none is given

    static const QList<Choice> &all()
    {
        static const QList<Choice> choices{{ProviderKind::OpenAi, false, "https://api.openai.com/v1"},
                                           {ProviderKind::Anthropic, false, "https://api.anthropic.com"},
                                           {ProviderKind::Google, false, "https://generativelanguage.googleapis.com"},
                                           {ProviderKind::OpenAi, true, "https://models.example.com/v1"},
                                           {ProviderKind::Anthropic, true, "https://models.example.com"},
                                           {ProviderKind::Google, true, "https://models.example.com"}};
        return choices;
    }
};

CredentialDialog::CredentialDialog(ApiClient &api, const std::optional<Credential> &before, QWidget *parent)
    : Dialog(before ? tr("Replace the key of “%1”").arg(before->provider) : tr("Add a provider key"),
             Length::DialogMedium, parent),
      m_api(api),
      m_before(before),
      m_provider(new Select(tr("Provider"))),
      m_providerField(new FormField(tr("Provider"), m_provider)),
      m_name(new TextField(tr("Name"))),
      m_key(new TextField(before ? tr("New key") : tr("Key"))),
      m_address(new TextField(tr("Address"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_provider->setChoices({{0, u"OpenAI"_s},
                            {1, u"Anthropic"_s},
                            {2, u"Google"_s},
                            {3, tr("Own server that speaks OpenAI's format (vLLM, Ollama, …)")},
                            {4, tr("Own server that speaks Anthropic's format")},
                            {5, tr("Own server that speaks Google's format")}});
    m_provider->setValue(0);
    m_name->edit()->setMaxLength(longestName);
    m_name->setPlaceholder(u"vllm"_s);
    m_name->setHelp(tr("What stands before the slash in a model's name: vllm/llama-3."));
    m_key->edit()->setMaxLength(longestKey);
    m_key->setSecret();
    m_key->setHelp(tr("Sealed on the server. Nobody can read it again, you neither."));
    m_address->edit()->setMaxLength(longestAddress);
    m_problem->setWordWrap(true);
    m_problem->hide();
    for (QWidget *part :
         {static_cast<QWidget *>(m_providerField), static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_key),
          static_cast<QWidget *>(m_address), static_cast<QWidget *>(m_problem)})
        body()->addWidget(part);
    m_providerField->setVisible(!before);
    if (before)
        m_address->setText(before->baseUrl.value_or(QString()));
    addCancel();
    m_save = addMain(before ? tr("Replace key") : tr("Add key"));

    connect(m_provider, &Select::valueChosen, this, &CredentialDialog::chosen);
    for (TextField *field : {m_name, m_key, m_address})
        connect(field->edit(), &QLineEdit::textChanged, this, &CredentialDialog::typed);
    chosen();
    (before ? static_cast<QWidget *>(m_key->edit()) : m_provider)->setFocus();
}

const CredentialDialog::Choice &CredentialDialog::choice() const
{
    if (!m_before)
        return Choice::all().at(m_provider->value().toInt());
    const bool isOwn = m_before->provider != json::name(m_before->kind);
    const auto found = std::find_if(Choice::all().begin(), Choice::all().end(), [&](const Choice &one) {
        return one.kind == m_before->kind && one.isOwn == isOwn;
    });
    return *found;
}

void CredentialDialog::chosen()
{
    const Choice &now = choice();
    m_name->setVisible(now.isOwn && !m_before);
    m_address->setPlaceholder(QString::fromLatin1(now.address));
    m_address->setHelp(now.isOwn ? tr("Where the server is reached, with https. The key is sent there.")
                                 : tr("Leave it empty for the provider's own."));
    m_key->setNote(now.isOwn ? tr("may stay empty") : QString());
    typed();
    fitContent();
}

void CredentialDialog::typed()
{
    const Choice &now = choice();
    const bool hasName = m_before || !now.isOwn || !m_name->text().trimmed().isEmpty();
    const bool leads = !now.isOwn || !m_address->text().trimmed().isEmpty();
    const bool hasKey = now.isOwn || !m_key->text().trimmed().isEmpty();
    m_save->setEnabled(!m_sending && hasName && leads && hasKey);
    m_problem->hide();
}

void CredentialDialog::accept()
{
    if (!m_sending && m_save->isEnabled())
        send();
}

void CredentialDialog::send()
{
    m_sending = true;
    m_save->setEnabled(false);
    const auto given = [](const TextField *field) {
        const QString text = field->text().trimmed();
        return text.isEmpty() ? std::nullopt : std::optional(text);
    };
    const auto done = [this](const Result<Credential> &reply) { answered(reply); };
    if (m_before) {
        CredentialChange change{.key = given(m_key), .baseUrl = {}};
        if (const QString address = m_address->text().trimmed(); address != m_before->baseUrl.value_or(QString()))
            change.baseUrl = address;
        m_api.call(endpoints::credentials::update.at(m_before->id), change, this, done,
                   {.revision = m_before->revision});
        return;
    }
    const Choice &now = choice();
    const QString provider = now.isOwn ? m_name->text().trimmed() : QString(json::name(now.kind));
    m_api.call(endpoints::credentials::create, {provider, now.kind, given(m_key), given(m_address)}, this, done);
}

void CredentialDialog::answered(const Result<Credential> &reply)
{
    m_sending = false;
    if (reply) {
        m_key->edit()->clear();
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (!showProblems(reply.error().errors,
                      {{u"/provider"_s, m_name},
                       {u"/provider"_s, m_providerField},
                       {u"/kind"_s, m_providerField},
                       {u"/key"_s, m_key},
                       {u"/baseUrl"_s, m_address}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
