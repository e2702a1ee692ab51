// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_alias_dialog.h"

#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "shared/usage/price_endpoints.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QCompleter>
#include <QLineEdit>

using namespace Qt::StringLiterals;

PriceAliasDialog::PriceAliasDialog(ApiClient &api, const QString &name, const QStringList &models, QWidget *parent)
    : Dialog(tr("Add a name"), Length::DialogMedium, parent),
      m_api(api),
      m_name(new TextField(tr("Name"))),
      m_free(new QCheckBox(tr("Free of charge: it runs on a server of one's own"))),
      m_target(new TextField(tr("Priced as"))),
      m_note(new TextField(tr("Note"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_name->edit()->setMaxLength(200);
    m_name->setPlaceholder(u"my-azure-deployment"_s);
    m_name->setHelp(tr("As it is called: ollama/llama3, or a model's name alone, whoever provides it."));
    m_name->setText(name);
    m_target->edit()->setMaxLength(200);
    m_target->setPlaceholder(u"openai/gpt-5-mini"_s);
    m_target->setHelp(tr("A model of the price book."));
    auto *completer = new QCompleter(models, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_target->edit()->setCompleter(completer);
    m_note->edit()->setMaxLength(500);
    m_note->setNote(tr("may stay empty"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    for (QWidget *part :
         {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_free), static_cast<QWidget *>(m_target),
          static_cast<QWidget *>(m_note), static_cast<QWidget *>(m_problem)})
        body()->addWidget(part);
    addCancel();
    m_save = addMain(tr("Add name"));
    for (TextField *field : {m_name, m_target, m_note})
        connect(field->edit(), &QLineEdit::textChanged, this, &PriceAliasDialog::typed);
    connect(m_free, &QCheckBox::toggled, this, [this](bool free) {
        m_target->setVisible(!free);
        typed();
        fitContent();
    });
    typed();
    (name.isEmpty() ? m_name : m_target)->edit()->setFocus();
}

void PriceAliasDialog::typed()
{
    m_save->setEnabled(!m_sending && !m_name->text().trimmed().isEmpty()
                       && (m_free->isChecked() || !m_target->text().trimmed().isEmpty()));
    m_problem->hide();
}

void PriceAliasDialog::accept()
{
    if (m_sending || !m_save->isEnabled())
        return;
    m_sending = true;
    m_save->setEnabled(false);
    NewPriceAlias alias;
    alias.name = m_name->text().trimmed();
    if (!m_free->isChecked())
        alias.target = m_target->text().trimmed();
    alias.note = m_note->text().trimmed();
    m_api.call(endpoints::prices::createAlias, alias, this,
               [this](const Result<PriceAlias> &reply) { answered(reply); });
}

void PriceAliasDialog::answered(const Result<PriceAlias> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    if (!showProblems(reply.error().errors, {{u"/name"_s, m_name}, {u"/target"_s, m_target}, {u"/note"_s, m_note}})) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
