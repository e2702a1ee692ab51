// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/label_dialogs.h"

#include "client/design/theme.h"
#include "client/templates/compare_view.h"
#include "client/templates/template_content.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/timeline.h"

#include <QBoxLayout>
#include <QJsonArray>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int longestLabel = 60;
constexpr int longestReason = 500;

const TemplateVersion *versionIn(const QList<TemplateVersion> &versions, int number)
{
    const auto found =
        std::find_if(versions.begin(), versions.end(), [&](const TemplateVersion &v) { return v.version == number; });
    return found == versions.end() ? nullptr : &*found;
}

// What a refusal says besides its sentence. A gate names the run that it looked at and the cases that failed.
QStringList reasonsOf(const ApiError &error)
{
    QStringList lines;
    for (const json::Problem &problem : error.errors)
        lines << problem.message;
    if (!error.meanwhile)
        return lines;
    for (const QJsonValue &value : error.meanwhile->value(u"items"_s).toArray()) {
        if (value[u"passes"_s].toBool())
            continue;
        QStringList parts{value[u"reason"_s].toString()};
        if (const QString run = value[u"runId"_s].toString(); !run.isEmpty())
            parts << MoveLabelDialog::tr("run %1").arg(run);
        QStringList cases;
        for (const QJsonValue &one : value[u"cases"_s].toArray())
            cases << QString::number(one.toInt());
        if (!cases.isEmpty())
            parts << MoveLabelDialog::tr("cases %1").arg(cases.join(u", "_s));
        parts.removeAll(QString());
        lines << parts.join(u" · "_s);
    }
    return lines;
}

} // namespace

MoveLabelDialog::MoveLabelDialog(const QString &templateName, const QList<TemplateLabel> &labels,
                                 const QList<TemplateVersion> &versions, const QString &label, int version,
                                 QWidget *parent)
    : Dialog(label.isEmpty() ? tr("New label of “%1”").arg(templateName)
                             : tr("Move “%1” of “%2”").arg(label, templateName),
             Length::DialogLarge, parent),
      m_labels(labels),
      m_versions(versions),
      m_given(label),
      m_version(new Select(tr("Version"))),
      m_note(new TextField(tr("Why"))),
      m_change(new Label({}, TextStyle::BodyStrong)),
      m_difference(new CompareView),
      m_banner(new Banner),
      m_problems(new Label({}, TextStyle::Small, ColorRole::Danger))
{
    QList<std::pair<QVariant, QString>> choices;
    for (const TemplateVersion &one : versions)
        choices.append({one.version,
                        one.note.isEmpty() ? u"v%1"_s.arg(one.version) : u"v%1 · %2"_s.arg(one.version).arg(one.note)});
    m_version->setChoices(choices);
    m_version->setValue(version ? version : versions.first().version);
    m_note->edit()->setMaxLength(longestReason);
    m_note->setHelp(tr("One line for the history of the label. May stay empty."));
    m_problems->setWordWrap(true);
    m_problems->setSelectable();
    m_problems->hide();
    m_difference->setStyle(CompareView::Style::Unified);
    m_difference->setMinimumHeight(px(Length::ChartMinimum));
    if (label.isEmpty()) {
        m_name = new TextField(tr("Label"));
        m_name->edit()->setMaxLength(longestLabel);
        m_name->setPlaceholder(u"production"_s);
        m_name->setHelp(tr("Small letters, digits and hyphens. Programs ask for the template by it."));
        body()->addWidget(m_name);
    }
    body()->addWidget(new FormField(tr("Version"), m_version));
    for (QWidget *part : std::initializer_list<QWidget *>{m_note, m_change, m_difference, m_banner, m_problems})
        body()->addWidget(part);
    addCancel();
    m_move = addMain(label.isEmpty() ? tr("Set label") : tr("Move label"));
    connect(m_version, &Select::valueChosen, this, &MoveLabelDialog::renew);
    if (m_name)
        connect(m_name->edit(), &QLineEdit::textChanged, this, &MoveLabelDialog::renew);
    renew();
    (m_name ? static_cast<QWidget *>(m_name->edit()) : m_version)->setFocus();
}

QString MoveLabelDialog::label() const { return m_name ? m_name->text().trimmed() : m_given; }

