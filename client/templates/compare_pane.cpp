// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/compare_pane.h"

#include "client/templates/compare_view.h"
#include "client/templates/template_content.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int draftNumber = 0;

} // namespace

ComparePane::ComparePane(QWidget *parent)
    : QWidget(parent),
      m_beforeSelect(new Select(tr("Compare"))),
      m_afterSelect(new Select(tr("with"))),
      m_added(new Label({}, TextStyle::BodyStrong, ColorRole::Success)),
      m_removed(new Label({}, TextStyle::BodyStrong, ColorRole::Danger)),
      m_style(new SegmentedControl(tr("Layout of the comparison"))),
      m_restore(new Button({}, u"history"_s)),
      m_view(new CompareView)
{
    auto *arrow = new Label(u"→"_s, TextStyle::Body, ColorRole::Text2);
    auto *bar = layout::inset(
        layout::row({m_beforeSelect, arrow, m_afterSelect, m_added, m_removed, layout::stretch(), m_style, m_restore},
                    Length::Space10),
        {Length::Space24, Length::Space8, Length::Space24, Length::Space8});
    setLayout(layout::tight(layout::column({bar, layout::line(), layout::wide(m_view)})));
    connect(m_beforeSelect, &Select::valueChosen, this,
            [this](const QVariant &value) { compare(value.toInt(), m_after); });
    connect(m_afterSelect, &Select::valueChosen, this,
            [this](const QVariant &value) { compare(m_before, value.toInt()); });
    connect(m_style, &SegmentedControl::chosen, this, [this](int style) {
        m_view->setStyle(style == 0 ? CompareView::Style::SideBySide : CompareView::Style::Unified);
    });
    connect(m_restore, &QPushButton::clicked, this, [this] { Q_EMIT restoreRequested(m_before); });
    retranslate();
}

void ComparePane::setVersions(const QList<TemplateVersion> &versions)
{
    const auto newest = [](const QList<TemplateVersion> &list) { return list.isEmpty() ? 0 : list.first().version; };
    if (newest(versions) != newest(m_versions))
        m_isChosen = false; // of another template, or before there was this one
    m_versions = versions;
    fillChoices();
}

void ComparePane::setLabels(const QList<TemplateLabel> &labels)
{
    m_labels = labels;
    fillChoices();
}

void ComparePane::setDraft(const std::optional<NewTemplateVersion> &draft)
{
    m_draft = draft;
    fillChoices();
}

void ComparePane::setCanRestore(bool can)
{
    m_canRestore = can;
    renew();
}

std::optional<NewTemplateVersion> ComparePane::contentAt(int version) const
{
    if (version == draftNumber)
        return m_draft;
    const auto found = std::find_if(m_versions.begin(), m_versions.end(),
                                    [&](const TemplateVersion &v) { return v.version == version; });
    return found == m_versions.end() ? std::nullopt : std::optional(contentOf(*found));
}

void ComparePane::fillChoices()
{
    QList<std::pair<QVariant, QString>> choices;
    if (m_draft)
        choices.append({draftNumber, tr("Draft")});
    for (const TemplateVersion &version : m_versions) {
        QStringList parts{u"v%1"_s.arg(version.version)};
        for (const TemplateLabel &label : std::as_const(m_labels))
            if (label.version == version.version)
                parts << label.label;
        choices.append({version.version, parts.join(u" · "_s)});
    }
    m_beforeSelect->setChoices(choices);
    m_afterSelect->setChoices(choices);
    // By default what was saved last against what is in the editor, or the last two versions.
    const int newest = m_versions.isEmpty() ? draftNumber : m_versions.first().version;
    const int older = m_versions.size() > 1 ? m_versions[1].version : newest;
    const bool stays = m_isChosen && contentAt(m_before) && contentAt(m_after);
    const int after = stays ? m_after : m_draft ? draftNumber : newest;
    show(stays ? m_before : after == newest ? older : newest, after);
}

void ComparePane::compare(int before, int after)
{
    m_isChosen = true;
    show(before, after);
}

void ComparePane::show(int before, int after)
{
    m_before = before;
    m_after = after;
    m_beforeSelect->setValue(before);
    m_afterSelect->setValue(after);
    renew();
}

void ComparePane::renew()
{
    const auto before = contentAt(m_before), after = contentAt(m_after);
    m_view->setTexts(before ? asText(*before) : QString(), after ? asText(*after) : QString());
    m_added->setText(u"+%1"_s.arg(m_view->comparison().added));
    m_removed->setText(u"−%1"_s.arg(m_view->comparison().removed));
    m_restore->setVisible(m_canRestore && m_before != draftNumber && before);
    m_restore->setText(tr("Restore v%1").arg(m_before));
}

void ComparePane::goToChange(int by) { m_view->goToChange(by); }

void ComparePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ComparePane::retranslate()
{
    const int style = std::max(m_style->current(), 0);
    m_style->setChoices({tr("Side by side"), tr("Unified")});
    m_style->setCurrent(style);
    fillChoices();
}
