// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_side_panel.h"

#include "client/design/theme.h"
#include "client/templates/model_picker.h"
#include "client/templates/run_panel.h"
#include "client/templates/template_labels.h"
#include "client/templates/variables_form.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/timeline.h"
#include "shared/json/json.h"

#include <QBoxLayout>
#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr double mostForInputs = 0.55; // of the height, so that an answer never has to be looked for

} // namespace

TemplateSidePanel::TemplateSidePanel(TemplateRun &run, QWidget *parent)
    : QWidget(parent),
      m_variables(new VariablesForm),
      m_model(new ModelPicker),
      m_runPanel(new RunPanel(run)),
      m_preview(new CodeBox(tr("Preview"))),
      m_timeline(new Timeline(tr("Versions"))),
      m_compare(new Button({}, u"git-compare-arrows"_s, ButtonVariant::Ghost)),
      m_variablesTitle(new Label({}, TextStyle::Emphasis)),
      m_choice(new SegmentedControl(tr("Preview, output or versions"))),
      m_stack(new QStackedWidget),
      m_split(new QSplitter(Qt::Vertical)),
      m_previewOfText(new Label({}, TextStyle::SmallStrong, ColorRole::Text2)),
      m_previewDraft(new Button({}, u"pencil"_s, ButtonVariant::Ghost))
{
    m_previewDraft->setControlSize(ControlSize::Small);
    m_previewOfText->setElided(true);
    m_previewOf = layout::box(layout::row({layout::wide(m_previewOfText), m_previewDraft}));
    m_previewOf->hide();
    m_timeline->setChoosable(true);
    m_compare->setControlSize(ControlSize::Small);
    m_preview->setProse(true);
    m_inputs = layout::box(layout::inset(
        layout::column({m_model, layout::column({m_variablesTitle, m_variables}, Length::Space10), layout::stretch()},
                       Length::Space16),
        {Length::Space20, Length::Space14, Length::Space20, Length::Space16}));
    m_stack->addWidget(layout::box(layout::column({m_previewOf, layout::wide(m_preview)}, Length::Space4)));
    m_stack->addWidget(m_runPanel);
    m_stack->addWidget(layout::scrolling(layout::box(layout::column({m_timeline, layout::stretch()}))));
    auto *result = layout::box(layout::inset(
        layout::column({layout::row({m_choice, layout::stretch(), m_compare}), layout::wide(m_stack)}, Length::Space10),
        {Length::Space20, Length::Space12, Length::Space20, Length::Space16}));
    result->setMinimumHeight(theme().px(Length::ChartMinimum));

    m_split->addWidget(layout::scrolling(m_inputs));
    m_split->addWidget(result);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    setLayout(layout::tight(layout::column({m_split})));
    m_inputs->installEventFilter(this);

    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_shared = true; });
    connect(m_choice, &SegmentedControl::chosen, this, [this](int shown) { show(Shown(shown)); });
    connect(m_timeline, &Timeline::chosen, this, &TemplateSidePanel::chosen);
    connect(m_timeline, &Timeline::menuRequested, this, [this](int step, const QPoint &at) {
        if (const int number = m_numbers.value(step))
            Q_EMIT versionMenuRequested(number, at);
    });
    connect(m_timeline, &Timeline::labelDropped, this, [this](const QString &label, int step) {
        if (const int number = m_numbers.value(step))
            Q_EMIT labelDropped(label, number);
    });
    connect(m_previewDraft, &QPushButton::clicked, this, &TemplateSidePanel::draftPreviewRequested);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        if (m_numbers.size() > 1)
            Q_EMIT compareRequested(m_numbers[1], m_numbers[0]);
    });
    retranslate();
}

void TemplateSidePanel::show(Shown shown)
{
    m_choice->setCurrent(shown);
    m_stack->setCurrentIndex(shown);
    m_compare->setVisible(shown == Versions && m_numbers.size() > 1);
}

void TemplateSidePanel::scrollToTop()
{
    if (auto *scroll = qobject_cast<QScrollArea *>(m_split->widget(0)))
        scroll->verticalScrollBar()->setValue(0);
}

void TemplateSidePanel::setPreview(const QList<PromptMessage> &messages)
{
    QStringList parts;
    for (const PromptMessage &message : messages)
        parts << QString(json::name(message.role)) + u":\n"_s + message.content;
    m_preview->setText(parts.join(u"\n\n"_s));
}

void TemplateSidePanel::setPreviewProblem(const QString &problem) { m_preview->setText(problem); }

void TemplateSidePanel::chosen(int step)
{
    const int number = m_numbers.value(step);
    // A version is compared with the draft, the draft with what it is based on.
    if (m_numbers.first() == 0 && number != 0)
        Q_EMIT compareRequested(number, 0);
    else
        Q_EMIT compareRequested(m_numbers.value(step + 1, number), number);
}

void TemplateSidePanel::setVersions(const QList<TemplateVersion> &versions, int base, const QString &draftText)
{
    m_versions = versions;
    m_base = base;
    m_draftText = draftText;
    renewTimeline();
}

void TemplateSidePanel::setLabels(const QList<TemplateLabel> &labels, bool mayMove)
{
    m_labels = labels;
    m_timeline->setLabelsMovable(mayMove);
    renewTimeline();
}

void TemplateSidePanel::setPreviewOf(const QString &what)
{
    m_previewOfText->setText(what);
    m_previewOf->setVisible(!what.isEmpty());
}

void TemplateSidePanel::renewTimeline()
{
    QList<Timeline::Step> steps;
    m_numbers.clear();
    if (!m_draftText.isEmpty()) {
        steps.append(
            {{Tone::Accent, u"pencil"_s, tr("Draft")}, tr("Draft"), m_draftText, tr("now"), {}, Tone::Neutral});
        m_numbers.append(0);
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const TemplateVersion &version : std::as_const(m_versions)) {
        const QString text =
            version.note.isEmpty() ? version.authorName : tr("%1 · %2").arg(version.note, version.authorName);
        Timeline::Step step{{Tone::Neutral, u"circle"_s, {}},
                            u"v%1"_s.arg(version.version),
                            text,
                            amounts::age(version.createdAt, now),
                            {},
                            Tone::Neutral};
        for (const TemplateLabel &label : std::as_const(m_labels))
            if (label.version == version.version)
                step.labels.append(TemplateLabels::look(label.label));
        steps.append(step);
        m_numbers.append(version.version);
    }
    m_timeline->setSteps(steps);
    m_timeline->setChosen(int(m_numbers.indexOf(m_draftText.isEmpty() ? m_base : 0)));
    show(Shown(m_stack->currentIndex()));
}

// The inputs get the room that they need, but never so much that what comes back has to be looked for.
void TemplateSidePanel::shareRoom()
{
    if (m_shared || height() <= 0)
        return;
    const int inputs = std::min(m_inputs->sizeHint().height(), int(height() * mostForInputs));
    m_split->setSizes({inputs, height() - inputs});
}

void TemplateSidePanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    shareRoom();
}

bool TemplateSidePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_inputs && event->type() == QEvent::LayoutRequest)
        shareRoom();
    return QWidget::eventFilter(watched, event);
}

void TemplateSidePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void TemplateSidePanel::retranslate()
{
    m_variablesTitle->setText(tr("Variables"));
    m_compare->setText(tr("Compare"));
    m_previewDraft->setText(tr("Show the draft"));
    m_preview->setPlaceholder(tr("What the model will get appears here."));
    m_choice->setChoices({tr("Preview"), tr("Output"), tr("Versions")});
    show(Shown(m_stack->currentIndex()));
}