void MoveLabelDialog::renew()
{
    const auto standing = std::find_if(m_labels.begin(), m_labels.end(),
                                       [this](const TemplateLabel &one) { return one.label == label(); });
    const int to = m_version->value().toInt(), from = standing == m_labels.end() ? 0 : standing->version;
    m_change->setText(label().isEmpty() ? QString()
                          : from == 0   ? tr("%1: v%2").arg(label()).arg(to)
                          : from == to  ? tr("%1 stands at v%2 already").arg(label()).arg(to)
                                        : tr("%1: v%2 → v%3").arg(label()).arg(from).arg(to));
    const TemplateVersion *before = versionIn(m_versions, from), *after = versionIn(m_versions, to);
    m_difference->setVisible(from != 0 && from != to && before && after);
    if (before && after)
        m_difference->setTexts(asText(contentOf(*before)), asText(contentOf(*after)));
    m_move->setEnabled(!label().isEmpty() && from != to && after);
    fitContent();
}

void MoveLabelDialog::accept()
{
    if (!m_move->isEnabled())
        return;
    m_banner->hide();
    m_problems->hide();
    m_move->setEnabled(false);
    Q_EMIT submitted(label(), {m_version->value().toInt(), m_note->text().trimmed()});
}

void MoveLabelDialog::showError(const ApiError &error)
{
    renew();
    for (const json::Problem &problem : error.errors)
        if (m_name && problem.pointer.startsWith(u"/label"_s)) {
            m_name->setError(problem.message);
            return fitContent();
        }
    m_banner->show(Tone::Danger, u"circle-alert"_s,
                   error.status == 412 ? tr("Somebody has moved the label meanwhile. Look at where it stands now.")
                                       : error.detail);
    const QStringList reasons = reasonsOf(error);
    m_problems->setText(reasons.join(u'\n'));
    m_problems->setVisible(!reasons.isEmpty());
    fitContent();
}

LabelHistoryDialog::LabelHistoryDialog(const QString &label, QWidget *parent)
    : Dialog(tr("History of “%1”").arg(label), Length::DialogMedium, parent),
      m_timeline(new Timeline(tr("Moves of the label"))),
      m_banner(new Banner),
      m_more(new Button(tr("Show older"), u"history"_s, ButtonVariant::Ghost))
{
    auto *scroll = layout::scrolling(layout::box(layout::column({m_timeline, layout::stretch()})));
    scroll->setMinimumHeight(px(Length::ChartMinimum) + px(Length::ChartMinimum) / 2);
    body()->addWidget(m_banner);
    body()->addWidget(scroll);
    body()->addWidget(m_more);
    m_more->hide();
    addCancel(tr("Close"));
    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT moreRequested(m_cursor); });
}

void LabelHistoryDialog::add(const Result<Page<LabelChange>> &page)
{
    if (!page) {
        m_banner->show(Tone::Danger, u"circle-alert"_s, page.error().detail);
        return fitContent();
    }
    m_changes += page->items;
    m_cursor = page->nextCursor;
    m_more->setVisible(m_cursor.has_value());
    QList<Timeline::Step> steps;
    for (const LabelChange &change : std::as_const(m_changes)) {
        const int to = change.version.value_or(0), from = change.previousVersion.value_or(0);
        const QString moved = u"v%1 → v%2"_s.arg(from).arg(to);
        const StatusLook look = change.action == LabelAction::Set ? StatusLook{Tone::Success, u"plus"_s, tr("Set")}
            : change.action == LabelAction::Moved                 ? StatusLook{Tone::Info, u"tag"_s, tr("Moved")}
            : change.action == LabelAction::RolledBack ? StatusLook{Tone::Warning, u"undo-2"_s, tr("Rolled back")}
                                                       : StatusLook{Tone::Neutral, u"trash-2"_s, tr("Removed")};
        const QString title = change.action == LabelAction::Set ? u"v%1"_s.arg(to)
            : change.action == LabelAction::Removed             ? u"v%1"_s.arg(from)
                                                                : moved;
        const QString who =
            change.note.isEmpty() ? change.authorName : tr("%1 · %2").arg(change.note, change.authorName);
        steps.append(
            {look, title, u"%1 · %2"_s.arg(look.label, who), amounts::moment(change.createdAt), {}, Tone::Neutral});
    }
    m_timeline->setSteps(steps);
    m_timeline->setFocus();
}
