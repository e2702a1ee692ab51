// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/starters.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace {

struct Starters
{
    Q_DECLARE_TR_FUNCTIONS(Starters)
};

struct Variable
{
    QString name;
    QString description;
    QJsonArray choices = {};
};

QJsonObject schemaOf(const QList<Variable> &variables)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Variable &variable : variables) {
        QJsonObject property{{u"type"_s, u"string"_s}, {u"description"_s, variable.description}};
        if (!variable.choices.isEmpty())
            property.insert(u"enum"_s, variable.choices);
        properties.insert(variable.name, property);
        required.append(variable.name);
    }
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, required},
            {u"additionalProperties"_s, false}};
}

NewTemplateVersion content(const QString &system, const QString &user, const std::optional<QJsonObject> &schema)
{
    NewTemplateVersion result;
    result.systemPrompt = system;
    result.userPrompt = user;
    result.variablesSchema = schema;
    return result;
}

} // namespace

QList<Starter> starters()
{
    return {
        {Starters::tr("One question"), content({}, u"{{input}}"_s, {})},
        {Starters::tr("Summary"),
         content(u"You summarise texts for busy readers. Keep names, numbers and dates exact."_s,
                 u"Summarise the text below in {{sentences}} sentences for {{reader}}.\n\n{{text}}"_s,
                 schemaOf({{u"text"_s, u"What to summarise"_s},
                           {u"sentences"_s, u"How many"_s},
                           {u"reader"_s, u"For whom"_s}}))},
        {Starters::tr("Answer to a customer"),
         content(
             u"You answer customers of an online shop. Be {{tone}} and brief, and promise nothing that the policy does not."_s,
             u"Policy:\n{{policy}}\n\nMessage of {{customer}}:\n{{message}}\n\nWrite the answer."_s,
             schemaOf({{u"customer"_s, u"Name of the customer"_s},
                       {u"message"_s, u"What the customer wrote"_s},
                       {u"policy"_s, u"What applies"_s},
                       {u"tone"_s, u"How it should sound"_s, {u"warm"_s, u"neutral"_s, u"formal"_s}}}))},
        {Starters::tr("Classification"),
         content(u"You sort messages. Answer with the label alone."_s, u"Labels: {{labels}}\n\nMessage:\n{{message}}"_s,
                 schemaOf({{u"labels"_s, u"Apart by commas"_s}, {u"message"_s, u"What to sort"_s}}))},
    };
}
