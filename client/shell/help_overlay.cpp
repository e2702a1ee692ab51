// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/help_overlay.h"

#include "client/design/theme.h"
#include "client/shell/palette_model.h"
#include "client/shell/shortcuts.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>

HelpOverlay::HelpOverlay(QWidget *window)
    : Overlay(window),
      m_title(new Label({}, TextStyle::TitleSmall)),
      m_search(new SearchField({})),
      m_list(new QWidget)
{
    auto *close = new IconButton(QStringLiteral("x"), tr("Close"), QStringLiteral("Esc"));
    connect(close, &QToolButton::clicked, this, &Overlay::close);
    connect(m_search, &QLineEdit::textChanged, this, &HelpOverlay::fill);
    m_list->setLayout(layout::inset(layout::column({}, Length::Space6),
                                    {Length::Space24, Length::Space8, Length::Space24, Length::Space24}));
    panel()->setLayout(layout::tight(
        layout::column({layout::inset(layout::row({m_title, layout::stretch(), m_search, close}, Length::Space12),
                                      {Length::Space24, Length::Space16, Length::Space16, Length::Space12}),
                        layout::line(), layout::wide(layout::scrolling(m_list))})));
    retranslate();
}

QSize HelpOverlay::panelSize() const
{
    return {theme().px(Length::HelpWidth), theme().px(Length::WindowMinimumHeight)};
}

void HelpOverlay::opening()
{
    m_search->clear();
    fill();
    m_search->setFocus(Qt::PopupFocusReason);
}

void HelpOverlay::retranslate()
{
    m_title->setText(tr("Keyboard shortcuts"));
    m_search->setPlaceholder(tr("Find a shortcut"));
}

void HelpOverlay::changeEvent(QEvent *event)
{
    Overlay::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void HelpOverlay::fill()
{
    auto *column = static_cast<QBoxLayout *>(m_list->layout());
    while (QLayoutItem *item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const std::pair<Command::Scope, QString> sections[] = {{Command::Scope::Page, tr("On this page")},
                                                           {Command::Scope::List, tr("In lists")},
                                                           {Command::Scope::Editor, tr("While editing")},
                                                           {Command::Scope::Global, tr("Everywhere")}};
    for (const auto &[scope, heading] : sections) {
        bool headed = false;
        for (const Command &command : m_commands) {
            if (command.scope != scope || command.keys.isEmpty() || fuzzyScore(m_search->text(), command.text) <= 0)
                continue;
            if (!headed) {
                column->addSpacing(theme().px(Length::Space8));
                column->addWidget(new Label(heading, TextStyle::Caption, ColorRole::Text3));
                headed = true;
            }
            auto *row = layout::row({layout::wide(new Label(command.text))});
            for (const QString &keys : Shortcuts::alternatives(command.keys))
                row->addWidget(new KeyCaps(keys));
            column->addWidget(layout::box(row));
        }
    }
    column->addStretch(1);
}
