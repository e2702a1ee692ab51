// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/answers_pane.h"

#include "client/evaluations/evaluation_looks.h"
#include "client/templates/pretty_json.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/timeline.h"
#include "shared/evaluations/endpoints.h"

#include <QBoxLayout>
#include <QEvent>

using namespace Qt::StringLiterals;

namespace {

QString tokensOf(qint64 input, qint64 output)
{
    return AnswersPane::tr("%1 in, %2 out", "tokens").arg(amounts::count(input), amounts::count(output));
}

} // namespace

AnswersPane::AnswersPane(Workspace &workspace, QWidget *parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_pane(new DetailPane),
      m_compare(new Button({}, u"git-compare-arrows"_s)),
      m_facts(new Facts),
      m_changeNote(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_answerTitle(new Label({}, TextStyle::BodyStrong)),
      m_assertionsTitle(new Label({}, TextStyle::BodyStrong)),
      m_inputTitle(new Label({}, TextStyle::BodyStrong)),
      m_expectedTitle(new Label({}, TextStyle::BodyStrong)),
      m_problem(new Label({}, TextStyle::Body, ColorRole::Danger)),
      m_which(new Select({})),
      m_job(new Button({}, u"external-link"_s)),
      m_output(new CodeBox(tr("Answer"))),
      m_answerFacts(new Facts),
      m_assertions(new Timeline({})),
      m_input(new CodeBox(tr("Input"))),
      m_expected(new CodeBox(tr("Expected output")))
{
    for (Label *text : {m_changeNote, m_problem})
        text->setWordWrap(true);
    m_problem->setSelectable();
    m_output->setProse(true);
    m_expected->setProse(true);
    m_input->setLanguage(CodeLanguage::Json);
    m_pane->addAction(m_compare);
    m_pane->addSection(QString(), layout::box(layout::column({m_facts, m_changeNote}, Length::Space10)));
    m_pane->addSection(
        m_answerTitle,
        layout::box(layout::column({layout::row({layout::wide(m_which), m_job}), m_problem, m_output, m_answerFacts},
                                   Length::Space10)));
    m_pane->addSection(m_assertionsTitle, m_assertions);
    m_pane->addSection(m_inputTitle, m_input);
    m_pane->addSection(m_expectedTitle, m_expected);
    m_pane->body()->addStretch();
    setLayout(layout::column({m_pane}));
    connect(m_pane, &DetailPane::closed, this, &AnswersPane::closed);
    connect(m_compare, &QPushButton::clicked, this, &AnswersPane::compareRequested);
    connect(m_which, &Select::valueChosen, this, &AnswersPane::renewAnswer);
    connect(m_job, &QPushButton::clicked, this, [this] {
        const int at = m_which->value().toInt();
        if (at >= 0 && at < m_answers.size() && m_answers[at].jobId)
            Q_EMIT jobRequested(*m_answers[at].jobId);
    });
    retranslate();
}

void AnswersPane::show(const QUuid &runId, const RunRow &row, const RunColumn &column, const RunCell &cell)
{
    const bool isOther = runId != m_runId || row.caseId != m_row.caseId || column.column != m_column.column;
    const bool isNewer = isOther || cell.done != m_cell.done;
    m_runId = runId;
    m_row = row;
    m_column = column;
    m_cell = cell;
    if (isOther)
        m_answers.clear();
    renew();
    if (isOther)
        renewAnswers();
    if (isNewer)
        load();
}

void AnswersPane::forget()
{
    m_call.cancel();
    m_runId = {};
    m_row = {};
    m_answers.clear();
}

void AnswersPane::load()
{
    AnswerFilter filter;
    filter.caseId = m_row.caseId;
    filter.column = m_column.column;
    m_call.cancel();
    m_call = m_workspace.api().call(endpoints::evaluations::answers.at(m_runId), filter, this,
                                    [this](const Result<Page<RunAnswer>> &reply) {
                                        m_call = {};
                                        if (reply)
                                            m_answers = reply->items;
                                        renewAnswers();
                                        if (!reply) {
                                            m_problem->setText(reply.error().detail);
                                            m_problem->show();
                                        }
                                    });
}

void AnswersPane::renew()
{
    m_pane->setStatus(lookOf(m_cell.outcome));
    m_pane->setTitle(tr("Case %1 · %2").arg(QLocale().toString(m_row.number), shownColumn(m_column)));
    QList<std::pair<QString, QString>> facts{{tr("Score"), shownScore(m_cell.score)}};
    if (m_cell.answers > 1)
        facts.append({tr("Passed"),
                      tr("%1 of %2", "answers").arg(amounts::count(m_cell.passed), amounts::count(m_cell.answers))});
    if (m_cell.change) {
        facts.append({tr("Beside baseline"), lookOf(*m_cell.change).label});
        if (m_cell.baselineScore)
            facts.append({tr("Score before"), shownScore(m_cell.baselineScore)});
    }
    facts.append({tr("Cost"), amounts::cost(m_cell.costNanos)});
    if (m_cell.latencyMs)
        facts.append({tr("Latency"), amounts::duration(qint64(*m_cell.latencyMs))});
    facts.append({tr("Tags"), shownTags(m_row.tags)});
    m_facts->setFacts(facts);
    QString note = m_cell.note;
    if (m_cell.pValue)
        note += (note.isEmpty() ? QString() : u" "_s)
            + tr("p = %1 (Fisher's exact test)").arg(QLocale().toString(*m_cell.pValue, 'f', 3));
    m_changeNote->setText(note);
    m_changeNote->setVisible(!note.isEmpty());
    m_input->setText(prettyJson(m_row.variables));
    m_expected->setText(m_row.expected.value_or(QString()));
    m_expected->setVisible(m_row.expected.has_value());
    m_expectedTitle->setVisible(m_row.expected.has_value());
}

void AnswersPane::renewAnswers()
{
    QList<std::pair<QVariant, QString>> choices;
    for (qsizetype i = 0; i < m_answers.size(); ++i)
        choices.append(
            {int(i),
             tr("Answer %1 · %2").arg(QLocale().toString(m_answers[i].repeat), lookOf(m_answers[i].outcome).label)});
    m_which->setChoices(choices);
    m_which->setVisible(m_answers.size() > 1);
    renewAnswer();
}

void AnswersPane::renewAnswer()
{
    const int at = std::max(m_which->value().toInt(), 0);
    const bool isThere = at < m_answers.size();
    const RunAnswer answer = isThere ? m_answers[at] : RunAnswer{};
    const QString problem = !isThere ? QString()
        : answer.error               ? answer.error->message
        : answer.isOutputHidden      ? tr("You may not read this job.")
                                     : QString();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_output->setText(answer.output.value_or(QString()));
    m_output->setVisible(problem.isEmpty());
    m_output->setPlaceholder(m_call.isPending()                                      ? tr("Loading …")
                                 : isThere && answer.outcome != CellOutcome::Pending ? tr("(empty)")
                                                                                     : tr("No answer yet"));
    m_job->setVisible(isThere && answer.jobId.has_value());
    QList<std::pair<QString, QString>> facts;
    if (isThere && answer.outcome != CellOutcome::Pending) {
        facts = {{tr("Score"), shownScore(answer.score)},
                 {tr("Cost"),
                  answer.cacheHit ? tr("%1, from the cache").arg(amounts::cost(answer.costNanos))
                                  : amounts::cost(answer.costNanos)},
                 {tr("Latency"), answer.latencyMs ? amounts::duration(*answer.latencyMs) : QString()},
                 {tr("Tokens"), tokensOf(answer.inputTokens, answer.outputTokens)}};
        if (answer.judgeCostNanos > 0)
            facts.append({tr("Judges"), amounts::cost(answer.judgeCostNanos)});
    }
    m_answerFacts->setFacts(facts);
    QList<Timeline::Step> steps;
    for (const AssertionResult &one : answer.assertions) {
        Timeline::Step step;
        step.status = one.isPending ? StatusLook{Tone::Neutral, u"clock"_s, tr("Waiting", "an assertion")}
            : one.passed            ? StatusLook{Tone::Success, u"check"_s, tr("Holds", "an assertion")}
                                    : StatusLook{Tone::Danger, u"x"_s, tr("Does not hold", "an assertion")};
        step.title = one.name.isEmpty() ? titleOf(one.kind) : one.name;
        step.text = one.reason;
        step.time = one.isPending
            ? QString()
            : tr("%1, from %2", "a score, and the least one").arg(shownScore(one.score), shownScore(one.threshold));
        if (one.weight == 0)
            step.chip = tr("no weight");
        steps << step;
    }
    m_assertions->setSteps(steps);
    m_assertions->setVisible(!steps.isEmpty());
    m_assertionsTitle->setVisible(!steps.isEmpty());
}

void AnswersPane::retranslate()
{
    m_compare->setText(tr("Compare outputs"));
    m_compare->setHint(tr("Outputs side by side"), u"D"_s);
    m_answerTitle->setText(tr("Answer"));
    m_assertionsTitle->setText(tr("Assertions"));
    m_inputTitle->setText(tr("Input"));
    m_expectedTitle->setText(tr("Expected output"));
    m_which->setAccessibleName(tr("Which answer"));
    m_job->setText(tr("Open job"));
    m_assertions->setAccessibleName(tr("Assertions"));
    if (!m_runId.isNull()) {
        renew();
        renewAnswers();
    }
}

void AnswersPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
