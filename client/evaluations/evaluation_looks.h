// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/looks.h"
#include "shared/evaluations/run.h"

// How runs, their cells and assertions look and are named.
StatusLook lookOf(RunState state);
QList<StatusLook> looksOfRuns();
StatusLook lookOf(CellOutcome outcome);
StatusLook lookOf(CellChange change);

QString titleOf(AssertionKind kind);
QString helpOf(AssertionKind kind); // what it asks, in a sentence
QString summaryOf(const Assertion &assertion); // "Contains all of: refund, order"

QString shownScore(const std::optional<double> &score); // "82 %", or a dash
QString shownRun(const EvaluationRun &run); // its name, or its dataset and time
QString shownColumn(const RunColumn &column); // "Refund reply v3 · gpt-4.1"
QString shownTags(const QList<QString> &tags); // "a; b", as in files
QList<QString> tagsOf(const QString &text); // separated by ; or ,
QString plainValue(const QJsonValue &value); // text as it is, anything else as JSON
