// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/page_parts.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPainter>

PageHeader::PageHeader(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Title)),
      m_subtitle(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_actions(layout::row({}))
{
    m_title->setElided(true);
    m_subtitle->setElided(true);
    m_row =
        layout::row({layout::wide(layout::column({m_title, m_subtitle}, Length::Space2)), m_actions}, Length::Space24);
    setLayout(layout::inset(m_row, {Length::Space24, Length::Space20, Length::Space24, Length::Space10}));
}

void PageHeader::setTitle(const QString &title, const QString &subtitle)
{
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void PageHeader::addAction(QWidget *action) { m_actions->addWidget(action, 0, Qt::AlignVCenter); }
void PageHeader::addBack(QWidget *back) { m_row->insertWidget(0, back, 0, Qt::AlignVCenter); }

Footer::Footer(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(px(Length::FooterRow));
    connect(&theme(), &Theme::changed, this, [this] { setFixedHeight(px(Length::FooterRow)); });
}

void Footer::setText(const QString &text, const QString &problem)
{
    m_text = text;
    m_problem = problem;
    setAccessibleName(problem.isEmpty() ? text : problem + QStringLiteral(" · ") + text);
    update();
}

void Footer::setHints(const QList<Hint> &hints)
{
    m_hints = hints;
    QStringList words;
    for (const Hint &hint : hints)
        words << hint.keys + u' ' + hint.text;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

void Footer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, 0, width(), px(Length::Hairline), theme().color(ColorRole::Border));
    const auto visual = [&](const QRect &part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const int side = px(Length::Space24);
    int start = side;
    if (!m_problem.isEmpty()) {
        start += paint::text(painter, visual({start, 0, width() / 2 - side, height()}), m_problem, TextStyle::Small,
                             ColorRole::Danger);
        start += px(Length::Space16);
    }
    start += paint::text(painter, visual({start, 0, std::max(0, width() * 3 / 5 - start), height()}), m_text,
                         TextStyle::SmallDigits, ColorRole::Text2);
    start += px(Length::Space24);
    const auto hintWidth = [](const Hint &hint) {
        return KeyCaps::width(hint.keys) + px(Length::Space8) + paint::textWidth(hint.text, TextStyle::Small);
    };
    qsizetype shown = m_hints.size();
    const auto total = [&] {
        int width = 0;
        for (qsizetype i = 0; i < shown; ++i)
            width += hintWidth(m_hints[i]) + (i ? px(Length::Space16) : 0);
        return width;
    };
    while (shown > 0 && start + total() > width() - side)
        --shown;
    int x = width() - side - total();
    for (qsizetype i = 0; i < shown; ++i) {
        const Hint &hint = m_hints[i];
        const int caps = KeyCaps::width(hint.keys), text = paint::textWidth(hint.text, TextStyle::Small) + 1;
        KeyCaps::paint(painter, visual({x, 0, caps, height()}), hint.keys, false);
        x += caps + px(Length::Space8);
        paint::text(painter, visual({x, 0, text, height()}), hint.text, TextStyle::Small, ColorRole::Text2);
        x += text - 1 + px(Length::Space16);
    }
}

Facts::Facts(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(px(Length::Space12));
    m_grid->setVerticalSpacing(px(Length::Space4));
    m_grid->setColumnMinimumWidth(0, px(Length::FactLabel));
    m_grid->setColumnStretch(1, 1);
}

void Facts::setFacts(const QList<std::pair<QString, QString>> &facts)
{
    QStringList labels;
    for (const auto &[label, value] : facts) {
        if (!value.isEmpty())
            labels << label;
    }
    if (labels != m_labels) { // otherwise only the values change, and a selection in one of them stays
        while (QLayoutItem *item = m_grid->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        m_labels = labels;
        for (int row = 0; row < labels.size(); ++row) {
            auto *name = new Label(labels[row], TextStyle::Small, ColorRole::Text2);
            auto *text = new Label({}, TextStyle::Small);
            text->setWordWrap(true);
            text->setSelectable();
            m_grid->addWidget(name, row, 0, Qt::AlignTop);
            m_grid->addWidget(text, row, 1);
        }
    }
    int row = 0;
    for (const auto &[label, value] : facts) {
        if (!value.isEmpty()) {
            auto *text = static_cast<Label *>(m_grid->itemAtPosition(row++, 1)->widget());
            text->setText(value);
            text->setAccessibleName(label + u' ' + value);
        }
    }
}

DetailPane::DetailPane(QWidget *parent)
    : QFrame(parent),
      m_status(new StatusChip),
      m_title(new Label({}, TextStyle::TitleSmall)),
      m_id(new Label({}, TextStyle::Mono, ColorRole::Text2)),
      m_copy(new IconButton(QStringLiteral("copy"), tr("Copy ID"))),
      m_close(new IconButton(QStringLiteral("x"), tr("Close details"), QStringLiteral("Esc"))),
      m_tools(layout::row({}, Length::Space4)),
      m_actions(layout::row({})),
      m_body(layout::column({}, Length::Space12))
{
    m_title->setWordWrap(true);
    m_id->setSelectable();
    m_id->setElided(true);
    m_copy->setControlSize(ControlSize::Small);
    m_status->hide();
    m_tools->addWidget(m_close);
    m_body->setContentsMargins(px(Length::Space20), 0, px(Length::Space20), px(Length::Space20));
    m_body->addWidget(m_title);
    m_body->addLayout(layout::row({m_id, m_copy, layout::stretch()}, Length::Space4));
    m_body->addLayout(m_actions);
    auto *content = new QWidget;
    auto *column = layout::column({m_body, layout::stretch()});
    content->setLayout(column);
    auto *top = layout::inset(layout::row({m_status, layout::stretch(), m_tools}),
                              {Length::Space20, Length::Space12, Length::Space12, Length::Space8});
    setLayout(layout::tight(layout::column({top, layout::wide(layout::scrolling(content))})));
    m_actions->addStretch(1);
    connect(m_close, &QToolButton::clicked, this, &DetailPane::closed);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_id->text()); });
}

