// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_dialog.h"

#include "client/prices/price_form.h"
#include "client/prices/price_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/usage/price_endpoints.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

std::optional<qint64> tokensOf(const QString &text)
{
    bool isNumber = false;
    qint64 number = QLocale().toLongLong(text.trimmed(), &isNumber);
    if (!isNumber)
        number = text.trimmed().toLongLong(&isNumber);
    return isNumber && number > 0 ? std::optional(number) : std::nullopt;
}

} // namespace

PriceDialog::PriceDialog(ApiClient &api, const Start &start, QWidget *parent)
    : Dialog(tr("Add a price"), Length::DialogMedium, parent),
      m_api(api),
      m_provider(new TextField(tr("Provider"))),
      m_model(new TextField(tr("Model"))),
      m_from(new TextField(tr("Valid from (UTC)"))),
      m_prices(new PriceForm(u"/prices"_s)),
      m_hasTier(new QCheckBox(tr("Other prices for long requests"))),
      m_threshold(new TextField(tr("From so many input tokens on"))),
      m_tierPrices(new PriceForm(u"/tiers/0/prices"_s)),
      m_tier(layout::box(layout::column({m_threshold, m_tierPrices}, Length::Space12))),
      m_source(new TextField(tr("Source"))),
      m_note(new TextField(tr("Note"))),
      m_verified(new QCheckBox(tr("I have compared it with the provider's own list"))),
      m_correctsPast(new QCheckBox(tr("Correct the past: costs that were computed stay as they are"))),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    build(start);
    for (TextField *field : {m_provider, m_model, m_from, m_threshold, m_source, m_note})
        connect(field->edit(), &QLineEdit::textChanged, this, &PriceDialog::typed);
    for (PriceForm *form : {m_prices, m_tierPrices})
        connect(form, &PriceForm::edited, this, &PriceDialog::typed);
    connect(m_correctsPast, &QCheckBox::toggled, this, &PriceDialog::typed);
    connect(m_hasTier, &QCheckBox::toggled, this, &PriceDialog::typed);
    typed();
    (start.model.isEmpty() ? m_provider : m_from)->edit()->setFocus();
}

void PriceDialog::build(const Start &start)
{
    m_provider->edit()->setMaxLength(40);
    m_provider->setPlaceholder(u"openai"_s);
    m_provider->setText(start.provider);
    m_model->edit()->setMaxLength(160);
    m_model->setPlaceholder(u"gpt-5-mini"_s);
    m_model->setText(start.model);
    m_from->setPlaceholder(u"2026-12-01 00:00"_s);
    m_from->setHelp(tr("Leave it empty to let it count from now on."));
    m_prices->setPrices(start.prices);
    m_source->edit()->setMaxLength(500);
    m_source->setPlaceholder(u"https://"_s);
    m_source->setText(start.source);
    m_note->edit()->setMaxLength(500);
    m_note->setNote(tr("may stay empty"));
    if (!start.tiers.isEmpty()) {
        m_hasTier->setChecked(true);
        m_threshold->setText(QLocale().toString(start.tiers.first().fromInputTokens));
        m_tierPrices->setPrices(start.tiers.first().prices);
        m_moreTiers = start.tiers.mid(1);
    }
    auto *unit =
        new Label(tr("US dollars for a million tokens. A kind without a price costs what input costs; 0 is free."),
                  TextStyle::Small, ColorRole::Text2);
    unit->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addLayout(
        layout::row({layout::wide(m_provider), layout::wide(m_model, 2), layout::wide(m_from, 2)}, Length::Space12));
    for (QWidget *part : {static_cast<QWidget *>(m_correctsPast), static_cast<QWidget *>(m_prices),
                          static_cast<QWidget *>(unit), static_cast<QWidget *>(m_hasTier), m_tier})
        body()->addWidget(part);
    body()->addLayout(layout::row({layout::wide(m_source), layout::wide(m_note)}, Length::Space12));
    body()->addWidget(m_verified);
    body()->addWidget(m_problem);
    addCancel();
    m_save = addMain(tr("Add price"));
}

std::optional<NewPrice> PriceDialog::input() const
{
    NewPrice price;
    price.provider = m_provider->text().trimmed();
    price.model = m_model->text().trimmed();
    price.prices = m_prices->prices();
    price.source = m_source->text().trimmed();
    price.note = m_note->text().trimmed();
    price.verified = m_verified->isChecked();
    if (const QString from = m_from->text().trimmed(); !from.isEmpty()) {
        price.validFrom = momentOf(from);
        if (!price.validFrom)
            return std::nullopt;
        price.correctsPast = *price.validFrom < QDateTime::currentDateTimeUtc() && m_correctsPast->isChecked();
    }
    if (m_hasTier->isChecked()) {
        const auto threshold = tokensOf(m_threshold->text());
        if (!threshold || !m_tierPrices->isValid())
            return std::nullopt;
        price.tiers = QList<PriceTier>{{*threshold, m_tierPrices->prices()}} + m_moreTiers;
    }
    const bool isWhole =
        !price.provider.isEmpty() && !price.model.isEmpty() && !price.source.isEmpty() && m_prices->isValid();
    return isWhole ? std::optional(price) : std::nullopt;
}

void PriceDialog::typed()
{
    const QString from = m_from->text().trimmed();
    const auto moment = momentOf(from);
    m_from->setError(from.isEmpty() || moment ? QString() : tr("Such as 2026-12-01 00:00"));
    const bool isPast = moment && *moment < QDateTime::currentDateTimeUtc();
    const bool changesHeight = isPast != m_correctsPast->isVisibleTo(this)
        || m_hasTier->isChecked() != m_tier->isVisibleTo(this) || m_problem->isVisibleTo(this);
    m_correctsPast->setVisible(isPast);
    m_tier->setVisible(m_hasTier->isChecked());
    m_problem->hide();
    m_save->setEnabled(!m_sending && input() && (!isPast || m_correctsPast->isChecked()));
    if (changesHeight)
        fitContent();
}

void PriceDialog::accept()
{
    const auto price = input();
    if (m_sending || !m_save->isEnabled() || !price)
        return;
    m_sending = true;
    m_save->setEnabled(false);
    m_api.call(endpoints::prices::create, *price, this, [this](const Result<PriceAdded> &reply) { answered(reply); });
}

void PriceDialog::answered(const Result<PriceAdded> &reply)
{
    m_sending = false;
    if (reply) {
        Q_EMIT saved(*reply);
        return Dialog::accept();
    }
    typed();
    QList<std::pair<QString, FormField *>> places{
        {u"/provider"_s, m_provider}, {u"/model"_s, m_model}, {u"/validFrom"_s, m_from},
        {u"/source"_s, m_source},     {u"/note"_s, m_note},   {u"/tiers/0/fromInputTokens"_s, m_threshold}};
    if (!showProblems(reply.error().errors, places + m_prices->places() + m_tierPrices->places())) {
        m_problem->setText(reply.error().detail);
        m_problem->show();
    }
    fitContent();
}
