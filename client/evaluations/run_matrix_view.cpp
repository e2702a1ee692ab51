// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/run_matrix_view.h"

#include "client/design/theme.h"
#include "client/evaluations/answers_pane.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/evaluations/matrix_table.h"
#include "client/evaluations/outputs_compare.h"
#include "client/evaluations/run_export.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/row_export.h"
#include "shared/evaluations/endpoints.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QStringList &shownNames()
{
    static const QStringList names{u"all"_s, u"failures"_s, u"regressions"_s, u"improvements"_s};
    return names;
}

} // namespace

RunMatrixView::RunMatrixView(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_header(new PageHeader),
      m_back(new IconButton(u"arrow-left"_s, {})),
      m_cancel(new Button({}, u"ban"_s)),
      m_again(new Button({}, u"play"_s)),
      m_more(new IconButton(u"ellipsis"_s, {})),
      m_menu(new QMenu(this)),
      m_show(new SegmentedControl({})),
      m_baseline(new Select({})),
      m_baselineLabel(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_tag(new SearchField({})),
      m_banner(new Banner),
      m_progress(new ProgressLine),
      m_comparisonText(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_stack(new QStackedWidget),
      m_split(new QSplitter(Qt::Horizontal)),
      m_table(new MatrixTable(m_model)),
      m_empty(new EmptyState),
      m_pane(new AnswersPane(workspace)),
      m_outputs(new OutputsCompare(workspace)),
      m_footer(new Footer)
{
    build();
    connectParts();
    retranslate();
}

void RunMatrixView::build()
{
    m_header->addBack(m_back);
    m_header->addAction(m_cancel);
    m_header->addAction(m_again);
    m_header->addAction(m_more);
    m_more->setMenu(m_menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_baseline->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_baseline->setMinimumContentsLength(18);
    m_tag->setMaximumWidth(px(Length::SearchField) * 2 / 3);
    m_comparisonText->setWordWrap(true);
    m_comparisonText->setContentsMargins(px(Length::Space24), 0, px(Length::Space24), px(Length::Space8));
    auto *tools = layout::inset(layout::row({m_show, m_tag, layout::stretch(), m_baselineLabel, m_baseline}),
                                {Length::Space24, Length::Space8, Length::Space24, Length::Space8});
    m_split->addWidget(m_table);
    m_split->addWidget(m_pane);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 0);
    m_pane->hide();
    m_empty->setParent(m_table->viewport());
    m_empty->hide();
    m_table->viewport()->setLayout(layout::tight(layout::column({layout::wide(m_empty)})));
    m_stack->addWidget(
        layout::box(layout::tight(layout::column({tools, m_comparisonText, layout::line(), layout::wide(m_split)}))));
    m_stack->addWidget(m_outputs);
    setLayout(layout::tight(
        layout::column({m_header, layout::line(), m_progress, m_banner, layout::wide(m_stack), m_footer})));
}

QWidget *RunMatrixView::mainContent() { return m_table; }

// ---- cells

void RunMatrixView::openCell(const QModelIndex &index)
{
    if (!m_model.cell(index))
        return;
    const bool wasHidden = m_pane->isHidden();
    m_pane->setVisible(true);
    if (wasHidden) {
        const int pane = px(Length::DetailMaximum);
        m_split->setSizes({std::max(m_split->width() - pane, pane), pane});
    }
    showCell(index);
    m_table->scrollTo(index);
    Q_EMIT commandsChanged();
}

void RunMatrixView::showCell(const QModelIndex &index)
{
    const RunCell *cell = m_model.cell(index);
    if (m_pane->isHidden() || !cell)
        return;
    m_pane->show(m_id, m_model.row(index.row()), m_model.columns().value(index.column() - 1), *cell);
}

void RunMatrixView::closeCell()
{
    const bool hadFocus = m_pane->isAncestorOf(QApplication::focusWidget());
    m_pane->hide();
    m_pane->forget();
    if (hadFocus)
        m_table->setFocus();
    Q_EMIT commandsChanged();
}

void RunMatrixView::compareOutputs()
{
    const QModelIndex index = m_table->currentIndex();
    if (!m_run || !m_model.cell(index))
        return;
    m_outputs->show(*m_run, m_model.row(index.row()), index.column() - 1, baselineId());
    m_stack->setCurrentWidget(m_outputs);
    m_outputs->setFocus();
    renew();
}

void RunMatrixView::closeOutputs()
{
    m_stack->setCurrentIndex(0);
    m_table->setFocus();
    renew();
}

// ---- what can be done

void RunMatrixView::cancel()
{
    m_cancel->setLoading(true);
    m_workspace.api().call(endpoints::evaluations::cancelRun.at(m_id), {}, this,
                           [this](const Result<RunDetail> &reply) {
                               m_cancel->setLoading(false);
                               if (reply) {
                                   take(reply);
                                   return reloadRows();
                               }
                               Q_EMIT toastRequested({.tone = Tone::Danger,
                                                      .title = tr("The run could not be cancelled"),
                                                      .text = reply.error().detail,
                                                      .retry = [this] { cancel(); },
                                                      .details = QString::fromUtf8(json::print(reply.error()))});
                           });
}

void RunMatrixView::exportCells()
{
    if (!m_run)
        return;
    rowExport::ask(this, tr("Export the matrix"), shownRun(m_run->run), [this](const QString &path) {
        auto *file = new RunExport(m_workspace, *m_run, filter(), path, this);
        connect(file, &RunExport::finished, this, [this, path](int cases) {
            Q_EMIT toastRequested(
                {.tone = Tone::Success, .title = tr("%n case(s) exported", nullptr, cases), .text = path});
        });
        connect(file, &RunExport::failed, this, [this](const QString &problem) {
            Q_EMIT toastRequested(
                {.tone = Tone::Danger, .title = tr("The matrix could not be exported"), .text = problem});
        });
        file->start();
    });
}

QList<Command> RunMatrixView::commands()
{
    const bool isComparing = m_stack->currentWidget() == m_outputs;
    const auto listed = [](const QString &id, const QString &text, const QString &icon, const QString &keys,
                           std::function<void()> run, std::function<bool()> enabled) {
        return Command{u"run."_s + id,     text, icon, keys, Command::Scope::Page, std::move(run),
                       std::move(enabled), {},   true};
    };
    const auto mayRun = [this] { return m_workspace.session().can(Ability::EvaluationsRun); };
    QList<Command> commands{
        listed(u"back"_s, tr("Back to the runs"), u"arrow-left"_s, {}, [this] { Q_EMIT backRequested(); }, {}),
        listed(
            u"outputs"_s, isComparing ? tr("Back to the matrix") : tr("Compare outputs"), u"git-compare-arrows"_s,
            u"D"_s, [this, isComparing] { isComparing ? closeOutputs() : compareOutputs(); },
            [this, isComparing] { return isComparing || m_model.cell(m_table->currentIndex()); }),
        listed(u"export"_s, tr("Export the matrix"), u"download"_s, {}, [this] { exportCells(); }, {}),
        listed(
            u"again"_s, tr("Run this dataset again"), u"play"_s, u"N"_s,
            [this] {
                if (m_run)
                    Q_EMIT newRunRequested(m_run->run.datasetId);
            },
            mayRun),
        listed(
            u"cancel"_s, tr("Cancel run"), u"ban"_s, u"Del"_s, [this] { cancel(); },
            [this, mayRun] { return m_run && m_run->run.state == RunState::Running && mayRun(); }),
        listed(u"reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s,
               [this] {
                   loadRun();
                   reloadRows();
               },
               {})};
    if (isComparing) {
        commands << listed(u"nextChange"_s, tr("Next difference"), u"arrow-down"_s, u"F7"_s,
                           [this] { m_outputs->goToChange(1); }, {})
                 << listed(u"previousChange"_s, tr("Previous difference"), u"arrow-up"_s, u"Shift+F7"_s,
                           [this] { m_outputs->goToChange(-1); }, {});
        return commands;
    }
    const auto step = [this](int by) {
        if (!m_table->goToProblem(by))
            m_footer->setText({}, m_next ? tr("No failure in what is loaded") : tr("No failure"));
    };
    commands << listed(u"nextProblem"_s, tr("Next failure or regression"), u"arrow-down"_s, u"F8"_s,
                       [step] { step(1); }, {})
             << listed(u"previousProblem"_s, tr("Previous failure or regression"), u"arrow-up"_s, u"Shift+F8"_s,
                       [step] { step(-1); }, {});
    const QStringList shows{tr("Show all cases"), tr("Show failures"), tr("Show regressions"), tr("Show improvements")};
    for (int i = 0; i < shows.size(); ++i)
        commands << listed(
            u"show."_s + shownNames()[i], shows[i], u"filter"_s, QString::number(i + 1),
            [this, i] {
                m_show->setCurrent(i);
                Q_EMIT m_show->chosen(i);
            },
            [this, i] { return i < Regressions || baselineId(); });
    return commands;
}

// ---- texts that follow the state

void RunMatrixView::renewEmpty()
{
    const bool none = m_model.rowCount() == 0 && !isLoading() && (m_run || m_problem);
    m_empty->setVisible(none);
    if (!none)
        return;
    if (m_problem)
        m_empty->showError(tr("The run is not known"),
                           m_problem->status == 0 ? tr("The server cannot be reached.") : m_problem->detail);
    else if (m_show->current() == Failures)
        m_empty->show(u"circle-check"_s, tr("Nothing failed"), tr("No case of this run has a failure."),
                      tr("Show all cases"));
    else if (m_show->current() == Regressions)
        m_empty->show(u"circle-check"_s, tr("No regressions"), tr("No case does worse than in the baseline."),
                      tr("Show all cases"));
    else if (m_show->current() > All || !m_tag->text().isEmpty())
        m_empty->showFiltered(tr("No case matches"));
    else
        m_empty->show(u"flask-conical"_s, tr("No cases"), tr("The run has no cases."));
}

void RunMatrixView::renewComparison()
{
    QStringList lines;
    if (m_comparison) {
        lines << tr("Beside the baseline: %1, %2.")
                     .arg(tr("%n regression(s)", nullptr, m_comparison->regressions),
                          tr("%n improvement(s)", nullptr, m_comparison->improvements));
        for (const ColumnComparison &one : std::as_const(m_comparison->columns)) {
            if (!one.baselineColumn) {
                lines
                    << tr("%1: the baseline has no such column.").arg(shownColumn(m_model.columns().value(one.column)));
                continue;
            }
            QString line = tr("%1: score %2 → %3 over %n case(s)", nullptr, one.compared)
                               .arg(shownColumn(m_model.columns().value(one.column)), shownScore(one.baselineScore),
                                    shownScore(one.score));
            if (one.pValue)
                line += one.isSignificant
                    ? tr("; more than chance (p = %1)").arg(QLocale().toString(*one.pValue, 'f', 3))
                    : tr("; may be chance (p = %1)").arg(QLocale().toString(*one.pValue, 'f', 3));
            lines << line + u'.';
        }
    }
    m_comparisonText->setText(lines.join(u"\n"_s));
    m_comparisonText->setVisible(!lines.isEmpty());
}

void RunMatrixView::renew()
{
    const bool isRunning = m_run && m_run->run.state == RunState::Running;
    const bool mayRun = m_workspace.session().can(Ability::EvaluationsRun);
    QString about;
    if (m_run) {
        const EvaluationRun &run = m_run->run;
        QStringList parts{run.datasetName, tr("%n case(s)", nullptr, run.caseCount),
                          tr("%n column(s)", nullptr, run.columnCount)};
        if (run.repeats > 1)
            parts << tr("%n answer(s) each", nullptr, run.repeats);
        parts << (isRunning ? tr("%1 of %2 answers").arg(amounts::count(run.done), amounts::count(run.answers))
                            : lookOf(run.state).label)
              << amounts::cost(run.costNanos);
        about = parts.join(u" · "_s);
    }
    m_header->setTitle(m_run ? shownRun(m_run->run) : tr("Run"), about);
    m_progress->setActive(isLoading() || isRunning);
    m_cancel->setVisible(isRunning && mayRun);
    m_again->setVisible(mayRun);
    const int rows = m_model.rowCount();
    QString text = m_next && m_run && m_show->current() == All && m_tag->text().isEmpty()
        ? tr("%1 of %n case(s)", nullptr, m_run->run.caseCount).arg(amounts::count(rows))
        : m_next ? tr("The first %n case(s)", nullptr, rows)
                 : tr("%n case(s)", nullptr, rows);
    if (m_run && (m_run->run.failed > 0 || m_run->run.errors > 0))
        text += u" · "_s + tr("%n answer(s) failed", nullptr, m_run->run.failed) + u" · "_s
            + tr("%n did not come", "answers", m_run->run.errors);
    m_footer->setText(text);
    if (m_stack->currentWidget() == m_outputs)
        m_footer->setHints({{u"F7"_s, tr("next difference")}, {u"Esc"_s, tr("back")}});
    else
        m_footer->setHints(
            {{u"Return"_s, tr("answers")}, {u"D"_s, tr("compare outputs")}, {u"F8"_s, tr("next failure")}});
    renewEmpty();
    Q_EMIT commandsChanged();
}

void RunMatrixView::retranslate()
{
    m_back->setName(tr("Back to the runs"));
    m_cancel->setText(tr("Cancel run"));
    m_cancel->setHint(tr("Cancel the run and its jobs"), u"Del"_s);
    m_again->setText(tr("Run again…"));
    m_again->setHint(tr("Run this dataset again"), u"N"_s);
    m_more->setName(tr("More"));
    m_menu->clear();
    m_menu->addAction(tr("Export the matrix…"), this, &RunMatrixView::exportCells);
    m_menu->addAction(tr("Show the dataset"), this, [this] {
        if (m_run)
            Q_EMIT datasetRequested(m_run->run.datasetId);
    });
    m_menu->addAction(tr("Copy the run's ID"), this,
                      [this] { QGuiApplication::clipboard()->setText(m_id.toString(QUuid::WithoutBraces)); });
    m_show->setAccessibleName(tr("Which cases"));
    const int show = std::max(m_show->current(), 0);
    m_show->setChoices({tr("All", "cases"), tr("Failures"), tr("Regressions"), tr("Improvements")});
    m_show->setCurrent(show);
    static_cast<SearchField *>(m_tag)->setPlaceholder(tr("Tag"));
    m_baselineLabel->setText(tr("Compare with"));
    m_baseline->setAccessibleName(tr("Compare with"));
    m_baselineLabel->setBuddy(m_baseline);
    m_table->setAccessibleName(tr("Matrix of the run"));
    m_model.retranslate();
    fillBaselines();
    renewComparison();
    renew();
}
