// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/json.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <optional>

class FormField;
class QGridLayout;

// One field for each variable that a schema describes, two beside each other; names of nested ones are dotted. What
// cannot be a field of its own (lists, free objects) is edited as JSON. Without a schema there is one text, `input`.
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
    int size() const { return int(m_entries.size()); }

Q_SIGNALS:
    void valuesChanged();

private:
    struct Entry
    {
        QStringList path;
        QJsonObject schema;
        FormField *field = nullptr;
        std::function<QJsonValue()> read; // undefined: left empty; a null object member: not readable
        std::function<void(const QJsonValue &)> write;
        std::function<bool()> readable; // false: not a number, not JSON
        bool isWide = false;
    };

    void rebuild();
    void collect(const QJsonObject &document, const QJsonObject &schema, const QStringList &path);
    Entry makeEntry(const QStringList &path, const QJsonObject &schema);
    void place();
    void changeEvent(QEvent *event) override;

    QGridLayout *m_grid;
    QList<Entry> m_entries;
    std::optional<QJsonObject> m_schema;
    bool m_setting = false;
};
