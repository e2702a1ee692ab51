// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/audit/audit_model.h"
#include "client/audit/audit_view.h"
#include "client/widgets/filter_bar.h"

// The conditions of a view of the audit log as chips of a filter bar: what may be added, edited where it stands, taken
// from a row.
class AuditFilters : public QObject
{
    Q_OBJECT

public:
    AuditFilters(FilterBar *bar, const AuditModel &model, QObject *parent);

    void show(const AuditView &view); // silently; also after a change of language
    AuditView read(AuditView::Tab tab) const;
    QList<FilterBar::Condition> sameAs(const AuditEntry &entry) const; // by which other entries can be found

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
    FilterBar::Condition who(const QUuid &id, const QString &name) const;
    FilterBar::Condition kind(const QString &type) const;
    FilterBar::Condition subject(const QString &id, const QString &label) const;
    FilterBar::Condition action(const QString &name) const;
    FilterBar::Condition within(int hours) const;
    void offer(class QMenu *menu, const Field &field);
    void offerAll();
    void edit(const QString &id, const QPoint &at);

    FilterBar *m_bar;
    const AuditModel &m_model;
};
