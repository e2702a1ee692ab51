// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/usage/price.h"

#include <QWidget>

class FormField;
class TextField;

// What a million tokens of each kind cost, typed in dollars. An empty field is no price of its own.
class PriceForm : public QWidget
{
    Q_OBJECT

public:
    explicit PriceForm(const QString &pointer, QWidget *parent = nullptr); // "/prices", where a server names problems

    void setPrices(const TokenPrices &prices);
    TokenPrices prices() const;
    bool isValid() const; // one at least, and each a price
    QList<std::pair<QString, FormField *>> places() const;

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        QString pointer;
        std::optional<qint64> TokenPrices::*kind;
        TextField *field;
    };
    void showWrong();

    QList<Row> m_rows;
};
