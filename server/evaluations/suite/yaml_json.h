// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>

#include <stdexcept>

// A text of YAML 1.2 as JSON, so that everything behind it reads one form. JSON is YAML as well. Scalars are what
// YAML's core schema says; tags and merge keys are not followed, anchors are.
namespace yaml {

// what() says the line and column.
class Error : public std::runtime_error
{
public:
    using runtime_error::runtime_error;
};

// Throws Error also for texts that unfold into more than a million values.
QJsonValue toJson(const QByteArray &text);

} // namespace yaml
