// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/yaml_json.h"

#include <QJsonArray>
#include <QJsonObject>

#include <yaml-cpp/yaml.h>

#include <cmath>

using namespace Qt::StringLiterals;

namespace yaml {
namespace {

constexpr int deepest = 100;
constexpr qsizetype mostValues = 1'000'000;

[[noreturn]] void fail(const YAML::Mark &mark, const std::string &what)
{
    throw Error(mark.is_null() ? what
                               : "line " + std::to_string(mark.line + 1) + ", column " + std::to_string(mark.column + 1)
                        + ": " + what);
}

QJsonValue scalar(const YAML::Node &node)
{
    const QString text = QString::fromStdString(node.Scalar());
    if (node.Tag() == "!") // quoted
        return text;
    if (text.isEmpty() || text == "~"_L1 || text == "null"_L1 || text == "Null"_L1 || text == "NULL"_L1)
        return QJsonValue(QJsonValue::Null);
    if (text == "true"_L1 || text == "True"_L1 || text == "TRUE"_L1)
        return true;
    if (text == "false"_L1 || text == "False"_L1 || text == "FALSE"_L1)
        return false;
    bool isNumber = false;
    if (const qint64 whole = text.toLongLong(&isNumber); isNumber)
        return whole;
    if (const double number = text.toDouble(&isNumber); isNumber && std::isfinite(number) && !text.endsWith(u'.'))
        return number;
    return text;
}

QJsonValue valueOf(const YAML::Node &node, int depth, qsizetype &values)
{
    if (depth > deepest)
        fail(node.Mark(), "is nested too deeply");
    if (++values > mostValues)
        fail(node.Mark(), "the file unfolds into too many values");
    switch (node.Type()) {
    case YAML::NodeType::Scalar:
        return scalar(node);
    case YAML::NodeType::Sequence: {
        QJsonArray array;
        for (const YAML::Node &item : node)
            array.append(valueOf(item, depth + 1, values));
        return array;
    }
    case YAML::NodeType::Map: {
        QJsonObject object;
        for (const auto &member : node) {
            if (!member.first.IsScalar())
                fail(member.first.Mark(), "names must be texts");
            const QString name = QString::fromStdString(member.first.Scalar());
            if (object.contains(name))
                fail(member.first.Mark(), "“" + member.first.Scalar() + "” stands twice");
            object.insert(name, valueOf(member.second, depth + 1, values));
        }
        return object;
    }
    case YAML::NodeType::Null:
    case YAML::NodeType::Undefined:
        break;
    }
    return QJsonValue(QJsonValue::Null);
}

} // namespace

QJsonValue toJson(const QByteArray &text)
try {
    qsizetype values = 0;
    return valueOf(YAML::Load(text.toStdString()), 0, values);
} catch (const YAML::Exception &error) {
    fail(error.mark, error.msg);
}

} // namespace yaml