void DetailPane::setStatus(const StatusLook &status)
{
    m_status->setStatus(status);
    m_status->show();
}

void DetailPane::setTitle(const QString &title, const QString &id)
{
    m_title->setText(title);
    m_id->setText(id);
    m_id->setVisible(!id.isEmpty());
    m_copy->setVisible(!id.isEmpty());
    setAccessibleName(title);
}

void DetailPane::addAction(QWidget *action) { m_actions->insertWidget(m_actions->count() - 1, action); }
void DetailPane::addTool(QWidget *tool) { m_tools->insertWidget(m_tools->count() - 1, tool); }

void DetailPane::addSection(const QString &title, QWidget *content)
{
    addSection(title.isEmpty() ? nullptr : new Label(title, TextStyle::BodyStrong), content);
}

void DetailPane::addSection(Label *title, QWidget *content)
{
    if (title)
        m_body->addWidget(title);
    m_body->addWidget(content);
}

QSize DetailPane::sizeHint() const { return {px(Length::DetailPreferred), 0}; }
QSize DetailPane::minimumSizeHint() const
{
    return {std::max(px(Length::DetailMinimum), QFrame::minimumSizeHint().width()), 0};
}

void DetailPane::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_copy->setName(tr("Copy ID"));
        m_close->setName(tr("Close details"), QStringLiteral("Esc"));
    }
}

ProgressLine::ProgressLine(QWidget *parent) : QWidget(parent) { setFixedHeight(px(Length::Underline)); }

void ProgressLine::setActive(bool active)
{
    m_active = active;
    update();
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_active)
        painter.fillRect(rect(), theme().color(ColorRole::AccentLine));
}
