// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price_book.h"

#include <QWidget>

class Banner;
class Button;
class DetailPane;
class Facts;
class IconButton;
class Label;

// One row of the price book beside the table: what it says, where that comes from, and what the model cost at other
// times.
class PricePane : public QWidget
{
    Q_OBJECT

public:
    explicit PricePane(QWidget *parent = nullptr);

    // `history`: all rows of the model, the latest first.
    void show(const PriceRow &row, const QList<PriceRow> &history);
    void setAllowed(bool mayChange);
    QUuid priceId() const { return m_row ? m_row->id : QUuid(); }

Q_SIGNALS:
    void closed();
    void addRequested();
    void verifyRequested();
    void withdrawRequested();
    void sourceRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void renew();

    DetailPane *m_pane;
    Button *m_add;
    Button *m_verify;
    IconButton *m_open;
    IconButton *m_withdraw;
    Banner *m_banner;
    Facts *m_prices;
    Facts *m_tiers;
    Facts *m_origin;
    Facts *m_history;
    Label *m_tiersTitle;
    Label *m_originTitle;
    Label *m_historyTitle;
    std::optional<PriceRow> m_row;
    QList<PriceRow> m_rows;
    bool m_mayChange = false;
};
