// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/assertions_editor.h"

#include "client/design/theme.h"
#include "client/evaluations/assertion_form.h"
#include "client/evaluations/assertion_trial.h"
#include "client/evaluations/evaluation_looks.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"
#include "shared/evaluations/scoring.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace {

constexpr double firstPassScore = 0.8;

} // namespace

AssertionsEditor::AssertionsEditor(QWidget *parent)
    : QWidget(parent),
      m_list(new QListWidget),
      m_add(new Button({}, u"plus"_s)),
      m_kinds(new QMenu(this)),
      m_remove(new IconButton(u"trash-2"_s, {})),
      m_up(new IconButton(u"arrow-up"_s, {})),
      m_down(new IconButton(u"arrow-down"_s, {})),
      m_rule(new Select({})),
      m_ruleField(new FormField({}, m_rule)),
      m_passScore(new TextField({})),
      m_side(new QStackedWidget),
      m_empty(new EmptyState),
      m_form(new AssertionForm),
      m_trial(new AssertionTrial)
{
    auto *left =
        layout::box(layout::inset(layout::column({layout::row({m_add, layout::stretch(), m_up, m_down, m_remove}),
                                                  layout::wide(m_list), m_ruleField, m_passScore},
                                                 Length::Space12),
                                  {Length::Space24, Length::Space16, Length::Space16, Length::Space16}));
    left->setFixedWidth(px(Length::DetailPreferred));
    auto *right =
        layout::box(layout::inset(layout::column({m_form, layout::line(), m_trial, layout::stretch()}, Length::Space16),
                                  {Length::Space20, Length::Space16, Length::Space24, Length::Space16}));
    m_side->addWidget(m_empty);
    m_side->addWidget(layout::scrolling(right));
    setLayout(layout::tight(layout::row({left, layout::line(Qt::Vertical), layout::wide(m_side)})));
    m_add->setMenu(m_kinds);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    connect(m_list, &QListWidget::currentRowChanged, this, &AssertionsEditor::choose);
    connect(m_remove, &QToolButton::clicked, this, &AssertionsEditor::remove);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_empty, &EmptyState::actionRequested, this, [this] { add(AssertionKind::Equals); });
    connect(m_rule, &Select::valueChosen, this, [this] {
        if (m_rule->value().toBool() && m_passScore->text().isEmpty())
            m_passScore->setText(QLocale().toString(firstPassScore * 100));
        renew();
        Q_EMIT edited();
    });
    connect(m_passScore->edit(), &QLineEdit::textChanged, this, [this] {
        if (m_filling)
            return;
        renew();
        Q_EMIT edited();
    });
    connect(m_form, &AssertionForm::edited, this, [this] {
        const int row = m_list->currentRow();
        if (row < 0)
            return;
        m_assertions[row] = m_form->assertion();
        m_list->item(row)->setText(m_assertions[row].name.isEmpty() ? summaryOf(m_assertions[row])
                                                                    : m_assertions[row].name);
        m_trial->setAssertion(m_assertions[row], m_form->isValid());
        Q_EMIT edited();
    });
    retranslate();
}

void AssertionsEditor::setJudges(const QList<PromptTemplate> &templates, const QStringList &models)
{
    m_form->setJudges(templates, models);
}

void AssertionsEditor::setAssertions(const QList<Assertion> &assertions, const std::optional<double> &passScore)
{
    m_assertions = assertions;
    m_filling = true;
    m_rule->setValue(passScore.has_value());
    m_passScore->setText(passScore ? QLocale().toString(*passScore * 100, 'g', 6) : QString());
    m_filling = false;
    fillList(assertions.isEmpty() ? -1 : 0);
}

std::optional<double> AssertionsEditor::passScore() const
{
    bool isNumber = false;
    const double percent = QLocale().toDouble(m_passScore->text().trimmed(), &isNumber);
    return m_rule->value().toBool() && isNumber ? std::optional(percent / 100) : std::nullopt;
}

