// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/local_store.h"
#include "client/jobs/job_filter.h"
#include "client/widgets/dialog.h"

class TextField;

struct SavedView
{
    QString name;
    JobView view;
    bool isStarter = false; // comes with Patio and stays

    bool operator==(const SavedView &) const = default;
};

// Views of the jobs by name: a starter set, and those that a person has kept. Kept for each account on this machine.
class SavedViews
{
public:
    explicit SavedViews(LocalStore &store) : m_store(store) { }

    QList<SavedView> all() const; // the starter set first, in the person's language
    QList<SavedView> own() const;
    void save(const QString &name, const JobView &view); // in place of one of the same name
    void remove(const QString &name);

private:
    void store(const QList<SavedView> &views);

    LocalStore &m_store;
};

// What a view is to be called.
class SaveViewDialog : public Dialog
{
    Q_OBJECT

public:
    SaveViewDialog(const QString &proposal, const QStringList &taken, QWidget *parent);
    QString name() const;

private:
    TextField *m_name;
};
