// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/evaluations/suite/suite_file.h"

#include "server/evaluations/suite/yaml_json.h"
#include "shared/evaluations/case_table.h"
#include "shared/evaluations/scoring.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace {

template<class T> T read(const QJsonValue &json, const QString &pointer, QList<json::Problem> &problems)
{
    T value{};
    QList<json::Problem> found;
    json::read(json, json::Path{&found, json::UnknownMembers::Reject}, value);
    for (const json::Problem &one : std::as_const(found))
        problems.append({pointer + one.pointer, one.message});
    return value;
}

void check(Suite &suite, QList<json::Problem> &problems)
{
    if (suite.dataset.isObject()) {
        suite.ownDataset = read<SuiteDataset>(suite.dataset, u"/dataset"_s, problems);
        problems += evaluations::problems(suite.ownDataset->assertions, u"/dataset/assertions"_s);
        for (qsizetype i = 0; i < suite.ownDataset->cases.size(); ++i)
            for (const json::Problem &one : evaluations::problems(suite.ownDataset->cases[i]))
                problems.append({u"/dataset/cases/%1%2"_s.arg(i).arg(one.pointer), one.message});
    } else if (suite.dataset.toString().isEmpty()) {
        problems.append({u"/dataset"_s, u"must be the name of a dataset, or one with cases"_s});
    }
    if (suite.baseline && suite.baseline->isObject())
        suite.baselineVersion = read<RunVersion>(*suite.baseline, u"/baseline"_s, problems);
    else if (suite.baseline && suite.baseline->toString() != u"last"
             && QUuid::fromString(suite.baseline->toString()).isNull())
        problems.append({u"/baseline"_s, u"must be last, the id of a run, or a version of a template"_s});
}

} // namespace

Suite parseSuite(const QByteArray &text)
{
    QList<json::Problem> problems;
    Suite suite;
    try {
        static_cast<SuiteForm &>(suite) = read<SuiteForm>(yaml::toJson(text), {}, problems);
    } catch (const yaml::Error &error) {
        throw SuiteError(error.what());
    }
    if (problems.isEmpty())
        check(suite, problems);
    QStringList lines;
    for (const json::Problem &one : std::as_const(problems))
        lines.append(u"%1 %2"_s.arg(one.pointer.isEmpty() ? u"the suite"_s : one.pointer, one.message));
    if (!lines.isEmpty())
        throw SuiteError(lines.join(u'\n').toStdString());
    return suite;
}

Suite readSuite(const QString &name)
{
    constexpr qint64 largest = 16 * 1024 * 1024;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        throw SuiteError((name + u": "_s + file.errorString()).toStdString());
    const QByteArray text = file.read(largest + 1);
    if (text.size() > largest)
        throw SuiteError((name + u": is larger than %1 MiB"_s.arg(largest >> 20)).toStdString());
    try {
        return parseSuite(text);
    } catch (const SuiteError &error) {
        QStringList lines;
        for (const QString &line : QString::fromUtf8(error.what()).split(u'\n'))
            lines.append(name + u": "_s + line);
        throw SuiteError(lines.join(u'\n').toStdString());
    }
}
