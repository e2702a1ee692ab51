// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/run_panel.h"

#include "client/design/theme.h"
#include "client/jobs/job_looks.h"
#include "client/templates/template_run.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/json/json.h"

#include <QEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

enum Shown { Preview, Output };

} // namespace

RunPanel::RunPanel(TemplateRun &run, QWidget *parent)
    : QWidget(parent),
      m_run(run),
      m_choice(new SegmentedControl(tr("Preview or output"))),
      m_state(new StatusChip),
      m_figures(new Label({}, TextStyle::SmallDigits, ColorRole::Text2)),
      m_stop(new Button({}, u"square"_s)),
      m_openJob(new Button({}, u"external-link"_s, ButtonVariant::Ghost)),
      m_banner(new Banner),
      m_preview(new CodeBox(tr("Preview"))),
      m_output(new CodeBox(tr("Output")))
{
    m_figures->setElided(true);
    m_stop->setControlSize(ControlSize::Small);
    m_openJob->setControlSize(ControlSize::Small);
    for (CodeBox *box : {m_preview, m_output})
        box->setMinimumHeight(theme().px(Length::ChartMinimum));
    m_preview->setProse(true);
    m_output->setProse(true);
    setLayout(layout::column({layout::row({m_choice, layout::stretch(), m_stop, m_openJob}),
                              layout::row({m_state, layout::wide(m_figures)}), m_banner, m_preview, m_output},
                             Length::Space8));
    m_ticking.setInterval(1s);
    connect(&m_ticking, &QTimer::timeout, this, &RunPanel::renew);
    connect(m_choice, &SegmentedControl::chosen, this, &RunPanel::renew);
    m_openJob->setObjectName(u"openJob"_s);
    connect(m_stop, &QPushButton::clicked, &m_run, &TemplateRun::stop);
    connect(m_openJob, &QPushButton::clicked, this, [this] {
        if (m_run.job())
            Q_EMIT openJobRequested(m_run.job()->id);
    });
    connect(&m_run, &TemplateRun::outputReset, this, [this] {
        m_output->setText({});
        m_banner->hide();
    });
    connect(&m_run, &TemplateRun::outputGrew, m_output, &CodeBox::append);
    connect(&m_run, &TemplateRun::changed, this, &RunPanel::renew);
    connect(&m_run, &TemplateRun::failed, this, &RunPanel::showError);
    retranslate();
}

void RunPanel::setPreview(const QList<PromptMessage> &messages)
{
    QStringList parts;
    for (const PromptMessage &message : messages)
        parts << QString(json::name(message.role)) + u":\n"_s + message.content;
    m_preview->setText(parts.join(u"\n\n"_s));
}

void RunPanel::setPreviewProblem(const QString &problem) { m_preview->setText(problem); }

void RunPanel::showOutput()
{
    m_choice->setCurrent(Output);
    renew();
}

void RunPanel::showError(const ApiError &error)
{
    m_banner->show(Tone::Danger, u"circle-alert"_s, error.detail);
    showOutput();
}

void RunPanel::renew()
{
    const bool isOutput = m_choice->current() == Output;
    const auto &job = m_run.job();
    m_preview->setVisible(!isOutput);
    m_output->setVisible(isOutput);
    m_stop->setVisible(m_run.isActive());
    m_openJob->setVisible(isOutput && job && !m_run.isActive());
    m_state->setVisible(isOutput && (job || m_run.isActive()));
    m_figures->setVisible(isOutput && (job || m_run.isActive()));
    if (!isOutput)
        m_banner->hide();
    if (m_run.isActive() && !m_ticking.isActive())
        m_ticking.start();
    else if (!m_run.isActive())
        m_ticking.stop();

    m_state->setStatus(lookOf(job ? job->state : JobState::Queued));
    QStringList figures;
    figures << amounts::duration(m_run.elapsedMs());
    if (job && !m_run.isActive()) {
        if (job->cacheHit)
            figures << tr("from the cache");
        figures
            << tr("%1 in · %2 out", "tokens").arg(amounts::count(job->inputTokens), amounts::count(job->outputTokens));
        figures << amounts::cost(job->costNanos);
    } else if (m_run.firstTokenMs() >= 0) {
        figures << tr("first word after %1").arg(amounts::duration(m_run.firstTokenMs()));
    }
    m_figures->setText(figures.join(u" · "_s));
    if (isOutput && job && job->error && hasEnded(job->state))
        m_banner->show(Tone::Danger, u"circle-alert"_s, job->error->message);
}

void RunPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RunPanel::retranslate()
{
    const int shown = std::max(m_choice->current(), int(Preview));
    m_choice->setChoices({tr("Preview"), tr("Output")});
    m_choice->setCurrent(shown);
    m_stop->setText(tr("Stop"));
    m_openJob->setText(tr("Open job"));
    m_preview->setPlaceholder(tr("What the model will get appears here."));
    m_output->setPlaceholder(tr("Run the prompt to see the answer here."));
    renew();
}