bool AssertionsEditor::isValid() const
{
    const auto score = passScore();
    const bool isScoreGood = !m_rule->value().toBool() || (score && *score >= 0 && *score <= 1);
    return isScoreGood && (m_list->currentRow() < 0 || m_form->isValid())
        && evaluations::problems(m_assertions, {}).isEmpty();
}

void AssertionsEditor::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_form->setReadOnly(readOnly);
    m_rule->setEnabled(!readOnly);
    m_passScore->edit()->setReadOnly(readOnly);
    renew();
    retranslate();
}

void AssertionsEditor::fillList(int chosen)
{
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Assertion &one : std::as_const(m_assertions))
            (new QListWidgetItem(one.name.isEmpty() ? summaryOf(one) : one.name, m_list))
                ->setSizeHint({0, px(Length::ControlSmall)});
        m_list->setCurrentRow(chosen);
    }
    choose(chosen);
}

void AssertionsEditor::choose(int index)
{
    if (index >= 0 && index < m_assertions.size()) {
        m_form->setAssertion(m_assertions[index]);
        m_trial->setAssertion(m_assertions[index], m_form->isValid());
    }
    renew();
}

void AssertionsEditor::add(AssertionKind kind)
{
    if (m_isReadOnly || m_assertions.size() >= most)
        return;
    Assertion fresh;
    fresh.kind = kind;
    m_assertions.append(fresh);
    fillList(int(m_assertions.size()) - 1);
    m_form->setFocus();
    Q_EMIT edited();
}

void AssertionsEditor::remove()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    m_assertions.removeAt(row);
    fillList(std::min(row, int(m_assertions.size()) - 1));
    Q_EMIT edited();
}

void AssertionsEditor::move(int by)
{
    const int row = m_list->currentRow(), to = row + by;
    if (row < 0 || to < 0 || to >= m_assertions.size())
        return;
    m_assertions.move(row, to);
    fillList(to);
    Q_EMIT edited();
}

void AssertionsEditor::renew()
{
    const int row = m_list->currentRow();
    m_side->setCurrentIndex(row < 0 ? 0 : 1);
    m_add->setVisible(!m_isReadOnly);
    m_add->setEnabled(m_assertions.size() < most);
    for (IconButton *button : {m_remove, m_up, m_down})
        button->setVisible(!m_isReadOnly && !m_assertions.isEmpty());
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_assertions.size());
    m_passScore->setVisible(m_rule->value().toBool());
    const auto score = passScore();
    m_passScore->setError(
        m_rule->value().toBool() && (!score || *score < 0 || *score > 1) ? tr("A number from 0 to 100") : QString());
}

void AssertionsEditor::retranslate()
{
    m_list->setAccessibleName(tr("Assertions"));
    m_add->setText(tr("Add an assertion"));
    m_remove->setName(tr("Remove assertion"));
    m_up->setName(tr("Move up"));
    m_down->setName(tr("Move down"));
    m_kinds->clear();
    for (std::size_t kind = 0; kind < enumNames<AssertionKind>.size(); ++kind)
        m_kinds->addAction(titleOf(AssertionKind(kind)), this, [this, kind] { add(AssertionKind(kind)); });
    m_ruleField->setLabel(tr("An answer passes when"));
    m_rule->setAccessibleName(tr("An answer passes when"));
    m_rule->setChoices({{false, tr("all assertions with a weight hold")}, {true, tr("their mean score is enough")}});
    m_passScore->setLabel(tr("Mean score from (%)"));
    m_empty->show(u"list-checks"_s, tr("Nothing is asked of the answers yet"),
                  tr("Assertions say what a good answer is: a text that it has, a form, a length, or what a model "
                     "thinks of it."),
                  m_isReadOnly ? QString() : tr("Ask for the expected output"));
    const int row = m_list->currentRow();
    fillList(row);
}

void AssertionsEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}
