// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/call_query.h"
#include "client/gateway/calls_model.h"
#include "client/widgets/filter_bar.h"

class QMenu;

// The conditions of a query for calls as chips of a filter bar: what may be added, edited where it stands, taken from a
// row.
class CallFilters : public QObject
{
    Q_OBJECT

public:
    CallFilters(FilterBar *bar, const CallsModel &model, QObject *parent);

    // What may be chosen beside what is in the list.
    void setModels(const QStringList &models) { m_models = models; }
    void setKeys(const QMap<QString, QUuid> &keys) { m_keys = keys; }
    void setPeople(const QMap<QString, QUuid> &people) { m_people = people; }

    void show(const CallQuery &query); // silently; also after a change of language
    CallQuery read() const;
    QList<FilterBar::Condition> sameAs(const GatewayCallRow &call) const; // by which other calls can be found

Q_SIGNALS:
    void changed();

private:
    struct Field
    {
        QString id;
        QString title;
        QList<FilterBar::Condition> choices;
    };

    QList<Field> fields() const;
    FilterBar::Condition within(int hours) const;
    FilterBar::Condition model(const QString &name) const;
    FilterBar::Condition status(const QString &name) const;
    FilterBar::Condition key(const QUuid &id, const QString &name) const;
    FilterBar::Condition person(const QUuid &id, const QString &name) const;
    void offer(QMenu *menu, const Field &field) const;
    void offerAll();
    void edit(const QString &id, const QPoint &at);

    FilterBar *m_bar;
    const CallsModel &m_model;
    QStringList m_models;
    QMap<QString, QUuid> m_keys;
    QMap<QString, QUuid> m_people;
};
