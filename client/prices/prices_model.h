// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/table_model.h"
#include "shared/usage/price_import.h"
#include "shared/usage/rerating.h"

// The rows of the price book as a table.
class PricesModel : public TableModel<PriceRow>
{
    Q_OBJECT

public:
    explicit PricesModel(QObject *parent = nullptr);
    void retranslate();
};

// Names that are priced as another model.
class PriceAliasesModel : public TableModel<PriceAlias>
{
    Q_OBJECT

public:
    explicit PriceAliasesModel(QObject *parent = nullptr);
    void retranslate();
};

struct PriceImportRow
{
    int id; // its line
    PriceImportLine line;
};

// What the rows of an import are to the book.
class PriceImportModel : public TableModel<PriceImportRow>
{
    Q_OBJECT

public:
    explicit PriceImportModel(QObject *parent = nullptr);
};

struct ReratedRow
{
    QString id; // provider/model
    ReratedModel sums;
};

// What the calls of each model would cost.
class ReratedRowsModel : public TableModel<ReratedRow>
{
    Q_OBJECT

public:
    explicit ReratedRowsModel(QObject *parent = nullptr);
};

QString shownDifference(qint64 nanos); // "+$0.0120", with its sign
