// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/price_form.h"

#include "client/prices/price_looks.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

PriceForm::PriceForm(const QString &pointer, QWidget *parent)
    : QWidget(parent),
      m_rows{{pointer + u"/input"_s, &TokenPrices::input, new TextField(tr("Input"))},
             {pointer + u"/output"_s, &TokenPrices::output, new TextField(tr("Output"))},
             {pointer + u"/cachedInput"_s, &TokenPrices::cachedInput, new TextField(tr("Cached input"))},
             {pointer + u"/cacheWrite5m"_s, &TokenPrices::cacheWrite, new TextField(tr("Cache write, 5 min"))},
             {pointer + u"/cacheWrite1h"_s, &TokenPrices::cacheWriteHour, new TextField(tr("Cache write, 1 h"))}}
{
    for (const Row &row : std::as_const(m_rows)) {
        row.field->edit()->setMaxLength(16);
        connect(row.field->edit(), &QLineEdit::textEdited, this, [this] {
            showWrong();
            Q_EMIT edited();
        });
    }
    const auto wide = [this](int row) { return layout::wide(m_rows[row].field); };
    setLayout(layout::column(
        {layout::row({wide(0), wide(1)}, Length::Space12), layout::row({wide(2), wide(3), wide(4)}, Length::Space12)},
        Length::Space12));
}

void PriceForm::setPrices(const TokenPrices &prices)
{
    for (const Row &row : std::as_const(m_rows))
        row.field->setText(typedPrice(prices.*row.kind));
}

TokenPrices PriceForm::prices() const
{
    TokenPrices prices;
    for (const Row &row : m_rows)
        prices.*row.kind = microDollarsOf(row.field->text());
    return prices;
}

bool PriceForm::isValid() const
{
    bool hasOne = false;
    for (const Row &row : m_rows) {
        const QString text = row.field->text().trimmed();
        if (!text.isEmpty() && !microDollarsOf(text))
            return false;
        hasOne = hasOne || !text.isEmpty();
    }
    return hasOne;
}

void PriceForm::showWrong()
{
    for (const Row &row : std::as_const(m_rows)) {
        const QString text = row.field->text().trimmed();
        row.field->setError(text.isEmpty() || microDollarsOf(text) ? QString() : tr("Such as 2.50"));
    }
}

QList<std::pair<QString, FormField *>> PriceForm::places() const
{
    QList<std::pair<QString, FormField *>> places;
    for (const Row &row : m_rows)
        places.append({row.pointer, row.field});
    return places;
}
