// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/database/transaction.h"
#include "shared/templates/label.h"

// SQL of labels and their history, in a transaction of the tenant.
namespace LabelStore {

// Where a label stands, and the change that put it there.
struct Standing
{
    int version = 0;
    QUuid changeId;
    std::optional<QUuid> backId; // the change to whose version a rollback leads
    qint64 revision = 1;

    static constexpr auto fields()
    {
        using T = Standing;
        return std::tuple{Field{"version", &T::version}, Field{"changeId", &T::changeId}, Field{"backId", &T::backId},
                          Field{"revision", &T::revision}};
    }
};
std::optional<Standing> standing(Transaction &tx, const QUuid &templateId, const QString &label);

// An entry of the history that a label once stood at.
struct Step
{
    int version = 0;
    std::optional<QUuid> backId;

    static constexpr auto fields()
    {
        return std::tuple{Field{"version", &Step::version}, Field{"backId", &Step::backId}};
    }
};
Step step(Transaction &tx, const QUuid &changeId);

void insertChange(Transaction &tx, const QUuid &templateId, const QString &label, const LabelChange &change,
                  const std::optional<QUuid> &backId);
void put(Transaction &tx, const QUuid &templateId, const QString &label, int version, const QUuid &changeId);
void remove(Transaction &tx, const QUuid &templateId, const QString &label);
int count(Transaction &tx, const QUuid &templateId);

std::optional<TemplateLabel> find(Transaction &tx, const QUuid &templateId, const QString &label);
QList<TemplateLabel> list(Transaction &tx, const QUuid &templateId, int limit, const std::optional<QString> &after);
QList<LabelChange> history(Transaction &tx, const QUuid &templateId, const QString &label, int limit,
                           const std::optional<QUuid> &before);

} // namespace LabelStore
