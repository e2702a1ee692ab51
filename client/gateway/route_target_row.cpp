// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/route_target_row.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/amounts.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QIntValidator>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostWeight = 1000;
constexpr int mostTimeout = 900; // seconds

} // namespace

// ---- the grip

RouteGrip::RouteGrip(QWidget *parent) : IconButton(u"grip-vertical"_s, {}, {}, parent)
{
    setCursor(Qt::OpenHandCursor);
    setFocusPolicy(Qt::StrongFocus);
}

void RouteGrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setFocus(Qt::MouseFocusReason);
    m_dragging = true;
    setCursor(Qt::ClosedHandCursor);
    Q_EMIT dragBegun();
}

void RouteGrip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        Q_EMIT draggedTo(event->globalPosition().toPoint());
}

void RouteGrip::mouseReleaseEvent(QMouseEvent *) { end(true); }

void RouteGrip::keyPressEvent(QKeyEvent *event)
{
    if (m_dragging && event->key() == Qt::Key_Escape)
        return end(false);
    IconButton::keyPressEvent(event);
}

void RouteGrip::end(bool keep)
{
    if (!std::exchange(m_dragging, false))
        return;
    setCursor(Qt::OpenHandCursor);
    Q_EMIT dragEnded(keep);
}

// ---- the row

RouteTargetRow::RouteTargetRow(const RouteTarget &target, QWidget *parent)
    : QFrame(parent),
      m_grip(new RouteGrip),
      m_model(new Select(tr("Model"))),
      m_weight(new QLineEdit(QString::number(target.weight))),
      m_share(new Label({}, TextStyle::Digits, ColorRole::Text2)),
      m_timeout(new QLineEdit(target.timeoutSeconds ? QString::number(*target.timeoutSeconds) : QString())),
      m_remove(new IconButton(u"x"_s, {})),
      m_problem(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    m_weight->setValidator(new QIntValidator(0, mostWeight, m_weight));
    m_timeout->setValidator(new QIntValidator(1, mostTimeout, m_timeout));
    m_timeout->setPlaceholderText(tr("default", "a target's time-out"));
    const int number = px(Length::Space56) + px(Length::Space16);
    for (QLineEdit *edit : {m_weight, m_timeout}) {
        edit->setFixedWidth(number);
        edit->setAlignment(Qt::AlignRight);
        connect(edit, &QLineEdit::textChanged, this, &RouteTargetRow::edited);
    }
    m_share->setFixedWidth(px(Length::Space56));
    m_share->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_model->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setLayout(layout::inset(
        layout::column(
            {layout::row({m_grip, layout::wide(m_model), m_weight, m_share, m_timeout, m_remove}), m_problem},
            Length::Space4),
        {Length::Space4, Length::Space4, Length::Space4, Length::Space4}));
    m_offered = target.model.isEmpty() ? QStringList() : QStringList(target.model);
    setOffered({});
    m_model->setValue(target.model);
    connect(m_model, &Select::valueChosen, this, &RouteTargetRow::edited);
    connect(m_remove, &QToolButton::clicked, this, &RouteTargetRow::removeRequested);
}

// What is chosen stays, also when the server does not offer it now.
void RouteTargetRow::setOffered(const QStringList &models)
{
    const QString chosen = m_model->value().toString().isEmpty() ? m_offered.value(0) : m_model->value().toString();
    QStringList names = models;
    if (!chosen.isEmpty() && !names.contains(chosen))
        names.prepend(chosen);
    QList<std::pair<QVariant, QString>> choices;
    if (chosen.isEmpty())
        choices.append({QString(), tr("Choose a model")});
    for (const QString &name : std::as_const(names))
        choices.append({name, name});
    m_model->setChoices(choices);
    m_model->setValue(chosen);
}

void RouteTargetRow::setPosition(int index, int count, bool weighted, int share)
{
    const QString place = tr("Target %1 of %2").arg(QLocale().toString(index + 1), QLocale().toString(count));
    m_grip->setName(tr("%1: drag, or Alt+Up and Alt+Down").arg(place));
    m_model->setAccessibleName(tr("%1, model").arg(place));
    m_weight->setAccessibleName(tr("%1, weight").arg(place));
    m_timeout->setAccessibleName(tr("%1, time-out in seconds").arg(place));
    m_remove->setName(tr("Remove target %1").arg(QLocale().toString(index + 1)));
    m_remove->setEnabled(count > 1);
    m_weight->setVisible(weighted);
    m_share->setVisible(weighted);
    m_share->setText(amounts::percent(share / 100.0));
}

void RouteTargetRow::setLifted(bool lifted)
{
    m_lifted = lifted;
    update();
}

void RouteTargetRow::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

RouteTarget RouteTargetRow::target() const
{
    RouteTarget target{.model = m_model->value().toString(), .weight = weight(), .timeoutSeconds = {}};
    if (!m_timeout->text().trimmed().isEmpty())
        target.timeoutSeconds = m_timeout->text().toInt();
    return target;
}

bool RouteTargetRow::isValid() const
{
    return !m_model->value().toString().isEmpty() && m_weight->hasAcceptableInput()
        && (m_timeout->text().isEmpty() || m_timeout->hasAcceptableInput());
}

int RouteTargetRow::weight() const { return m_weight->text().toInt(); }

QList<QWidget *> RouteTargetRow::stops() const { return {m_grip, m_model, m_weight, m_timeout, m_remove}; }

void RouteTargetRow::paintEvent(QPaintEvent *)
{
    if (!m_lifted)
        return;
    QPainter painter(this);
    paint::box(painter, rect(), px(Length::RadiusControl), theme().color(ColorRole::AccentSoft));
}
