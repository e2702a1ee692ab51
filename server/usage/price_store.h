// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/usage/price_import.h"

// SQL of the price book, in a platform transaction.
namespace PriceStore {

struct Position // at the end of a page
{
    QString provider;
    QString model;
    QDateTime validFrom;
};

QList<ModelPrice> all(Transaction &tx);
QList<ModelPrice> allAsOf(Transaction &tx, const QDateTime &moment); // those that had come into the book by then
QList<PriceRow> list(Transaction &tx, const PriceFilter &filter, const std::optional<Position> &after, int limit);
std::optional<PriceRow> find(Transaction &tx, const QUuid &id);
// The rows that begin when one of these does, of the same models, however their names are written.
QList<PriceRow> atSameMoments(Transaction &tx, const QList<ModelPrice> &prices);
bool knows(Transaction &tx, const QString &provider, const QString &model); // whether there is any row of it
std::optional<QUuid> insert(Transaction &tx, const ModelPrice &price); // nothing: there is one from that moment on
void update(Transaction &tx, const QUuid &id, const PriceChange &change);
bool remove(Transaction &tx, const QUuid &id); // false: it is in force, or gone
// Adds the rows that are not there; those that are stay as they are, because an operator may have verified them. Gives
// how many.
qint64 addMissing(Transaction &tx, const QList<ModelPrice> &prices);

QList<PriceAlias> aliases(Transaction &tx);
QList<PriceAlias> aliasesAsOf(Transaction &tx, const QDateTime &moment);
QList<PriceAlias> listAliases(Transaction &tx, const std::optional<QString> &afterName, int limit);
std::optional<PriceAlias> findAlias(Transaction &tx, const QUuid &id);
std::optional<QUuid> insertAlias(Transaction &tx, const NewPriceAlias &alias); // nothing: there is one of that name
bool removeAlias(Transaction &tx, const QUuid &id);

} // namespace PriceStore
