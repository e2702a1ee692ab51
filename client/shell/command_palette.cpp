// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/command_palette.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/widgets/chips.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSettings>
#include <QStyledItemDelegate>

namespace {

const auto recentKey = QStringLiteral("palette/recent");
constexpr int mostRecent = 20;

class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const bool heading = index.data(PaletteModel::IsHeadingRole).toBool();
        return {0, px(heading ? Length::ControlSmall : Length::PaletteRow)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->setLayoutDirection(option.direction);
        const QRect row = option.rect.adjusted(px(Length::Space8), 0, -px(Length::Space8), 0);
        const int side = px(Length::Space10);
        const QString text = index.data(Qt::DisplayRole).toString();
        const auto visual = [&](const QRect &part) { return QStyle::visualRect(option.direction, row, part); };
        if (index.data(PaletteModel::IsHeadingRole).toBool()) {
            const QRect line = row.adjusted(side, px(Length::Space4), -side, 0);
            paint::text(*painter, line, text, TextStyle::Caption, ColorRole::Text3);
            return;
        }
        const bool selected = option.state & QStyle::State_Selected;
        if (selected)
            paint::box(*painter, row, px(Length::RadiusControl), theme().color(ColorRole::AccentSoft));
        const int icon = px(Length::IconMedium);
        paintIcon(*painter, visual({row.x() + side, row.center().y() - icon / 2, icon, icon}),
                  index.data(PaletteModel::IconRole).toString(), selected ? ColorRole::AccentText : ColorRole::Text2);
        const QString keys = index.data(PaletteModel::KeysRole).toString();
        const int capsWidth = keys.isEmpty() ? 0 : KeyCaps::width(keys) + px(Length::Space8);
        int x = row.x() + side + icon + px(Length::Space12);
        const int end = row.right() + 1 - side - capsWidth;
        const int used = paint::text(*painter, visual({x, row.y(), end - x, row.height()}), text, TextStyle::BodyStrong,
                                     ColorRole::Text);
        x += used + px(Length::Space10);
        if (end > x)
            paint::text(*painter, visual({x, row.y(), end - x, row.height()}),
                        index.data(PaletteModel::DetailRole).toString(), TextStyle::Small, ColorRole::Text2);
        if (capsWidth)
            KeyCaps::paint(*painter, row.adjusted(0, 0, -side, 0), keys, true);
    }
};

class PaletteField : public QLineEdit
{
public:
    PaletteField()
    {
        setFrame(false);
        setTextMargins(px(Length::Space8), 0, px(Length::Space8), 0);
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : Overlay(window),
      m_field(new PaletteField),
      m_list(new QListView),
      m_hints(new Footer),
      m_nothing(new Label({}, TextStyle::Body, ColorRole::Text2))
{
    auto *magnifier = m_field->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    magnifier->setText(tr("Search"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMouseTracking(true);
    static_cast<Label *>(m_nothing)->setAlignment(Qt::AlignCenter);
    m_nothing->hide();
    panel()->setLayout(layout::tight(layout::column(
        {layout::inset(layout::row({m_field}), {Length::Space10, Length::Space6, Length::Space10, Length::Space6}),
         layout::line(), layout::gap(Length::Space4), layout::wide(m_list), layout::wide(m_nothing), m_hints})));
    panel()->layout()->setContentsMargins(1, 1, 1, 1);
    const auto follow = [this] {
        m_field->setFont(theme().font(TextStyle::TitleSmall));
        QFont font = m_field->font();
        font.setWeight(QFont::Normal);
        m_field->setFont(font);
        m_field->setFixedHeight(px(Length::PaletteField) - 2 * px(Length::Space6));
    };
    follow();
    connect(&theme(), &Theme::changed, this, follow);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) { run(index.row()); });
    connect(m_list, &QAbstractItemView::entered, this, [this](const QModelIndex &index) {
        if (m_model.entry(index.row()))
            m_list->setCurrentIndex(index);
    });
    retranslate();
}

void CommandPalette::retranslate()
{
    m_field->setPlaceholderText(tr("Type a command, an ID or a name…"));
    m_field->setAccessibleName(tr("Command palette"));
    m_list->setAccessibleName(tr("Results"));
    static_cast<Label *>(m_nothing)->setText(tr("Nothing is called like that. Try fewer letters."));
    static_cast<Footer *>(m_hints)->setHints({{QStringLiteral("Up, Down"), tr("move")},
                                              {QStringLiteral("Return"), tr("run")},
                                              {QStringLiteral(">"), tr("commands only")},
                                              {QStringLiteral("Esc"), tr("close")}});
}

void CommandPalette::changeEvent(QEvent *event)
{
    Overlay::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

QSize CommandPalette::panelSize() const { return {px(Length::PaletteWidth), px(Length::PaletteHeight)}; }

void CommandPalette::opening()
{
    QList<PaletteEntry> entries;
    for (const Provider &provider : m_providers)
        entries += provider();
    m_model.setEntries(std::move(entries));
    m_model.setRecent(QSettings().value(recentKey).toStringList());
    m_field->clear();
    search();
    m_field->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::openWith(const QString &text)
{
    open();
    m_field->setText(text);
}

void CommandPalette::search()
{
    m_model.find(m_field->text());
    const bool any = m_model.rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    if (any) {
        m_list->setCurrentIndex(m_model.index(m_model.firstEntry()));
        m_list->scrollToTop();
    }
}

void CommandPalette::move(int step)
{
    const int row = m_model.nextEntry(m_list->currentIndex().row(), step);
    if (row < 0)
        return;
    m_list->setCurrentIndex(m_model.index(row));
    m_list->scrollTo(m_model.index(row == m_model.firstEntry() ? 0 : row));
}

void CommandPalette::run(int row)
{
    const PaletteEntry *entry = m_model.entry(row);
    if (!entry)
        return;
    QStringList recent = QSettings().value(recentKey).toStringList();
    recent.removeAll(entry->id);
    recent.prepend(entry->id);
    QSettings().setValue(recentKey, recent.mid(0, mostRecent));
    const auto action = entry->run;
    close();
    if (action)
        action();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Down:
        case Qt::Key_Up:
            move(key->key() == Qt::Key_Down ? 1 : -1);
            return true;
        case Qt::Key_N:
        case Qt::Key_P:
            if (key->modifiers() != Qt::ControlModifier)
                break;
            move(key->key() == Qt::Key_N ? 1 : -1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run(m_list->currentIndex().row());
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return Overlay::eventFilter(watched, event);
}
