// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

#include <optional>

class Label;
class QGridLayout;
class VariableField;

// One field for each variable that a schema describes, two beside each other; names of nested ones are dotted. Without
// a schema there is one text, `input`.
class VariablesForm : public QWidget
{
    Q_OBJECT

public:
    explicit VariablesForm(QWidget *parent = nullptr);

    // Values stay where the names do.
    void setSchema(const std::optional<QJsonObject> &schema);
    void setValues(const QJsonObject &values);
    QJsonObject values() const;

    // Shows what is wrong at its field. False when the values may not be used.
    bool check();
    void focusFirstProblem();

Q_SIGNALS:
    void valuesChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Entry
    {
        QStringList path;
        QJsonObject schema;
        bool isRequired = false; // within its object
        VariableField *field = nullptr;
    };

    void rebuild();
    void collect(const QJsonObject &document, const QJsonObject &schema, const QStringList &path);
    void add(const QStringList &path, const QJsonObject &schema, bool isRequired);
    void place();

    QGridLayout *m_grid;
    Label *m_none;
    QList<Entry> m_entries;
    std::optional<QJsonObject> m_schema;
    bool m_setting = false;
};
