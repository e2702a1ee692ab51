// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/usage/price_book.h"

class Label;
class PriceForm;
class QCheckBox;
class TextField;

// Adds a row to the price book: what a model costs from a moment on. Begins with what is known of the model.
class PriceDialog : public Dialog
{
    Q_OBJECT

public:
    struct Start
    {
        QString provider;
        QString model;
        TokenPrices prices;
        QList<PriceTier> tiers;
        QString source;
    };
    PriceDialog(ApiClient &api, const Start &start, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const PriceAdded &added);

private:
    void build(const Start &start);
    void typed();
    std::optional<NewPrice> input() const; // nothing where something is missing or wrong
    void answered(const Result<PriceAdded> &reply);

    ApiClient &m_api;
    TextField *m_provider;
    TextField *m_model;
    TextField *m_from;
    PriceForm *m_prices;
    QCheckBox *m_hasTier;
    TextField *m_threshold;
    PriceForm *m_tierPrices;
    QWidget *m_tier;
    QList<PriceTier> m_moreTiers; // that the dialog does not show: kept as they are
    TextField *m_source;
    TextField *m_note;
    QCheckBox *m_verified;
    QCheckBox *m_correctsPast;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
