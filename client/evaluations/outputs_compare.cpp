// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/outputs_compare.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/evaluations/matrix_model.h"
#include "client/templates/compare_view.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr int answersOfACase = 200; // the most that the server gives at once

} // namespace

OutputsCompare::OutputsCompare(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_back(new IconButton(u"arrow-left"_s, {})),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_left(new Select({})),
      m_right(new Select({})),
      m_leftFacts(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_rightFacts(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_summary(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_style(new SegmentedControl({})),
      m_problem(new Banner),
      m_view(new CompareView)
{
    for (Label *label : {m_title, m_leftFacts, m_rightFacts})
        label->setElided(true);
    for (Select *select : {m_left, m_right}) {
        select->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        select->setMinimumContentsLength(16);
        connect(select, &Select::valueChosen, this, [this] {
            m_isChosen = true;
            renew();
        });
    }
    auto *head = layout::inset(layout::row({m_back, layout::wide(m_title), m_summary, m_style}, Length::Space12),
                               {Length::Space16, Length::Space8, Length::Space24, Length::Space8});
    auto *sides = layout::inset(layout::row({layout::wide(layout::column({m_left, m_leftFacts}, Length::Space4)),
                                             layout::wide(layout::column({m_right, m_rightFacts}, Length::Space4))},
                                            Length::Space16),
                                {Length::Space24, Length::Space8, Length::Space24, Length::Space8});
    setLayout(
        layout::tight(layout::column({head, layout::line(), sides, m_problem, layout::line(), layout::wide(m_view)})));
    setFocusProxy(m_view);
    connect(m_back, &QToolButton::clicked, this, &OutputsCompare::closed);
    connect(m_problem, &Banner::actionRequested, this, &OutputsCompare::load);
    connect(m_style, &SegmentedControl::chosen, this, [this](int index) {
        m_view->setStyle(index == 0 ? CompareView::Style::SideBySide : CompareView::Style::Unified);
    });
    retranslate();
}

void OutputsCompare::show(const RunDetail &run, const RunRow &row, int column,
                          const std::optional<QUuid> &baselineRunId)
{
    m_run = run;
    m_row = row;
    m_column = column;
    m_baselineId = baselineRunId;
    m_baseline.reset();
    m_answers.clear();
    m_baselineAnswers.clear();
    m_isChosen = false;
    m_title->setText(tr("Case %1 · %2").arg(QLocale().toString(row.number), MatrixModel::caseText(row)));
    renewChoices();
    load();
}

void OutputsCompare::load()
{
    m_problem->hide();
    AnswerFilter filter;
    filter.caseId = m_row.caseId;
    filter.limit = answersOfACase;
    for (CallHandle &call : m_calls)
        call.cancel();
    const auto failed = [this](const ApiError &error) {
        m_problem->show(Tone::Danger, u"circle-alert"_s, error.detail, tr("Try again"));
    };
    m_calls[0] = m_workspace.api().call(endpoints::evaluations::answers.at(m_run.run.id), filter, this,
                                        [this, failed](const Result<Page<RunAnswer>> &reply) {
                                            if (!reply)
                                                return failed(reply.error());
                                            m_answers = reply->items;
                                            renewChoices();
                                        });
    if (!m_baselineId || *m_baselineId == m_run.run.id)
        return;
    m_calls[1] = m_workspace.api().call(endpoints::evaluations::getRun.at(*m_baselineId), {}, this,
                                        [this, failed](const Result<RunDetail> &reply) {
                                            if (!reply)
                                                return failed(reply.error());
                                            m_baseline = *reply;
                                            renewChoices();
                                        });
    m_calls[2] = m_workspace.api().call(endpoints::evaluations::answers.at(*m_baselineId), filter, this,
                                        [this, failed](const Result<Page<RunAnswer>> &reply) {
                                            if (!reply)
                                                return failed(reply.error());
                                            m_baselineAnswers = reply->items;
                                            renewChoices();
                                        });
}

void OutputsCompare::add(const QString &prefix, const QList<RunAnswer> &answers, const QList<RunColumn> &columns,
                         const QString &from)
{
    const bool repeats =
        std::any_of(answers.begin(), answers.end(), [](const RunAnswer &one) { return one.repeat > 1; });
    for (const RunAnswer &answer : answers) {
        if (answer.column >= columns.size())
            continue;
        Side side;
        side.id = u"%1/%2/%3"_s.arg(prefix).arg(answer.column).arg(answer.repeat);
        side.title = from.isEmpty() ? shownColumn(columns[answer.column])
                                    : u"%1: %2"_s.arg(from, shownColumn(columns[answer.column]));
        if (repeats)
            side.title += u" · "_s + tr("answer %1").arg(QLocale().toString(answer.repeat));
        side.text = answer.output ? *answer.output : answer.error ? answer.error->message : QString();
        QStringList facts{lookOf(answer.outcome).label};
        if (answer.score)
            facts << tr("score %1").arg(shownScore(answer.score));
        for (const AssertionResult &one : answer.assertions)
            if (!one.passed && !one.isPending)
                facts << u"✗ "_s + (one.name.isEmpty() ? titleOf(one.kind) : one.name);
        facts << amounts::cost(answer.costNanos);
        if (answer.latencyMs)
            facts << amounts::duration(*answer.latencyMs);
        side.facts = facts.join(u" · "_s);
        m_sides.append(side);
    }
}

void OutputsCompare::renewChoices()
{
    m_sides.clear();
    if (m_row.expected)
        m_sides.append({u"expected"_s, tr("Expected output"), *m_row.expected, {}});
    if (m_baseline)
        add(u"baseline"_s, m_baselineAnswers, m_baseline->columns, tr("Baseline"));
    add(u"run"_s, m_answers, m_run.columns, {});
    QList<std::pair<QVariant, QString>> choices;
    for (const Side &one : std::as_const(m_sides))
        choices.append({one.id, one.title});
    m_left->setChoices(choices);
    m_right->setChoices(choices);
    if (!m_isChosen) {
        const RunColumn own = m_run.columns.value(m_column);
        QString before = m_row.expected ? u"expected"_s : QString();
        if (m_baseline)
            for (const RunColumn &one : m_baseline->columns)
                if (one.templateId == own.templateId && one.model == own.model)
                    before = u"baseline/%1/1"_s.arg(one.column);
        if (before.isEmpty())
            before = u"run/%1/1"_s.arg(m_column > 0 ? m_column - 1 : std::min(1, int(m_run.columns.size()) - 1));
        m_left->setValue(before);
        m_right->setValue(u"run/%1/1"_s.arg(m_column));
    }
    renew();
}

const OutputsCompare::Side *OutputsCompare::side(const QString &id) const
{
    const auto found = std::find_if(m_sides.begin(), m_sides.end(), [&](const Side &one) { return one.id == id; });
    return found == m_sides.end() ? nullptr : &*found;
}

void OutputsCompare::renew()
{
    const Side *left = side(m_left->value().toString()), *right = side(m_right->value().toString());
    m_view->setTexts(left ? left->text : QString(), right ? right->text : QString());
    m_leftFacts->setText(left ? left->facts : QString());
    m_rightFacts->setText(right ? right->facts : QString());
    const diff::Comparison &comparison = m_view->comparison();
    m_summary->setText(
        !left || !right ? QString()
            : comparison.added == 0 && comparison.removed == 0
            ? tr("No difference")
            : tr("−%1 +%2 lines").arg(QLocale().toString(comparison.removed), QLocale().toString(comparison.added)));
}

void OutputsCompare::goToChange(int by) { m_view->goToChange(by); }

void OutputsCompare::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return Q_EMIT closed();
    QWidget::keyPressEvent(event);
}

void OutputsCompare::retranslate()
{
    m_back->setName(tr("Back to the matrix"), u"Esc"_s);
    m_left->setAccessibleName(tr("Output on the left"));
    m_right->setAccessibleName(tr("Output on the right"));
    m_style->setAccessibleName(tr("How they are shown"));
    const int style = std::max(m_style->current(), 0);
    m_style->setChoices({tr("Side by side"), tr("Unified")});
    m_style->setCurrent(style);
    if (!m_run.run.id.isNull())
        renewChoices();
}

void OutputsCompare::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
