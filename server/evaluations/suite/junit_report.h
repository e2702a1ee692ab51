// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

// Results in JUnit's XML, as Ant writes it and CI servers read it (testsuites, testsuite, testcase with failure, error
// or skipped, and system-out).
namespace junit {

enum class Outcome { Passed, Failed, Error, Skipped };

struct TestCase
{
    QString name;
    Outcome outcome = Outcome::Passed;
    double seconds = 0;
    QString message; // of what is not passed
    QString details;
    QString output;
};

struct TestSuite
{
    QString name;
    QString className; // of its cases
    QDateTime at;
    QList<TestCase> cases;
};

QByteArray print(const QString &name, const QList<TestSuite> &suites);

} // namespace junit
