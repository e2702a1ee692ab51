// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class Label;
class QListWidget;
class QListWidgetItem;
class SearchField;

// Which models a key may call: any, all of a provider ("openai/*"), or single ones. A list to tick, with a field that
// finds; arrows move, Space ticks.
class ModelChoice : public QWidget
{
    Q_OBJECT

public:
    explicit ModelChoice(QWidget *parent = nullptr);

    void setOffered(const QStringList &models); // "provider/model"; what is chosen stays, also what is not offered
    void setChosen(const QStringList &models);
    QStringList chosen() const; // empty: any

Q_SIGNALS:
    void edited(); // by the person

private:
    void fill();
    void ticked(QListWidgetItem *item);
    void find(const QString &text);
    void renew();

    SearchField *m_search;
    QListWidget *m_list;
    Label *m_summary;
    QStringList m_offered;
    QStringList m_chosen;
    bool m_filling = false;
};
