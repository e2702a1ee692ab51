// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/form_field.h"

#include <QJsonObject>
#include <QJsonValue>

// The field of one variable, in the form that suits its schema: a choice, a line, a text, or JSON.
class VariableField : public FormField
{
    Q_OBJECT

public:
    // `name` is dotted for members of objects.
    static VariableField *make(const QString &name, const QJsonObject &schema);

    virtual QJsonValue value() const = 0; // undefined: left empty. What cannot be read comes as text.
    virtual void setValue(const QJsonValue &value) = 0;
    virtual bool isReadable() const { return true; } // false: not a number, not JSON
    virtual bool isWide() const { return false; } // takes a row of its own

Q_SIGNALS:
    void edited();

protected:
    using FormField::FormField;
};
